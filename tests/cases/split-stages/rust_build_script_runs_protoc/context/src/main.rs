use tonic::{transport::Server, Request, Response, Status};

pub mod pb {
    tonic::include_proto!("courier");
}

#[derive(Default)]
struct Desk;

#[tonic::async_trait]
impl pb::courier_server::Courier for Desk {
    async fn send(&self, parcel: Request<pb::Parcel>) -> Result<Response<pb::Receipt>, Status> {
        println!("to {}", parcel.into_inner().to);
        Ok(Response::new(pb::Receipt { number: 1 }))
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    Server::builder()
        .add_service(pb::courier_server::CourierServer::new(Desk))
        .serve("0.0.0.0:50051".parse()?)
        .await?;
    Ok(())
}
