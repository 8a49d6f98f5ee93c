//! A token or a key that names a place of keys makes nobody look there.

use std::io::ErrorKind;
use std::net::TcpListener;
use std::path::Path;

use api_utils::token::{Algorithm, Key, Reason};
use serde_json::json;

use super::signers::{SIGNERS, auth_of, signer};
use super::support::{SECRET, auth, claims, sign_bytes};

/// CVE-2018-0114 and its class.
#[test]
fn jku_and_x5u_open_no_socket() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/keys", listener.local_addr().unwrap());
    let attacker = signer(Algorithm::Rs256);
    for name in ["jku", "x5u", "jwk", "x5c"] {
        let value = match name {
            "jwk" => attacker.jwk(),
            "x5c" => json!([attacker.pem()]),
            _ => json!(url),
        };
        // Signed by the attacker's key, and by a good one.
        let header = json!({ "typ": "JWT", name: value });
        for signer in SIGNERS.iter() {
            let token = attacker.token(header.clone(), &claims());
            assert!(auth_of([signer.key()]).verify(&token).is_err());
            let token = signer.token(header.clone(), &claims());
            let refused = signer.auth().verify(&token).unwrap_err().reason();
            assert_eq!(refused, Reason::HeaderRefused, "{name}");
        }
        let mut hs256 = header;
        hs256["alg"] = "HS256".into();
        let token = sign_bytes(
            Algorithm::Hs256,
            SECRET,
            hs256.to_string().as_bytes(),
            claims().to_string().as_bytes(),
        );
        let refused = auth().verify(&token).unwrap_err().reason();
        assert_eq!(refused, Reason::HeaderRefused, "{name}");
    }
    let key = Key::jwk(attacker.jwk_with("x5u", url.into()).to_string()).unwrap();
    assert!(
        auth_of([key])
            .verify(&attacker.token(json!({}), &claims()))
            .is_ok()
    );
    let nobody = listener.accept().unwrap_err();
    assert_eq!(nobody.kind(), ErrorKind::WouldBlock);
}

/// The whole room has one place that opens a file, at start, and none that opens a socket.
#[test]
fn no_code_on_the_way_of_a_token_opens_anything() {
    let room = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../api-utils/src/token"
    ));
    let mut opening = Vec::new();
    let mut folders = vec![room.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let opens = [
                "std::fs",
                "fs::",
                "File::",
                "TcpStream",
                "UdpSocket",
                "ToSocketAddrs",
            ];
            if opens.iter().any(|word| text.contains(word)) {
                opening.push(path.strip_prefix(room).unwrap().to_owned());
            }
        }
    }
    assert_eq!(opening, [Path::new("key/jwk_set.rs")]);
}
