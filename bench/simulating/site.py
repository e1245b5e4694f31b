"""The world's pages on loopback, each as it stood on the simulated day."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from simulating.world import Site


@contextmanager
def served(sites: list[Site], today: Callable[[], date]) -> Iterator[str]:
    """The address under which each site stands by its key."""
    by_path = {f"/{site.key}": site for site in sites}

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site = by_path.get(self.path.partition("?")[0])
            body = site.body_on(today()) if site else b"gone"
            tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
            same = site is not None and self.headers.get("If-None-Match") == tag
            self.send_response(404 if site is None else 304 if same else 200)
            self.send_header("ETag", tag)
            kind = "application/json" if body[:1] in b"{[" else "text/html" if body[:1] == b"<" else "text/markdown"
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", "0" if same else str(len(body)))
            self.end_headers()
            if not same:
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
