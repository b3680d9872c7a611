use axum::{routing::get, Router};

#[tokio::main]
async fn main() {
    let listen = std::env::args().nth(2).unwrap_or_else(|| "127.0.0.1:9115".into());
    let app = Router::new().route(
        "/",
        get(|| async { reqwest::get("https://example.org/").await.map(|r| r.status().to_string()).unwrap_or_default() }),
    );
    axum::serve(tokio::net::TcpListener::bind(listen).await.unwrap(), app).await.unwrap();
}
