#[doc(hidden)]
enum __rule_of_health {}
#[automatically_derived]
impl ::api_utils::__private::HasRule for __rule_of_health {
    const ACCESS: ::api_utils::__private::Access = ::api_utils::__private::Access::Public(
        "liveness probe",
    );
}
async fn health(
    api_utils_guard: ::api_utils::__private::Guard<__rule_of_health>,
) -> &'static str {
    let _: ::api_utils::__private::Guard<__rule_of_health> = api_utils_guard;
    "ok"
}
