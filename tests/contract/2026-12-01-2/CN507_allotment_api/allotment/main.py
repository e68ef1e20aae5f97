"""The allotment garden's API."""
from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel


class Plot(BaseModel):
    number: int
    tenant: str | None = None


PLOTS = {1: Plot(number=1, tenant="Ida"), 2: Plot(number=2)}

plots = APIRouter(prefix="/plots")


@plots.get("/", response_model=list[Plot])
def list_plots():
    return list(PLOTS.values())


@plots.get("/{number}", response_model=Plot)
def read_plot(number: int):
    return PLOTS[number]


@plots.put("/{number}/tenant", response_model=Plot)
def let_plot(number: int, name: str):
    PLOTS[number].tenant = name
    return PLOTS[number]


def make_app() -> FastAPI:
    app = FastAPI()
    app.include_router(plots, prefix="/api")
    app.mount("/static", StaticFiles(directory="static", check_dir=False))

    @app.get("/health", response_model=dict[str, bool])
    def health():
        return {"ok": True}

    return app


app = make_app()
