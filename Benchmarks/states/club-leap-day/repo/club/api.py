from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from . import terms
from .members import Member, Register


class Joining(BaseModel):
    name: str = Field(min_length=1)
    junior: bool = False


def shown(member: Member) -> dict:
    return {"number": member.number, "name": member.name, "paid_until": member.paid_until, "fee": terms.fee(member.junior)}


def create_app() -> FastAPI:
    app = FastAPI(title="club")
    app.state.register = Register()

    @app.post("/members", status_code=201)
    def join(joining: Joining) -> dict:
        return shown(app.state.register.join(joining.name, joining.junior))

    @app.post("/members/{number}/renewals")
    def renew(number: int) -> dict:
        if number not in app.state.register.members:
            raise HTTPException(404, "no such member")
        return shown(app.state.register.renew(number))

    @app.get("/members/{number}")
    def show(number: int) -> dict:
        if number not in app.state.register.members:
            raise HTTPException(404, "no such member")
        return shown(app.state.register.members[number])

    return app
