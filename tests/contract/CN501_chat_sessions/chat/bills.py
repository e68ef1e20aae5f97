def create_bill(bill_id: str, user: str) -> dict[str, str]:
    return {"bill": bill_id, "user": user}
