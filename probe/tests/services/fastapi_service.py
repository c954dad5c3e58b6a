"""FastAPI behind a real uvicorn; prints every answer."""
import sys
import threading
import time

import nevermore_probe
from asking import ask, has_probe

if has_probe:
    nevermore_probe.init(release="shop@1")

import uvicorn
from fastapi import BackgroundTasks, FastAPI, HTTPException, Request
from fastapi.responses import StreamingResponse

app = FastAPI()


@app.post("/orders/{number}")
async def order(number: int, request: Request):
    return total((await request.json())["lines"], number)


def total(lines, number):
    return sum(line["price"] // line["count"] for line in lines)


@app.get("/sync")
def sync():
    raise LookupError("in a thread")


@app.get("/refused")
def refused():
    raise HTTPException(409, "no")


@app.get("/later")
def later(tasks: BackgroundTasks):
    tasks.add_task(fail_later)
    return "later"


def fail_later():
    raise OSError(5, "the disk")


@app.get("/stream")
def stream():
    def parts():
        yield "first\n"
        raise LookupError("in the middle")
    return StreamingResponse(parts())


server = uvicorn.Server(uvicorn.Config(app, "127.0.0.1", 0, log_level="error"))
threading.Thread(target=server.run, daemon=True).start()
while not server.started:
    time.sleep(0.01)
port = server.servers[0].sockets[0].getsockname()[1]
ask(port, "POST", "/orders/7", b'{"lines": [{"price": 3, "count": 0}]}')
ask(port, "POST", "/orders/x", b"{}")
ask(port, "GET", "/sync")
ask(port, "GET", "/refused")
ask(port, "GET", "/later")
ask(port, "GET", "/stream")
ask(port, "GET", "/openapi.json")
if has_probe:
    nevermore_probe.service.flush(10)
server.should_exit = True
sys.stdout.flush()
