use api_utils::{Config, JwtConfig};

#[derive(Config)]
#[config(section)]
struct Database {
    url: String,
}

#[derive(Config)]
struct AppConfig {
    db_url: String,
    #[config(flatten)]
    jwt: JwtConfig,
    #[config(flatten, prefix = "DB_")]
    database: Database,
}

#[derive(Config)]
struct Other {
    #[config(flatten)]
    jwt: JwtConfig,
    jwt_issuer: String,
}

fn main() {}
