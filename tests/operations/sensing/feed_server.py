"""A foreign web server on a real socket that answers as a test tells it to."""

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Foreign:
    """What it answers: status, headers and body by path; and what it was asked."""

    url: str
    answers: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)
    hang: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self):
        return self.url.removeprefix("http://")


@contextmanager
def foreign_server():
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            here.asked.append((self.path, dict(self.headers)))
            status, headers, body = here.answers[self.path]
            if status == "hang":
                here.hang.wait(20)
                return
            etag = headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here = Foreign(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield here
    finally:
        here.hang.set()
        server.shutdown()
        server.server_close()
        thread.join()
