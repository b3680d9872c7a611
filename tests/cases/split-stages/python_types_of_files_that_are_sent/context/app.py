from flask import Flask, send_file

app = Flask(__name__)


@app.get("/")
def tides():
    return send_file("tides.docx")


app.run("0.0.0.0")
