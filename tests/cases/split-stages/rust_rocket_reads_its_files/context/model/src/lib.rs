pub fn context() -> std::collections::HashMap<&'static str, u8> {
    [("visitors", 3)].into()
}
