import os

from flask import Flask, jsonify

from music import settings


def create_app() -> Flask:
    app = Flask(__name__)
    app.secret_key = settings.SESSION_SECRET
    app.config["STORE_HOST"] = os.environ.get("OBJECT_STORE_HOST", "minio")  # want: CN302
    app.config["BITRATE"] = settings.BITRATE

    @app.get("/bitrate")
    def bitrate():
        return jsonify(app.config["BITRATE"])

    return app
