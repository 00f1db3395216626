"""Client tokens: a repeated create with the same token answers what the first one answered, and makes nothing."""

import threading

from .call import Call


class MismatchError(Exception):
    """The token came back with other parameters."""


class Tokens:
    """The answers given to requests that carried a token."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: dict[tuple[str, ...], tuple[dict[str, str], tuple]] = {}

    def answer(self, call: Call) -> tuple | None:
        """The first answer to this token, or None if it is new."""
        key = _key(call)
        with self._lock:
            known = self._answers.get(key) if key else None
        if known is None:
            return None
        parameters, answer = known
        if parameters != call.parameters:
            raise MismatchError
        return answer

    def remember(self, call: Call, answer: tuple) -> None:
        key = _key(call)
        if key:
            with self._lock:
                self._answers[key] = (call.parameters, answer)

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()


def _key(call: Call) -> tuple[str, ...] | None:
    token = call.parameters.get("ClientToken")
    return (call.service, call.region, call.action, token) if token else None
