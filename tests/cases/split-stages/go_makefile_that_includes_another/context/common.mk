FLAGS = -v
