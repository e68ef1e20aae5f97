from fastapi import FastAPI, Header

app = FastAPI()


@app.get("/hives")
def hives(x_keeper: str = Header("")) -> list[str]:
    return [f"{x_keeper}-1", f"{x_keeper}-2"] if x_keeper else []
