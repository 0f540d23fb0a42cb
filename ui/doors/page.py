"""What Gradio's page lacks: it says that it is French, and it may not reach beyond this machine."""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; "
    # Gradio compiles its templates in the browser; its inline scripts are named by their hash.
    "script-src 'self' 'unsafe-eval' {scripts}; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
    "base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
)
"""The browser refuses whatever this policy does not name, so no request leaves the machine."""

_ICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'>"
    "<rect width='32' height='32' rx='7' fill='#7b1e34'/>"
    "<path d='M15 9l-6 7 6 7M23 9l-6 7 6 7' fill='none' stroke='#fbf9f5' stroke-width='3'/></svg>"
)
"""An opening guillemet, white on the page's accent."""

ICON = f'<link rel="icon" href="data:image/svg+xml,{quote(_ICON)}">'

_SOCIAL = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')
"""Gradio's cards for social networks, which name outside images and addresses."""

_MANIFEST = re.compile(rb'<link\s+rel="manifest"[^>]*>')
"""Gradio's offer to install the page as an application, which would bear its logo."""

_INLINE = re.compile(
    rb"<script(?:\s+(?!src\b)[\w-]+(?:=\"[^\"]*\")?)*\s*>(.*?)</script>", re.DOTALL
)


def policy(scripts: Iterable[bytes]) -> str:
    """Return the policy of a page that runs these inline scripts, named by their sha256."""
    hashes = sorted({f"'sha256-{_hashed(script)}'" for script in scripts})
    return _POLICY.format(scripts=" ".join(hashes)).replace(" ;", ";")


def _hashed(script: bytes) -> str:
    """Return the base64 sha256 of a script's text, its line ends as the browser reads them."""
    text = script.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return base64.b64encode(hashlib.sha256(text).digest()).decode()


def localise(page: bytes) -> bytes:
    """Return Gradio's page declared French, with our icon, without its cards and manifest."""
    french = page.replace(b'lang="en"', b'lang="fr"', 1)
    bare = _MANIFEST.sub(b"", _SOCIAL.sub(b"", french))
    return bare.replace(b"</head>", ICON.encode() + b"</head>", 1)


class LocalFrenchPage:
    """ASGI middleware: rewrites HTML responses and adds the policy to them.

    It stands inside of Gradio's app, before its pages are compressed.
    """

    def __init__(self, app: ASGIApp, scripts: Sequence[str] = ()) -> None:
        """`scripts` are the inline scripts that Gradio adds in the browser, from the `head`."""
        self._app = app
        self._scripts = tuple(script.encode() for script in scripts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http":
            send = _HtmlSender(send, self._scripts)
        await self._app(scope, receive, send)


class _HtmlSender:
    """Holds an HTML response back until it is whole, then sends it rewritten."""

    def __init__(self, send: Send, scripts: Sequence[bytes]) -> None:
        self._send = send
        self._scripts = scripts
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
        scripts = (*_INLINE.findall(body), *self._scripts)
        own = [
            (b"content-length", str(len(body)).encode()),
            (b"content-security-policy", policy(scripts).encode()),
        ]
        await self._send({**start, "headers": kept + own})
        await self._send({"type": "http.response.body", "body": body})


def _is_html(start: Message) -> bool:
    """Whether the response that starts so is an HTML page."""
    headers = {name.lower(): value for name, value in start["headers"]}
    return bytes(headers.get(b"content-type", b"")).startswith(b"text/html")
