extern "C" { fn usb_x() -> i32; }
fn main() { unsafe { println!("{}", usb_x()) } }
