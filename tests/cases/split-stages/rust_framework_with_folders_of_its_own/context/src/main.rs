use loco_rs::environment::Environment;

fn main() {
    println!("{}", Environment::from("production"));
}
