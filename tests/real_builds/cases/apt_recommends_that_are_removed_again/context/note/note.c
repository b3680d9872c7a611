#include <Python.h>

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "note"};

PyMODINIT_FUNC PyInit_note(void) {
    return PyModule_Create(&module);
}
