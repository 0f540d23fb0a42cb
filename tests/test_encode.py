"""The encoder: unit rows in the right order, the folder's prompts, the machine's format."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
import torch

from rag.errors import ModelError
from rag.hardware import best_dtype, has_bf16
from rag.index.encode import SentenceEncoder
from rag.models import fingerprint
from rag.models.convert_encoder import convert_encoder
from tests.real_models import encoder_folder
from tests.tiny_encoder import make_values, write_packed, write_tokenizer

TEXTS = [f"{'abc é' * (n % 7)} {chr(97 + n % 26)}{chr(97 + n % 5)}" for n in range(70)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("encoder")
    packed = write_packed(work / "e5-small-q4.bin", make_values())
    convert_encoder(packed, write_tokenizer(work / "tokenizer.json"), work / "dossier")
    return work / "dossier"


@pytest.fixture(scope="module")
def encoder(folder: Path) -> SentenceEncoder:
    return SentenceEncoder(folder, "essai", fingerprint(folder))


def closeness() -> float:
    """Return how well a text alone and in a batch must agree in this machine's format."""
    return 1e-5 if best_dtype("cpu") is torch.float32 else 1e-2


def test_rows_are_unit_float32_and_contiguous(encoder: SentenceEncoder) -> None:
    rows = encoder.encode_passages(TEXTS)
    assert rows.shape == (70, 32)
    assert rows.dtype == np.float32
    assert rows.flags.c_contiguous
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_each_row_is_its_own_texts_whatever_the_batch(encoder: SentenceEncoder) -> None:
    rows = encoder.encode_passages(TEXTS)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS[:20]])
    assert np.abs(rows[:20] - alone).max() < closeness()
    assert np.abs(rows[0] - rows[1]).max() > 0.01


def test_the_same_texts_give_the_same_bytes(encoder: SentenceEncoder) -> None:
    first = encoder.encode_passages(TEXTS)
    assert encoder.encode_passages(TEXTS).tobytes() == first.tobytes()


def test_progress_counts_the_texts_done(encoder: SentenceEncoder) -> None:
    done: list[int] = []
    encoder.encode_passages(TEXTS, done.append)
    assert done == [32, 64, 70]


def test_no_text_gives_no_row(encoder: SentenceEncoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 32)


def test_a_text_beyond_the_models_length_is_cut(encoder: SentenceEncoder) -> None:
    assert encoder.encode_passages(["a" * 5000]).shape == (1, 32)


def copy_folder(folder: Path, target: Path) -> Path:
    """Copy a model's folder, so that a test may spoil it."""
    for path in folder.rglob("*.*"):
        if path.is_file():
            copy = target / path.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return target


def without_prompts(folder: Path, target: Path) -> Path:
    """Copy a model's folder and leave out the prompts it saves."""
    file = copy_folder(folder, target) / "config_sentence_transformers.json"
    settings = json.loads(file.read_text())
    del settings["prompts"]
    file.write_text(json.dumps(settings))
    return target


def test_questions_and_passages_get_the_saved_prompts(
    encoder: SentenceEncoder, folder: Path, tmp_path: Path
) -> None:
    bare = SentenceEncoder(without_prompts(folder, tmp_path / "sans"), "sans", "")
    asked = encoder.encode_queries(["été abc"])
    assert np.abs(asked - bare.encode_queries(["query: été abc"])).max() < closeness()
    said = encoder.encode_passages(["été abc"])
    assert np.abs(said - bare.encode_passages(["passage: été abc"])).max() < closeness()
    assert np.abs(asked - said).max() > 0.01


def test_a_folder_without_prompts_gets_no_prefix(folder: Path, tmp_path: Path) -> None:
    bare = SentenceEncoder(without_prompts(folder, tmp_path / "sans"), "sans", "")
    assert np.array_equal(bare.encode_queries(["abc"]), bare.encode_passages(["abc"]))


def test_a_folder_that_is_no_model_is_refused_in_french(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="ne se charge pas"):
        SentenceEncoder(tmp_path, "rien", "")


def test_a_cut_weights_file_is_refused_in_french(folder: Path, tmp_path: Path) -> None:
    weights = copy_folder(folder, tmp_path / "m") / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelError, match="ne se charge pas"):
        SentenceEncoder(tmp_path / "m", "coupé", "")


def test_a_module_of_code_in_the_folder_is_never_run(folder: Path, tmp_path: Path) -> None:
    target = copy_folder(folder, tmp_path / "m")
    (target / "mien.py").write_text(f"open({str(tmp_path / 'lu')!r}, 'w')\nclass Module: pass\n")
    modules = json.loads((target / "modules.json").read_text())
    modules[2]["type"] = "mien.Module"
    (target / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(ModelError, match="ne se charge pas"):
        SentenceEncoder(target, "code", "")
    assert not (tmp_path / "lu").exists()


def test_a_folder_that_does_not_exist_is_never_looked_for_at_the_hub(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="absent"):
        SentenceEncoder(tmp_path / "absent", "absent", "")


def test_weights_that_give_no_direction_are_refused(tmp_path: Path) -> None:
    values = make_values()
    values["emb.ln.w"][:] = np.nan
    packed = write_packed(tmp_path / "e5-small-q4.bin", values)
    convert_encoder(packed, write_tokenizer(tmp_path / "tokenizer.json"), tmp_path / "m")
    with pytest.raises(ModelError, match="vecteurs nuls ou infinis"):
        SentenceEncoder(tmp_path / "m", "abîmé", "").encode_queries(["abc"])


@pytest.mark.parametrize(
    ("capabilities", "native"),
    [
        ({"avx512_bf16": True}, True),
        ({"amx_bf16": True, "avx512_bf16": False}, True),
        ({"avx512_f": True, "avx512_bf16": False}, False),
        ({"neon": True, "bf16": True}, False),
        ({}, False),
    ],
)
def test_bfloat16_only_where_the_processor_multiplies_it(
    capabilities: Mapping[str, bool], *, native: bool
) -> None:
    assert has_bf16(capabilities) is native


@pytest.mark.models
def test_the_real_encoder_ranks_french_by_meaning() -> None:
    folder = encoder_folder()
    encoder = SentenceEncoder(folder, "e5-small", fingerprint(folder))
    passages = encoder.encode_passages(
        [
            "Le rorqual est le plus gros des cétacés ; il avale du krill par tonnes.",
            "Une pâte au levain lève lentement et sa mie se garde plusieurs jours.",
            "Les secousses du sol s’enregistrent avec un sismographe.",
            "Un seigneur du pays fit bâtir ce château fort en pierre.",
        ]
    )
    questions = encoder.encode_queries(
        [
            "De quoi se nourrit la baleine ?",
            "Combien de temps conserve-t-on une miche ?",
            "Comment mesure-t-on un tremblement de terre ?",
            "Qui a fait construire la forteresse ?",
        ]
    )
    assert (questions @ passages.T).argmax(axis=1).tolist() == [0, 1, 2, 3]
