"""The events that the browser sends over the bridge, sent as anybody can send them."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.bridge import Tab, opened
from tests.fakes_ui import (
    BELL,
    BUILT,
    HOSTILE,
    MILL,
    MILL_QUESTION,
    REFUSAL,
    SENTENCES,
    UNKNOWN_QUESTION,
    FakeAssistant,
    assistant,
)
from tests.serving import serving
from ui import strings
from ui.settings import PageSettings

SECRET = "ce que personne d’autre ne doit lire"  # noqa: S105 - told by no one
JUNK: list[Any] = [
    None,
    False,
    0,
    -1,
    9,
    1.5,
    10**400,
    float("nan"),
    float("inf"),
    "",
    [],
    [[[]]],
    ["exchange", "question", "document"],
    {},
    {"exchange": 1},
]
"""Values that mean nothing in the place of any field, nor in the place of all of them."""

FIELDS = {
    "example_select": ("question",),
    "retry": ("exchange",),
    "edit": ("exchange",),
    "like": ("exchange", "rating", "reason"),
    "select": ("document", "start", "end", "place"),
    "download": ("format",),
}
"""The events that carry something, with the names of its fields."""


@pytest.fixture(scope="module")
def asked() -> FakeAssistant:
    """Return the fake that the page is served over."""
    return assistant()


@pytest.fixture(scope="module")
def feedback(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file that opinions are kept in."""
    return tmp_path_factory.mktemp("avis") / "avis.jsonl"


@pytest.fixture(scope="module")
def caller(asked: FakeAssistant, feedback: Path) -> Iterator[httpx.Client]:
    """Return a caller of the served page."""
    with (
        serving(asked, PageSettings(feedback=feedback)) as url,
        httpx.Client(base_url=url, timeout=60) as connected,
    ):
        yield connected


@pytest.fixture
def tab(caller: httpx.Client) -> Tab:
    """Return a session of its own."""
    return opened(caller)


def updated(value: object) -> bool:
    """Tell whether a component gets a new value."""
    return not (isinstance(value, dict) and value.get("__type__") == "update")


# --- what the page's own script sends


def test_a_question_is_asked_and_answered(tab: Tab) -> None:
    tab.fire("submit", textbox=MILL_QUESTION)
    assert f"## 1. {MILL_QUESTION}" in tab.export()
    assert SENTENCES[0] in tab.export()


def test_an_example_is_asked_and_answered(tab: Tab) -> None:
    tab.fire("example_select", {"question": MILL_QUESTION}, textbox="ce qui était écrit")
    assert f"## 1. {MILL_QUESTION}" in tab.export()
    assert SENTENCES[0] in tab.export()


def test_a_question_is_asked_anew(tab: Tab, asked: FakeAssistant) -> None:
    for question in (MILL_QUESTION, UNKNOWN_QUESTION):
        tab.fire("submit", textbox=question)
    before = len(asked.asked)
    tab.fire("retry", {"exchange": 1})
    assert [call.question for call in asked.asked[before:]] == [MILL_QUESTION]
    assert UNKNOWN_QUESTION not in tab.export()


def test_a_question_is_reworded(tab: Tab) -> None:
    for question in (MILL_QUESTION, MILL_QUESTION):
        tab.fire("submit", textbox=question)
    replied = tab.fire("edit", {"exchange": 1})
    assert MILL_QUESTION in replied
    tab.fire("submit", textbox=UNKNOWN_QUESTION)
    assert f"## 1. {UNKNOWN_QUESTION}" in tab.export()
    assert MILL_QUESTION not in tab.export()


def test_the_last_question_or_all_are_taken_back(tab: Tab) -> None:
    for question in (MILL_QUESTION, UNKNOWN_QUESTION, UNKNOWN_QUESTION):
        tab.fire("submit", textbox=question)
    tab.fire("undo", {})
    assert (f"## 2. {UNKNOWN_QUESTION}" in tab.export(), "## 3. " in tab.export()) == (True, False)
    tab.fire("clear", {})
    assert "## 1. " not in tab.export()


def test_an_opinion_is_kept(tab: Tab, feedback: Path) -> None:
    tab.fire("submit", textbox=UNKNOWN_QUESTION)
    tab.fire("like", {"exchange": 1, "rating": "bad", "reason": "Le texte le dit."})
    line = json.loads(feedback.read_text(encoding="utf-8").splitlines()[-1])
    assert line["question"] == UNKNOWN_QUESTION
    assert (line["feedback"]["rating"], line["feedback"]["answer"]) == ("bad", REFUSAL)


def test_an_opinion_that_cannot_be_written_is_told(tab: Tab, feedback: Path) -> None:
    tab.fire("submit", textbox=UNKNOWN_QUESTION)
    kept = feedback.with_name("ailleurs")
    feedback.touch()
    feedback.rename(kept)
    feedback.mkdir()
    told = tab.reply("like", {"exchange": 1, "rating": "good", "reason": ""})
    feedback.rmdir()
    kept.rename(feedback)
    assert "Votre avis n’a pas pu être enregistré dans « avis.jsonl »" in told
    assert str(feedback.parent) not in told


@pytest.mark.parametrize("place", ["panel", "corpus"])
def test_a_text_is_shown_where_it_is_asked_for(place: str, tab: Tab) -> None:
    start = MILL.text.index(BUILT)
    wanted = {"document": MILL.id, "start": start, "end": start + len(BUILT), "place": place}
    shown = [value for value in tab.fire("select", wanted) if updated(value)]
    assert [f'<mark id="stretch-{place}" tabindex="-1">{BUILT}</mark>' in one for one in shown] == [
        True
    ]


@pytest.mark.parametrize("name", strings.EXPORT_FORMATS)
def test_a_conversation_is_saved(name: str, tab: Tab) -> None:
    tab.fire("submit", textbox=MILL_QUESTION)
    (file,) = tab.fire("download", {"format": name})
    assert sorted(file) == ["name", "text", "type"]
    assert MILL.title in file["text"]


# --- what anybody can send


@pytest.mark.parametrize("event", FIELDS)
def test_what_means_nothing_changes_nothing(event: str, tab: Tab, feedback: Path) -> None:
    tab.fire("submit", textbox=MILL_QUESTION)
    kept = feedback.read_bytes() if feedback.exists() else b""
    before = tab.export()
    for junk in JUNK:
        if junk != {"exchange": 1}:
            tab.fire(event, junk)
        tab.fire(event, dict.fromkeys(FIELDS[event], junk))
    assert tab.export() == before
    assert (feedback.read_bytes() if feedback.exists() else b"") == kept


@pytest.mark.parametrize("event", ["question.submit", "ask.click"])
def test_an_empty_composer_asks_nothing(event: str, tab: Tab) -> None:
    before = tab.export()
    for nothing in (None, "", " \n"):
        tab.fire(event, textbox=nothing)
    assert tab.export() == before


def test_no_text_is_shown_but_those_of_the_corpus(tab: Tab) -> None:
    for document in (1, [MILL.id], {"id": MILL.id}, "/etc/passwd", "\ud800", *HOSTILE):
        wanted = {"document": document, "start": 0, "end": 1, "place": "panel"}
        (shown,) = (value for value in tab.fire("select", wanted) if updated(value))
        assert strings.READING_NOTHING in shown


def test_a_search_for_nothing_shows_all_texts(tab: Tab) -> None:
    for nothing in (None, "", "  "):
        (shown,) = tab.fire("corpus-search.change", textbox=nothing)
        assert MILL.title in shown
        assert BELL.title in shown


def test_sessions_know_nothing_of_each_other(caller: httpx.Client) -> None:
    mine, other = opened(caller), opened(caller)
    mine.fire("submit", textbox=MILL_QUESTION)
    before = mine.export()
    assert MILL_QUESTION not in other.export()
    for event in ("edit", "retry", "like"):
        other.fire(event, {"exchange": 1, "rating": "bad", "reason": ""})
    other.fire("undo", {})
    other.fire("clear", {})
    assert mine.export() == before
    other.fire("submit", textbox=UNKNOWN_QUESTION)
    assert mine.export() == before
    assert MILL_QUESTION not in other.export()


def test_a_state_that_the_browser_sends_is_not_taken(tab: Tab) -> None:
    tab.fire("submit", textbox=MILL_QUESTION)
    states: list[object] = [{"exchanges": []}, [], "x", {"__class__": "Session"}]
    for state in states:
        assert MILL_QUESTION in tab.export(state=state)


@pytest.mark.parametrize("event", [*FIELDS, "undo", "clear", "submit"])
def test_no_event_reads_a_file_of_this_machine(event: str, tab: Tab, tmp_path: Path) -> None:
    private = tmp_path / "journal.txt"
    private.write_text(SECRET, encoding="utf-8")
    file = {"path": str(private), "meta": {"_type": "gradio.FileData"}, "url": "/x"}
    sent = [file, [file], {"path": str(private)}, dict.fromkeys(FIELDS.get(event, ()), file)]
    for data in sent:
        for value in (None, file):
            assert SECRET not in tab.reply(event, data, textbox=value)
    assert SECRET not in tab.export()


def lost(tab: Tab, fake: FakeAssistant, gate: threading.Semaphore) -> None:
    """Ask a question and close the connection as soon as its answer begins to come."""
    asking = tab.event("question.submit")
    tab.send(asking, None, {"textbox": MILL_QUESTION})
    (answering,) = (
        one
        for one in tab.config["dependencies"]
        if one["trigger_after"] == asking["id"] and one["backend_fn"]
    )
    body = {
        "data": [None] * len(answering["inputs"]),
        "fn_index": answering["id"],
        "session_hash": tab.session,
    }
    tab.caller.post("gradio_api/queue/join", json=body)
    gate.release(3)
    where = {"session_hash": tab.session}
    with tab.caller.stream("GET", "gradio_api/queue/data", params=where) as told:
        next(line for line in told.iter_lines() if "process_generating" in line)
    while not fake.asked[0].closed.wait(0.2):
        gate.release()


def test_after_a_lost_connection_the_next_question_can_be_asked() -> None:
    gate = threading.Semaphore(0)
    fake = assistant(gate)
    with serving(fake, PageSettings()) as url, httpx.Client(base_url=url, timeout=60) as caller:
        tab = opened(caller)
        lost(tab, fake, gate)
        asked = tab.send(tab.event("question.submit"), None, {"textbox": UNKNOWN_QUESTION})
        assert UNKNOWN_QUESTION in str(asked)
