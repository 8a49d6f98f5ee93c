use api_utils::Config;

#[derive(Config)]
struct AppConfig {
    jwt_secret: String,
}

// Wherever it stands, and whatever is before its name.
#[derive(Config)]
#[config(section)]
struct Partner {
    #[config(name = "PARTNER_JWT_SECRET")]
    secret: Option<String>,
}

fn main() {}
