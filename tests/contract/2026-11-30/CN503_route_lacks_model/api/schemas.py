from pydantic import BaseModel


class Pet(BaseModel):
    id: int
    name: str


class Owner(BaseModel):
    id: int
