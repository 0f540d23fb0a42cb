"""The routes that are open: a short list with reasons; every other one answers 404."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from ui import strings
from ui.doors import bodies
from ui.doors.refusals import RefusedError, closed, response
from ui.settings import PageSettings

JSON_BYTES = 256 * 1024
"""Of one request in JSON: a question has 2 000 characters, a long conversation some 50 000."""

FORM_BYTES = 8 * 1024
"""Of a name and a password."""

UPLOAD_REQUEST_BYTES = 64 * 2**20
"""Of all documents added at once: what one reader may add at all, and what surrounds it."""

SESSION = r"[A-Za-z0-9-]{1,64}"


@dataclass(frozen=True, slots=True)
class Route:
    """A way in: `limit` is the size of its largest body in bytes, `json` what that holds."""

    methods: frozenset[str]
    path: re.Pattern[str]
    reason: str
    limit: int = 0
    json: bool = False


def _get(path: str, reason: str, *methods: str) -> Route:
    """Return a route that is read."""
    return Route(frozenset({"GET", *methods}), re.compile(path), reason)


def _json(path: str, reason: str) -> Route:
    """Return a route that takes JSON."""
    return Route(frozenset({"POST"}), re.compile(path), reason, JSON_BYTES, json=True)


def _post(path: str, reason: str, limit: int) -> Route:
    """Return a route that takes a body of another kind, or none."""
    return Route(frozenset({"POST"}), re.compile(path), reason, limit)


PAGE = (
    _get("/", "the page", "HEAD"),
    _get("/theme[.]css", "its colours"),
    _get(r"/assets/[\w-]+(?:[.][\w-]+)*[.](?:js|css|svg|woff2?|ttf)", "its scripts and styles"),
    _get("/static/js/iframeResizer[.]contentWindow[.]min[.]js", "named by its HTML"),
    _get(f"/gradio_api/heartbeat/{SESSION}", "tells when a tab is closed, so that it is forgotten"),
    _json("/gradio_api/run/predict", "what does not wait in Gradio's queue, as a stop"),
    _json("/gradio_api/queue/join", "what does: an answer"),
    _get("/gradio_api/queue/data", "streams what is answered"),
)
CLIENT = (
    _get("/config", "what gradio_client reads first"),
    _get("/gradio_api/info", "the schema of the endpoints"),
    _json("/gradio_api/cancel", "Job.cancel"),
    _json("/gradio_api/reset", "Job.cancel of older clients"),
    _json(r"/gradio_api/call/\w{1,64}", "the endpoints without gradio_client, as by curl"),
    _get(rf"/gradio_api/call/\w{{1,64}}/{SESSION}", "the answer to that"),
)
UPLOADS = (
    _post("/gradio_api/upload", "adds documents", UPLOAD_REQUEST_BYTES),
    _get("/gradio_api/upload_progress", "tells how much of them has come"),
)
LOGIN = (
    _get("/login", "asks for a name and a password"),
    _post("/login", "takes them", FORM_BYTES),
    _post("/logout", "forgets who was there", 0),
)


def open_routes(settings: PageSettings) -> tuple[Route, ...]:
    """Return the routes that this page needs."""
    uploads = UPLOADS if settings.uploads else ()
    login = LOGIN if settings.accounts is not None else ()
    return (*PAGE, *CLIENT, *uploads, *login)


class OpenRoutes:
    """ASGI middleware: lets the requests of a few routes pass, no larger than they need be."""

    def __init__(self, app: ASGIApp, routes: Sequence[Route]) -> None:
        self._app = app
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            try:
                receive = await self._checked(scope, receive)
            except RefusedError as refused:
                await response(refused, scope["path"])(scope, receive, send)
            else:
                await self._app(scope, receive, send)

    async def _checked(self, scope: Scope, receive: Receive) -> Receive:
        """Return where the request's body is read from; raise RefusedError if it must not pass."""
        route = self._route(scope["method"], scope["path"])
        headers = Headers(scope=scope)
        # A browser says so itself, and no page can make it say otherwise.
        if scope["method"] == "POST" and headers.get("sec-fetch-site", "none") not in _OURS:
            raise RefusedError(403, strings.DOOR_OTHER_SITE)
        bodies.check_size(headers, route.limit)
        return await bodies.checked_json(receive) if route.json else receive

    def _route(self, method: str, path: str) -> Route:
        """Return the route of a request; raise RefusedError if none is open to it."""
        for route in self._routes:
            if method in route.methods and route.path.fullmatch(path):
                return route
        raise closed()


_OURS = frozenset({"same-origin", "none"})
"""Sec-Fetch-Site of our own page, and of what the reader does without any."""
