use std::ffi::CString;

fn main() {
    let git = CString::new("git").unwrap();
    nix::unistd::execvp(&git, &[git.clone()]).unwrap();
}
