"""moto answers an action that it lacks with 500 and a page of HTML, which SDKs retry. AWS-like: one clear refusal."""

import traceback
from typing import Any

from flask import Flask
from moto.moto_server import werkzeug_app
from werkzeug.exceptions import HTTPException


def _error(code: str, message: str, status: int) -> tuple[str, int, dict[str, str]]:
    error = f"<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    body = f"<Response><Errors>{error}</Errors>{error}<RequestID>emulator</RequestID></Response>"
    return body, status, {"Content-Type": "text/xml", "x-amzn-errortype": code}


def _not_implemented(error: NotImplementedError) -> Any:
    return _error("NotImplemented", f"the emulator lacks this: {error}", 501)


def _broken(error: Exception) -> Any:
    if isinstance(error, HTTPException):
        return error
    traceback.print_exception(error)
    return _error("EmulatorFailure", f"moto failed: {error!r}".replace("<", "[").replace(">", "]"), 501)


def create_backend_app(service: str) -> Flask:
    app = werkzeug_app.create_backend_app(service)
    app.debug = False
    app.register_error_handler(NotImplementedError, _not_implemented)
    app.register_error_handler(Exception, _broken)
    return app
