from fastapi import APIRouter, Response
from fastapi.responses import FileResponse, RedirectResponse

from kitchen.schemas import Recipe

router = APIRouter(prefix="/recipes")
RECIPES: dict[str, Recipe] = {}


@router.get("/", response_model=list[Recipe])
async def all_recipes():
    return list(RECIPES.values())


@router.get("/{name}")
async def one_recipe(name: str) -> Recipe:
    return RECIPES[name]


@router.put("/{name}", response_model=Recipe)
async def change(name: str, recipe: Recipe):
    RECIPES[name] = recipe
    return recipe


@router.post("/")
async def add(recipe: Recipe):  # want: CN503
    RECIPES[recipe.name] = recipe
    return recipe


@router.delete("/{name}", status_code=204)
async def remove(name: str):  # ok: CN503 204 has no body
    del RECIPES[name]


@router.get("/{name}/picture")
async def picture(name: str):  # ok: CN503 a file
    return FileResponse(f"pictures/{name}.jpg")


@router.get("/{name}/old", include_in_schema=False)
async def old(name: str):  # ok: CN503 not in the schema
    return {"moved": name}


@router.get("/random/one")
async def lucky():  # ok: CN503 a redirect
    return RedirectResponse("/recipes/soup")
