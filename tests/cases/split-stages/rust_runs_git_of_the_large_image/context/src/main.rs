mod shell;

fn main() {
    for repository in std::env::args().skip(1) {
        shell::git(&["clone", "--mirror", &repository]);
    }
}
