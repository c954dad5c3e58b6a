"""Tickets of a help desk."""
from flask import Flask, jsonify, request

PRIORITIES = {"low": 72, "high": 4}


def hours(ticket):
    """Until the ticket has to be answered."""
    return PRIORITIES[ticket["priority"]] / ticket["agents"]


def create_app():
    app = Flask(__name__)

    @app.post("/tickets")
    def opened():
        ticket = request.get_json()
        return jsonify(hours=hours(ticket))

    @app.post("/forms")
    def sent():
        agents = int(request.form.get("agents", "1"))
        return jsonify(hours=hours({"priority": "low", "agents": agents}))

    @app.get("/search")
    def search():
        words = request.args.get("q", "")
        limit = int(request.args.get("limit", "10"))
        return jsonify(words=words, share=100 / limit)

    @app.get("/people/<path:name>")
    def person(name):
        shown = len(name.split("/")) - 1
        return jsonify(name=name, share=100 / shown - PRIORITIES["urgent"])

    @app.get("/visits")
    def visits():
        visitor = request.cookies["visitor"].strip()
        return jsonify(visitor=visitor, hours=24 / int(request.args["agents"]))

    @app.get("/queue")
    def queue():
        agents = int(request.headers.get("X-Agents", "1"))
        return jsonify(agent=request.headers.get("User-Agent"), hours=24 / agents)

    return app
