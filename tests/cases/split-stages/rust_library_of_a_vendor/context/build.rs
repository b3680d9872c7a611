fn main() {
    println!("cargo:rustc-link-search=native=sdk");
    println!("cargo:rustc-link-lib=dylib=scale");
}
