from os import environ, getenv as env_value

from flask import Flask, jsonify, request

from printshop import config
from printshop.spooler import Job, Spooler


def build_app() -> Flask:
    environ["TZ"] = "Europe/Oslo"  # ok: CN301 written, not read
    app = Flask(__name__)
    spooler = Spooler()

    @app.get("/formats")
    def formats():
        return jsonify(config.paper_formats())

    @app.post("/jobs")
    def submit():
        copies = int(request.form["copies"])
        if copies > int(env_value("PRINTSHOP_MAX_COPIES", "250")):  # want: CN301 max_copies
            return jsonify(error="too many copies"), 422
        spooler.submit(Job(request.form["path"], copies))
        return jsonify(ok=True), 202

    return app
