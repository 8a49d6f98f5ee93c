#[doc(hidden)]
pub(crate) enum __rule_of_show_user {}
#[automatically_derived]
impl ::api_utils::__private::HasRule for __rule_of_show_user {
    const RULE: ::api_utils::__private::Rule = ::api_utils::__private::Rule::Any(
        &[
            ::api_utils::__private::Rule::Subject("user_id"),
            ::api_utils::__private::Rule::Role("admin"),
        ],
    );
}
/// Shows a user.
pub(crate) async fn show_user(
    api_utils_guard: ::api_utils::__private::Guard<__rule_of_show_user>,
    Path(user_id): Path<String>,
) -> Json<User> {
    let _: ::api_utils::__private::Guard<__rule_of_show_user> = api_utils_guard;
    body
}
