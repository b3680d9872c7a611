//! imgfix.
fn main() {}
