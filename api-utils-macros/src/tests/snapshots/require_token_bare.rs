#[doc(hidden)]
enum __rule_of_type {}
#[automatically_derived]
impl ::api_utils::__private::HasRule for __rule_of_type {
    const RULE: ::api_utils::__private::Rule = ::api_utils::__private::Rule::All(&[]);
}
#[tracing::instrument(skip_all)]
async fn r#type<T: Store>(
    api_utils_guard: ::api_utils::__private::Guard<__rule_of_type>,
    State(store): State<T>,
) -> impl IntoResponse
where
    T: Clone,
{
    let _: ::api_utils::__private::Guard<__rule_of_type> = api_utils_guard;
    body
}
