use axum::{routing::get, Router};

const BANNER: &str = include_str!("../banner.txt");

#[tokio::main]
async fn main() {
    print!("{BANNER}");
    let app = Router::new().route("/next", get(|| async { ferry_times::next().to_string() }));
    let listener = tokio::net::TcpListener::bind("0.0.0.0:8400").await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
