from fastapi import APIRouter, Response

router = APIRouter(prefix="/signals")
SENT: list[str] = []


@router.get("/", response_model=list[str])
def sent():
    return SENT[-20:]


@router.get("/length")
def length() -> int:
    return sum(map(len, SENT))


@router.get("/last", response_model=str)
def last():
    return SENT[-1]


@router.post("/{letters}")
def send(letters: str):  # want: CN503
    SENT.append(letters.upper())
    return {"queued": len(SENT)}


@router.get("/morse.bin")
def morse():  # ok: CN503 a plain Response is returned
    return Response(content="".join(SENT).encode(), media_type="application/octet-stream")


def describe(letters: str):  # ok: CN503 a plain function
    return {"letters": letters}
