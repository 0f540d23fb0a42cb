"""The real encoder and generator over our own corpus: what a user is told."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from rag.config import Settings
from rag.environment import Environment
from rag.index.store import open_index
from rag.opening import load_encoder, load_reader
from rag.pipeline import Assistant
from rag.types import Answer, Timings, Turn
from rag.write.generate import TransformersGenerator
from tests.offline import run_offline
from tests.real_models import ENCODER, models_cache
from ui.schema import as_object

pytestmark = pytest.mark.models

NO_TIME = Timings(0, 0, 0, 0, 0)
ENGLISH = {"the", "is", "of", "and", "was", "which", "that", "by"}


@pytest.fixture(scope="module")
def assistant(real_index: Path, generator: TransformersGenerator) -> Assistant:
    surroundings = Environment(models_cache(), offline=True)
    encoder = load_encoder(ENCODER, surroundings)
    reader = load_reader(encoder, surroundings)
    return Assistant(open_index(real_index), encoder, generator, Settings(), reader)


def ask(assistant: Assistant, question: str, history: Sequence[Turn] = ()) -> Answer:
    """Ask, and hold every citation against its document."""
    answer = assistant.ask(question, history)
    for sentence in answer.sentences:
        assert sentence.supported is bool(sentence.citations)
        for citation in sentence.citations:
            text = assistant.document(citation.document).text
            assert text[citation.start : citation.end] == citation.quote
    return answer


@pytest.mark.parametrize(
    ("question", "expected", "document"),
    [
        (
            "Quelles plateformes ont banni Alexis Cossette-Trudel ?",
            "YouTube",
            "corpus/qanon-en-france.md",
        ),
        (
            "Quel parti reste uni derrière Trump ?",
            "parti républicain",
            "corpus/trump-et-le-recit-complotiste.md",
        ),
        (
            "À quelles dates se tient le HUBFORUM Paris 2014 ?",
            "8 et 9 octobre",
            "corpus/hubforum-paris-2014.md",
        ),
    ],
)
def test_a_question_of_the_corpus_gets_its_answer_with_its_source(
    assistant: Assistant, question: str, expected: str, document: str
) -> None:
    answer = ask(assistant, question)
    assert expected in answer.text
    assert document in {
        citation.document for sentence in answer.sentences for citation in sentence.citations
    }


def test_a_question_off_the_subject_is_refused(assistant: Assistant) -> None:
    answer = ask(assistant, "Combien de temps faut-il cuire un œuf à la coque ?")
    assert (answer.refused, answer.sentences) == (True, ())
    assert answer.text == "Je ne trouve pas la réponse dans le corpus."
    assert answer.hits


def test_an_english_question_is_answered_in_french(assistant: Assistant) -> None:
    answer = ask(assistant, "When does HUBFORUM Paris 2014 take place?")
    assert "octobre" in answer.text
    assert not ENGLISH & set(answer.text.lower().split())


def test_a_follow_up_is_understood_from_the_turn_before(assistant: Assistant) -> None:
    history = [Turn("Qui organise le HUBFORUM Paris 2014 ?", "Vincent Ducrey et Emmanuel Vivier.")]
    answer = ask(assistant, "Et à quelles dates ?", history)
    assert answer.hits[0].passage.document_id == "corpus/hubforum-paris-2014.md"
    assert "8 et 9 octobre" in answer.text


def test_the_same_question_gives_the_same_bytes_without_any_network(
    assistant: Assistant, real_index: Path
) -> None:
    """A second process, whose sockets are shut, writes what this one writes, but for timings."""
    question = "Quel parti reste uni derrière Trump ?"
    here = as_object(replace(assistant.ask(question), timings=NO_TIME))
    command = ["ask", question, "--index", str(real_index), "--json"]
    there = json.loads(run_offline(command, models_cache()))
    assert there["timings"]["total"] > 0
    there["timings"] = here["timings"]
    assert json.dumps(there, ensure_ascii=False) == json.dumps(here, ensure_ascii=False)
