from pydantic import BaseModel, Field


class Sighting(BaseModel):  # want: CN003
    species: str = Field(min_length=3)
    count: int = Field(gt=0)
    lat: float
    lon: float
