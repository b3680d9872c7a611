use libloading::{Library, Symbol};

fn main() {
    let folder = std::env::var("PLUGINS").unwrap_or_else(|_| "plugins".into());
    for file in std::fs::read_dir(folder).unwrap().flatten() {
        if file.path().extension().is_some_and(|e| e == "so") {
            unsafe {
                let library = Library::new(file.path()).unwrap();
                let run: Symbol<unsafe extern "C" fn()> = library.get(b"run").unwrap();
                run();
            }
        }
    }
}
