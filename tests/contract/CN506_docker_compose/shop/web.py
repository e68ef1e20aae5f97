from fastapi import FastAPI

from shop.tasks import send_receipt

app = FastAPI()


@app.post("/orders/{order}/receipt")
def receipt(order: int) -> None:
    send_receipt.delay(order)
