"""Takes webhooks on the loopback, and writes each as a line of JSON: its headers, and its body in base64.

The first line is the address. It ends with its standard input.
"""

import base64
import http.server
import json
import sys
import threading


class Arrival(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        arrival = {"headers": self.headers.items(), "body": base64.b64encode(body).decode()}
        print(json.dumps(arrival), flush=True)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Arrival)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps({"address": f"http://127.0.0.1:{server.server_address[1]}/"}), flush=True)
sys.stdin.read()
