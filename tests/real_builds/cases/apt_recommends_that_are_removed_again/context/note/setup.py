from setuptools import Extension, setup

setup(name="note", version="1.0", ext_modules=[Extension("note", ["note.c"])])
