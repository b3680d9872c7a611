use rdkafka::{config::ClientConfig, consumer::{BaseConsumer, Consumer}};

fn main() {
    let consumer: BaseConsumer = ClientConfig::new()
        .set("bootstrap.servers", std::env::var("BROKERS").expect("BROKERS"))
        .set("group.id", "drain")
        .create()
        .unwrap();
    consumer.subscribe(&["events"]).unwrap();
    for message in consumer.iter() {
        println!("{message:?}");
    }
}
