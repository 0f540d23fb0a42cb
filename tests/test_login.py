"""The login: the page, the session and its cookie, and how guessing is slowed down."""

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from gradio_client import Client  # type: ignore[import-untyped]  # it has no types
from gradio_client.exceptions import (  # type: ignore[import-untyped]  # the same
    AuthenticationError,
)

from tests.fakes_ui import MILL, assistant
from tests.serving import connected, serving
from ui import strings
from ui.accounts import Accounts, Hash
from ui.doors.login import COOKIE
from ui.doors.sessions import (
    FORGIVEN,
    FREE_FAILURES,
    LONGEST_WAIT,
    MOST_SESSIONS,
    SESSION_SECONDS,
    Sessions,
    Throttle,
)
from ui.settings import PageSettings

WORD = "l’été à Valbrune"
SALT = b"0123456789abcdef"
CHEAP = Hash(14, 1, SALT, hashlib.scrypt(WORD.encode(), salt=SALT, n=2**14, r=8, p=1, dklen=32))
"""The hash of WORD at the lowest cost that is taken."""

DECOY = Hash(14, 1, SALT, bytes(32))
SETTINGS = PageSettings(accounts=Accounts({"ana": CHEAP, "eve": CHEAP}, DECOY))


class Clock:
    """A clock that moves when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_session_ends_with_the_day() -> None:
    clock = Clock()
    sessions = Sessions(clock)
    token = sessions.open("ana")
    clock.now += SESSION_SECONDS - 1
    assert sessions.name(token) == "ana"
    clock.now += 1
    assert sessions.name(token) is None
    clock.now -= 1
    assert sessions.name(token) is None


def test_a_closed_session_and_an_invented_one_are_nobodys() -> None:
    sessions = Sessions()
    token = sessions.open("ana")
    sessions.close(token)
    sessions.close(token)
    assert [sessions.name(text) for text in (token, "", "ana")] == [None, None, None]


def test_sessions_are_bounded_and_the_oldest_goes_first() -> None:
    sessions = Sessions()
    first, second = sessions.open("ana"), sessions.open("bob")
    for _ in range(MOST_SESSIONS - 1):
        sessions.open("zoé")
    assert [sessions.name(first), sessions.name(second)] == [None, "bob"]


def test_a_name_waits_longer_after_each_wrong_password() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    waits = []
    for _ in range(FREE_FAILURES + 7):
        waits.append(throttle.wait("ana"))
        clock.now += waits[-1]
        assert throttle.wait("ana") == 0.0
        throttle.failed("ana")
    assert waits == [0.0, 0.0, 0.0, 1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_WAIT, LONGEST_WAIT]
    throttle.passed("ana")
    assert throttle.wait("ana") == 0.0


def test_wrong_passwords_are_forgotten_in_the_end() -> None:
    clock = Clock()
    throttle = Throttle(clock)
    for _ in range(20):
        throttle.failed("ana")
    clock.now += FORGIVEN + 1
    throttle.failed("ana")
    assert throttle.wait("ana") == 0.0


@pytest.fixture(scope="module")
def page() -> Iterator[TestClient]:
    """Return a client of a page with accounts, which counts wrong passwords for all tests."""
    with connected(assistant(), SETTINGS) as client:
        yield client


@pytest.fixture
def client(page: TestClient) -> TestClient:
    """Return that client as a stranger."""
    page.cookies.clear()
    return page


def log_in(client: TestClient, word: str = WORD, name: str = "ana") -> Any:
    """Send the form as a browser does; return the response."""
    form = {"username": f" {name} ", "password": word}
    return client.post("/login", data=form, headers={"accept": "text/html"})


def test_whoever_comes_is_led_to_the_login(client: TestClient) -> None:
    answer = client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "login")
    page = client.get("/login")
    assert page.status_code == 200
    assert '<html lang="fr">' in page.text
    for text in (strings.LOGIN_INTRODUCTION, strings.LOGIN_NAME, strings.LOGIN):
        assert text in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("HEAD", "/"),
        ("GET", "/config"),
        ("GET", "/theme.css"),
        ("GET", "/assets/index.js"),
        ("GET", "/gradio_api/info"),
        ("GET", "/gradio_api/queue/data?session_hash=a"),
        ("GET", "/gradio_api/heartbeat/a"),
        ("GET", "/gradio_api/call/document/a"),
        ("POST", "/gradio_api/call/document"),
        ("POST", "/gradio_api/queue/join"),
        ("POST", "/gradio_api/run/predict"),
        ("POST", "/gradio_api/cancel"),
        ("POST", "/gradio_api/reset"),
    ],
)
def test_nothing_but_the_login_is_open(method: str, path: str, client: TestClient) -> None:
    body: dict[str, Any] = {"json": {}} if method == "POST" else {}
    for cookie in ("", "inventé".encode().hex()):
        client.cookies.set(COOKIE, cookie)
        refused = client.request(method, path, **body)
        expected = 303 if path == "/" else 401
        assert (path, refused.status_code) == (path, expected)
        assert MILL.title not in refused.text


def test_what_is_closed_is_closed_with_accounts_too(client: TestClient) -> None:
    for path in (
        "/gradio_api/token",
        "/gradio_api/user",
        "/logout",
        "/gradio_api/file=/etc/passwd",
    ):
        assert client.get(path).status_code == 404


def test_the_right_password_opens_the_page(client: TestClient) -> None:
    entered = log_in(client)
    assert (entered.status_code, entered.headers["location"]) == (303, "./")
    assert client.get("/").status_code == 200
    assert client.get("/config").json()["title"] == strings.TITLE


def test_the_cookie_is_for_this_page_alone(client: TestClient) -> None:
    cookie = log_in(client).headers["set-cookie"]
    assert re.fullmatch(rf"{COOKIE}=[\w-]{{43}}; HttpOnly; Path=/; SameSite=lax", cookie)


def test_the_cookie_is_secure_where_the_page_is_and_keeps_to_its_path() -> None:
    settings = PageSettings(accounts=SETTINGS.accounts, root_path="https://exemple.fr/parole")
    with connected(assistant(), settings) as client:
        cookie = log_in(client).headers["set-cookie"]
    assert cookie.partition("; ")[2] == "HttpOnly; Path=/parole; SameSite=lax; Secure"


def test_a_wrong_password_is_said_and_the_name_kept(client: TestClient) -> None:
    refused = log_in(client, "autre mot")
    assert refused.status_code == 401
    assert strings.LOGIN_WRONG in refused.text
    assert 'value="ana"' in refused.text
    assert "set-cookie" not in refused.headers
    assert client.get("/").status_code == 303


@pytest.mark.parametrize(
    "body", ["", "username=bob", "=&=&&&==", "username=zoé&password=%ff%fe", "username=\xff"]
)
def test_a_login_that_lacks_something_is_wrong(body: str, client: TestClient) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    refused = client.post("/login", content=body.encode("latin-1"), headers=kind)
    assert refused.status_code == 401


def test_a_name_is_shown_as_text(client: TestClient) -> None:
    hostile = '"><script>alert(1)</script>'
    refused = log_in(client, WORD, hostile)
    assert hostile not in refused.text
    assert "&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" in refused.text


def test_guessing_is_slowed_down_even_with_the_right_word(client: TestClient) -> None:
    for _ in range(FREE_FAILURES):
        assert log_in(client, "autre mot", "eve").status_code == 401
    later = log_in(client, WORD, "eve")
    assert later.status_code == 429
    assert strings.LOGIN_LATER.format(seconds=1) in later.text
    assert log_in(client).status_code == 303


def test_who_leaves_must_log_in_again(client: TestClient) -> None:
    log_in(client)
    token = client.cookies[COOKIE]
    left = client.post("/logout")
    assert left.status_code == 204
    assert COOKIE not in client.cookies
    client.cookies.set(COOKIE, token)
    assert client.get("/").status_code == 303


def test_no_page_of_another_site_may_log_in_or_out(client: TestClient) -> None:
    log_in(client)
    elsewhere = {"sec-fetch-site": "cross-site"}
    assert client.post("/logout", headers=elsewhere).status_code == 403
    assert client.post("/login", headers=elsewhere).status_code == 403
    assert client.get("/").status_code == 200


def test_the_login_runs_its_own_script_and_loads_nothing(client: TestClient) -> None:
    page = client.get("/login")
    (style,) = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    policy = page.headers["content-security-policy"]
    for kind, text in (("style", style), ("script", script)):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "form-action 'self'" in policy
    assert "http" not in page.text.replace("http://www.w3.org/2000/svg", "").replace(
        "http%3A//www.w3.org/2000/svg", ""
    )


def test_the_login_has_the_colours_of_the_page(client: TestClient) -> None:
    text = client.get("/login").text
    for name in ("paper", "card", "tint", "ink", "soft", "edge", "accent", "fill", "on-fill"):
        assert len(re.findall(rf"--{name}: #", text)) == 2  # light and dark


def test_a_client_of_gradio_logs_in_or_is_told_that_it_must() -> None:
    with serving(assistant(), SETTINGS) as url:
        client = Client(url, auth=("ana", WORD), verbose=False)
        assert client.predict(document=MILL.id, api_name="/document")["text"] == MILL.text
        client.close()
        with pytest.raises(AuthenticationError):
            Client(url, auth=("ana", "autre mot"), verbose=False)
        with pytest.raises(AuthenticationError):
            Client(url, verbose=False)
