#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <ctype.h>

/* Digits of A to Z; 0 where a letter has none. */
static const char digits[] = "01230120022455012623010202";

static PyObject *code(PyObject *self, PyObject *args)
{
    const char *name;
    char out[5] = "0000";
    char last = 0;
    int length = 0;

    (void)self;
    if (!PyArg_ParseTuple(args, "s", &name))
        return NULL;
    for (; *name && length < 4; name++) {
        int letter = toupper((unsigned char)*name);
        char digit;

        if (letter < 'A' || letter > 'Z')
            continue;
        digit = digits[letter - 'A'];
        if (length == 0)
            out[length++] = (char)letter;
        else if (digit != '0' && digit != last)
            out[length++] = digit;
        if (letter != 'H' && letter != 'W')
            last = digit;
    }
    return PyUnicode_FromString(out);
}

static PyMethodDef methods[] = {
    {"code", code, METH_VARARGS, "The Soundex code of a name."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT, "_soundex", NULL, -1, methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__soundex(void)
{
    return PyModule_Create(&module);
}
