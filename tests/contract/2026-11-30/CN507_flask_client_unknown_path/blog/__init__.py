from flask import Flask


def create_app() -> Flask:
    app = Flask(__name__)

    from blog.posts import bp

    app.register_blueprint(bp, url_prefix="/posts")
    return app
