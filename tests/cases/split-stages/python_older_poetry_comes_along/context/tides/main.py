from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

app = FastAPI(title="Tides")


class Tide(BaseModel):
    harbour: str
    high: str
    metres: float


TIDES = {"dover": Tide(harbour="Dover", high="11:31", metres=6.7)}


@app.get("/tides/{harbour}")
def tide(harbour: str) -> Tide:
    if harbour not in TIDES:
        raise HTTPException(404, "no such harbour")
    return TIDES[harbour]
