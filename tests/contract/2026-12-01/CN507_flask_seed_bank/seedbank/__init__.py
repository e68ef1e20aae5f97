from flask import Flask

from seedbank.vault import vault


def create_app() -> Flask:
    app = Flask(__name__)
    app.register_blueprint(vault, url_prefix="/vault")
    app.add_url_rule("/health", "health", lambda: "ok")
    return app
