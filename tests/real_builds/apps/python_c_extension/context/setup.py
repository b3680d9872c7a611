from setuptools import Extension, setup

setup(
    name="soundex-tool",
    version="0.2.0",
    description="Codes names by how they sound",
    packages=["soundex_tool"],
    python_requires=">=3.8",
    install_requires=["click>=8.1,<8.2"],
    ext_modules=[Extension("soundex_tool._soundex", ["soundex_tool/_soundex.c"])],
    entry_points={"console_scripts": ["soundex=soundex_tool.cli:main"]},
)
