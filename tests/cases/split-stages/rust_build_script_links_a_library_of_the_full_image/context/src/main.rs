extern "C" { fn sqlite3_libversion_number() -> i32; }
fn main() { unsafe { println!("{}", sqlite3_libversion_number()) } }
