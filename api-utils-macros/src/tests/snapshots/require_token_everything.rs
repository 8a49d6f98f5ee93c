#[cfg(unix)]
#[doc(hidden)]
pub enum __rule_of_everything {}
#[cfg(unix)]
#[automatically_derived]
impl ::renamed::__private::HasRule for __rule_of_everything {
    const RULE: ::renamed::__private::Rule = ::renamed::__private::Rule::All(
        &[
            ::renamed::__private::Rule::Any(
                &[
                    ::renamed::__private::Rule::Role("admin"),
                    ::renamed::__private::Rule::Role("editor"),
                ],
            ),
            ::renamed::__private::Rule::Scope("posts:write"),
            rules::STAFF,
            ::renamed::__private::Rule::Not(
                &::renamed::__private::Rule::Claim(
                    &["a", "b c"],
                    ::renamed::__private::Expected::Integer(-7i64),
                ),
            ),
            ::renamed::__private::Rule::Claim(
                &["tenant"],
                ::renamed::__private::Expected::Path("tenant-id"),
            ),
        ],
    );
}
#[cfg(unix)]
pub async fn everything(
    api_utils_guard: ::renamed::__private::Guard<__rule_of_everything>,
) {
    let _: ::renamed::__private::Guard<__rule_of_everything> = api_utils_guard;
}
