//! Numbers are what they are, whether the tree has serde_json's `arbitrary_precision` on or not.

use api_utils_back_ends::answer;

#[test]
fn a_number_is_read_the_same() {
    for (more, expected) in [
        (r#""exp":EXP"#, ""),
        (r#""exp":EXP.5"#, ""),
        (r#""exp":EXP.5,"nbf":1.5e3,"iat":-0"#, ""),
        (r#""exp":1.5"#, "expired"),
        (r#""exp":-1.5"#, "time_invalid"),
        (r#""exp":1e300"#, "time_invalid"),
        (r#""exp":1e400"#, "claims_invalid"),
        (r#""exp":EXP,"x":1e400"#, "claims_invalid"),
        (r#""exp":EXP,"x":[{"y":-1e999}]"#, "claims_invalid"),
        (r#""exp":EXP,"x":184467440737095516150"#, ""),
        (r#""exp":EXP,"roles":1.5"#, "roles_invalid"),
        (r#""exp":EXP,"roles":[1.5]"#, "roles_invalid"),
        (r#""exp":EXP,"scope":1.5"#, "scope_invalid"),
        (r#""exp":EXP,"jti":1.5"#, "token_id_invalid"),
        (r#""exp":EXP,"realm":1.5"#, "roles_invalid"),
        (r#""exp":EXP,"realm":{"roles":1.5}"#, "roles_invalid"),
    ] {
        assert_eq!(answer(more), expected, "{more}");
    }
}
