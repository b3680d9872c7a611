pub fn next() -> &'static str {
    "13:25"
}
