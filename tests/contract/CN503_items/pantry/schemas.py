from pydantic import BaseModel


class Item(BaseModel):
    name: str
    count: int = 0


class Shelf(BaseModel):
    name: str
