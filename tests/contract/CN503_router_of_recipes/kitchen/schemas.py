from pydantic import BaseModel


class Recipe(BaseModel):
    name: str
    minutes: int
