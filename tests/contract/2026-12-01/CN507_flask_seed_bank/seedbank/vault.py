from flask import Blueprint, jsonify, request

vault = Blueprint("vault", __name__)
SAMPLES: dict[int, str] = {1: "rye"}


@vault.route("/samples", methods=["GET", "POST"])
def samples():
    if request.method == "POST":
        SAMPLES[len(SAMPLES) + 1] = request.get_json()["species"]
    return jsonify(sorted(SAMPLES.values()))


@vault.route("/samples/<int:number>")
def sample(number: int):
    return jsonify(species=SAMPLES[number])


@vault.delete("/samples/<int:number>/lots/<lot>")
def discard(number: int, lot: str):
    return {"discarded": f"{number}/{lot}"}
