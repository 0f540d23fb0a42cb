"""Texts of a dataset are read back to the letter, and indexed once."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.questions.contexts import Context, dataset_index, readable, readable_line, write_documents
from rag import readers
from rag.config import ChunkSettings, Settings
from rag.errors import EvaluationError
from rag.index.store import open_index
from rag.types import Vectors
from tests.fakes import FakeEncoder

DOCUMENTS = (
    Context("squad/0001-001.md", "Le fournil", "La boulangerie ouvre à 7 h.\nElle ferme à 20 h."),
    Context("squad/0001-002.md", "Le fournil", "# Le pain [n’est](pas) un *titre* &amp; lève."),
)
MARKS = st.sampled_from(
    [
        *"aé1 .#*-_`<>&;!\\[]()|~=+:$'\"\n\t\0\u00a0\u2028",
        "&amp;",
        "```",
        "    ",
        "---",
        "1. ",
        "Ã©",
    ]
)


class FailingEncoder(FakeEncoder):
    """An encoder whose machine is switched off the first time."""

    def encode_passages(
        self,
        texts: Sequence[str],  # noqa: ARG002 - the protocol's
        progress: Callable[[int], None] | None = None,  # noqa: ARG002 - the protocol's
    ) -> Vectors:
        raise KeyboardInterrupt


def indexed(
    cache: Path, documents: Sequence[Context], encoder: FakeEncoder, words: int = 220
) -> Path:
    settings = Settings(chunk=ChunkSettings(max_words=words))
    return dataset_index(documents, encoder, settings, cache, lambda *_: None)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("  Le port  dort. ", "Le port dort."),
        ("Le port\u200b dort.\0", "Le port dort."),
        ("Un\r\n  deux\n\n\n\ntrois", "Un\ndeux\n\ntrois"),
        ("L’e\u0301te\u0301", "L’été"),
        ("Ã©tÃ©", "été"),
        ("Que dit-il\u00a0?", "Que dit-il\u00a0?"),
        ("*gras* & <b>", "*gras* & <b>"),
    ],
)
def test_a_text_is_what_reading_leaves_of_it(text: str, read: str) -> None:
    assert readable(text) == read


@given(st.lists(MARKS, max_size=30).map("".join), st.lists(MARKS, max_size=9).map("".join))
def test_no_text_and_no_title_acts_as_markup(text: str, title: str) -> None:
    made = Context("squad/a.md", readable_line(f"T{title}"), readable(f"a{text}"))
    with tempfile.TemporaryDirectory() as folder:
        write_documents([made], Path(folder) / "squad")
        read = readers.read(Path(folder) / "squad" / "a.md", made.id).document
    assert (read.title, read.text) == (made.title, made.text)
    assert readable(made.text) == made.text


@pytest.mark.parametrize("identity", ["squad/../a.md", "squad/b/a.md", "other/a.md", "squad/a.txt"])
def test_an_id_is_never_a_way_out_of_the_folder(identity: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is no file of 'squad'"):
        write_documents([Context(identity, "A", "a")], tmp_path / "squad")
    assert list(tmp_path.iterdir()) == []


def test_a_text_that_would_be_read_otherwise_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"squad/a\.md.*ne se relit pas"):
        write_documents([Context("squad/a.md", "A", "deux  espaces")], tmp_path / "squad")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "squad").write_text("un fichier", encoding="utf-8")
    with pytest.raises(EvaluationError, match="PAROLE_CACHE"):
        write_documents(DOCUMENTS, tmp_path / "squad")


def test_the_index_holds_the_documents_to_the_letter(tmp_path: Path) -> None:
    with open_index(indexed(tmp_path, DOCUMENTS, FakeEncoder())) as opened:
        found = [opened.document(summary.id) for summary in opened.documents()]
    assert tuple(Context(item.id, item.title, item.text) for item in found) == DOCUMENTS


def test_the_index_is_made_once(tmp_path: Path) -> None:
    encoder = FakeEncoder()
    made = indexed(tmp_path, DOCUMENTS, encoder)
    seen = list(encoder.encoded)
    assert seen != []
    assert indexed(tmp_path, DOCUMENTS, encoder) == made
    assert encoder.encoded == seen


def test_another_text_encoder_or_cut_has_another_index(tmp_path: Path) -> None:
    first = indexed(tmp_path, DOCUMENTS, FakeEncoder())
    others = [
        indexed(tmp_path, DOCUMENTS[:1], FakeEncoder()),
        indexed(tmp_path, DOCUMENTS, FakeEncoder(fingerprint="a" * 64)),
        indexed(tmp_path, DOCUMENTS, FakeEncoder(), words=150),
    ]
    assert len({first, *others}) == 4
    assert all(path.is_relative_to(tmp_path / "datasets") for path in others)


def test_an_index_that_was_interrupted_is_made_again(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        indexed(tmp_path, DOCUMENTS, FailingEncoder())
    with open_index(indexed(tmp_path, DOCUMENTS, FakeEncoder())) as opened:
        assert opened.document("squad/0001-001.md").text == DOCUMENTS[0].text


def test_two_texts_of_the_same_bytes_are_told_each_time(tmp_path: Path) -> None:
    twins = (DOCUMENTS[0], Context("squad/0001-002.md", DOCUMENTS[0].title, DOCUMENTS[0].text))
    for _ in range(2):
        with pytest.raises(EvaluationError, match="n’a pas pu être indexé"):
            indexed(tmp_path, twins, FakeEncoder())
