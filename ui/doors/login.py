"""The login: a name and a password once, then a session in a cookie."""

import asyncio
import math
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from ui import strings
from ui.accounts import Accounts, account_name
from ui.doors.refusals import RefusedError, response
from ui.doors.sessions import Sessions, Throttle
from ui.doors.small_pages import login_page

COOKIE = "parole-session"


class LoginDoor:
    """ASGI middleware: lets those pass who have logged in; answers /login and /logout itself.

    Gradio's own login is not used: its page is in the browser's language and not in ours, it
    leaves routes open to strangers, and its cookies follow requests from other sites.
    """

    def __init__(self, app: ASGIApp, accounts: Accounts, root_path: str = "") -> None:
        """`root_path` is where the page is published, as in PageSettings."""
        self._app = app
        self._accounts = accounts
        self._public = urlsplit(root_path)
        self._sessions = Sessions()
        self._throttle = Throttle()
        # One password is checked at a time: each takes 32 MiB, and the count of wrong ones
        # must be known before the next guess.
        self._one = asyncio.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, if it is about the login or comes from one who is logged in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = await self._answer(Request(scope, receive))
        await (answer or self._app)(scope, receive, send)

    async def _answer(self, request: Request) -> Response | None:
        """Return what is answered at this door; None lets the request pass."""
        path = str(request.scope["path"])  # that of request.url depends on the Host header
        match request.method, path:
            case "GET", "/login":
                return login_page()
            case "POST", "/login":
                return await self._enter(request)
            case "POST", "/logout":
                return self._leave(request)
        if self._sessions.name(request.cookies.get(COOKIE, "")) is not None:
            return None
        if path == "/":
            return RedirectResponse("login", 303)
        return response(RefusedError(401, strings.LOGIN_NEEDED), path)

    async def _enter(self, request: Request) -> Response:
        """Check a name and a password, and open a session."""
        fields = dict(parse_qsl((await request.body()).decode(errors="replace")))
        name = account_name(fields.get("username", ""))
        password = fields.get("password", "")
        async with self._one:
            wait = math.ceil(self._throttle.wait(name))
            if wait:
                return login_page(name, strings.LOGIN_LATER.format(seconds=wait), 429)
            if not await run_in_threadpool(self._accounts.admit, name, password):
                self._throttle.failed(name)
                return login_page(name, strings.LOGIN_WRONG, 401)
            self._throttle.passed(name)
        return self._entered(request, name)

    def _entered(self, request: Request, name: str) -> Response:
        """Return the cookie of a new session: to the page for a browser, to itself for a client."""
        browser = "text/html" in request.headers.get("accept", "")
        answer = RedirectResponse("./", 303) if browser else JSONResponse({"success": True})
        answer.set_cookie(
            COOKIE,
            self._sessions.open(name),
            path=self._public.path or "/",
            httponly=True,
            samesite="lax",
            secure="https" in (request.url.scheme, self._public.scheme),
        )
        return answer

    def _leave(self, request: Request) -> Response:
        """Forget the session."""
        self._sessions.close(request.cookies.get(COOKIE, ""))
        answer = Response(status_code=204)
        answer.delete_cookie(COOKIE, path=self._public.path or "/")
        return answer
