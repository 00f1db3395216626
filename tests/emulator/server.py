"""One HTTP server for all services: identifies each call, logs it, applies faults and client tokens, hands it to moto."""

import io
import json
import os
import socket
import struct
import threading
import time
import urllib.parse
from collections.abc import Iterable, Iterator
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

from . import faults, inventory, listings
from .call import Call, Log, identify
from .corrections.unimplemented import create_backend_app
from .tokens import MismatchError, Tokens

Answer = tuple[str, list[tuple[str, str]], bytes]


class Handler(MotoRequestHandler):
    """Keeps connections open, writes no access log, and lets the application reset its connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def make_environ(self) -> dict[str, Any]:
        environ = super().make_environ()
        environ["emulator.reset"] = self.reset
        environ["emulator.hang_up"] = self.hang_up
        return environ

    def reset(self) -> None:
        """Sends a TCP reset instead of an answer."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # The handler's files hold the socket open, so its descriptor is closed under them.
        os.close(self.connection.detach())
        raise ConnectionResetError

    def hang_up(self) -> None:
        """Ends the connection in the middle of an answer."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)
        raise ConnectionResetError

    def finish(self) -> None:
        try:
            super().finish()
        except OSError:
            pass

    def log(self, *_: Any) -> None:
        pass


class Emulator:
    """The WSGI application."""

    def __init__(self) -> None:
        self.moto = DomainDispatcherApplication(create_backend_app)
        # moto's backends are not made for threads.
        self.moto_lock = threading.Lock()
        self.log = Log()
        self.faults = faults.Faults()
        self.tokens = Tokens()
        self.listings = listings.Listings()
        self.url = ""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        if environ["PATH_INFO"].startswith("/_emulator/"):
            status, headers, content = self.control(environ, body)
        else:
            status, headers, content = self.serve(environ, body)
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        start_response(status, headers + [("Content-Length", str(len(content)))])
        if environ.get("emulator.cut"):
            return self.cut(environ, content)
        return [content]

    @staticmethod
    def cut(environ: dict[str, Any], content: bytes) -> Iterator[bytes]:
        """Half of an answer, and then the end of the connection."""
        yield content[: len(content) // 2]
        environ["emulator.hang_up"]()

    def serve(self, environ: dict[str, Any], body: bytes) -> Answer:
        call = identify(environ, body)
        if inventory.USER_AGENT in environ.get("HTTP_USER_AGENT", ""):
            return self.ask_moto(environ)
        entry = self.log.add(call)
        wait, rule = self.faults.choose(call)
        time.sleep(wait)
        entry["fault"] = fault = rule["do"] if rule else None
        if fault in ("throttle", "error"):
            return self.answered(entry, _answer(*faults.refusal(call, rule)))
        if fault == "kill_before":
            faults.kill_client(rule)
        if fault in ("kill_before", "reset_before"):
            environ["emulator.reset"]()
        answer = self.act(call, environ)
        if fault == "kill_after":
            faults.kill_client(rule)
        if fault in ("kill_after", "reset_after"):
            environ["emulator.reset"]()
        if fault in faults.SPOILT and answer[0].startswith("2"):
            answer = spoilt(rule, answer)
            environ["emulator.cut"] = fault == "answer_cut"
        if fault in listings.MODES and answer[0].startswith("2") and listings.spoils(fault, call):
            answer = answer[0], answer[1], self.listings.spoil(fault, call, answer[2])
        return self.answered(entry, answer)

    def act(self, call: Call, environ: dict[str, Any]) -> Answer:
        """Lets moto answer, unless the call's client token has been answered before."""
        with self.moto_lock:
            try:
                answer = self.tokens.answer(call)
            except MismatchError:
                message = "The request uses the same client token as a previous, but non-identical request."
                return _answer(*faults.error(call, "IdempotentParameterMismatch", message, 400))
            if answer is None:
                answer = self.run_moto(environ)
                if answer[0].startswith("200"):
                    self.tokens.remember(call, answer)
            return answer

    def ask_moto(self, environ: dict[str, Any]) -> Answer:
        with self.moto_lock:
            return self.run_moto(environ)

    def run_moto(self, environ: dict[str, Any]) -> Answer:
        started: list[Any] = []
        content = b"".join(self.moto(environ, lambda status, headers, *_: started.extend((status, headers))))
        return started[0], started[1], content

    @staticmethod
    def answered(entry: dict[str, Any], answer: Answer) -> Answer:
        entry["status"] = int(answer[0].split(" ", 1)[0])
        return answer

    def control(self, environ: dict[str, Any], body: bytes) -> Answer:
        path = environ["PATH_INFO"].removeprefix("/_emulator/")
        query = urllib.parse.parse_qs(environ.get("QUERY_STRING", ""))
        if path == "log":
            return _json(self.log.entries())
        if path == "faults":
            self.faults.replace(json.loads(body))
            return _json({})
        if path == "inventory":
            regions = query["regions"][0].split(",") if "regions" in query else self.log.mutated_regions()
            return _json(inventory.alive(self.url, regions))
        if path == "reset":
            self.reset(environ)
            return _json({})
        return _answer(404, "text/plain", f"no such page: {path}\n".encode())

    def reset(self, environ: dict[str, Any]) -> None:
        self.faults.replace([])
        self.tokens.clear()
        self.log.clear()
        self.ask_moto({**environ, "PATH_INFO": "/moto-api/reset", "REQUEST_METHOD": "POST"})


def spoilt(rule: dict[str, Any], answer: Answer) -> Answer:
    """The answer as a client gets it that the rule concerns."""
    status, headers, content = answer
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    kind, content = faults.spoil(rule, kind, content)
    kept = [(name, value) for name, value in headers if name.lower() != "content-type"]
    return status, [*kept, ("Content-Type", kind)], content


def _answer(status: int, content_type: str, content: bytes) -> Answer:
    return f"{status} emulator", [("Content-Type", content_type)], content


def _json(document: Any) -> Answer:
    return _answer(200, "application/json", json.dumps(document).encode())


def listen(port: int) -> BaseWSGIServer:
    """Binds to loopback; `serve_forever` on the result runs it."""
    application = Emulator()
    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=Handler)
    application.url = f"http://127.0.0.1:{server.port}"
    return server
