//! Where roles and audiences are, and which tokens of a provider are access tokens.

use api_utils::Auth;
use api_utils::testing::clock;
use api_utils::token::{Algorithm, Audience, AuthBuilder, Provider, Reason, RoleSource};
use serde_json::{Value, json};

use super::support::{AUDIENCE, ISSUER, NOW, SECRET, claims, claims_with, token, token_of_text};

fn builder() -> AuthBuilder {
    Auth::builder(ISSUER, [AUDIENCE])
        .hmac(Algorithm::Hs256, SECRET)
        .clock(clock(NOW))
}

fn roles(source: RoleSource, more: Value) -> Result<Vec<String>, Reason> {
    roles_of(builder().roles(source), more)
}

/// The roles of a token with `more` claims.
fn roles_of(builder: AuthBuilder, more: Value) -> Result<Vec<String>, Reason> {
    let mut claims = claims_with("roles", None);
    for (name, value) in more.as_object().unwrap() {
        claims[name] = value.clone();
    }
    // Those whose client is the audience name none besides.
    if more.get("client_id").is_some() && more.get("aud").is_none() {
        claims.as_object_mut().unwrap().remove("aud");
    }
    match builder.build().unwrap().verify(&token(&claims)) {
        Ok(token) => Ok(token.roles().map(str::to_owned).collect()),
        Err(error) => Err(error.reason()),
    }
}

/// A segment is a name: dots and slashes in it are letters of it.
#[test]
fn roles_are_found_under_paths_of_segments() {
    let more = json!({
        "realm_access": { "roles": ["a", "b"], "verify_caller": true },
        "resource_access": { "my.client.id": { "roles": ["c"] }, "my": { "client": ["no"] } },
        "https://id.example/roles": ["d\u{e9}\n"],
        "null": null,
    });
    for (source, expected) in [
        (RoleSource::at(["realm_access", "roles"]), vec!["a", "b"]),
        (
            RoleSource::at(["resource_access", "my.client.id", "roles"]),
            vec!["c"],
        ),
        (
            RoleSource::at(["https://id.example/roles"]),
            vec!["d\u{e9}\n"],
        ),
        (RoleSource::at(["nothing"]), vec![]),
        (RoleSource::at(["null"]), vec![]),
        (RoleSource::at(["null", "roles"]), vec![]),
        (RoleSource::at(["realm_access", "nothing"]), vec![]),
        (
            RoleSource::at(["realm_access", "roles"])
                .prefixed("realm:")
                .and(RoleSource::at(["https://id.example/roles"]).prefixed("x:"))
                .and(RoleSource::at(["nothing"])),
            vec!["realm:a", "realm:b", "x:d\u{e9}\n"],
        ),
        (
            RoleSource::at(["realm_access", "roles"])
                .and(RoleSource::at(["https://id.example/roles"]))
                .prefixed("p:")
                .prefixed("q:"),
            vec!["q:p:a", "q:p:b", "q:p:d\u{e9}\n"],
        ),
    ] {
        assert_eq!(
            roles(source.clone(), more.clone()).unwrap(),
            expected,
            "{source:?}"
        );
    }
}

#[test]
fn a_list_of_another_type_refuses_the_token() {
    let source = || RoleSource::at(["access", "roles"]);
    for bad in [
        json!("admin"),
        json!(["admin", 1]),
        json!([["admin"]]),
        json!({ "admin": true }),
        json!(7),
        json!(true),
    ] {
        let more = json!({ "access": { "roles": bad } });
        assert_eq!(roles(source(), more), Err(Reason::RolesInvalid), "{bad}");
    }
    for bad in [
        json!("x"),
        json!(["roles"]),
        json!(1),
        json!(1.5),
        json!(-1),
        json!(false),
    ] {
        let more = json!({ "access": bad });
        assert_eq!(roles(source(), more), Err(Reason::RolesInvalid), "{bad}");
    }
    // Also where another source has good roles.
    let both = source().and(RoleSource::at(["groups"]));
    let more = json!({ "access": { "roles": ["a"] }, "groups": "b" });
    assert_eq!(roles(both, more), Err(Reason::RolesInvalid));
    // The claim `roles` is then one like others.
    assert_eq!(roles(source(), json!({ "roles": 7 })), Ok(vec![]));
}

#[test]
fn an_object_that_roles_are_read_from_has_no_member_twice() {
    let auth = builder()
        .roles(RoleSource::at(["access", "roles"]))
        .build()
        .unwrap();
    let with = |access: &str| {
        let mut text = claims_with("roles", None).to_string();
        text.pop();
        let token = token_of_text(&format!("{text},\"access\":{access}}}"));
        auth.verify(&token).err().map(|error| error.reason())
    };
    assert_eq!(with(r#"{"roles":["a"]}"#), None);
    for access in [
        r#"{"roles":["a"],"roles":["admin"]}"#,
        r#"{"roles":["a"],"\u0072oles":["admin"]}"#,
        r#"{"roles":["a"],"other":1,"other":1}"#,
    ] {
        assert_eq!(with(access), Some(Reason::RolesInvalid), "{access}");
    }
}

#[test]
fn the_client_can_be_the_audience() {
    let auth = builder().audience(Audience::client_id()).build().unwrap();
    for (client, expected) in [
        (json!(AUDIENCE), None),
        (json!("other"), Some("audience_mismatch(different)")),
        (json!("MY-API"), Some("audience_mismatch(case)")),
        (json!([AUDIENCE]), Some("audience_mismatch(wrong_type)")),
        (json!(null), Some("audience_mismatch(wrong_type)")),
    ] {
        let mut claims = claims_with("aud", None);
        claims["client_id"] = client.clone();
        let refused = auth.verify(&token(&claims)).err();
        let refused = refused.map(|error| error.reason().to_string());
        assert_eq!(refused.as_deref(), expected, "{client}");
    }
    // An `aud` beside it names us as well, or the token is for somebody else.
    for (audience, expected) in [
        (json!(AUDIENCE), None),
        (json!(["other", AUDIENCE]), None),
        (json!("other"), Some("audience_mismatch(different)")),
        (json!([]), Some("audience_mismatch(missing)")),
        (json!(7), Some("audience_mismatch(wrong_type)")),
        (json!(null), Some("audience_mismatch(wrong_type)")),
    ] {
        let mut claims = claims_with("aud", Some(audience.clone()));
        claims["client_id"] = AUDIENCE.into();
        let refused = auth.verify(&token(&claims)).err();
        let refused = refused.map(|error| error.reason().to_string());
        assert_eq!(refused.as_deref(), expected, "{audience}");
    }
    // The right `aud` does not stand in for it.
    let refused = auth.verify(&token(&claims())).unwrap_err().reason();
    assert_eq!(refused.to_string(), "audience_mismatch(missing)");
}

/// The realm's roles and this client's, of no other client.
#[test]
fn keycloak() {
    let keycloak = || builder().provider(Provider::keycloak("my.api"));
    let token = |typ: &str| {
        json!({
            "typ": typ, "azp": "my.api",
            "realm_access": { "roles": ["offline_access"] },
            "resource_access": {
                "my.api": { "roles": ["editor"] }, "account": { "roles": ["manage-account"] },
            },
        })
    };
    let found = roles_of(keycloak(), token("Bearer"));
    assert_eq!(found.unwrap(), ["offline_access", "editor"]);
    for kind in ["ID", "Refresh", "Offline", "Logout", "bearer", ""] {
        assert_eq!(
            roles_of(keycloak(), token(kind)),
            Err(Reason::OtherKind),
            "{kind}"
        );
    }
    assert_eq!(roles_of(keycloak(), json!({})), Err(Reason::OtherKind));
}

#[test]
fn entra_auth0_okta_and_cognito() {
    const AUTH0: &str = "https://my-api.example/roles";
    let client = |name: &str| json!({ "client_id": name });
    let mut cognito = client(AUDIENCE);
    cognito["token_use"] = "access".into();
    cognito["cognito:groups"] = json!(["staff"]);
    for (provider, access, nonce) in [
        (
            Provider::entra(),
            json!({ "azp": "client", "roles": ["staff"] }),
            Ok(vec!["staff".to_owned()]),
        ),
        (
            Provider::entra(),
            json!({ "appid": "client", "roles": ["staff"] }),
            Ok(vec!["staff".to_owned()]),
        ),
        (
            Provider::auth0(AUTH0),
            json!({ AUTH0: ["staff"], "gty": "password", "azp": "client" }),
            Err(Reason::OtherKind),
        ),
        (
            Provider::auth0(AUTH0),
            json!({ AUTH0: ["staff"], "client_id": "client", "aud": AUDIENCE }),
            Err(Reason::OtherKind),
        ),
        (
            Provider::okta(),
            json!({ "cid": "client", "groups": ["staff"] }),
            Err(Reason::OtherKind),
        ),
        (Provider::cognito(), cognito, Err(Reason::OtherKind)),
    ] {
        let found = |more: &Value| roles_of(builder().provider(provider.clone()), more.clone());
        assert_eq!(found(&access).unwrap(), ["staff"], "{access}");
        let mut other = access.clone();
        other["nonce"] = "n".into();
        assert_eq!(found(&other), nonce, "{access}");
        for (name, value) in [
            ("at_hash", json!("h")),
            ("c_hash", json!("h")),
            ("s_hash", json!("h")),
            (
                "events",
                json!({ "http://schemas.openid.net/event/backchannel-logout": {} }),
            ),
        ] {
            let mut other = access.clone();
            other[name] = value;
            assert_eq!(found(&other), Err(Reason::OtherKind), "{name} {access}");
        }
    }
    for (provider, other) in [
        (Provider::entra(), json!({ "roles": ["staff"] })),
        (Provider::okta(), json!({ "groups": ["staff"] })),
        (Provider::auth0(AUTH0), json!({ AUTH0: ["staff"] })),
        (
            Provider::cognito(),
            json!({ "client_id": AUDIENCE, "token_use": "id" }),
        ),
        (Provider::cognito(), json!({ "client_id": AUDIENCE })),
    ] {
        let refused = roles_of(builder().provider(provider), other.clone());
        assert_eq!(refused, Err(Reason::OtherKind), "{other}");
    }
}
