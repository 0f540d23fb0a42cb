"""An exchange as HTML: exact for small cases, and nothing unescaped whatever the texts hold."""

from dataclasses import replace

import pytest

from rag.types import AnswerSentence, Citation, Hit
from tests.fakes_ui import BUILT, HOSTILE, MILL, SENTENCES, answer, cite, hit, mill_sentences
from tests.markup import FILLER, Reading, assert_data
from ui import format as render
from ui.conversation import Exchange, Phase, unsettled
from ui.sources import Source, evidence_of, sources_of

DOCUMENTS = {MILL.id: MILL}.__getitem__


def exchange(phase: Phase = Phase.DONE, **known: object) -> Exchange:
    """Return an exchange about the mill."""
    asked = Exchange(number=2, question="Quand ?", phase=phase)
    return replace(asked, **known)  # type: ignore[arg-type]  # the fields of an exchange


def answered() -> Exchange:
    """Return an exchange whose answer rests on two sources, its last sentence on none."""
    sentences = mill_sentences()
    return exchange(
        sentences=sentences,
        sources=sources_of(sentences, DOCUMENTS),
        hits=(hit(MILL),),
        seconds=2.46,
        answer=answer("Quand ?", sentences),
    )


def full(text: str, phase: Phase) -> Exchange:
    """Return an exchange in which every text that comes from outside is `text`."""
    citation = Citation(1, text, text, text, text, 0, 9, 0.5)
    source = Source(1, text, text, text, text, text, text, text, text, 0, 9, 0.5, text)
    passage = replace(hit(MILL).passage, document_id=text, title=text, section=text, text=text)
    return exchange(
        phase,
        question=text,
        hits=(Hit(passage, 1.0, 1.0, 1.0),),
        sentences=(
            AnswerSentence(f"A. {text}", supported=True, citations=(citation,)),
            AnswerSentence(f"B. {text}", supported=False),
        ),
        sources=(source,),
        evidence=source,
        suggestions=(text, text) if phase is Phase.REFUSED else (),
        message=text if phase in {Phase.REFUSED, Phase.FAILED} else "",
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("phase", list(Phase))
def test_a_hostile_text_adds_no_element_and_stays_readable(text: str, phase: Phase) -> None:
    hostile, plain = full(text, phase), full(FILLER, phase)
    assert_data(render.current(hostile), render.current(plain), text)
    assert_data(render.thread([hostile]), render.thread([plain]), text)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_draft_is_shown_as_it_is(text: str) -> None:
    hostile = exchange(Phase.WRITING, draft=f"A. {text}")
    plain = exchange(Phase.WRITING, draft=f"A. {FILLER}")
    read = Reading(render.current(hostile))
    assert read.elements == Reading(render.current(plain)).elements
    assert unsettled(hostile.draft, ()).strip() in read.text


def test_a_text_is_safe_inside_an_attribute_too() -> None:
    assert render.escape("<a>&\"'") == "&lt;a&gt;&amp;&quot;&#x27;"


def test_the_hostile_texts_are_forty() -> None:
    assert len(set(HOSTILE)) == 40


@pytest.mark.parametrize(("n", "said"), [(0, "0 mot"), (1, "1 mot"), (2, "2 mots")])
def test_french_counts_from_two(n: int, said: str) -> None:
    assert render.count(n, "{n} mot", "{n} mots") == said


def test_a_number_has_a_decimal_comma() -> None:
    assert render.decimal(12.346, 2) == "12,35"


def test_without_a_question_there_is_nothing() -> None:
    assert render.current(None) == ""
    assert render.thread(()) == ""


def test_the_question_is_a_heading_of_its_own_article() -> None:
    assert render.current(exchange(Phase.SEARCHING)).startswith(
        '<article class="exchange" data-exchange="2" data-phase="searching" data-running>'
        '<h2 class="question" dir="auto" tabindex="-1">Quand ?</h2>'
    )


def test_the_earlier_exchanges_stand_oldest_first() -> None:
    first, second = replace(exchange(), number=1, question="Q1"), exchange(question="Q2")
    html = render.thread([first, second])
    assert html.index(">Q1</h2>") < html.index(">Q2</h2>")
    assert html == render.current(first) + render.current(second)


def outline(one: Exchange) -> list[str]:
    """Return the parts of an exchange: what stands directly in its article."""
    parts, depth = [], 0
    for name, _ in Reading(render.current(one, feedback=True)).elements:
        if name.startswith("/"):
            depth -= 1
        elif name != "input":
            depth += 1
            if depth == 2:
                parts.append(name)
    return parts


@pytest.mark.parametrize("phase", list(Phase))
def test_an_exchange_has_the_same_parts_from_beginning_to_end(phase: Phase) -> None:
    """The browser keeps an element, and where it stands, if one like it takes its place."""
    assert outline(full("mot", phase)) == ["h2", "div", "div", "div", "div", "div", "div"]


@pytest.mark.parametrize(
    "phase", [Phase.WAITING, Phase.SEARCHING, Phase.READING, Phase.WRITING, Phase.CHECKING]
)
def test_the_best_evidence_is_shown_while_the_answer_comes(phase: Phase) -> None:
    evidence = evidence_of(cite(0, MILL, BUILT), DOCUMENTS)
    start = MILL.text.index(BUILT)
    html = render.current(exchange(phase, hits=(hit(MILL),), evidence=evidence))
    assert (
        '<div class="slot"><figure class="evidence">'
        "<figcaption>Extrait le plus pertinent</figcaption>"
        f'<button type="button" class="tool" data-action="select" data-document="{MILL.id}" '
        f'data-start="{start}" data-end="{start + len(BUILT)}" data-place="panel">'
    ) in html
    assert f'<blockquote dir="auto">{BUILT}</blockquote>' in html
    assert "<bdi>Le moulin de Valbrune</bdi>" in html


def test_room_is_kept_for_the_evidence_until_it_is_known() -> None:
    assert (
        '<div class="slot"><div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>'
        "</div>"
    ) in render.current(exchange(Phase.SEARCHING))


def test_the_sources_take_the_place_of_the_evidence() -> None:
    evidence = evidence_of(cite(0, MILL, BUILT), DOCUMENTS)
    html = render.current(replace(answered(), evidence=evidence))
    assert '<div class="slot"><ol class="strip" aria-label="Sources"><li><button' in html
    assert "Extrait le plus pertinent" not in html


def test_a_stopped_answer_without_a_source_keeps_the_evidence() -> None:
    evidence = evidence_of(cite(0, MILL, BUILT), DOCUMENTS)
    html = render.current(exchange(Phase.STOPPED, evidence=evidence))
    assert '<div class="slot"><figure class="evidence">' in html


def test_a_draft_is_marked_as_such_to_the_eye_and_to_the_ear() -> None:
    html = render.current(exchange(Phase.WRITING, draft="Au bord <de> l’eau"))
    assert (
        '<div class="answer"><p class="prose" dir="auto"><span class="draft">'
        '<span class="unseen">Brouillon, pas encore vérifié\u00a0: </span>'
        "<bdi>Au bord &lt;de&gt; l’eau</bdi></span></p></div>"
    ) in html
    key = '<p class="key" aria-hidden="true"><span class="draft"><bdi>pas encore vérifié</bdi>'
    assert key in html


def test_a_checked_sentence_takes_its_place_before_the_rest_of_the_draft() -> None:
    first = AnswerSentence("Un.", supported=True, citations=(cite(1, MILL, BUILT),))
    html = render.current(
        exchange(
            Phase.CHECKING,
            draft="Un. Deux.",
            sentences=(first,),
            sources=sources_of((first,), DOCUMENTS),
        )
    )
    assert (
        '<p class="prose" dir="auto"><span class="sentence" data-sources="1"><bdi>Un.</bdi>'
        '<button type="button" class="cite" data-action="cite" data-exchange="2" data-source="1" '
        'aria-label="Source 1\u00a0: Le moulin de Valbrune">1</button></span> '
        '<span class="draft"><span class="unseen">Brouillon, pas encore vérifié\u00a0: </span>'
        "<bdi>Deux.</bdi></span></p>"
    ) in html


def test_a_draft_whose_sentences_were_rewritten_is_not_shown_twice() -> None:
    sentence = AnswerSentence("Tout autre chose.", supported=False)
    html = render.current(exchange(Phase.CHECKING, draft="Un. Deux.", sentences=(sentence,)))
    assert "Deux." not in html


def test_a_draft_that_was_interrupted_says_that_it_was_never_verified() -> None:
    html = render.current(exchange(Phase.STOPPED, draft="Deux."))
    assert '<bdi>Deux.</bdi> <span class="mark">interrompu, jamais vérifié</span></span>' in html


def test_a_finished_answer_shows_no_draft() -> None:
    assert "Trois." not in render.current(replace(answered(), draft=f"{SENTENCES[0]} Trois."))
