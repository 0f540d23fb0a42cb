"""The hosts that a request may be meant for."""

from urllib.parse import urlsplit

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

ANY_ADDRESS = frozenset({"0.0.0.0", "::"})  # noqa: S104 - told apart, not listened on
"""What a socket that listens at every address of the machine says of itself."""


def own_hosts(name: str, bound: str, root_path: str = "") -> Middleware:
    """Return the middleware that answers 400 to a request meant for another host.

    Otherwise a page on the Web could point a name of its own at 127.0.0.1 and have the
    reader's browser ask questions here in its name (DNS rebinding). A page served at every
    address has names that nobody can list: then any host is taken, and the network is open.

    Args:
        name: the host asked for, a name or an address.
        bound: the address that the socket listens at.
        root_path: where the page is published; the host of a whole URL is one of ours.
    """
    names = {"127.0.0.1", "localhost", "[::1]", _bracketed(name)}
    if public := urlsplit(root_path).hostname:
        names.add(_bracketed(public))
    allowed = ["*"] if bound in ANY_ADDRESS else sorted(names)
    return Middleware(TrustedHostMiddleware, allowed_hosts=allowed, www_redirect=False)


def _bracketed(host: str) -> str:
    """Return the host as a request names it: an IPv6 address stands in brackets."""
    return f"[{host}]" if ":" in host else host
