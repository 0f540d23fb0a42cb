"""The usual ways, on tiny models made here: they do load, and give what the product gives."""

import re
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

from eval.bench.usual import UsualEncoder, UsualGenerator, load_usual_generator
from eval.bench.weights import weights_of
from rag.environment import Environment
from rag.index.encode import SentenceEncoder
from rag.models import fingerprint
from rag.models.convert_encoder import convert_encoder
from rag.types import GenerationLimits, never
from rag.write.gate import written
from tests.fakes import FakeGenerator
from tests.tiny_encoder import make_values, write_packed, write_tokenizer

VOCABULARY = ["<pad>", "<fin>", "le", "moulin", "tourne", "et", "brille", "phare"]
HIDDEN, INNER, LAYERS = 16, 24, 2
"""One head of attention: each layer has four square matrices and three to or from INNER."""


@pytest.fixture(scope="module")
def chat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a tiny generator of random weights."""
    folder = tmp_path_factory.mktemp("chat")
    config = Qwen2Config(
        vocab_size=len(VOCABULARY), hidden_size=HIDDEN, intermediate_size=INNER,
        num_hidden_layers=LAYERS, num_attention_heads=1, num_key_value_heads=1,
        tie_word_embeddings=True, pad_token_id=0, eos_token_id=1,
    )  # fmt: skip
    Qwen2ForCausalLM(config).save_pretrained(folder)
    words = WordLevel({word: n for n, word in enumerate(VOCABULARY)})
    cut = Tokenizer(words)
    cut.pre_tokenizer = Whitespace()
    marks = dict(zip(("pad_token", "eos_token"), VOCABULARY[:2], strict=True))
    # transformers leaves its tokenizers without types
    PreTrainedTokenizerFast(tokenizer_object=cut, **marks).save_pretrained(folder)  # type: ignore[no-untyped-call]
    return folder


def named(folder: Path) -> FakeGenerator:
    made = FakeGenerator()
    made.name = str(folder)
    return made


def test_the_plain_generator_writes_so_many_tokens_at_most_and_the_same_ones(chat: Path) -> None:
    usual = UsualGenerator(chat, named(chat))
    limits = GenerationLimits(max_new_tokens=5, deadline=60.0)
    once, again = (written(usual.stream([2, 3, 4], limits, never)) for _ in range(2))
    assert once == again
    assert re.fullmatch(rf"(?:\s*(?:{'|'.join(VOCABULARY)})){{0,5}}", once)


def test_it_is_loaded_by_the_name_of_the_products_own(chat: Path, tmp_path: Path) -> None:
    usual = load_usual_generator(named(chat), Environment(tmp_path, offline=True))
    assert (usual.name, usual.fingerprint) == (str(chat), "e" * 64)


def test_the_weights_are_counted_from_the_files(chat: Path, tmp_path: Path) -> None:
    found = weights_of(str(chat), Environment(tmp_path, offline=True))
    assert found.layers == LAYERS * (4 * HIDDEN**2 + 3 * HIDDEN * INNER)
    assert found.head == len(VOCABULARY) * HIDDEN


def test_the_plain_encoder_gives_the_products_vectors_in_the_texts_order(tmp_path: Path) -> None:
    packed = write_packed(tmp_path / "e5-small-q4.bin", make_values())
    folder = tmp_path / "dossier"
    convert_encoder(packed, write_tokenizer(tmp_path / "tokenizer.json"), folder)
    ours = SentenceEncoder(folder, "essai", fingerprint(folder))
    usual = UsualEncoder(folder, ours)
    texts = ["abc é", "a", "bcd efg hij", "zz"]
    told: list[int] = []
    passages = usual.encode_passages(texts, told.append)
    assert passages.shape == (4, ours.dimension)
    assert passages.dtype == np.float32
    assert told == [4]
    assert np.allclose(passages, ours.encode_passages(texts), atol=1e-2)
    assert np.allclose(usual.encode_queries(texts), ours.encode_queries(texts), atol=1e-2)
