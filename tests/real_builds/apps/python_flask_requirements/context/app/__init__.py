from flask import Flask, abort, jsonify, render_template
from markdown import markdown

BOOKS = {
    "emma": {"title": "Emma", "note": "Borrowed by **Nora**"},
    "dune": {"title": "Dune", "note": "On the *shelf*"},
}


def create_app():
    app = Flask(__name__)

    @app.get("/")
    def index():
        return render_template("index.html", books=BOOKS)

    @app.get("/books/<key>")
    def book(key):
        if key not in BOOKS:
            abort(404)
        return markdown(BOOKS[key]["note"])

    @app.get("/health")
    def health():
        return jsonify(status="ok")

    return app
