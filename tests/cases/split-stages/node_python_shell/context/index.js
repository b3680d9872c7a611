require("python-shell")
