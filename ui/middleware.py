"""What Gradio's page lacks: it says that it is French, and it may not reach beyond this machine."""

import re

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'self'; "
    # Gradio's page is made of inline scripts and compiles its templates in the browser.
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""The browser refuses whatever this policy does not name, so no request leaves the machine."""

_SOCIAL = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')
"""Gradio's cards for social networks, which name outside images and addresses."""


ANY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - told apart, not listened on
"""What a socket that listens at every address of the machine says of itself."""


def own_hosts(name: str, bound: str) -> Middleware:
    """Return the middleware that answers 400 to a request meant for another host.

    Otherwise a page on the Web could point a name of its own at 127.0.0.1 and have the
    reader's browser ask questions here in its name (DNS rebinding). A page served at every
    address has names that nobody can list: then any host is taken, and the network is open.

    Args:
        name: the host asked for, a name or an address.
        bound: the address that the socket listens at.
    """
    names = {"127.0.0.1", "localhost", "[::1]", f"[{name}]" if ":" in name else name}
    allowed = ["*"] if bound in ANY_ADDRESS else sorted(names)
    return Middleware(TrustedHostMiddleware, allowed_hosts=allowed, www_redirect=False)


class LocalFrenchPage:
    """ASGI middleware: rewrites HTML responses and adds the policy to them."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self._app(scope, receive, _HtmlSender(send) if scope["type"] == "http" else send)


class _HtmlSender:
    """Holds an HTML response back until it is whole, then sends it rewritten."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        """Pass one message of a response on, unless it is a part of an HTML one."""
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)
        else:
            await self._send(message)

    async def _finish(self, start: Message) -> None:
        """Send the whole response."""
        body = localise(self._body)
        kept = [(k, v) for k, v in start["headers"] if k.lower() != b"content-length"]
        own = [
            (b"content-length", str(len(body)).encode()),
            (b"content-security-policy", POLICY.encode()),
            (b"referrer-policy", b"no-referrer"),
            (b"x-content-type-options", b"nosniff"),
        ]
        await self._send({**start, "headers": kept + own})
        await self._send({"type": "http.response.body", "body": body})


def _is_html(start: Message) -> bool:
    """Whether the response that starts so is an HTML page."""
    headers = {name.lower(): value for name, value in start["headers"]}
    return bytes(headers.get(b"content-type", b"")).startswith(b"text/html")


def localise(page: bytes) -> bytes:
    """Return Gradio's page declared French, without its cards for social networks."""
    return _SOCIAL.sub(b"", page.replace(b'lang="en"', b'lang="fr"', 1))
