from fastapi import FastAPI

from app.customers import router

app = FastAPI()
app.include_router(router, prefix="/api/v1")


@app.get("/health")
def health() -> dict:
    return {"ok": True}
