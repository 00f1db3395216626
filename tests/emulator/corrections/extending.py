"""How a correction replaces a method of moto's and still reaches the original."""

import functools
from collections.abc import Callable
from typing import Any


def extend(owner: type, name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Replaces `owner.name` by the decorated function, which gets the original method as its first argument."""

    def decorate(replacement: Callable[..., Any]) -> Callable[..., Any]:
        original = getattr(owner, name)

        @functools.wraps(original)
        def method(self: Any, *arguments: Any, **named: Any) -> Any:
            return replacement(functools.partial(original, self), self, *arguments, **named)

        setattr(owner, name, method)
        return replacement

    return decorate
