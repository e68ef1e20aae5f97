from flask import Blueprint, jsonify, request
from flask_login import login_required

bp = Blueprint("accounts", __name__)


@bp.route("/accounts")
@login_required
def accounts():
    return jsonify([])


@bp.route("/accounts/<int:number>", methods=["GET"])
@login_required
def account(number):
    return jsonify({"id": number})


@bp.route("/accounts/<int:number>/close", methods=["POST"])
def close(number):  # want: CN504
    reason = request.json["reason"]
    return jsonify({"closed": number, "reason": reason})


@bp.route("/accounts/export")
@login_required
def export():
    return jsonify({})


@bp.route("/login", methods=["POST"])
def login():
    return jsonify({"ok": True})
