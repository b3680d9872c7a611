fn main() {
    unsafe { pyo3_ffi::Py_Initialize() };
}
