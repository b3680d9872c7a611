//! What libmagic says of a file.

use std::ffi::{c_char, c_int, c_void, CStr, CString};
use std::path::Path;
use std::ptr;

extern "C" {
    fn magic_open(flags: c_int) -> *mut c_void;
    fn magic_load(cookie: *mut c_void, database: *const c_char) -> c_int;
    fn magic_file(cookie: *mut c_void, path: *const c_char) -> *const c_char;
    fn magic_error(cookie: *mut c_void) -> *const c_char;
    fn magic_close(cookie: *mut c_void);
}

/// The kind of a file in words.
pub fn kind(path: &Path) -> Result<String, String> {
    let path = CString::new(path.to_string_lossy().as_bytes()).map_err(|e| e.to_string())?;
    // The cookie is closed once, and texts are copied before.
    unsafe {
        let cookie = magic_open(0);
        if cookie.is_null() {
            return Err("libmagic does not open".to_owned());
        }
        let text = if magic_load(cookie, ptr::null()) == 0 {
            magic_file(cookie, path.as_ptr())
        } else {
            ptr::null()
        };
        let result = if text.is_null() {
            let error = magic_error(cookie);
            Err(if error.is_null() {
                "libmagic does not say why".to_owned()
            } else {
                CStr::from_ptr(error).to_string_lossy().into_owned()
            })
        } else {
            Ok(CStr::from_ptr(text).to_string_lossy().into_owned())
        };
        magic_close(cookie);
        result
    }
}
