mod settings;

use axum::{response::Html, routing::get, Router};
use tera::Tera;
use tower_http::services::ServeDir;

#[tokio::main]
async fn main() {
    let settings = settings::read().expect("settings");
    let tera = Tera::new("templates/**/*.html").unwrap();
    let mut context = tera::Context::new();
    context.insert("title", &settings.title);
    let page = tera.render("menu.html", &context).unwrap();
    let app = Router::new()
        .route("/", get(move || async move { Html(page) }))
        .nest_service("/assets", ServeDir::new("assets"));
    let listener = tokio::net::TcpListener::bind(("0.0.0.0", settings.port)).await.unwrap();
    axum::serve(listener, app).await.unwrap();
}
