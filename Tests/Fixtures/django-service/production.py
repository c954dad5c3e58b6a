"""The requests that fail in production; `../capture.py` has initialised the sender.

They go through the WSGI application: Django's own test client calls the view below it, and then the
sender knows neither the method nor the address of the request.
"""

import os
import tempfile

import django
from django.core.management import call_command
from django.test import RequestFactory

os.environ["DJANGO_SETTINGS_MODULE"] = "library.settings"
requests = RequestFactory(SERVER_NAME="localhost")


def status(application, request):
    answered = []
    body = application(request.environ, lambda line, headers: answered.append(int(line[:3])))
    b"".join(body)
    body.close()
    return answered[0]


with tempfile.TemporaryDirectory() as folder:
    os.environ["LIBRARY_DATABASE"] = os.path.join(folder, "library.sqlite3")
    django.setup()
    call_command("migrate", verbosity=0)

    from library.wsgi import application

    def post(path, body):
        request = requests.post(path, body, content_type="application/json")
        assert status(application, request) == 201, path

    search = requests.get("/books", {"q": "title:Dune: Messiah"})
    assert status(application, search) == 500

    post("/books", {"title": "Dune", "author": "Herbert"})
    post("/books", {"title": "Emma", "author": "Austen"})
    post("/members", {"name": "Ines"})
    post("/members/1/loans", {"book": 1, "due": "2025-03-01", "returned": "2025-03-05"})
    post("/members/1/loans", {"book": 2, "due": "2025-03-08"})
    assert status(application, requests.get("/members/1/fines")) == 500
