from typing import Annotated

import psycopg
from fastapi import FastAPI, HTTPException, Query
from pydantic import BaseModel

from .settings import database_url

HOME = "DE"
WIDTH = 32

app = FastAPI(title="labels")


class Label(BaseModel):
    lines: list[str]
    express: bool


def fitted(text: str) -> str:
    """A line of the label; longer ones are cut where the paper ends."""
    return text if len(text) <= WIDTH else text[: WIDTH - 1].rstrip() + "."


@app.get("/customers/{number}/label")
def label(number: int, express: bool = False) -> Label:
    with psycopg.connect(database_url()) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, company, street, postcode, town, country FROM customers WHERE number = %s",
            (number,),
        )
        row = cursor.fetchone()
        if row is None:
            raise HTTPException(404, "no such customer")
        name, company, street, postcode, town, country = row
        lines = [name]
        if company.strip():
            lines.append(company.strip())
        lines += [street, f"{postcode} {town}"]
        if country != HOME:
            lines.append(country)
    return Label(lines=[fitted(line) for line in lines], express=express)


@app.get("/towns")
def towns(prefix: Annotated[str, Query(min_length=2)]) -> list[str]:
    with psycopg.connect(database_url()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT town FROM customers WHERE town LIKE %s ORDER BY town", (prefix + "%",))
        return [town for (town,) in cursor]
