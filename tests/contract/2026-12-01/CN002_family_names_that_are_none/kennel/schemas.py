from pydantic import BaseModel


class DogV1(BaseModel):
    name: str
    breed: str


class DogV2(BaseModel):  # ok: CN002 versions of a payload share no methods
    name: str
    breeds: list[str]
    chip: str | None = None
