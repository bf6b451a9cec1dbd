"""A guest book: an ordinary Flask application. Nothing in it knows that it runs as a function."""

from apig_wsgi import make_lambda_handler
from flask import Flask, jsonify, request

app = Flask(__name__)
GUESTS = []


@app.get("/")
def index():
    return "<h1>Hello from Flask on Apus</h1><p>POST a name to /guests, then look at /guests.</p>"


@app.get("/guests")
def guests():
    return jsonify(guests=GUESTS)


@app.post("/guests")
def sign():
    name = (request.get_json(silent=True) or request.form).get("name", "").strip()
    if not name:
        return jsonify(error="a name is needed"), 400
    GUESTS.append(name)
    app.logger.warning("guest %s signed", name)
    return jsonify(name=name), 201


# The adapter from PyPI turns Lambda's HTTP events into WSGI calls.
handler = make_lambda_handler(app, binary_support=True)
