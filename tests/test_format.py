"""The page's HTML: exact for small cases, and nothing unescaped whatever the texts hold."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from rag.types import AnswerSentence, Hit
from tests.fakes_ui import BUILT, HOSTILE, MILL, SENTENCES, cite, hit
from ui import format as render
from ui.conversation import Exchange, Phase
from ui.sources import Source, head_context, sources_of, tail_context


class _Reading(HTMLParser):
    """What a browser would make of the HTML: its elements in order and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.values: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.values.extend(value or "" for _, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}", ()))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.elements.append((f"comment {data}", ()))

    def handle_decl(self, decl: str) -> None:
        self.elements.append((f"declaration {decl}", ()))

    def handle_pi(self, data: str) -> None:
        self.elements.append((f"instruction {data}", ()))

    def unknown_decl(self, data: str) -> None:
        self.elements.append((f"declaration {data}", ()))


def full(text: str, phase: Phase) -> Exchange:
    """Return an exchange in which every text that comes from outside is `text`."""
    citation = replace(cite(1, MILL, BUILT), quote=text, title=text, location=text)
    passage = replace(hit(MILL).passage, title=text, section=text, text=text)
    source = Source(n=1, title=text, location=text, before=text, quote=text, after=text, score=0.5)
    return Exchange(
        number=1,
        question=text,
        phase=phase,
        hits=(Hit(passage, 1.0, 1.0, 1.0),),
        draft=f"A. {text}",
        sentences=(
            AnswerSentence("A.", supported=True, citations=(citation,)),
            AnswerSentence(text, supported=False),
        )
        if phase is Phase.DONE
        else (AnswerSentence("A.", supported=False),),
        sources=() if phase is Phase.REFUSED else (source,),
        message=text if phase in {Phase.REFUSED, Phase.FAILED} else "",
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("phase", list(Phase))
def test_a_hostile_text_adds_no_element_and_stays_readable(text: str, phase: Phase) -> None:
    exchange = full(text, phase)
    plain = full("mot", phase)
    for page in (render.current, lambda one: render.earlier((one,))):
        hostile, harmless = _Reading(page(exchange)), _Reading(page(plain))
        assert hostile.elements == harmless.elements
        assert hostile.values == harmless.values
        expected = harmless.text.replace("mot", "\0").replace("\0", text)
        assert hostile.text == expected


def test_a_text_is_safe_inside_an_attribute_too() -> None:
    assert render.escape("<a>&\"'") == "&lt;a&gt;&amp;&quot;&#x27;"


def test_the_hostile_texts_are_forty() -> None:
    assert len(set(HOSTILE)) == 40


def test_without_a_question_the_answer_s_place_is_empty() -> None:
    assert render.current(None) == '<section class="current"></section>'
    assert render.earlier(()) == ""


def test_a_question_that_waits() -> None:
    exchange = Exchange(number=1, question="Où ?")
    assert render.current(exchange) == (
        '<section class="current"><h2 class="question" dir="auto">Où ?</h2>'
        '<p class="phase waiting" role="status">En attente…</p>'
        '<div class="columns"><div class="answer" role="region" aria-live="polite" '
        'aria-busy="true" aria-label="Réponse"></div></div></section>'
    )


def test_a_draft_is_marked_as_such() -> None:
    exchange = Exchange(number=1, question="Où ?", phase=Phase.WRITING, draft="Au bord <de> l’eau")
    assert (
        '<div class="draft"><p class="label">Brouillon, pas encore vérifié</p>'
        '<p dir="auto">Au bord &lt;de&gt; l’eau</p></div>'
    ) in render.current(exchange)


def test_a_checked_sentence_takes_its_place_before_the_rest_of_the_draft() -> None:
    first = AnswerSentence("Un.", supported=True, citations=(cite(1, MILL, BUILT),))
    exchange = Exchange(
        number=4, question="Où ?", phase=Phase.CHECKING, draft="Un. Deux.", sentences=(first,)
    )
    assert (
        '<p class="checked" dir="auto"><span class="verified"><bdi>Un.</bdi>'
        '<sup><a href="#source-4-1" aria-label="Voir la source 1">[1]</a></sup></span></p>'
        '<div class="draft"><p class="label">Brouillon, pas encore vérifié</p>'
        '<p dir="auto">Deux.</p></div>'
    ) in render.current(exchange)


def test_a_draft_whose_sentences_were_rewritten_is_not_shown_twice() -> None:
    sentence = AnswerSentence("Tout autre chose.", supported=False)
    exchange = Exchange(
        number=1, question="Où ?", phase=Phase.CHECKING, draft="Un. Deux.", sentences=(sentence,)
    )
    assert "Deux." not in render.current(exchange)


def test_an_unverified_sentence_says_so_and_has_no_number() -> None:
    exchange = Exchange(
        number=1,
        question="Où ?",
        phase=Phase.DONE,
        sentences=(AnswerSentence("Trois.", supported=False),),
        seconds=3.25,
    )
    html = render.current(exchange)
    assert (
        '<span class="unverified"><bdi>Trois.</bdi> <span class="mark">non vérifié</span></span>'
    ) in html
    assert "<sup>" not in html
    assert "0 phrase vérifiée sur 1 · 3,2\u00a0s" in html


def test_a_source_shows_its_quote_marked_in_its_context() -> None:
    sentence = AnswerSentence(
        SENTENCES[0], supported=True, citations=(cite(1, MILL, BUILT, 0.941),)
    )
    (source,) = sources_of((sentence,), {MILL.id: MILL}.__getitem__)
    exchange = Exchange(
        number=2,
        question="Quand ?",
        phase=Phase.DONE,
        sentences=(sentence,),
        sources=(replace(source, before="avant ", after=" après"),),
    )
    assert (
        '<aside class="sources" aria-label="Sources"><h3>Sources</h3><ol>'
        '<li id="source-2-1" value="1"><span class="number" aria-hidden="true">1</span>'
        '<p class="place"><bdi class="title">Le moulin de Valbrune</bdi>'
        '<bdi class="location">Histoire</bdi><span class="score">appui 94\u00a0%</span></p>'
        f'<blockquote dir="auto">avant <mark>{BUILT}</mark> après</blockquote></li></ol></aside>'
    ) in render.current(exchange)


def test_a_quotation_alone_is_told_as_such_and_shows_no_figure_of_support() -> None:
    sentence = AnswerSentence(SENTENCES[0], supported=True, citations=(cite(1, MILL, BUILT, 1.0),))
    exchange = Exchange(
        number=1,
        question="Quand ?",
        phase=Phase.DONE,
        sentences=(sentence,),
        sources=sources_of((sentence,), {MILL.id: MILL}.__getitem__),
        message="Rien n’a pu être <vérifié>.",
        seconds=2.0,
    )
    html = render.current(exchange)
    assert (
        '<p class="phase done" role="status">Rien n’a pu être &lt;vérifié&gt;.</p>'
        '<div class="columns">'
    ) in html
    assert f"<bdi>{SENTENCES[0]}</bdi>" in html
    assert f"<mark>{BUILT}</mark>" in html
    assert "appui" not in html
    assert "phrase vérifiée" not in html


def test_a_refusal_shows_its_reason_and_the_three_nearest_passages() -> None:
    hits = tuple(
        Hit(replace(hit(MILL).passage, title=title), score=1.234, dense=0, lexical=0)
        for title in ("un", "deux", "trois", "quatre")
    )
    exchange = Exchange(
        number=1, question="Qui ?", phase=Phase.REFUSED, hits=hits, message="Rien d’assez proche."
    )
    html = render.current(exchange)
    assert '<p class="message" dir="auto">Rien d’assez proche.</p>' in html
    titles = [part.split("</bdi>")[0] for part in html.split('<bdi class="title">')[1:]]
    assert titles == ["un", "deux", "trois"]
    assert '<span class="score">score 1,23</span>' in html


def test_earlier_exchanges_are_folded_newest_first() -> None:
    exchanges = [Exchange(number=n, question=f"Q{n}", phase=Phase.STOPPED) for n in (1, 2)]
    html = render.earlier(exchanges)
    assert html.index('<summary dir="auto">Q2</summary>') < html.index(">Q1</summary>")


@pytest.mark.parametrize(
    ("texts", "said"), [(0, "aucun texte."), (1, "1 texte."), (26, "26 textes.")]
)
def test_the_header_counts_the_texts(texts: int, said: str) -> None:
    assert f"à partir de {said}<br>" in render.header(texts)


def test_the_context_is_cut_between_words() -> None:
    text = "un deux trois quatre cinq six sept"
    start, end = text.index("quatre"), text.index(" cinq")
    assert head_context(text, start, 11) == "… deux trois "
    assert head_context(text, start, 10) == "… trois "
    assert head_context(text, start, 100) == "un deux trois "
    assert tail_context(text, end, 9) == " cinq six …"
    assert tail_context(text, end, 8) == " cinq …"
    assert tail_context(text, end, 100) == " cinq six sept"


def test_one_endless_word_is_left_out_rather_than_cut() -> None:
    text = "a" * 300 + "citation" + "b" * 300
    assert head_context(text, 300, 250) == "… "
    assert tail_context(text, 308, 250) == " …"


def test_a_document_that_has_changed_leaves_the_quote_without_context() -> None:
    sentence = AnswerSentence("A.", supported=True, citations=(cite(1, MILL, BUILT),))
    changed = replace(MILL, text="Tout autre chose.")
    (source,) = sources_of((sentence,), {MILL.id: changed}.__getitem__)
    assert (source.before, source.quote, source.after) == ("", BUILT, "")


def test_a_document_that_has_gone_leaves_the_quote_without_context() -> None:
    sentence = AnswerSentence("A.", supported=True, citations=(cite(1, MILL, BUILT),))
    gone: dict[str, object] = {}
    (source,) = sources_of((sentence,), gone.__getitem__)  # type: ignore[arg-type]  # always raises
    assert (source.before, source.quote, source.after) == ("", BUILT, "")


def test_sources_come_once_each_in_the_order_of_their_numbers() -> None:
    two, one = cite(2, MILL, "Valbrune"), cite(1, MILL, BUILT)
    sentences = (
        AnswerSentence("A.", supported=True, citations=(two,)),
        AnswerSentence("B.", supported=True, citations=(one, two)),
    )
    sources = sources_of(sentences, {MILL.id: MILL}.__getitem__)
    assert [(source.n, source.quote) for source in sources] == [(1, BUILT), (2, "Valbrune")]
