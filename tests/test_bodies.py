"""What a request may carry: its size, its JSON, and no file of another machine."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse

from tests.fakes_ui import assistant
from tests.serving import connected
from ui import strings
from ui.doors.routes import JSON_BYTES, UPLOAD_REQUEST_BYTES, OpenRoutes, open_routes
from ui.settings import PageSettings


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Return a client of the page behind its doors."""
    with connected(assistant(), PageSettings()) as one:
        yield one


@pytest.mark.parametrize("address", ["http://192.0.2.1/a", "https://attaque.example/a"])
def test_gradio_is_never_told_to_fetch_a_file(address: str, client: TestClient) -> None:
    """Whatever component it is meant for, Gradio would call that machine."""
    file = {"path": address, "meta": {"_type": "gradio.FileData"}}
    for data in ([file], [{"a": [file]}], [[[file]]]):
        for route in ("queue/join", "run/predict", "call/ask"):
            body = {"data": data, "fn_index": 0, "session_hash": "a"}
            refused = client.post(f"/gradio_api/{route}", json=body)
            assert refused.status_code == 400
            assert refused.json() == {"detail": strings.DOOR_OUTSIDE}


@pytest.mark.parametrize(
    "body", ["", "{", "[" * 100_000, "\ud800".encode("utf-8", "surrogatepass"), "1e", "{'a': 1}"]
)
def test_what_is_no_json_is_said_to_be_none(body: str | bytes, client: TestClient) -> None:
    refused = client.post(
        "/gradio_api/queue/join", content=body, headers={"content-type": "application/json"}
    )
    assert refused.status_code == 400
    assert refused.json() == {"detail": strings.DOOR_UNREADABLE}


def test_a_large_body_is_refused_before_it_is_read(client: TestClient) -> None:
    body = json.dumps({"data": ["a" * JSON_BYTES]})
    refused = client.post("/gradio_api/queue/join", content=body)
    assert refused.status_code == 413
    assert refused.json() == {"detail": strings.DOOR_TOO_LARGE.format(limit=JSON_BYTES)}


def test_a_body_of_any_length_is_refused(client: TestClient) -> None:
    refused = client.post("/gradio_api/queue/join", content=iter([b"{}"]))
    assert refused.status_code == 411
    assert refused.json() == {"detail": strings.DOOR_NO_LENGTH}


@pytest.mark.parametrize("length", ["-1", "+1", "1_0", "x", "", "9" * 30])
def test_a_length_that_is_none_is_refused(length: str, client: TestClient) -> None:
    refused = client.post("/gradio_api/queue/join", headers={"content-length": length})
    assert refused.status_code == 400


def test_a_route_that_takes_no_body_takes_none(client: TestClient) -> None:
    assert client.request("GET", "/config", content=b"a").status_code == 413


def test_documents_may_be_as_large_as_a_shelf() -> None:
    behind = PlainTextResponse("inside")
    door = TestClient(OpenRoutes(behind, open_routes(PageSettings(uploads=True))))
    statuses = [
        door.post("/gradio_api/upload", headers={"content-length": str(size)}).status_code
        for size in (UPLOAD_REQUEST_BYTES, UPLOAD_REQUEST_BYTES + 1)
    ]
    assert statuses == [200, 413]
