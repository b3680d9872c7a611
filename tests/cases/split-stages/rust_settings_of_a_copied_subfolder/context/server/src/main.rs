fn main() { dotenv::dotenv().expect("no .env"); println!("{}", std::env::var("X").unwrap()); }
