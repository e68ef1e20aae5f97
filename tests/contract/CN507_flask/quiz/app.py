from flask import Blueprint, Flask, jsonify

questions = Blueprint("questions", __name__, url_prefix="/questions")


@questions.route("/", methods=["GET"])
def index():
    return jsonify([])


@questions.route("/<int:number>", methods=["GET", "PUT"])
def question(number: int):
    return jsonify(number=number)


@questions.route("/<int:number>/answer", methods=["POST"])
def answer(number: int):
    return jsonify(right=number == 42)


app = Flask(__name__)
app.register_blueprint(questions)


@app.route("/about")
def about() -> str:
    return "A quiz."
