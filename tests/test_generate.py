"""The generator over the real model."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.types import GenerationLimits, Message
from rag.write.gate import written
from rag.write.generate import TransformersGenerator

LIMITS = GenerationLimits(max_new_tokens=24, deadline=120.0)
QUESTION = "Réponds d’un seul mot : quelle est la capitale de la France ?"


def never() -> bool:
    return False


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=str(tmp_path)):
        TransformersGenerator(tmp_path, "absent", "0" * 64, tmp_path)


def ids(generator: TransformersGenerator, question: str = QUESTION) -> list[int]:
    messages = [Message("system", "Tu es concis."), Message("user", question)]
    return generator.tokenizer.render(messages)


@pytest.mark.models
def test_it_streams_the_same_answer_twice(generator: TransformersGenerator) -> None:
    prompt = ids(generator)
    first = written(generator.stream(prompt, LIMITS, never))
    second = written(generator.stream(prompt, LIMITS, never))
    assert "Paris" in first
    assert first == second


@pytest.mark.models
def test_it_stops_at_the_token_limit(generator: TransformersGenerator) -> None:
    prompt = ids(generator, "Récite les nombres de 1 à 100.")
    text = written(generator.stream(prompt, GenerationLimits(6, 120.0), never))
    assert 1 <= generator.tokenizer.count(text) <= 6


@pytest.mark.models
def test_cancelling_ends_the_stream_and_frees_the_model(generator: TransformersGenerator) -> None:
    """The writing stops after the first piece; the next question is answered at once."""
    prompt = ids(generator, "Écris un long poème sur la mer.")
    pieces: list[str] = []
    for piece in generator.stream(prompt, GenerationLimits(400, 120.0), lambda: bool(pieces)):
        pieces.append(str(piece))  # noqa: PERF401 - the list is looked at while it grows
    assert generator.tokenizer.count("".join(pieces)) < 40
    assert "Paris" in written(generator.stream(ids(generator), LIMITS, never))


@pytest.mark.models
def test_closing_the_stream_stops_the_model(generator: TransformersGenerator) -> None:
    prompt = ids(generator, "Écris un long poème.")
    stream = generator.stream(prompt, GenerationLimits(400, 120.0), never)
    assert next(stream)
    stream.close()
    assert not generator._model.model.layers[0]._forward_pre_hooks, "hooks are taken off"
    assert "Paris" in written(generator.stream(ids(generator), LIMITS, never))


@pytest.mark.models
def test_a_deadline_in_the_past_writes_nothing(generator: TransformersGenerator) -> None:
    assert written(generator.stream(ids(generator), GenerationLimits(24, -1.0), never)) == ""


@pytest.mark.models
def test_reading_the_prompt_can_be_cancelled(generator: TransformersGenerator) -> None:
    """A prompt of hundreds of tokens is left within one layer, not read to its end."""
    prompt = ids(generator, "mot " * 500)
    asked: Iterator[bool] = iter([False, False])
    start = time.monotonic()
    text = written(generator.stream(prompt, LIMITS, lambda: next(asked, True)))
    stopped = time.monotonic() - start
    assert text == ""
    start = time.monotonic()
    next(generator.stream(prompt, GenerationLimits(1, 600.0), never), None)
    assert stopped < (time.monotonic() - start) / 2, "reading it whole takes far longer"
