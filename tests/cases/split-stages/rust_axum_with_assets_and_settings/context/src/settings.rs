use serde::Deserialize;

#[derive(Deserialize)]
pub struct Settings {
    pub title: String,
    pub port: u16,
}

pub fn read() -> Result<Settings, config::ConfigError> {
    let base = std::env::current_dir().expect("no folder");
    let folder = base.join("configuration");
    let environment = std::env::var("APP_ENVIRONMENT").unwrap_or_else(|_| "local".into());
    config::Config::builder()
        .add_source(config::File::from(folder.join("base")))
        .add_source(config::File::from(folder.join(environment)))
        .build()?
        .try_deserialize()
}
