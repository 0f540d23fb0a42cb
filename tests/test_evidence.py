"""Sentences of the passages found: exact places, ranks, and what goes into the prompt."""

from dataclasses import replace

import numpy as np
import pytest

from rag.config import GenerationSettings
from rag.index.sentence_vectors import sentence_texts
from rag.search.answerable import best_similarity, probability
from rag.search.evidence import READING_WEIGHT, SURE, gather, reread
from rag.search.query import read_query
from rag.talk.dialogue import follows_up, leaned_on, standalone
from rag.types import Message, Passage, Section, Turn, Vectors
from rag.write.prompt import SYSTEM, assemble, compose, context
from tests.fakes import FakeEncoder, FakeTokenizer
from tests.samples import DOCUMENTS, document, found_for, hits

QUESTION = "Combien coûte l’entrée du musée ?"
FOUND = found_for(QUESTION, DOCUMENTS)
BEST = [item.sentence for item in FOUND.ranked]


def test_every_sentence_stands_at_its_place() -> None:
    texts = {made.id: made.text for made in DOCUMENTS}
    for item in FOUND.sentences:
        assert texts[item.hit.passage.document_id][item.start : item.end] == item.text
    assert " ".join(item.text for item in FOUND.sentences) == " ".join(
        made.text for made in DOCUMENTS
    )


def test_the_sentence_that_answers_is_the_best() -> None:
    assert FOUND.ranked[0].sentence.text == "L’entrée coûte 6,50 euros."
    scores = [item.score for item in FOUND.ranked]
    assert scores == sorted(scores, reverse=True)


def test_every_sentence_is_held_against_the_question() -> None:
    ranked = sorted(item.sentence.text for item in FOUND.ranked)
    assert ranked == sorted(item.text for item in FOUND.sentences)
    query = FakeEncoder().encode_queries([QUESTION])[0]
    for item in FOUND.ranked:
        (vector,) = FakeEncoder().encode_queries([item.sentence.text])
        assert item.similarity == pytest.approx(float(vector @ query))


def test_the_vectors_of_a_passage_are_those_it_is_asked_for() -> None:
    """With the vectors of another text, the same sentences rank otherwise."""
    query = read_query(QUESTION, FakeEncoder())
    lookup = {made.id: made for made in DOCUMENTS}.__getitem__

    def first_only(passage: Passage) -> Vectors:
        rows = np.zeros((len(sentence_texts(passage)), query.vector.size), np.float32)
        rows[0] = query.vector
        return rows

    found = gather(query, hits(*DOCUMENTS), first_only, lookup)
    best = {item.sentence.text for item in found.ranked if item.similarity > 0.5}
    assert best == {sentence_texts(hit.passage)[0] for hit in hits(*DOCUMENTS)}


def test_nothing_found_gives_no_sentence() -> None:
    nothing = found_for(QUESTION, ())
    assert (nothing.sentences, nothing.ranked) == ((), ())
    assert best_similarity(nothing) == 0.0


def test_a_question_of_the_corpus_is_nearer_to_it_than_another() -> None:
    stranger = found_for("Quelle est la vitesse de la lumière ?", DOCUMENTS)
    assert best_similarity(FOUND) == FOUND.ranked[0].similarity
    assert best_similarity(FOUND) > best_similarity(stranger)


def test_what_a_reader_is_sure_of_comes_first() -> None:
    plain = [item.sentence for item in FOUND.ranked]
    last = plain[-1]
    told = [20.0 if sentence == last else -3.0 for sentence in FOUND.sentences]
    again = reread(FOUND, told)
    assert [item.sentence for item in again.ranked] == [last, *plain[:-1]]
    assert again.ranked[0].score == FOUND.ranked[-1].score + READING_WEIGHT * SURE
    assert again.sentences == FOUND.sentences


def test_a_reading_of_other_sentences_is_refused() -> None:
    with pytest.raises(ValueError, match="argument 2"):
        reread(FOUND, [0.0])


def test_probability_grows_with_nearness() -> None:
    assert 0.0 < probability(0.80) < probability(0.85) < probability(0.90) < 1.0
    assert probability(0.85, -3.0) < probability(0.85) < probability(0.85, 3.0)


def test_the_context_is_the_best_passage_whole_and_the_best_of_others() -> None:
    texts = [sentence.text for sentence in FOUND.context(GenerationSettings())]
    best = sentence_texts(hits(*DOCUMENTS)[0].passage)
    assert texts[: len(best)] == best
    others = [item.sentence for item in FOUND.ranked if item.sentence.text not in best]
    assert texts[len(best) :] == [sentence.text for sentence in others[:2]]
    assert [
        sentence.text for sentence in FOUND.context(GenerationSettings(other_sentences=0))
    ] == best
    assert found_for(QUESTION, ()).context(GenerationSettings()) == []


def test_a_reader_s_context_is_its_best_sentences_and_what_stands_beside_the_very_best() -> None:
    wanted = ["L’entrée coûte 6,50 euros.", "Elle vend trente sortes de pains."]
    odds = [
        12.0 - wanted.index(item.text) if item.text in wanted else -12.0 for item in FOUND.sentences
    ]
    read = reread(FOUND, odds)
    told = read.context(GenerationSettings(sentences=2, with_neighbours=1))
    assert [sentence.text for sentence in told] == [
        wanted[0],
        "Son directeur, Paul Vasseur, ne prévoit jamais d’exposition en juillet.",
        wanted[1],
    ]
    alone = read.context(GenerationSettings(sentences=1, with_neighbours=0))
    assert [sentence.text for sentence in alone] == wanted[:1]


def test_context_groups_sentences_under_their_titles_in_reading_order() -> None:
    by_text = {item.text: item for item in FOUND.sentences}
    chosen = [
        by_text["L’entrée coûte 6,50 euros."],
        by_text["Le port de Dunkerque emploie 2 300 personnes."],
        by_text["Le musée du Textile de Roubaix accueille 40 000 visiteurs par an."],
    ]
    assert context(chosen) == (
        "[Le musée du Textile]\n"
        "Le musée du Textile de Roubaix accueille 40 000 visiteurs par an.\n"
        "L’entrée coûte 6,50 euros.\n\n"
        "[Le port de Dunkerque]\n"
        "Le port de Dunkerque emploie 2 300 personnes."
    )


def test_the_chat_holds_task_history_and_question() -> None:
    messages = compose(QUESTION, BEST[:1], [Turn("Et avant ?", "Rien.")])
    assert messages[:3] == [
        Message("system", SYSTEM),
        Message("user", "Et avant ?"),
        Message("assistant", "Rien."),
    ]
    assert "L’entrée coûte 6,50 euros." in messages[3].text
    assert f"Question : {QUESTION}" in messages[3].text


def test_a_prompt_too_long_loses_history_first_then_whole_sentences() -> None:
    tokenizer = FakeTokenizer()
    turns = [Turn("une question d’avant", "une réponse d’avant")]
    whole = len(assemble(QUESTION, BEST[:3], [], tokenizer, GenerationSettings()))
    settings = GenerationSettings(max_prompt_tokens=whole)
    assert len(assemble(QUESTION, BEST[:3], turns, tokenizer, settings)) == whole
    assert [message.role for message in tokenizer.messages] == ["system", "user"]
    shorter = GenerationSettings(max_prompt_tokens=whole - 1)
    assert len(assemble(QUESTION, BEST[:3], turns, tokenizer, shorter)) < whole
    assert BEST[0].text in tokenizer.messages[-1].text
    assert BEST[2].text not in tokenizer.messages[-1].text


def test_the_best_sentence_and_the_question_always_stay() -> None:
    tokenizer = FakeTokenizer()
    assemble(QUESTION, BEST[:5], [], tokenizer, GenerationSettings(max_prompt_tokens=1))
    assert BEST[0].text in tokenizer.messages[-1].text
    assert QUESTION in tokenizer.messages[-1].text


HISTORY = [Turn("Qui dirige le musée de Roubaix ?", "Paul Vasseur.")]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Et à Dunkerque ?", True),
        ("Pourquoi ?", True),
        ("Que dit-il de juillet ?", True),
        ("Pourquoi la direction du musée ne pense-t-elle pas comme lui ?", True),
        ("Combien de personnes le port de Dunkerque emploie-t-il ?", False),
        ("Qu’est-ce que QAnon ?", False),
        ("Qui est Paul Vasseur ?", False),
        ("Qu’est-ce que le syndrome Wave ?", False),
        ("Comment les marques gèrent-elles leur réputation ?", False),
        ("Que conseille l’auteur à ceux qui débutent sur Twitter ?", False),
        ("Quand il y a une crise, que doit faire une entreprise ?", False),
        ("Et lesquels ?", True),
        ("Combien de sortes de pains vend la boulangerie Martin à Lille ?", False),
    ],
)
def test_follow_ups_are_told_from_new_questions(question: str, *, expected: bool) -> None:
    assert follows_up(question, HISTORY) is expected


def test_a_follow_up_is_searched_with_the_question_before_it() -> None:
    assert leaned_on("Pourquoi ?", HISTORY) == tuple(HISTORY)
    assert leaned_on("Pourquoi ?", []) == ()
    assert standalone("Pourquoi ?", HISTORY) == "Qui dirige le musée de Roubaix ? Pourquoi ?"
    assert standalone("Pourquoi ?", []) == "Pourquoi ?"


def test_a_sentence_stands_under_its_own_section() -> None:
    """A passage may cross sections: each sentence is found under the one that it is in."""
    text = "Débuts\n\nIl ouvre en mai.\n\nSuite\n\nIl ferme en juin."
    two = replace(
        document("saison", "La saison", text),
        sections=(Section(0, "Débuts"), Section(text.index("Suite"), "Suite")),
    )
    found = found_for("Quand ?", (two,))
    places = {sentence.text: sentence.section.title for sentence in found.sentences}
    assert places["Il ouvre en mai."] == "Débuts"
    assert places["Il ferme en juin."] == "Suite"
