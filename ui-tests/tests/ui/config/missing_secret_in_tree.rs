use api_utils::Config;

#[derive(Config)]
#[config(section)]
struct Mail {
    smtp_host: String,
}

#[derive(Config)]
struct AppConfig {
    #[config(flatten)]
    mail: Mail,
}

fn main() {}
