"""How the events of a stream move an exchange on, and what of a draft is not settled yet."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from rag.types import AnswerSentence, Checked, Done, Event, Retrieved, Token, Turn, Waiting
from tests.fakes_ui import (
    BELL,
    BUILT,
    MILL,
    MILL_QUESTION,
    REFUSAL,
    SENTENCES,
    UNKNOWN_QUESTION,
    UNPROVED,
    answer,
    cite,
    hit,
    mill_sentences,
)
from ui.conversation import Exchange, Phase, advance, failed, history, stopped, unsettled

NBSP = "\u00a0"
ASKED = Exchange(3, MILL_QUESTION, Phase.SEARCHING)
HITS = (hit(MILL, 0.7), hit(BELL, 0.2))
ANSWER = answer(MILL_QUESTION, mill_sentences())
REFUSED = answer(UNKNOWN_QUESTION, (), REFUSAL)
QUOTATION = AnswerSentence(
    f"«{NBSP}{BUILT}{NBSP}»", supported=True, citations=(cite(1, MILL, BUILT, 1.0),)
)
QUOTED = replace(answer(MILL_QUESTION, [QUOTATION]), reason=UNPROVED)


def after(*events: Event) -> Exchange:
    """Return the exchange after these events."""
    exchange = ASKED
    for event in events:
        exchange = advance(exchange, event)
    return exchange


def sentences(*texts: str) -> list[AnswerSentence]:
    """Return checked sentences of these texts."""
    return [AnswerSentence(text, supported=False) for text in texts]


def test_passages_found_are_read() -> None:
    moved = after(Retrieved(HITS, cite(1, MILL, BUILT)))
    assert moved == replace(ASKED, phase=Phase.READING, hits=HITS)


def test_a_place_in_the_queue_is_told_until_something_is_written() -> None:
    found = Retrieved(HITS)
    assert after(found, Waiting(2)) == replace(ASKED, phase=Phase.WAITING, hits=HITS, before=2)
    assert after(found, Waiting(2), Waiting(1)).before == 1
    written = after(found, Waiting(2), Waiting(1), Token("Le"))
    assert (written.phase, written.before, written.draft) == (Phase.WRITING, 0, "Le")


def test_the_draft_is_all_that_was_written() -> None:
    moved = after(Token("Le "), Token(""), Token("moulin\n"), Token("<b>"))
    assert moved == replace(ASKED, phase=Phase.WRITING, draft="Le moulin\n<b>")


def test_checks_and_words_may_come_in_any_order() -> None:
    first, second, third = mill_sentences()
    events: list[Event] = [
        Token(f"{SENTENCES[0]} Il"),
        Checked(first),
        Token(" a cessé"),
        Checked(second),
        Checked(third),
        Token("."),
    ]
    exchanges = [after(*events[:n]) for n in range(len(events) + 1)]
    assert [exchange.phase for exchange in exchanges] == [
        Phase.SEARCHING,
        Phase.WRITING,
        Phase.CHECKING,
        Phase.WRITING,
        Phase.CHECKING,
        Phase.CHECKING,
        Phase.WRITING,
    ]
    assert [exchange.sentences for exchange in exchanges] == [
        (),
        (),
        (first,),
        (first,),
        (first, second),
        (first, second, third),
        (first, second, third),
    ]
    assert exchanges[-1].draft == f"{SENTENCES[0]} Il a cessé."


def test_a_check_before_any_word_is_no_matter() -> None:
    (first, *_) = mill_sentences()
    assert after(Checked(first)) == replace(ASKED, phase=Phase.CHECKING, sentences=(first,))


def test_an_answer_brings_all_that_is_known_of_it() -> None:
    assert after(Done(ANSWER)) == replace(
        ASKED,
        phase=Phase.DONE,
        hits=ANSWER.hits,
        sentences=mill_sentences(),
        seconds=2.46,
        answer=ANSWER,
    )


def test_in_the_end_only_what_stands_counts() -> None:
    fallen = Checked(AnswerSentence("Il avait trois étages.", supported=False))
    done = after(Retrieved(HITS), Token("Il avait trois étages."), fallen, Done(QUOTED))
    assert (done.phase, done.sentences, done.message) == (Phase.DONE, (QUOTATION,), UNPROVED)
    assert done.quoted


def test_a_refusal_keeps_its_reason_and_the_passages() -> None:
    done = after(Retrieved(HITS), Done(REFUSED))
    assert (done.phase, done.message, done.hits) == (Phase.REFUSED, REFUSAL, REFUSED.hits)
    assert (done.sentences, done.answer, done.quoted) == ((), REFUSED, False)
    assert done.suggestions == REFUSED.suggestions != ()


def test_the_question_its_number_and_the_opinion_are_never_touched() -> None:
    exchange = replace(ASKED, rating="bad")
    for event in (Retrieved(HITS), Waiting(1), Token("a"), Checked(QUOTATION), Done(ANSWER)):
        exchange = advance(exchange, event)
        assert (exchange.number, exchange.question) == (3, MILL_QUESTION)
        assert exchange.rating == "bad"


def test_a_stop_and_a_failure_keep_what_was_there() -> None:
    written = after(Retrieved(HITS), Token(SENTENCES[0]), Checked(mill_sentences()[0]))
    assert stopped(written) == replace(written, phase=Phase.STOPPED)
    assert failed(written, "Non.") == replace(written, phase=Phase.FAILED, message="Non.")


def test_a_failure_after_the_passages_is_no_quotation() -> None:
    assert not failed(after(Retrieved(HITS)), "Non.").quoted
    assert not after(Done(ANSWER)).quoted


def test_more_comes_after_every_phase_but_the_four_last() -> None:
    over = [phase for phase in Phase if not phase.running]
    assert over == [Phase.DONE, Phase.REFUSED, Phase.STOPPED, Phase.FAILED]


@pytest.mark.parametrize(
    ("draft", "checked", "rest"),
    [
        ("", [], ""),
        ("Le moulin", [], "Le moulin"),
        ("Un. Deux. Tr", ["Un.", "Deux."], " Tr"),
        ("Un. Deux. Tr", ["Un."], " Deux. Tr"),
        ("Un. Deux.", ["Un.", "Deux."], ""),
        ("Un.\n\nDeux", ["Un."], "\n\nDeux"),
        # What was said twice is settled twice.
        ("Oui. Oui. Oui", ["Oui.", "Oui."], " Oui"),
        # The check sees the draft well typeset, and so does the reader.
        ("L'eau monte. Puis l'été", ["L’eau monte."], " Puis l’été"),
        ("Quand ? En 1742", [f"Quand{NBSP}?"], " En 1742"),
        ("Il dit « oui ». Et « n", [f"Il dit «{NBSP}oui{NBSP}»."], f" Et «{NBSP}n"),
        ("Trois : un ; deux ! Et", [f"Trois{NBSP}: un{NBSP}; deux{NBSP}!"], " Et"),
        ("Il pèse 5 % du tout. Puis", [f"Il pèse 5{NBSP}% du tout."], " Puis"),
        # Numbers that the generator wrote itself are taken out.
        ("Bâti en 1742 [1]. Il [12] tourne [3]", ["Bâti en 1742."], " Il tourne"),
        ("Bâti en 1742. [1] Il", ["Bâti en 1742."], " Il"),
        # A part of the draft must never be shown twice.
        ("Un. Deux. Tr", ["Autre chose."], ""),
        ("Un. Deux. Tr", ["Un.", "Autre chose."], ""),
        ("Un. Deux. Tr", ["Deux.", "Un."], ""),
        ("Un. Deux", ["un."], ""),
        ("Un", ["Un. Deux."], ""),
    ],
)
def test_what_is_not_settled_is_what_follows_the_checked_sentences(
    draft: str, checked: Sequence[str], rest: str
) -> None:
    assert unsettled(draft, sentences(*checked)) == rest


def test_nothing_is_left_of_a_draft_in_whose_place_a_quotation_stands() -> None:
    done = after(Token("Il avait trois étages. Et"), Done(QUOTED))
    assert unsettled(done.draft, done.sentences) == ""


def test_the_history_keeps_the_answered_turns_in_order() -> None:
    exchanges = [
        Exchange(
            number=n,
            question=f"Q{n}",
            phase=phase,
            sentences=(AnswerSentence(f"R{n}.", supported=True),),
        )
        for n, phase in enumerate(Phase, start=1)
    ]
    answered = [replace(exchange, phase=Phase.DONE) for exchange in exchanges[:5]]
    assert history(answered) == tuple(Turn(f"Q{n}", f"R{n}.") for n in range(1, 6))
    (only,) = (exchange for exchange in exchanges if exchange.phase is Phase.DONE)
    assert history(exchanges) == (Turn(only.question, f"R{only.number}."),)


def test_a_turn_holds_what_the_sources_bear_out() -> None:
    done = after(Done(ANSWER))
    assert history([done]) == (Turn(MILL_QUESTION, f"{SENTENCES[0]} {SENTENCES[1]}"),)
    assert history([after(Done(QUOTED))]) == (Turn(MILL_QUESTION, BUILT),)


def test_an_answer_that_nothing_bears_out_leaves_its_question() -> None:
    bare = answer(MILL_QUESTION, [AnswerSentence("Peut-être.", supported=False)])
    assert history([after(Done(bare))]) == (Turn(MILL_QUESTION, ""),)
