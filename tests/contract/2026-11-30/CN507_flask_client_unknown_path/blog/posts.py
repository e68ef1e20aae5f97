from flask import Blueprint, jsonify

bp = Blueprint("posts", __name__)


@bp.get("/")
def index():
    return jsonify([])


@bp.get("/<int:number>")
def show(number):
    return jsonify({"id": number})


@bp.post("/<int:number>/comments")
def comment(number):
    return jsonify({"id": number})
