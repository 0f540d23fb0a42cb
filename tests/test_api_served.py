"""The endpoints as programs call them, over the page as it is served."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client  # type: ignore[import-untyped]  # it tells no types
from gradio_client.exceptions import AppError  # type: ignore[import-untyped]  # the same

from rag.types import Turn
from tests.fakes_ui import (
    BELL,
    HOSTILE,
    MILL,
    MILL_QUESTION,
    SENTENCES,
    FakeAssistant,
    answer,
    mill_sentences,
)
from tests.serving import serving
from tests.test_api import BROKEN_QUESTION, BUSY, BUSY_QUESTION, LONE, SECRET, TURN, fake, unknown
from ui import strings
from ui.api import endpoints
from ui.schema import as_object
from ui.settings import PageSettings


@pytest.fixture(scope="module")
def asked() -> FakeAssistant:
    """Return the fake that the page is served over."""
    return fake()


@pytest.fixture(scope="module")
def url(asked: FakeAssistant) -> Iterator[str]:
    """Return the address of the page."""
    with serving(asked, PageSettings()) as address:
        yield address


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[Client]:
    """Return a client of the page that tells nobody of itself."""
    with pytest.MonkeyPatch.context() as environment:
        # Its own argument does not stop it from calling home; this does.
        environment.setenv("GRADIO_ANALYTICS_ENABLED", "False")
        connected = Client(url, verbose=False, analytics_enabled=False)
        yield connected
        connected.close()


def test_the_schema_is_three_endpoints_with_their_parameters(client: Client) -> None:
    schema = client.view_api(print_info=False, return_format="dict")
    assert isinstance(schema, dict)
    named = schema["named_endpoints"]
    assert {
        name: [
            (one["parameter_name"], one["python_type"]["type"], one["parameter_has_default"])
            for one in endpoint["parameters"]
        ]
        for name, endpoint in named.items()
    } == {
        "/ask": [
            ("question", "str", False),
            ("history", "None | list[dict(str, str)]", True),
            ("documents", "None | list[str]", True),
        ],
        "/search": [("question", "str", False), ("documents", "None | list[str]", True)],
        "/document": [("document", "str", False)],
    }
    assert {
        name: [one["python_type"]["type"] for one in endpoint["returns"]]
        for name, endpoint in named.items()
    } == {
        "/ask": ["dict(str, Any)"],
        "/search": ["list[dict(str, Any)]"],
        "/document": ["dict(str, Any)"],
    }
    assert schema["unnamed_endpoints"] == {}


def test_the_schema_says_what_each_endpoint_does(client: Client) -> None:
    shown = client.view_api(print_info=False, return_format="str")
    assert isinstance(shown, str)
    assert "Named API endpoints: 3" in shown
    schema: Any = client.view_api(print_info=False, return_format="dict")
    described = {name: one["description"] for name, one in schema["named_endpoints"].items()}
    assert described["/search"] == (
        "Return the passages nearest to a question, best first, and write nothing."
    )
    assert described["/ask"].startswith("Answer a question from the documents")
    assert described["/document"] == (
        "Return a whole text by the id that answers and passages name."
    )


def test_every_other_event_of_the_page_is_private(client: Client) -> None:
    events = client.config["dependencies"]
    public = [event for event in events if event["api_visibility"] != "private"]
    assert [event["api_name"] for event in public] == ["ask", "search", "document"]
    private = [event for event in events if event not in public]
    bridge = {"example_select", "retry", "edit", "undo", "clear", "like", "select", "download"}
    assert bridge <= {trigger for event in private for _, trigger in event["targets"]}
    for event in private:
        with pytest.raises(ValueError, match="Invalid function index"):
            client.predict(fn_index=event["id"])
        with pytest.raises(ValueError, match="Cannot find a function"):
            client.predict(api_name=f"/{event['api_name']}")


def test_a_client_asks(client: Client) -> None:
    told = client.predict(MILL_QUESTION, api_name="/ask")
    assert told == as_object(answer(MILL_QUESTION, mill_sentences()))
    assert [sentence["text"] for sentence in told["sentences"]] == list(SENTENCES)


def test_a_client_asks_after_earlier_turns_in_the_texts_that_it_names(
    client: Client, asked: FakeAssistant
) -> None:
    client.predict(MILL_QUESTION, history=[TURN], documents=[BELL.id], api_name="/ask")
    call = asked.asked[-1]
    assert (call.history, call.within) == ((Turn(**TURN),), frozenset({BELL.id}))


def test_a_client_searches_all_texts_or_those_that_it_names(client: Client) -> None:
    everywhere = client.predict(question="le", api_name="/search")
    assert [hit["document"] for hit in everywhere] == [MILL.id, BELL.id]
    in_one = client.predict(question="le", documents=[BELL.id], api_name="/search")
    assert [hit["document"] for hit in in_one] == [BELL.id]
    assert client.predict(question="introuvable", api_name="/search") == []


def test_a_client_reads_a_text(client: Client) -> None:
    _, _, document = endpoints(fake())
    assert client.predict(document=MILL.id, api_name="/document") == document(MILL.id)


@pytest.mark.parametrize(
    ("endpoint", "data", "told"),
    [
        ("/document", ["corpus/absent.md"], unknown("corpus/absent.md")),
        ("/document", [None], strings.DOCUMENT_SHAPE),
        ("/search", ["le", ["corpus/absent.md"]], unknown("corpus/absent.md")),
        ("/search", [{"question": "le"}, None], strings.QUESTION_SHAPE),
        ("/search", ["le", MILL.id], strings.DOCUMENTS_SHAPE),
        ("/ask", [None], strings.QUESTION_SHAPE),
        ("/ask", [1742], strings.QUESTION_SHAPE),
        ("/ask", [MILL_QUESTION, [["Où ?", "Ici."]]], strings.HISTORY_SHAPE),
        ("/ask", [MILL_QUESTION, "Où ?"], strings.HISTORY_SHAPE),
        ("/ask", [MILL_QUESTION, [], ["corpus/absent.md"]], unknown("corpus/absent.md")),
        ("/ask", [BUSY_QUESTION], BUSY),
    ],
)
def test_a_client_is_told_in_french_what_was_wrong(
    endpoint: str, data: list[Any], told: str, client: Client
) -> None:
    with pytest.raises(AppError) as caught:
        client.predict(*data, api_name=endpoint)
    assert str(caught.value) == told


def test_a_client_is_not_told_the_insides_of_a_failure(
    client: Client, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AppError) as caught:
        client.predict(BROKEN_QUESTION, api_name="/ask")
    assert SECRET not in str(caught.value)
    assert SECRET in capfd.readouterr().err


# --- without gradio_client


def called(caller: httpx.Client, endpoint: str, data: list[Any]) -> Any:
    """Return what an endpoint answers to a program that needs no library, or its error."""
    # Plain ASCII, since lone surrogates are sent too.
    begun = caller.post(
        f"gradio_api/call/{endpoint}",
        content=json.dumps({"data": data}),
        headers={"content-type": "application/json"},
    )
    event = begun.json()["event_id"]
    kind, _, told = caller.get(f"gradio_api/call/{endpoint}/{event}").text.partition("\ndata: ")
    value = json.loads(told)
    return value[0] if kind == "event: complete" else value["error"]


@pytest.fixture(scope="module")
def caller(url: str) -> Iterator[httpx.Client]:
    """Return a caller of the page's addresses."""
    with httpx.Client(base_url=url, timeout=60) as connected:
        yield connected


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_as_it_went(text: str, caller: httpx.Client) -> None:
    assert called(caller, "document", [text]) == unknown(text)


def test_what_utf_8_cannot_carry_breaks_no_answer(caller: httpx.Client) -> None:
    assert called(caller, "document", [LONE]) == unknown("?")
    assert [hit["title"] for hit in called(caller, "search", [f"cloche {LONE}", None])] == [
        BELL.title
    ]


@pytest.mark.parametrize("endpoint", ["ask", "search", "document"])
def test_a_file_of_this_machine_is_no_argument(
    endpoint: str, caller: httpx.Client, tmp_path: Path
) -> None:
    private = tmp_path / "journal.txt"
    private.write_text(SECRET, encoding="utf-8")
    file = {"path": str(private), "meta": {"_type": "gradio.FileData"}}
    expected = strings.DOCUMENT_SHAPE if endpoint == "document" else strings.QUESTION_SHAPE
    nothing = {"ask": [None, None], "search": [None], "document": []}[endpoint]
    assert called(caller, endpoint, [file, *nothing]) == expected
