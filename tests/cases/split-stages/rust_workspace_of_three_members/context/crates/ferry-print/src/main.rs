use std::process::Command;

fn main() {
    Command::new("lp").arg(ferry_times::next()).status().unwrap();
}
