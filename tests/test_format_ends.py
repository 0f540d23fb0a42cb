"""An exchange that has come to its end, as HTML: an answer, a quotation, a refusal, a failure."""

from dataclasses import replace

import pytest

from rag.types import AnswerSentence, Hit
from tests.fakes_ui import BUILT, MILL, SENTENCES, cite, hit
from tests.test_format import DOCUMENTS, answered, exchange
from ui import format as render
from ui.conversation import Phase
from ui.sources import sources_of


def test_a_sentence_names_each_source_that_it_rests_on() -> None:
    both = AnswerSentence("A.", True, (cite(2, MILL, "Valbrune"), cite(1, MILL, BUILT)))  # noqa: FBT003 - its own order
    html = render.current(
        exchange(sentences=(both,), sources=sources_of((both,), DOCUMENTS), seconds=1.0)
    )
    assert '<span class="sentence" data-sources="1 2"><bdi>A.</bdi><button' in html
    assert html.count('class="cite"') == 2


def test_an_unverified_sentence_says_so_and_has_no_number() -> None:
    html = render.current(
        exchange(sentences=(AnswerSentence("Trois.", supported=False),), seconds=3.25)
    )
    assert (
        '<span class="unverified"><bdi>Trois.</bdi> <span class="mark">non vérifié</span></span>'
    ) in html
    assert 'class="cite"' not in html
    assert '<p class="phase done">0 phrase vérifiée sur 1 · 3,2\u00a0s</p>' in html
    assert "Aucune phrase de cette réponse n’a pu être rattachée à un extrait." in html


def test_a_quotation_alone_is_told_as_such_and_shows_no_figure_of_support() -> None:
    sentence = AnswerSentence(SENTENCES[0], supported=True, citations=(cite(1, MILL, BUILT, 1.0),))
    html = render.current(
        exchange(
            sentences=(sentence,),
            sources=sources_of((sentence,), DOCUMENTS),
            message="Rien n’a pu être <vérifié>.",
            seconds=2.0,
        )
    )
    assert '<p class="phase done">Tiré tel quel des textes · 2,0\u00a0s</p>' in html
    assert (
        '<div class="answer"><p class="note">Rien n’a pu être &lt;vérifié&gt;.</p>'
        f'<p class="prose" dir="auto"><span class="sentence" data-sources="1">'
        f"<bdi>{SENTENCES[0]}</bdi>"
    ) in html
    assert f"<mark>{BUILT}</mark>" in html
    assert "appui 100" not in html


def test_a_failure_says_what_to_do_where_the_sources_would_be() -> None:
    html = render.current(exchange(Phase.FAILED, message="Fermez <tout>."))
    assert (
        '<div class="slot"><p class="message" dir="auto">Fermez &lt;tout&gt;.</p></div>'
        '<div class="answer"></div>'
    ) in html


def test_a_refusal_gives_its_reason_two_questions_and_the_three_nearest_passages() -> None:
    hits = tuple(
        Hit(replace(hit(MILL).passage, title=title), score=1.2, dense=0, lexical=0)
        for title in ("un", "deux", "trois", "quatre")
    )
    html = render.current(
        exchange(
            Phase.REFUSED,
            hits=hits,
            message="Rien d’assez proche.",
            suggestions=("Qui ?", "Où ?"),
            seconds=0.42,
        )
    )
    assert '<p class="message" dir="auto">Rien d’assez proche.</p>' in html
    assert '<p class="phase refused">Pas de réponse dans les textes · 0,4\u00a0s</p>' in html
    questions = [part.split('"')[0] for part in html.split('data-question="')[1:]]
    assert questions == ["Qui ?", "Où ?"]
    titles = [part.split("</bdi>")[0] for part in html.split("<h4><bdi>")[1:]]
    assert titles == ["un", "deux", "trois"]


def test_an_answer_shows_neither_passages_nor_questions() -> None:
    html = render.current(replace(answered(), suggestions=("Qui ?",)))
    assert '<div class="more"></div>' in html
    assert "Qui ?" not in html


@pytest.mark.parametrize("kept", [True, False])
def test_opinions_are_asked_for_only_where_they_are_kept(kept: bool) -> None:  # noqa: FBT001 - what is tried
    html = render.thread([answered()], feedback=kept)
    assert ('data-rating="good"' in html) is kept
    assert ('<div class="reason" hidden>' in html) is kept


def test_no_opinion_is_asked_for_on_a_reader_s_own_documents() -> None:
    assert "data-rating" not in render.current(replace(answered(), own=True), feedback=True)


def test_what_the_answer_rests_on_is_hidden_until_the_panel_shows_it() -> None:
    html = render.current(answered())
    store = html.split('<div class="store" hidden>')[1]
    assert [part[0] for part in store.split('data-source="')[1::2]] == ["1", "2"]
    assert f"<mark>{BUILT}</mark>" in store
