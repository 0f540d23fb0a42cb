"""The answer of a session, followed as a function over the scripted assistant."""

from collections.abc import Collection
from dataclasses import replace

from rag.types import AnswerSentence, Checked, Done, Retrieved, Token, Waiting
from tests.fakes_ui import (
    BELL,
    BUILT,
    MILL,
    MILL_QUESTION,
    REFUSAL,
    SENTENCES,
    STOPPED_TURNING,
    UNKNOWN_QUESTION,
    UNPROVED,
    FakeAssistant,
    Script,
    answer,
    assistant,
    cite,
    mill_sentences,
)
from ui import handlers
from ui.conversation import Exchange, Phase
from ui.handlers import Desk
from ui.session import Session, begin


def ask(
    fake: FakeAssistant,
    question: str,
    session: Session | None = None,
    within: Collection[str] | None = None,
) -> list[Session]:
    """Return the sessions that asking the question goes through."""
    return list(handlers.answer(Desk(fake, within), begin(session or Session(), question)))


def phases(sessions: list[Session]) -> list[Phase]:
    """Return the phases in order, each once."""
    return list(dict.fromkeys(exchange(session).phase for session in sessions))


def exchange(session: Session) -> Exchange:
    """Return the exchange in hand, which there must be."""
    assert session.current is not None
    return session.current


def test_an_answer_is_searched_read_written_checked_and_done() -> None:
    sessions = ask(assistant(), MILL_QUESTION)
    assert phases(sessions) == [
        Phase.SEARCHING,
        Phase.READING,
        Phase.WRITING,
        Phase.CHECKING,
        Phase.DONE,
    ]
    done = exchange(sessions[-1])
    assert [sentence.text for sentence in done.sentences] == list(SENTENCES)
    assert [source.n for source in done.sources] == [1, 2]
    assert done.sources[0].before.endswith("où passait le chemin des muletiers. ")
    assert done.seconds == 2.46
    assert done.answer == answer(MILL_QUESTION, mill_sentences())


def test_the_draft_grows_token_by_token() -> None:
    drafts = [exchange(session).draft for session in ask(assistant(), MILL_QUESTION)]
    assert drafts[1:5] == ["", "Le ", "Le moulin ", "Le moulin a "]


def test_the_best_evidence_is_there_with_the_passages_and_stays() -> None:
    sessions = ask(assistant(), MILL_QUESTION)
    assert exchange(sessions[0]).evidence is None
    for session in sessions[1:]:
        found = exchange(session).evidence
        assert found is not None
        assert (found.document, found.quote) == (MILL.id, BUILT)
        assert found.before.endswith("où passait le chemin des muletiers. ")
        assert found.speakers == "Claire Morvan, Anselme Corbier"


def test_passages_without_a_best_sentence_have_no_evidence() -> None:
    whole = answer("Quand ?", mill_sentences())
    fake = FakeAssistant({"Quand ?": Script((Retrieved(whole.hits), Done(whole)))})
    sessions = ask(fake, "Quand ?")
    assert [exchange(session).evidence for session in sessions] == [None, None, None]
    assert exchange(sessions[1]).hits == whole.hits


def test_the_sources_come_sentence_by_sentence() -> None:
    sessions = ask(assistant(), MILL_QUESTION)
    numbers = [[source.n for source in exchange(session).sources] for session in sessions]
    assert numbers[-5:] == [[], [1], [1, 2], [1, 2], [1, 2]]


def test_sentences_are_checked_while_the_next_ones_are_written() -> None:
    first, second, _ = mill_sentences()
    whole = answer("Quand ?", (first, second))
    events = (
        Retrieved(whole.hits),
        Waiting(2),
        Waiting(1),
        Token(f"{SENTENCES[0]} Il"),
        Checked(first),
        Token(" a cessé"),
        Token(" de tourner en 1931."),
        Checked(second),
        Done(whole),
    )
    sessions = ask(FakeAssistant({"Quand ?": Script(events)}), "Quand ?")
    assert [
        (now.phase, now.before, len(now.sentences), [source.n for source in now.sources])
        for now in map(exchange, sessions)
    ] == [
        (Phase.SEARCHING, 0, 0, []),
        (Phase.READING, 0, 0, []),
        (Phase.WAITING, 2, 0, []),
        (Phase.WAITING, 1, 0, []),
        (Phase.WRITING, 0, 0, []),
        (Phase.CHECKING, 0, 1, [1]),
        (Phase.WRITING, 0, 1, [1]),
        (Phase.WRITING, 0, 1, [1]),
        (Phase.CHECKING, 0, 2, [1, 2]),
        (Phase.DONE, 0, 2, [1, 2]),
    ]
    assert exchange(sessions[-1]).draft == f"{SENTENCES[0]} Il a cessé de tourner en 1931."


def test_a_quotation_takes_the_place_of_sentences_that_did_not_stand() -> None:
    sentence = AnswerSentence(f"« {BUILT} »", supported=True, citations=(cite(1, MILL, BUILT),))
    fallen = AnswerSentence("Il avait trois étages.", supported=False)
    whole = replace(answer("Quand ?", [sentence]), reason=UNPROVED)
    events = (Retrieved(whole.hits), Token("Il avait trois"), Checked(fallen), Done(whole))
    last = exchange(ask(FakeAssistant({"Quand ?": Script(events)}), "Quand ?")[-1])
    assert (last.sentences, last.quoted, last.message) == ((sentence,), True, UNPROVED)
    assert [source.quote for source in last.sources] == [BUILT]


def test_only_the_texts_of_the_desk_are_looked_in() -> None:
    fake = assistant()
    ask(fake, MILL_QUESTION, within=[MILL.id])
    ask(fake, MILL_QUESTION, within=())
    ask(fake, MILL_QUESTION)
    assert [call.within for call in fake.asked] == [frozenset({MILL.id}), frozenset(), None]


def test_an_exchange_keeps_where_it_looked() -> None:
    looked = [
        exchange(ask(assistant(), MILL_QUESTION, within=within)[-1]).within
        for within in (frozenset({"b.md", MILL.id}), (), None)
    ]
    assert looked == [tuple(sorted(("b.md", MILL.id))), (), None]


def test_a_refusal_keeps_its_reason_and_the_passages_found() -> None:
    refused = exchange(ask(assistant(), UNKNOWN_QUESTION)[-1])
    assert (refused.phase, refused.message) == (Phase.REFUSED, REFUSAL)
    assert [found.passage.title for found in refused.hits] == [
        "Le moulin de Valbrune",
        "La cloche de Saint-Orlon",
    ]


def test_a_refusal_proposes_two_questions_that_have_an_answer() -> None:
    *before, refused = map(exchange, ask(assistant(), UNKNOWN_QUESTION))
    assert [moved.suggestions for moved in before] == [()] * len(before)
    assert refused.suggestions == (
        "Qui a bâti le moulin\u00a0?",
        "Combien pèse la cloche de Saint-Orlon\u00a0?",
    )


def test_an_answer_proposes_nothing() -> None:
    assert exchange(ask(assistant(), MILL_QUESTION)[-1]).suggestions == ()


def test_a_source_whose_text_has_gone_is_its_bare_quote() -> None:
    fake = replace(assistant(), texts=(BELL,))
    done = exchange(ask(fake, MILL_QUESTION)[-1])
    assert done.phase is Phase.DONE
    assert [(source.before, source.quote, source.after) for source in done.sources] == [
        ("", BUILT, ""),
        ("", STOPPED_TURNING, ""),
    ]
