from flask import Blueprint, Flask, jsonify

teas = Blueprint("teas", __name__, url_prefix="/teas")


@teas.route("/<name>", methods=["GET", "DELETE"])
def one(name):
    return jsonify(name=name)


@teas.post("/<name>/cups")
def pour(name):
    return jsonify(name=name, cups=1)


def create_app() -> Flask:
    app = Flask(__name__)
    app.register_blueprint(teas)
    return app
