from typing import Any


def specimen_to_json(specimen: Any) -> dict[str, Any]:  # ok: CN001 serializer of one kind
    data: dict[str, Any] = {"type": "specimen", "id": str(specimen.id)}
    data["taxon"] = specimen.taxon
    data["collected_on"] = specimen.collected_on.isoformat()
    if specimen.locality:
        data["locality"] = specimen.locality
    return data


def loan_to_json(loan: Any) -> dict[str, Any]:  # ok: CN001 serializer of another kind
    data: dict[str, Any] = {"type": "loan", "id": str(loan.id)}
    data["borrower"] = loan.borrower
    data["due_on"] = loan.due_on.isoformat()
    if loan.note:
        data["note"] = loan.note
    return data
