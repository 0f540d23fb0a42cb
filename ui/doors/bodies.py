"""What a request may carry: no more than its route needs, and no file of another machine."""

import json
import re
from collections.abc import Iterator
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Message, Receive

from ui import strings
from ui.doors.refusals import RefusedError


def check_size(headers: Headers, limit: int) -> None:
    """Raise RefusedError if a body is larger than `limit` bytes, or does not say how large.

    The server holds a body to the length that its header tells.
    """
    if "transfer-encoding" in headers:
        raise RefusedError(411, strings.DOOR_NO_LENGTH)
    told = headers.get("content-length", "0")
    if re.fullmatch("[0-9]{1,20}", told) is None:
        raise RefusedError(400, strings.DOOR_UNREADABLE)
    if int(told) > limit:
        raise RefusedError(413, strings.DOOR_TOO_LARGE.format(limit=limit))


async def checked_json(receive: Receive) -> Receive:
    """Read a body, and return where it can be read again; RefusedError if it must not pass.

    Gradio fetches a file that a request names by its URL, whichever component it is meant
    for: then this machine would call another one because a stranger says so.
    """
    body = await _whole(receive)
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, strings.DOOR_UNREADABLE) from error
    if any(_is_outside(part) for part in _objects(value)):
        raise RefusedError(400, strings.DOOR_OUTSIDE)
    return _replayed(body, receive)


async def _whole(receive: Receive) -> bytes:
    """Return the whole body; what a reader who has gone away sent counts as none."""
    parts = []
    message: Message = {"more_body": True}
    while message.get("more_body", False):
        message = await receive()
        parts.append(message.get("body", b""))
    return b"".join(parts)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every JSON object inside a value, without a call for each level."""
    left = [value]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            yield part
            left.extend(part.values())
        elif isinstance(part, list):
            left.extend(part)


def _is_outside(part: dict[str, Any]) -> bool:
    """Tell whether an object names a file as Gradio does, at an address instead of a path."""
    path = part.get("path")
    return "meta" in part and isinstance(path, str) and "://" in path


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body first, then what comes after it."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
