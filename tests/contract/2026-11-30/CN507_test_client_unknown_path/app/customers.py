from fastapi import APIRouter

router = APIRouter(prefix="/customers")


@router.get("")
def customers() -> list:
    return []


@router.get("/{customer_id}")
def customer(customer_id: int) -> dict:
    return {"id": customer_id}


@router.post("/{customer_id}/notes")
def add_note(customer_id: int, body: dict) -> dict:
    return body
