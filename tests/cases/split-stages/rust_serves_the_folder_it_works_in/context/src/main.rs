use tower_http::services::ServeDir;
#[tokio::main]
async fn main() {
    let app = axum::Router::new().nest_service("/", ServeDir::new("."));
    axum::serve(tokio::net::TcpListener::bind("0.0.0.0:80").await.unwrap(), app).await.unwrap();
}
