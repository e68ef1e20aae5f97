"""Bookings of the village hall."""
from __future__ import annotations

from flask import Blueprint, Flask, jsonify, request

HALLS = {"small": [], "large": []}

halls = Blueprint("halls", __name__, url_prefix="/halls")


@halls.get("/<name>")
def hall(name: str):
    return jsonify(bookings=HALLS[name])


@halls.route("/<name>/bookings", methods=["POST"])
def book(name: str):
    HALLS[name].append(request.get_json()["day"])
    return jsonify(count=len(HALLS[name])), 201


def create_app(testing: bool = False) -> Flask:
    app = Flask(__name__)
    app.config["TESTING"] = testing
    app.register_blueprint(halls, url_prefix="/v2/halls")

    @app.route("/")
    def index():
        return "<h1>Village hall</h1>"

    app.add_url_rule("/ping", "ping", lambda: "pong")
    return app
