"""What listings may keep from a client, of which an object's own read tells all: `listing_*` of faults.py.

A listing is a call that names no object. `listing_sparse` leaves out the members that can be missing, `listing_short` leaves out
every second object, `listing_stale` shows what the listing before it would have shown. `listing_strangers` is of every read, as
where an API ignores filters and names: first in each list stands an object that nobody asked for, and that has an id and nothing else.
"""

import re
import xml.etree.ElementTree as ElementTree
from typing import Any

from .call import Call

MODES = {"listing_sparse", "listing_short", "listing_stale", "listing_strangers"}

# Parameters that name objects.
NAMING = re.compile(r"\w*(Ids?|Names?|Arns?)(\.member)?(\.\d+)?")

# Parameters that only say which page of a listing is wanted.
PAGING = {"NextToken", "Marker", "MaxResults", "MaxItems", "MaxRecords"}

# Members that every description of an object has: what it is called, how it is, and what IAM's models require.
PRESENT = re.compile(r"\w*([iI]d|[nN]ame|A[rR][nN]|[sS]tate|[sS]tatus|Path|CreateDate|Roles|DocumentVersion)")

# Members that say which object a description is of, or belongs to.
IDENTIFYING = re.compile(r"\w*([iI]d|[nN]ame)")

# Where the objects are in an item that is none itself.
WITHIN = "instancesSet"


def spoils(mode: str, call: Call) -> bool:
    """Whether an answer to the call can be spoilt in this way."""
    if mode == "listing_strangers":
        return not call.mutating and not call.json_protocol
    return is_listing(call)


def is_listing(call: Call) -> bool:
    named = [name for name in call.parameters if not name.startswith("Filter.") and NAMING.fullmatch(name)]
    return not call.mutating and not call.json_protocol and not named


class Listings:
    """Spoils answers to listings; remembers the last ones."""

    def __init__(self) -> None:
        self._before: dict[tuple[Any, ...], bytes] = {}

    def spoil(self, mode: str, call: Call, body: bytes) -> bytes:
        if mode == "listing_sparse":
            return _edited(body, _thin_out)
        if mode == "listing_strangers":
            return _edited(body, _add_stranger)
        if mode == "listing_short":
            return _edited(body, lambda items: _remove(items, lambda at: at % 2 == 1))
        asked = tuple(sorted(it for it in call.parameters.items() if it[0] not in PAGING))
        key = (call.service, call.region, call.action, asked)
        before = self._before.get(key)
        self._before[key] = body
        return before if before is not None else _edited(body, lambda items: _remove(items, lambda _: True))


def _edited(body: bytes, edit: Any) -> bytes:
    root = ElementTree.fromstring(re.sub(rb'\sxmlns="[^"]*"', b"", body, count=1))
    for items in list(_lists(root)):
        edit(items)
    return ElementTree.tostring(root)


def _lists(element: ElementTree.Element) -> Any:
    """The outermost lists."""
    for child in element:
        if len(child) and all(it.tag in ("item", "member") for it in child):
            yield child
        else:
            yield from _lists(child)


def _remove(items: ElementTree.Element, leaves: Any) -> None:
    for at, item in enumerate(list(items)):
        if leaves(at):
            items.remove(item)


def _add_stranger(items: ElementTree.Element) -> None:
    within = items[0].find(WITHIN)
    if within is not None:
        _add_stranger(within)
        return
    stranger = ElementTree.Element(items[0].tag)
    for member in items[0]:
        if IDENTIFYING.fullmatch(member.tag):
            ElementTree.SubElement(stranger, member.tag).text = "stranger"
    if len(stranger):
        items.insert(0, stranger)


def _thin_out(items: ElementTree.Element) -> None:
    for item in items:
        within = item.find(WITHIN)
        if within is not None:
            _thin_out(within)
            continue
        for member in list(item):
            if not PRESENT.fullmatch(member.tag):
                item.remove(member)
