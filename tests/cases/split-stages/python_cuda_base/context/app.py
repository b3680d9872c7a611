import torch
from flask import Flask

app = Flask(__name__)


@app.get("/")
def device():
    return str(torch.cuda.is_available())


app.run(host="0.0.0.0")
