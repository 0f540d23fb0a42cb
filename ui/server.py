"""Serves the page on this machine, until Ctrl-C."""

import contextlib
import errno
import socket
import threading
from collections.abc import AsyncIterator, Callable, Sequence

import uvicorn
from fastapi import FastAPI

from rag.errors import ParoleError
from ui import strings
from ui.app import application, build, end_streams
from ui.middleware import ANY_ADDRESS, own_hosts
from ui.ports import Answering

HOST = "127.0.0.1"
PORT = 7860

LAST_PORT = 65535

GRACE_SECONDS = 5
"""Left to answers under way when the server stops: they end with the token in hand."""


class PageError(ParoleError):
    """The page cannot be served at the address asked for."""


def launch(
    assistant: Answering,
    *,
    host: str = HOST,
    port: int = PORT,
    examples: Sequence[str] = (),
    ready: Callable[[str], None],
) -> None:
    """Serve the page until Ctrl-C; call `ready` with its address once it answers.

    Port 0 takes any free port. Raises PageError if the address cannot be used: the
    address asked for is never silently replaced by another.
    """
    with listen(host, port) as listener, contextlib.suppress(KeyboardInterrupt):
        server(assistant, host, listener, examples, ready).run(sockets=[listener])


def server(
    assistant: Answering,
    host: str,
    listener: socket.socket,
    examples: Sequence[str],
    ready: Callable[[str], None],
) -> uvicorn.Server:
    """Return the server of the page, to be run on `listener`, which listens at `host`."""
    closing = threading.Event()

    @contextlib.asynccontextmanager
    async def announced(_: FastAPI) -> AsyncIterator[None]:
        ready(address(listener))  # the socket listens: connections wait from here on
        yield

    def close() -> None:
        closing.set()
        end_streams(parent)

    parent = FastAPI(
        lifespan=announced,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        middleware=[own_hosts(host, listener.getsockname()[0])],
    )
    application(build(assistant, examples, closing.is_set), parent)
    config = uvicorn.Config(
        parent,
        log_config=None,
        log_level="warning",
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    return _ClosingServer(config, close)


class _ClosingServer(uvicorn.Server):
    """A server that says it is about to stop before it waits for its connections to end."""

    def __init__(self, config: uvicorn.Config, close: Callable[[], None]) -> None:
        super().__init__(config)
        self._close = close

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop what is under way, then the server."""
        self._close()
        await super().shutdown(sockets)


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens at the address; raise PageError if it cannot."""
    if not 0 <= port <= LAST_PORT:
        raise PageError(strings.PORT_INVALID.format(port=port))
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise PageError(_reason(error, host, port)) from error


def _reason(error: OSError, host: str, port: int) -> str:
    """Return the French sentence for a socket that could not be opened."""
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < LAST_PORT else PORT
        return strings.PORT_TAKEN.format(port=port, host=host, other=other)
    if error.errno == errno.EACCES:
        return strings.PORT_FORBIDDEN.format(port=port, host=host)
    return strings.ADDRESS_UNUSABLE.format(host=host, port=port)


def address(listener: socket.socket) -> str:
    """Return the address to type in a browser of this machine."""
    host, port = listener.getsockname()[:2]
    if host in ANY_ADDRESS:
        host = "localhost"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
