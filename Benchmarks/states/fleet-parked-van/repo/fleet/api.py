from fastapi import FastAPI, HTTPException

from . import positions

app = FastAPI(title="fleet")


@app.get("/vans/{plate}")
async def van(plate: str):
    try:
        position = await positions.position_of(plate)
    except positions.NoSuchVan:
        raise HTTPException(404, "no such van")
    return {
        "plate": plate,
        "latitude": position.latitude,
        "longitude": position.longitude,
        "direction": position.direction,
    }


@app.get("/nearest")
async def nearest(latitude: float, longitude: float):
    plate, kilometres = await positions.nearest(latitude, longitude)
    return {"plate": plate, "kilometres": kilometres}
