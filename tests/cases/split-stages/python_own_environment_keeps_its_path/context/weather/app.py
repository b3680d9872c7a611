import numpy
from flask import Flask

app = Flask(__name__)


@app.get("/mean")
def mean():
    return str(numpy.mean([11.5, 12.25]))
