"""A navigator that is wrong about one thing: false_navigator.py [--date SECONDS] [--status N]
[--cert FILE --key FILE]. Answers everything with {} (or N), its Date so many seconds off; writes
its port as the only line of output."""
import argparse
import email.utils
import http.server
import socketserver
import ssl
import time

parser = argparse.ArgumentParser()
parser.add_argument("--date", type=int, default=0)
parser.add_argument("--status", type=int, default=200)
parser.add_argument("--cert")
parser.add_argument("--key")
asked = parser.parse_args()


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(asked.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_GET = do_POST = answer

    def date_time_string(self, timestamp=None):
        return email.utils.formatdate(time.time() + asked.date, usegmt=True)

    def log_message(self, *words):
        pass


class Server(http.server.ThreadingHTTPServer):
    def server_bind(self):
        """Without asking a name server who we are."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address


server = Server(("127.0.0.1", 0), Handler)
if asked.cert:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(asked.cert, asked.key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
server.serve_forever()
