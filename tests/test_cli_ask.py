"""`parole ask`: an answer as text and as JSON, and the turns before it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rag import messages
from rag.errors import ParoleError
from rag.index.database import DocumentSummary
from rag.types import (
    Answer,
    AnswerSentence,
    Citation,
    Hit,
    Passage,
    Receipt,
    Timings,
    Turn,
)
from ui.cli import strings as say
from ui.cli.ask import known, read_history
from ui.cli.main import main
from ui.cli.render import as_json, as_text
from ui.schema import as_object

LAMP = Citation(
    n=1,
    document="notes/phare.pdf",
    title="Le phare",
    location="section «\u00a0La lampe\u00a0», page 3",
    quote="La lampe brille à trente milles.",
    start=12,
    end=44,
    score=0.87654321,
)
KEEPER = Citation(2, "notes/gardien.md", "Le gardien", "", "Il dort le jour.", 0, 16, 1.0)
LAMP_PASSAGE = Passage(
    "0" * 14 + "a", "notes/phare.pdf", "Le phare", "La lampe", 3, 12, 44, LAMP.quote
)
KEEPER_PASSAGE = Passage(
    "0" * 14 + "b", "notes/gardien.md", "Le gardien", "", None, 0, 16, KEEPER.quote
)
ANSWER = Answer(
    question="Que fait la lampe\u00a0?",
    text="La lampe brille loin [1]. Le gardien dort [2]. Il rêve [non vérifié].",
    refused=False,
    reason="",
    certainty=0.87654321,
    sentences=(
        AnswerSentence("La lampe brille loin.", supported=True, citations=(LAMP,)),
        AnswerSentence("Le gardien dort.", supported=True, citations=(KEEPER,)),
        AnswerSentence("Il rêve.", supported=False),
    ),
    hits=(Hit(LAMP_PASSAGE, 1.23456789, 0.9, 7.5), Hit(KEEPER_PASSAGE, 0.5, 0.8, 2.0)),
    timings=Timings(0.12345, 0.5, 2.0, 0.25, 2.87654),
    receipt=Receipt("c" * 64, "i" * 64, {"encoder": "e5", "generator": "q"}, "s" * 64, "0.1.0"),
)
OBJECT = {
    "question": ANSWER.question,
    "text": ANSWER.text,
    "refused": False,
    "reason": "",
    "certainty": 0.876543,
    "sentences": [
        {
            "text": "La lampe brille loin.",
            "supported": True,
            "citations": [
                {
                    "n": 1,
                    "document": "notes/phare.pdf",
                    "title": "Le phare",
                    "location": LAMP.location,
                    "quote": LAMP.quote,
                    "start": 12,
                    "end": 44,
                    "score": 0.876543,
                }
            ],
        },
        {
            "text": "Le gardien dort.",
            "supported": True,
            "citations": [
                {
                    "n": 2,
                    "document": "notes/gardien.md",
                    "title": "Le gardien",
                    "location": "",
                    "quote": "Il dort le jour.",
                    "start": 0,
                    "end": 16,
                    "score": 1.0,
                }
            ],
        },
        {"text": "Il rêve.", "supported": False, "citations": []},
    ],
    "hits": [
        {
            "passage_id": "00000000000000a",
            "document": "notes/phare.pdf",
            "title": "Le phare",
            "score": 1.234568,
            "text": LAMP.quote,
        },
        {
            "passage_id": "00000000000000b",
            "document": "notes/gardien.md",
            "title": "Le gardien",
            "score": 0.5,
            "text": KEEPER.quote,
        },
    ],
    "told": [],
    "aside": False,
    "suggestions": [],
    "timings": {
        "retrieve": 0.123,
        "first_token": 0.5,
        "generate": 2.0,
        "verify": 0.25,
        "total": 2.877,
    },
    "receipt": {
        "corpus": "c" * 64,
        "index": "i" * 64,
        "models": {"encoder": "e5", "generator": "q"},
        "settings": "s" * 64,
        "version": "0.1.0",
    },
}
REFUSAL = replace(
    ANSWER,
    text="Je ne trouve pas la réponse.",
    refused=True,
    reason="Lisez les passages.",
    sentences=(),
    hits=(*ANSWER.hits, ANSWER.hits[0]),
)


def test_text_gives_the_answer_its_sources_and_the_time() -> None:
    assert as_text(ANSWER).split("\n") == [
        "La lampe brille loin [1]. Le gardien dort [2]. Il rêve [non vérifié].",
        "",
        "Sources",
        "[1] Le phare, section «\u00a0La lampe\u00a0», page 3",
        "    «\u00a0La lampe brille à trente milles.\u00a0»",
        "[2] Le gardien",
        "    «\u00a0Il dort le jour.\u00a0»",
        "",
        "(2,9\u00a0s)",
    ]


def test_text_says_why_nothing_but_a_quotation_is_shown() -> None:
    quoted = replace(ANSWER, reason="Rien n’a pu être vérifié.", sentences=ANSWER.sentences[:1])
    assert as_text(quoted).split("\n")[:4] == [
        ANSWER.text,
        "Rien n’a pu être vérifié.",
        "",
        "Sources",
    ]


def test_a_source_cited_twice_is_written_once() -> None:
    twice = replace(ANSWER, sentences=(ANSWER.sentences[0], ANSWER.sentences[0]))
    assert as_text(twice).count(LAMP.quote) == 1


def test_text_of_a_refusal_names_each_near_place_once() -> None:
    assert as_text(REFUSAL).split("\n") == [
        "Je ne trouve pas la réponse. Lisez les passages.",
        "",
        "Passages les plus proches",
        "• Le phare, La lampe",
        "• Le gardien",
    ]


def test_text_of_a_refusal_proposes_what_has_an_answer() -> None:
    proposed = replace(REFUSAL, suggestions=("Qui garde le phare\u00a0?",))
    assert as_text(proposed).split("\n")[-3:] == [
        "",
        "Les textes répondent plutôt à ces questions",
        "• Qui garde le phare\u00a0?",
    ]


def test_text_of_a_refusal_without_passages_is_one_line() -> None:
    assert as_text(replace(REFUSAL, hits=())) == "Je ne trouve pas la réponse. Lisez les passages."


def test_object_has_exactly_these_keys_and_values() -> None:
    assert as_object(ANSWER) == OBJECT
    assert list(as_object(ANSWER)) == list(OBJECT)


def test_object_of_a_refusal_has_no_sentence() -> None:
    refused = as_object(REFUSAL)
    assert list(refused) == list(as_object(ANSWER))
    assert (refused["refused"], refused["reason"]) == (True, "Lisez les passages.")
    assert refused["sentences"] == []


def test_json_reads_back_and_holds_nothing_that_steers_a_terminal() -> None:
    steering = "\x1b[2J \x9b31m \u202eenvers\u2066 \x00 [bold]gras[/bold] \u2028 é"
    answer = replace(ANSWER, text=steering)
    written = as_json(answer)
    assert json.loads(written) == as_object(answer)
    assert (
        "\\u001b[2J \\u009b31m \\u202eenvers\\u2066 \\u0000 [bold]gras[/bold] \u2028 é" in written
    )


def history_file(folder: Path, content: str | bytes) -> Path:
    """Write a history file and return it."""
    path = folder / "echanges.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_history_gives_the_turns_in_order(tmp_path: Path) -> None:
    turns = [{"question": "Qui\u00a0?", "answer": "Anne."}, {"question": "Où\u00a0?", "answer": ""}]
    path = history_file(tmp_path, "\ufeff" + json.dumps(turns))
    assert read_history(path) == (Turn("Qui\u00a0?", "Anne."), Turn("Où\u00a0?", ""))


def test_an_empty_history_is_none(tmp_path: Path) -> None:
    assert read_history(history_file(tmp_path, "[]")) == ()


@pytest.mark.parametrize(
    "content",
    [
        '{"question": "Qui ?", "answer": "Anne."}',
        '["Qui ?"]',
        '[{"question": "Qui ?"}]',
        '[{"question": "Qui ?", "answer": 3}]',
        "null",
    ],
)
def test_a_history_of_another_shape_is_refused(tmp_path: Path, content: str) -> None:
    path = history_file(tmp_path, content)
    with pytest.raises(ParoleError) as caught:
        read_history(path)
    assert str(caught.value) == say.HISTORY_SHAPE.format(path=path)


@pytest.mark.parametrize(
    "content", ["", "[{]", "[" * 100_000, b"[\xff]"], ids=lambda c: repr(c[:5])
)
def test_a_history_that_is_no_json_is_refused(tmp_path: Path, content: str | bytes) -> None:
    path = history_file(tmp_path, content)
    with pytest.raises(ParoleError) as caught:
        read_history(path)
    assert str(caught.value) == say.HISTORY_JSON.format(path=path)


def test_the_texts_to_look_in_are_named_by_their_ids() -> None:
    held = [DocumentSummary(f"{name}.md", name, "0", "", (), 1) for name in "ab"]
    assert known(["b.md", "b.md"], held) == {"b.md"}
    with pytest.raises(ParoleError, match=r"Il n’y a pas de texte «.c\.md.».*parole index --list"):
        known(["a.md", "c.md"], held)


def test_a_missing_history_is_named(tmp_path: Path) -> None:
    with pytest.raises(ParoleError, match=r"rien\.json"):
        read_history(tmp_path / "rien.json")


def test_without_an_index_ask_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "Que fait la lampe ?", "--index", str(tmp_path / "rien")]) == 1
    told = messages.INDEX_MISSING.format(directory=tmp_path / "rien")
    assert capsys.readouterr() == ("", f"{told}\n")
