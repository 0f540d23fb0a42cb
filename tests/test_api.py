"""What programs may ask of the page: as functions, and with gradio_client over the real one."""

from typing import Any

import pytest

from rag.errors import BusyError
from rag.types import Turn
from tests.fakes_ui import (
    BELL,
    BUILT,
    HOSTILE,
    MILL,
    MILL_QUESTION,
    REFUSAL,
    STOPPED_TURNING,
    UNKNOWN_QUESTION,
    FakeAssistant,
    Script,
    answer,
    assistant,
    mill_sentences,
)
from ui import strings
from ui.api import CallError, Endpoint, endpoints
from ui.schema import as_object

BUSY_QUESTION = "Êtes-vous libre ?"
BUSY = "Trop de questions attendent\u00a0: réessayez."
BROKEN_QUESTION = "Et maintenant ?"
SECRET = "détail que personne ne doit lire"  # noqa: S105 - told by no one
LONE = "\ud800"
"""A lone surrogate: JSON can carry it, UTF-8 cannot."""

NO_TEXTS: list[Any] = [None, 1, 1.5, True, [], [MILL_QUESTION], {}, {"question": MILL_QUESTION}]
"""What JSON can hold in the place of a text."""

TURN = {"question": "Où est le moulin ?", "answer": "À Valbrune."}
NO_HISTORIES: list[Any] = [
    "",
    "Où est le moulin ?",
    0,
    1,
    False,
    True,
    {},
    TURN,
    [None],
    ["Où est le moulin ?"],
    [["Où est le moulin ?", "À Valbrune."]],
    [{}],
    [{"question": "Où est le moulin ?"}],
    [{"answer": "À Valbrune."}],
    [{**TURN, "answer": None}],
    [{**TURN, "question": ["Où ?"]}],
    [TURN, {**TURN, "answer": 1742}],
]
NO_LISTS: list[Any] = [
    "",
    MILL.id,
    0,
    1,
    False,
    {},
    {MILL.id: True},
    [None],
    [1],
    [[MILL.id]],
    [{}],
]
"""What JSON can hold in the place of a list of ids."""

UNKNOWN_IDS = [
    "",
    "moulin.md",
    "corpus/absent.md",
    "/etc/passwd",
    "../../etc/passwd",
    f"{MILL.id}\0",
    *HOSTILE,
]


def fake() -> FakeAssistant:
    """Return the fake, with a question that it is too busy for and one that breaks it."""
    scripts = {
        BUSY_QUESTION: Script((), BusyError(BUSY)),
        BROKEN_QUESTION: Script((), RuntimeError(SECRET)),
    }
    return FakeAssistant({**assistant().scripts, **scripts})


def unknown(name: str) -> str:
    """Return what is said of a text that does not exist."""
    return strings.DOCUMENT_UNKNOWN.format(document=name)


# --- as functions


def test_an_answer_is_that_of_the_command_line() -> None:
    ask, _, _ = endpoints(fake())
    told = ask(MILL_QUESTION)
    assert told == as_object(answer(MILL_QUESTION, mill_sentences()))
    assert list(told) == [
        "question",
        "text",
        "refused",
        "reason",
        "certainty",
        "sentences",
        "hits",
        "told",
        "aside",
        "suggestions",
        "timings",
        "receipt",
    ]
    cited = [sentence["citations"] for sentence in told["sentences"]]
    assert [[one["quote"] for one in ones] for ones in cited] == [[BUILT], [STOPPED_TURNING], []]


def test_a_refusal_is_an_answer_too() -> None:
    ask, _, _ = endpoints(fake())
    told = ask(UNKNOWN_QUESTION)
    assert (told["refused"], told["reason"], told["sentences"]) == (True, REFUSAL, [])


def test_earlier_turns_are_passed_on() -> None:
    asked = fake()
    ask, _, _ = endpoints(asked)
    ask(MILL_QUESTION, [TURN, {**TURN, "plus": 1}])
    ask(MILL_QUESTION, [])
    ask(MILL_QUESTION, None)
    turn = Turn("Où est le moulin ?", "À Valbrune.")
    assert [call.history for call in asked.asked] == [(turn, turn), (), ()]


def test_the_texts_to_look_in_are_passed_on() -> None:
    asked = fake()
    ask, search, _ = endpoints(asked)
    for documents in ([MILL.id], [MILL.id, BELL.id, MILL.id], [], None):
        ask(MILL_QUESTION, None, documents)
    both = frozenset({MILL.id, BELL.id})
    assert [call.within for call in asked.asked] == [{MILL.id}, both, frozenset(), None]
    found = [search("le", documents) for documents in ([BELL.id], [], None)]
    assert [[hit["document"] for hit in hits] for hits in found] == [
        [BELL.id],
        [],
        [MILL.id, BELL.id],
    ]


def test_a_passage_found_has_its_text_and_its_place() -> None:
    _, search, _ = endpoints(fake())
    assert search("seigle") == [
        {
            "passage_id": "0" * 15,
            "document": MILL.id,
            "title": MILL.title,
            "score": 0.5,
            "text": MILL.text,
        }
    ]


def test_a_document_is_whole() -> None:
    _, _, document = endpoints(fake())
    assert document(BELL.id) == {
        "document": BELL.id,
        "sha256": BELL.sha256,
        "title": BELL.title,
        "metadata": [list(pair) for pair in BELL.metadata],
        "sections": [{"start": 0, "title": "Description", "page": None}],
        "text": BELL.text,
    }


@pytest.mark.parametrize("question", NO_TEXTS, ids=repr)
def test_a_question_that_is_no_text_is_told(question: Any) -> None:
    ask, search, _ = endpoints(fake())
    for endpoint in (ask, search):
        with pytest.raises(CallError) as caught:
            endpoint(question)
        assert str(caught.value) == strings.QUESTION_SHAPE


@pytest.mark.parametrize("history", NO_HISTORIES, ids=repr)
def test_a_history_of_another_shape_is_told(history: Any) -> None:
    asked = fake()
    ask, _, _ = endpoints(asked)
    with pytest.raises(CallError) as caught:
        ask(MILL_QUESTION, history)
    assert str(caught.value) == strings.HISTORY_SHAPE
    assert asked.asked == []


@pytest.mark.parametrize("documents", NO_LISTS, ids=repr)
def test_what_is_no_list_of_texts_is_told(documents: Any) -> None:
    asked = fake()
    ask, search, _ = endpoints(asked)
    for endpoint, before in ((ask, [MILL_QUESTION, None]), (search, ["le"])):
        with pytest.raises(CallError) as caught:
            endpoint(*before, documents)
        assert str(caught.value) == strings.DOCUMENTS_SHAPE
    assert asked.asked == []


@pytest.mark.parametrize("name", UNKNOWN_IDS)
def test_a_text_that_does_not_exist_is_named(name: str) -> None:
    ask, search, document = endpoints(fake())
    calls: list[tuple[Endpoint, list[Any]]] = [
        (document, [name]),
        (search, ["le", [MILL.id, name]]),
        (ask, [MILL_QUESTION, None, [name]]),
    ]
    for endpoint, arguments in calls:
        with pytest.raises(CallError) as caught:
            endpoint(*arguments)
        assert str(caught.value) == unknown(name)


@pytest.mark.parametrize("name", NO_TEXTS, ids=repr)
def test_a_name_that_is_no_text_is_told(name: Any) -> None:
    _, _, document = endpoints(fake())
    with pytest.raises(CallError) as caught:
        document(name)
    assert str(caught.value) == strings.DOCUMENT_SHAPE


def test_what_utf_8_cannot_carry_is_mended_before_it_goes_anywhere() -> None:
    asked = FakeAssistant({"Où ? ?": assistant().scripts[MILL_QUESTION]})
    ask, search, document = endpoints(asked)
    ask(f"Où {LONE} ?", [{"question": LONE, "answer": f"{LONE}."}])
    assert asked.asked[0].question == "Où ? ?"
    assert asked.asked[0].history == (Turn("?", "?."),)
    assert [hit["document"] for hit in search(f"cloche {LONE}")] == [BELL.id]
    calls: list[tuple[Endpoint, list[Any]]] = [(document, [LONE]), (search, ["le", [LONE]])]
    for endpoint, arguments in calls:
        with pytest.raises(CallError) as caught:
            endpoint(*arguments)
        assert str(caught.value) == unknown("?")


# --- over the page
