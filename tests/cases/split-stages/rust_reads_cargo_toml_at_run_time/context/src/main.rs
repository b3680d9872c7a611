use leptos_config::get_configuration;

#[tokio::main]
async fn main() {
    let conf = get_configuration(Some("Cargo.toml")).await.unwrap();
    println!("{}", conf.leptos_options.site_addr);
}
