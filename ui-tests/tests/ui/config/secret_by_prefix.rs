use api_utils::{Config, SecretString};

#[derive(Config)]
#[config(section)]
struct Plain {
    secret: String,
}

// Its full name is `JWT_SECRET`, and its type is no secret.
#[derive(Config)]
struct AppConfig {
    #[config(flatten, prefix = "JWT_")]
    jwt: Plain,
}

#[derive(Config)]
#[config(section)]
struct Good {
    secret: SecretString,
}

// This one is good.
#[derive(Config)]
struct Other {
    #[config(flatten, prefix = "JWT_")]
    jwt: Good,
}

fn main() {}
