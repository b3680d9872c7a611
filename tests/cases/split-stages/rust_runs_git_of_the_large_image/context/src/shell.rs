use std::process;

pub fn git(words: &[&str]) {
    let status = process::Command::new("git").args(words).status().expect("git");
    assert!(status.success());
}
