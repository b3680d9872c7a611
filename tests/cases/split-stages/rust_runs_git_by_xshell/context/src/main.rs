fn main() {
    let sh = xshell::Shell::new().unwrap();
    xshell::cmd!(sh, "git clone https://example.org/x").run().unwrap();
}
