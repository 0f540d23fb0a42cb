"""What comes through the doors of the page, and what does not, over the real Gradio app."""

import json
import re
from collections.abc import Iterable, Iterator
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from gradio_client import Client  # type: ignore[import-untyped]  # it has no types
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.websockets import WebSocketDisconnect

from tests.fakes_ui import MILL, assistant
from tests.serving import connected, serving
from ui import strings
from ui.doors.headers import HEADERS
from ui.doors.routes import OpenRoutes, open_routes
from ui.settings import PageSettings

SAMPLES = {
    "path": "index.js",
    "api_name": "predict",
    "session_hash": "k3x9",
    "event_id": "9f2c",
}
"""What stands for a field in the path of one of Gradio's routes; « x » for all others."""

OPEN = {
    "GET /",
    "HEAD /",
    "GET /assets/{path:path}",
    "GET /config",
    "GET /gradio_api/call/{api_name}/{event_id}",
    "GET /gradio_api/heartbeat/{session_hash}",
    "GET /gradio_api/info",
    "GET /gradio_api/queue/data",
    "GET /theme.css",
    "POST /gradio_api/call/{api_name}",
    "POST /gradio_api/cancel",
    "POST /gradio_api/queue/join",
    "POST /gradio_api/reset",
    "POST /gradio_api/run/{api_name}",
}
"""Every route of Gradio's that a page without uploads and accounts lets through."""


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Return a client of the page behind its doors."""
    with connected(assistant(), PageSettings()) as one:
        yield one


@pytest.fixture(scope="module")
def routes(client: TestClient) -> frozenset[str]:
    """Return « METHOD /path » for each route of the mounted Gradio app; none goes unseen."""
    page = cast("FastAPI", client.app)
    (mount,) = [route for route in page.routes if isinstance(route, Mount)]
    return frozenset(listed(mount.routes))


def listed(routes: list[Any]) -> Iterator[str]:
    """Yield the routes of a router and of those that it includes."""
    for route in routes:
        if inner := getattr(route, "original_router", None):
            yield from listed(inner.routes)
        else:
            yield from (f"{method} {route.path}" for method in route.methods)


def filled(path: str) -> str:
    """Return a path with something in each of its fields."""
    return re.sub(r"\{(\w+)[^}]*\}", lambda field: SAMPLES.get(field[1], "x"), path)


def passing(settings: PageSettings, routes: Iterable[str]) -> set[str]:
    """Return the routes whose requests the door lets through to what is behind it."""
    behind = PlainTextResponse("inside")
    door = TestClient(OpenRoutes(behind, open_routes(settings)))
    return {route for route in routes if asked(door, route).status_code == 200}


def asked(client: TestClient, route: str) -> Any:
    """Return the response to a plausible request for a route."""
    method, _, path = route.partition(" ")
    return client.request(method, filled(path), json={} if method == "POST" else None)


def test_every_route_of_gradio_is_known_here_or_closed(
    routes: frozenset[str], client: TestClient
) -> None:
    """A new version of Gradio cannot open one unseen."""
    assert {"POST /gradio_api/vibe-edit", "GET /gradio_api/file={path_or_url:path}"} <= routes
    assert passing(PageSettings(), routes) == OPEN
    for route in sorted(routes - OPEN):
        refused = asked(client, route)
        assert (route, refused.status_code) == (route, 404)
        if not route.startswith("HEAD"):
            assert strings.DOOR_CLOSED in refused.text


def test_uploads_open_two_routes_more(routes: frozenset[str]) -> None:
    assert passing(PageSettings(uploads=True), routes) - OPEN == {
        "GET /gradio_api/upload_progress",
        "POST /gradio_api/upload",
    }


def test_every_open_route_has_its_reason() -> None:
    routes = open_routes(PageSettings(uploads=True))
    assert [route for route in routes if not route.reason] == []


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/../../index.html",
        "/static/img/logo.svg",
        "/assets/../index.html",
        "/assets/a/b.js",
        "/assets/a.js/../../index.html",
        "/assets/..%2f..%2findex.html",
        "/assets/a.html",
        "/assets/a.js%0A",
        "/%2F",
        "/index.html",
        "/gradio_api/run/ask",
        "/gradio_api/heartbeat/a/b",
        "/gradio_api//info",
        "/GRADIO_API/info",
        "/config/",
    ],
)
def test_a_path_that_is_almost_right_is_closed(path: str, client: TestClient) -> None:
    refused = client.get(path)
    assert refused.status_code == 404
    assert strings.DOOR_CLOSED in refused.text


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "POST"])
def test_the_page_answers_to_no_other_method(method: str, client: TestClient) -> None:
    assert client.request(method, "/").status_code == 404


def test_no_page_of_another_site_may_learn_that_it_may_ask(client: TestClient) -> None:
    preflight = {
        "origin": "http://attaque.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    refused = client.options("/gradio_api/queue/join", headers=preflight)
    assert refused.status_code == 404
    assert [name for name in refused.headers if name.startswith("access-control")] == []


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_no_page_of_another_site_may_ask(site: str, client: TestClient) -> None:
    refused = client.post("/gradio_api/queue/join", json={}, headers={"sec-fetch-site": site})
    assert refused.status_code == 403
    assert refused.json() == {"detail": strings.DOOR_OTHER_SITE}


def test_a_form_of_another_site_is_no_question(client: TestClient) -> None:
    """Older browsers do not say where a form comes from; it cannot say that it is JSON."""
    body = '{"data": ["?"], "fn_index": 0, "session_hash": "a"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        sent = client.post("/gradio_api/queue/join", content=body, headers={"content-type": kind})
        assert sent.status_code == 422


def test_there_are_no_websockets(client: TestClient) -> None:
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/gradio_api/queue/join"):
        pass


def ours(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Yield files that exist, each with a piece of what is in it."""
    root = Path(__file__).resolve().parents[1]
    secret = tmp_path / "secret.txt"
    secret.write_text("le mot secret", encoding="utf-8")
    yield secret, "le mot secret"
    yield Path("/etc/passwd"), "root:"
    yield root / "pyproject.toml", "[project]"
    yield root / "corpus" / "README.md", "corpus"
    yield root / "rag" / "models" / "models.json", "sha256"


def spellings(path: Path) -> Iterator[str]:
    """Yield the ways to name a file to Gradio's file routes, plain and in disguise."""
    plain = path.as_posix()
    climbing = f"{'../' * 12}{plain.lstrip('/')}"
    twice = quote(quote(plain, safe=""), safe="")
    for route in (
        "/gradio_api/file=",
        "/gradio_api/file/",
        "/gradio_api/proxy=",
        "/file=",
        "/file/",
    ):
        for name in (plain, climbing, quote(plain, safe=""), quote(climbing, safe=""), twice):
            yield f"{route}{name}"
    yield f"/gradio_api/%66ile={plain}"
    yield f"/gradio_api/file%3D{plain}"
    yield f"/gradio_api/./file={plain}"
    yield f"/gradio_api/heartbeat/../file={plain}"
    yield f"/gradio_api/file=file://{plain}"
    yield f"/static/{climbing}"
    yield f"/assets/{climbing}"
    yield f"/assets/{quote(climbing, safe='')}"
    yield f"/svelte/{climbing}"
    yield f"/gradio_api/custom_component/x/client/component/{climbing}"


@pytest.mark.parametrize("settings", [PageSettings(), PageSettings(uploads=True)])
def test_no_file_of_this_machine_comes_out(settings: PageSettings, tmp_path: Path) -> None:
    """Over a real socket, each path as it is spelled: most clients would tidy it up."""
    with serving(assistant(), settings) as url:
        connection = HTTPConnection(str(urlsplit(url).hostname), urlsplit(url).port)
        for path, inside in ours(tmp_path):
            assert inside in path.read_text(encoding="utf-8")
            for method, spelling in product(("GET", "HEAD"), spellings(path)):
                connection.request(method, spelling)
                refused = connection.getresponse()
                assert (spelling, refused.status) == (spelling, 404)
                assert inside not in refused.read().decode()
        connection.close()


def test_a_reader_who_adds_a_file_cannot_have_it_served() -> None:
    with connected(assistant(), PageSettings(uploads=True)) as client:
        sent = client.post("/gradio_api/upload", files={"files": ("a.html", b"<script>1</script>")})
        assert sent.status_code == 200
        (path,) = sent.json()
        assert client.get(f"/gradio_api/file={path}").status_code == 404
        Path(path).unlink()


def test_a_file_of_this_machine_is_no_question(tmp_path: Path, client: TestClient) -> None:
    """Gradio takes such an object for a file that was added; none of ours ever was."""
    for path, inside in ours(tmp_path):
        file = {"path": str(path), "meta": {"_type": "gradio.FileData"}}
        begun = client.post("/gradio_api/call/document", json={"data": [file]})
        told = client.get(f"/gradio_api/call/document/{begun.json()['event_id']}").text
        assert told.startswith("event: error\n")
        assert inside not in told


def test_every_response_tells_the_browser_what_it_may(client: TestClient) -> None:
    own = {"content-security-policy"}
    for path in ("/", "/config", "/theme.css", "/rien", "/gradio_api/file=/etc/passwd"):
        told = client.get(path).headers
        assert {name: told[name] for name in HEADERS if name not in own} == {
            name: value for name, value in HEADERS.items() if name not in own
        }
        assert ("'self'" in told["content-security-policy"]) == (path == "/")


def test_a_client_of_gradio_reads_through_the_doors() -> None:
    with serving(assistant(), PageSettings()) as url:
        client = Client(url, verbose=False)
        assert client.predict(document=MILL.id, api_name="/document")["text"] == MILL.text
        client.close()


def test_an_endpoint_answers_without_that_client() -> None:
    with serving(assistant(), PageSettings()) as url, httpx.Client(base_url=url) as client:
        begun = client.post("gradio_api/call/document", json={"data": [MILL.id]})
        told = client.get(f"gradio_api/call/document/{begun.json()['event_id']}").text
        assert told.startswith("event: complete\n")
        assert json.loads(told.partition("data: ")[2])[0]["title"] == MILL.title
