"""What Parole says of itself, as every face of it shows it: no source, no mark, no figure."""

from dataclasses import replace

import pytest

from rag.types import Answer
from tests.fakes_ui import (
    MILL_QUESTION,
    Script,
    answer,
    assistant,
    mill_sentences,
    script,
    spoken,
)
from tests.hostile import HOSTILE
from tests.markup import Reading
from tests.test_export import EDITION
from tests.test_ui import ask, exchange
from ui import format as render
from ui.cli.render import as_text
from ui.conversation import Exchange, Phase, history
from ui.export import as_html, as_markdown
from ui.schema import as_object
from ui.views.why import why

HELLO = "Bonjour"
SAID = "Bonjour\u00a0! Posez-moi une question."
PROPOSED = "Qui a bâti le moulin\u00a0?"


def said(text: str = SAID) -> Exchange:
    """Return the exchange in which a greeting was answered."""
    fake = replace(assistant(), scripts={HELLO: spoken(HELLO, text)})
    return exchange(ask(fake, HELLO)[-1])


def test_it_is_shown_as_plain_prose_with_questions_to_go_on_with() -> None:
    html = render.current(said())
    assert f'<p class="prose" dir="auto"><bdi>{SAID}</bdi></p>' in html
    assert "Les textes répondent par exemple à ces questions" in html
    assert f'data-question="{PROPOSED}"' in html
    assert '<p class="phase done">Sans recherche dans les textes · 2,5\u00a0s</p>' in html


def test_it_has_neither_sources_nor_marks_nor_passages() -> None:
    html = render.current(said())
    for absent in (
        "non vérifié</span>", "Aucune phrase de cette réponse", 'class="strip"',
        'class="cite"', "Passages les plus proches", "phrase vérifiée", "skeleton",
    ):  # fmt: skip
        assert absent not in html
    assert '<div class="store" hidden></div>' in html


def test_its_account_gives_no_probability() -> None:
    account = why(said())
    assert "Probabilité" not in account
    assert "Reçu" in account
    assert "Passages trouvés" not in account


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_title_in_it_stays_text(text: str) -> None:
    read = Reading(render.current(said(f"A. {text}")))
    assert read.elements == Reading(render.current(said("A. b"))).elements


def test_it_is_no_turn_that_the_next_question_may_lean_on() -> None:
    answered = exchange(ask(assistant(), MILL_QUESTION)[-1])
    assert [turn.question for turn in history([said(), answered])] == [MILL_QUESTION]
    assert (said().phase, said().quoted) == (Phase.DONE, False)


def test_it_is_exported_as_it_was_said() -> None:
    assert "Bonjour\u00a0! Posez-moi une question." in as_markdown([said()], EDITION)
    html = as_html([said()], EDITION)
    assert f'<p class="answer" dir="auto"><bdi>{SAID}</bdi></p>' in html
    assert "<h3>" not in html


def test_the_terminal_shows_it_with_the_questions_below() -> None:
    assert as_text(aside()).split("\n") == [
        SAID,
        "",
        "Les textes répondent par exemple à ces questions",
        f"• {PROPOSED}",
    ]
    assert as_text(replace(aside(), suggestions=())) == SAID


def test_programs_are_told_what_it_is() -> None:
    told = as_object(aside())
    assert (told["aside"], told["refused"], told["sentences"]) == (True, False, [])
    assert told["suggestions"] == [PROPOSED]
    assert not as_object(answer(MILL_QUESTION, mill_sentences()))["aside"]


def test_an_answer_is_shown_as_before() -> None:
    plain: Script = script(MILL_QUESTION, mill_sentences())
    fake = replace(assistant(), scripts={MILL_QUESTION: plain})
    shown = exchange(ask(fake, MILL_QUESTION)[-1])
    assert (shown.aside, shown.suggestions) == ("", ())
    assert 'class="strip"' in render.current(shown)


def aside() -> Answer:
    """Return the answer itself."""
    made = said().answer
    assert made is not None
    return made
