from fastapi import Depends, FastAPI

from gym.auth import require_member

app = FastAPI()


@app.get("/courses")
def courses(member: str = Depends(require_member)) -> list[str]:
    return ["yoga"]


@app.post("/courses/{course}/book")
def book(course: str, member: str = Depends(require_member)) -> str:
    return course


@app.post("/courses/{course}/cancel")
def cancel(course: str, member: str = Depends(require_member)) -> str:
    return course


@app.get("/me")
def me(member: str = Depends(require_member)) -> str:
    return member


@app.get("/me/payments")
def payments(member: str = Depends(require_member)) -> list[int]:
    return []


@app.get("/me/visits")
def visits(member: str = Depends(require_member)) -> list[int]:
    return []


@app.get("/me/invoices")
def invoices(member: str = Depends(require_member)) -> list[int]:
    return []


@app.get("/members")
def members() -> list[str]:  # want: CN504
    return ["ann", "bob"]


@app.post("/login")
def login(name: str, password: str) -> str:  # ok: CN504 a login
    return name


@app.post("/webhooks/stripe")
def stripe_webhook(event: dict) -> str:  # ok: CN504 a webhook
    return event["id"]
