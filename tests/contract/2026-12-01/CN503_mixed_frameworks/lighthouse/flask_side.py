"""The keeper's own pages, still served by Flask."""
from flask import Blueprint, jsonify

pages = Blueprint("pages", __name__)


@pages.get("/lamp")
def lamp():  # ok: CN503 Flask
    return jsonify(lit=True)


@pages.get("/oil")
def oil() -> str:
    return "41 l"


@pages.get("/watch")
def watch() -> str:
    return "second dog watch"
