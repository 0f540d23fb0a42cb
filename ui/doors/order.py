"""The doors in the order in which a request meets them."""

from starlette.middleware import Middleware

from ui.doors.headers import SafeHeaders
from ui.doors.hosts import own_hosts
from ui.doors.login import LoginDoor
from ui.doors.routes import OpenRoutes, open_routes
from ui.settings import PageSettings


def doors(host: str, bound: str, settings: PageSettings) -> list[Middleware]:
    """Return the middleware of the page that was asked for at `host` and listens at `bound`."""
    always = [
        Middleware(SafeHeaders),
        own_hosts(host, bound, settings.root_path),
        Middleware(OpenRoutes, routes=open_routes(settings)),
    ]
    if settings.accounts is None:
        return always
    accounts, root_path = settings.accounts, settings.root_path
    return [*always, Middleware(LoginDoor, accounts=accounts, root_path=root_path)]
