from flask import Flask, jsonify

app = Flask(__name__)


@app.get("/tides/<place>")
def tides(place):
    return jsonify(place=place, high=["04:10", "16:35"])


if __name__ == "__main__":
    app.run(host="0.0.0.0", port=5000)
