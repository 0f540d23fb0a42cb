"""Citation measures against values worked out by hand."""

from collections.abc import Callable

import pytest

from eval.measures.citations import (
    citation_precision,
    citation_recall,
    is_supported,
    quote_exactness,
    supported_share,
    unmarked_share,
)
from eval.types import Cited, Gold, Record, Said
from tests import eval_samples as sample

END = len(sample.QUOTE)
SECOND = sample.TEXT[END + 1 :]
WRONG = sample.cited(start=END + 1, end=len(sample.TEXT), quote=SECOND)
NOWHERE = Cited(document="", start=0, end=0, quote="", exact=False)
MEASURES = (citation_precision, citation_recall, quote_exactness, supported_share, unmarked_share)


def answer(*citations: Cited, text: str = sample.QUOTE) -> Record:
    """Return an answer of one sentence with these citations."""
    return sample.record(response=sample.response(sentences=(sample.said(text, *citations),)))


def answers(*sentences: Said) -> Record:
    """Return an answer of these sentences."""
    return sample.record(response=sample.response(sentences=sentences))


@pytest.mark.parametrize(
    ("citations", "precision"),
    [
        ((sample.cited(),), 1.0),
        ((sample.cited(), WRONG), 1 / 2),
        ((WRONG,), 0.0),
        ((sample.cited(), WRONG, WRONG, WRONG), 1 / 4),
        ((sample.cited(), NOWHERE), 1 / 2),
        ((), 0.0),
    ],
    ids=["right", "half", "wrong", "beyond the third", "number out of range", "uncited"],
)
def test_precision_is_the_share_of_right_citations(
    citations: tuple[Cited, ...], precision: float
) -> None:
    assert citation_precision(answer(*citations)) == precision


def test_precision_counts_the_citations_of_every_sentence() -> None:
    record = answers(sample.said("Un.", sample.cited()), sample.said("Deux.", WRONG, WRONG))
    assert citation_precision(record) == 1 / 3


@pytest.mark.parametrize(
    ("start", "end", "document", "precision"),
    [
        (END - 1, END + 9, sample.DOCUMENT, 1.0),
        (END, END + 9, sample.DOCUMENT, 0.0),
        (5, 5, sample.DOCUMENT, 0.0),
        (0, END, "corpus/autre.md", 0.0),
        (0, 1000, sample.DOCUMENT, 1.0),
    ],
    ids=["one character", "beside it", "empty", "another document", "around it"],
)
def test_a_citation_is_right_when_it_shares_a_character_with_the_gold_quote(
    start: int, end: int, document: str, precision: float
) -> None:
    cited = sample.cited(start=start, end=end, document=document)
    assert citation_precision(answer(cited)) == precision


def two_quotes(evidence: str, *citations: Cited) -> Record:
    """Return an answer to a question whose evidence is both sentences of the text."""
    other = Gold(sample.DOCUMENT, SECOND, END + 1, len(sample.TEXT))
    question = sample.question(gold=(sample.GOLD, other), evidence=evidence)
    sentences = (sample.said(sample.QUOTE, *citations),)
    return sample.record(question=question, response=sample.response(sentences=sentences))


@pytest.mark.parametrize(
    ("evidence", "citations", "recall"),
    [
        ("all", (sample.cited(), sample.cited()), 1 / 2),
        ("all", (sample.cited(), WRONG), 1.0),
        ("all", (sample.cited(end=END + 5),), 1.0),
        ("any", (WRONG, NOWHERE), 1.0),
        ("any", (NOWHERE,), 0.0),
        ("all", (), 0.0),
        ("any", (), 0.0),
    ],
)
def test_recall_is_the_share_of_gold_quotes_that_are_cited(
    evidence: str, citations: tuple[Cited, ...], recall: float
) -> None:
    assert citation_recall(two_quotes(evidence, *citations)) == recall


def test_exactness_is_the_share_of_quotes_that_stand_at_their_offsets() -> None:
    inexact = sample.cited(quote="Le canal a ouvert.", exact=False)
    assert quote_exactness(answer(sample.cited(), inexact, NOWHERE)) == 1 / 3
    assert quote_exactness(answer()) is None


@pytest.mark.parametrize(
    "text",
    ["Le canal a été ouvert en 1681 [1].", "En 1681 fut ouvert le canal."],
    ids=["the quote", "another order"],
)
def test_a_sentence_of_the_words_of_its_quote_is_supported(text: str) -> None:
    assert is_supported(sample.said(text, sample.cited())) is True


@pytest.mark.parametrize(
    "text",
    ["L’ouverture eut lieu en 1681.", "Le canal a été ouvert en 1682."],
    ids=["one word of three", "another number"],
)
def test_a_sentence_of_other_words_or_numbers_is_not(text: str) -> None:
    assert is_supported(sample.said(text, sample.cited())) is False


def test_one_number_too_many_is_not_made_up_for_by_words() -> None:
    quote = sample.cited(quote="Anne Marie Paul Jean Luc Lou 63")
    assert is_supported(sample.said("Anne Marie Paul Jean Luc Lou 63", quote)) is True
    assert is_supported(sample.said("Anne Marie Paul Jean Luc Lou 64", quote)) is False


def test_four_words_of_five_are_enough_and_three_of_four_are_not() -> None:
    quote = sample.cited(quote="Anne Marie Paul Jean")
    assert is_supported(sample.said("Anne Marie Paul Jean Luc", quote)) is True
    assert is_supported(sample.said("Anne Marie Paul Luc", quote)) is False


def test_function_words_neither_carry_a_sentence_nor_let_it_down() -> None:
    quote = sample.cited(quote="Il est dans la ville, sur le port.")
    assert is_supported(sample.said("Il est dans la mer, sur le lac.", quote)) is False
    assert is_supported(sample.said("Elle avait leur ville et son port pour eux.", quote)) is True


def test_the_quotes_of_a_sentence_support_it_together() -> None:
    both = "Le canal a été ouvert en 1681 et compte 63 écluses."
    assert is_supported(sample.said(both, sample.cited(), WRONG)) is True
    assert is_supported(sample.said(both, sample.cited())) is False


def test_a_quote_that_is_not_in_the_document_supports_nothing() -> None:
    invented = sample.cited(quote="Le canal a été ouvert en 1999.", exact=False)
    assert is_supported(sample.said("Le canal a été ouvert en 1999.", invented)) is False


def test_a_sentence_without_quote_is_not_supported() -> None:
    assert is_supported(sample.said("Oui.")) is False
    assert is_supported(sample.said("")) is False


def test_shares_of_sentences() -> None:
    """One of four is supported, one of the others is marked: two pass for what they are not."""
    record = answers(
        sample.said(sample.QUOTE, sample.cited()),
        sample.said("Il est bleu.", marked=True),
        sample.said("Il est large.", sample.cited()),
        sample.said("Il est long."),
    )
    assert supported_share(record) == 1 / 4
    assert unmarked_share(record) == 2 / 4


@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_is_measured_on_a_refusal(measure: Callable[[Record], float | None]) -> None:
    said = (sample.said(sample.QUOTE, sample.cited()),)
    refused = sample.response(refused=True, sentences=said)
    assert measure(sample.record(response=refused)) is None


@pytest.mark.parametrize("measure", [citation_precision, citation_recall])
def test_an_answered_unanswerable_question_has_no_gold_to_cite(
    measure: Callable[[Record], float | None],
) -> None:
    assert measure(sample.record(question=sample.unanswerable())) is None


def test_the_sentences_of_an_answered_unanswerable_question_are_measured() -> None:
    record = sample.record(question=sample.unanswerable())
    assert (supported_share(record), unmarked_share(record), quote_exactness(record)) == (1, 0, 1)


def test_an_answer_that_shows_no_sentence_has_no_share() -> None:
    record = sample.record(response=sample.response(sentences=(), text=""))
    assert (supported_share(record), unmarked_share(record)) == (None, None)
    assert citation_precision(record) == 0.0
