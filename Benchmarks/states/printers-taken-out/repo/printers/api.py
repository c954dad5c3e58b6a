from itertools import count

from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel

from .rotation import NoPrinter, Rotation


class Job(BaseModel):
    document: str


def create_app(rotation: Rotation | None = None) -> FastAPI:
    app = FastAPI(title="printers")
    rotation = Rotation(("dock-1", "dock-2", "office")) if rotation is None else rotation
    numbers = count(1)

    @app.post("/jobs", status_code=202)
    def print_job(job: Job):
        try:
            printer = rotation.pick()
        except NoPrinter:
            raise HTTPException(503, "no printer") from None
        return {"job": next(numbers), "printer": printer}

    @app.put("/printers/{name}")
    def join(name: str):
        rotation.join(name)
        return Response(status_code=204)

    @app.delete("/printers/{name}")
    def leave(name: str):
        if name not in rotation:
            raise HTTPException(404, "no such printer")
        rotation.leave(name)
        return Response(status_code=204)

    @app.get("/printers")
    def printers():
        return {"turn": rotation.turn, "jobs": rotation.jobs}

    return app
