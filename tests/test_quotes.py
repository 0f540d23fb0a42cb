"""The sources of an answer: each quote with the text around it."""

from dataclasses import replace

from rag.types import AnswerSentence
from tests.fakes_ui import BUILT, MILL, cite
from ui.sources import head_context, sources_of, tail_context


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
    assert (source.title, source.speakers, source.date) == (MILL.title, "", "")


def test_sources_come_once_each_in_the_order_of_their_numbers() -> None:
    two, one = cite(2, MILL, "Valbrune"), cite(1, MILL, BUILT)
    sentences = (
        AnswerSentence("A.", supported=True, citations=(two,)),
        AnswerSentence("B.", supported=True, citations=(one, two)),
    )
    sources = sources_of(sentences, {MILL.id: MILL}.__getitem__)
    assert [(source.n, source.quote) for source in sources] == [(1, BUILT), (2, "Valbrune")]
