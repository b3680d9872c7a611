extern "C" { fn libusb_has_capability(capability: u32) -> i32; }
fn main() { unsafe { println!("{}", libusb_has_capability(0)) } }
