#[no_mangle]
pub extern "C" fn run() {
    println!("good day");
}
