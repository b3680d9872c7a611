use std::{fs::File, io::BufReader};

use actix_web::{web, App, HttpServer};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    let chain = rustls_pemfile::certs(&mut BufReader::new(File::open("certs/cert.pem")?))
        .collect::<Result<Vec<_>, _>>()?;
    let key = rustls_pemfile::private_key(&mut BufReader::new(File::open("certs/key.pem")?))?.unwrap();
    let tls = rustls::ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    HttpServer::new(|| App::new().route("/", web::get().to(|| async { "closed" })))
        .bind_rustls_0_23("0.0.0.0:8443", tls)?
        .run()
        .await
}
