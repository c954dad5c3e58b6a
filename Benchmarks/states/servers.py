"""Servers that a trigger needs, on private ports of the loopback. They run in the process group of the trigger, so that the judge's
end of production ends them too; their files are under STATES_SERVERS, or a temporary folder."""
import glob
import http.server
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def folder_of(name):
    return tempfile.mkdtemp(prefix=name + "-", dir=os.environ.get("STATES_SERVERS"))


def wait_for(is_ready, what):
    until = time.monotonic() + 30
    while not is_ready():
        if time.monotonic() > until:
            raise RuntimeError(what + " did not start")
        time.sleep(0.05)


def run(command, **options):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout[-300:]}")


def postgresql(script):
    """The URL of a new database in which the script has been run, by the user that PostgreSQL wants: none that is root."""
    programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
    folder, port = folder_of("postgresql"), free_port()
    user = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    if user:
        shutil.chown(folder, "postgres", "postgres")
    run([f"{programs}/initdb", "-D", f"{folder}/data", "-U", "service", "-A", "trust", "-E", "UTF8", "--no-sync"], cwd=folder, **user)
    settings = {"listen_addresses": "127.0.0.1", "fsync": "off", "shared_buffers": "8MB", "max_connections": "10"}
    with open(f"{folder}/log", "w") as log:
        subprocess.Popen([f"{programs}/postgres", "-D", f"{folder}/data", "-p", str(port), "-k", folder,
                          *(f"--{name}={value}" for name, value in settings.items())],
                         cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **user)
    address = ["-h", "127.0.0.1", "-p", str(port), "-U", "service"]
    wait_for(lambda: subprocess.run([f"{programs}/pg_isready", *address], stdout=subprocess.DEVNULL).returncode == 0, "PostgreSQL")
    run([f"{programs}/psql", *address, "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1", "-c", script])
    return f"postgresql://service@127.0.0.1:{port}/postgres"


def redis(**texts):
    """The URL of a Redis that holds these texts."""
    folder, port = folder_of("redis"), free_port()
    with open(f"{folder}/log", "w") as log:
        subprocess.Popen(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
                         cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    client = ["redis-cli", "-h", "127.0.0.1", "-p", str(port)]
    wait_for(lambda: subprocess.run([*client, "ping"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0, "Redis")
    for key, text in texts.items():
        run([*client, "set", key, text])
    return f"redis://127.0.0.1:{port}/0"


def service(answers):
    """The URL of a service that answers each of these paths with its JSON."""
    class Answering(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            known = self.path in answers
            body = json.dumps(answers[self.path] if known else {"error": "not found"}).encode()
            self.send_response(200 if known else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"
