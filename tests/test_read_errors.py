"""Files that cannot be read say why, in French, and never anything but ReadError."""

import os
import random
from pathlib import Path

import pytest

from rag.errors import ReadError
from rag.readers import MAX_BYTES, SUFFIXES, read
from rag.readers.office import MAX_MEMBERS
from tests import files
from tests.test_readers import ARTICLE, BOOK

_PDF = files.pdf([["Une ligne de texte."], ["Une autre ligne."]], title="Titre")
_DOCX = files.docx([("Heading1", "Titre"), ("Normal", "Une ligne de texte.")])
_SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\nBonjour à tous.\n\n2\n00:00:03,000 --> 00:00:04,000\nOui.\n"
)
SAMPLES: dict[str, bytes] = {
    ".md": "---\ntitre: Été\nlieu: [a]\n---\n# Un\n\n- texte é\n\n| a | b |\n|---|---|\n".encode(),
    ".txt": "Un titre\n\nDes mots à lire, et d’autres.\n".encode(),
    ".html": ARTICLE.encode(),
    ".pdf": _PDF,
    ".docx": _DOCX,
    ".pptx": files.pptx([("Titre", "Corps du texte")]),
    ".epub": files.epub("Le large", BOOK),
    ".srt": _SRT.encode(),
    ".vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Anne>Bonjour\n\n00:03.000 --> 00:04.000\nOui\n",
}
_TWINS = {".markdown": ".md", ".htm": ".html"}


def refusal(folder: Path, name: str, data: bytes) -> str:
    """Return why a file is refused."""
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        read(path, name)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xls", b"x", "format «\u00a0.xls\u00a0» non pris en charge"),
        ("a.txt", b"", "aucun texte à lire"),
        ("a.md", b"---\ntitre: Seul\n---\n\n![image](a.png)\n", "aucun texte à lire"),
        ("a.html", b"<html><body></body></html>", "aucun texte à lire"),
        ("a.txt", b"Partager cette page\n\nMore \xc2\xbb\n", "aucun texte à lire"),
        ("a.txt", b"\x7fELF\x00\x00\x01", "contenu binaire"),
        ("a.md", b"---\ntitre: ok\nlieu: [a\n---\nTexte", "en-tête YAML invalide à la ligne 4"),
        ("a.md", b"---\na: " + b"x" * 10_000 + b"\n---\nTexte", "en-tête de 10004 caractères"),
        ("a.md", b"---\na: " + b"[" * 3_000 + b"\n---\nTexte", "en-tête YAML invalide"),
        ("a.md", b'---\na: "\\UFFFFFFFF"\n---\nTexte', "en-tête YAML invalide"),
        ("a.pdf", b"%PDF-1.4 rien", "fichier PDF endommagé"),
        ("a.pdf", files.pdf([[]]), "sans doute numérisé"),
        ("a.pdf", files.locked_pdf(_PDF, "secret"), "protégé par un mot de passe"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "protégé par un mot de passe"),
        ("a.docx", files.in_directory(_DOCX, 8, b"\x01"), "protégé par un mot de passe"),
        ("a.docx", b"PK\x03\x04", "fichier DOCX endommagé"),
        ("a.docx", files.archive({"a.txt": "rien"}), "fichier DOCX endommagé"),
        ("a.docx", files.in_directory(_DOCX, 24, b"\xff\xff\xff\x7f"), "Mo une fois décompressé"),
        ("a.pptx", _DOCX, "fichier PPTX endommagé"),
        ("a.epub", files.archive({f"{n}": "" for n in range(MAX_MEMBERS + 1)}), "archive de 5001"),
        ("a.srt", b"rien du tout", "aucun texte à lire"),
    ],
)  # fmt: skip
def test_each_refusal_names_its_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    assert reason in refusal(tmp_path, name, data)


def test_a_password_that_only_guards_rights_does_not_stop_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(files.locked_pdf(_PDF, ""))
    assert "Une autre ligne." in read(path, "a").document.text


def test_only_ordinary_files_are_opened(tmp_path: Path) -> None:
    target = tmp_path / "vrai.txt"
    target.write_text("Du texte.")
    (tmp_path / "lien.txt").symlink_to(target)
    (tmp_path / "dossier.txt").mkdir()
    os.mkfifo(tmp_path / "tube.txt")
    for name in ("lien.txt", "dossier.txt", "tube.txt"):
        with pytest.raises(ReadError, match="donnez un fichier ordinaire"):
            read(tmp_path / name, name)


def test_a_missing_file_is_said_missing(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="fichier introuvable"):
        read(tmp_path / "absent.txt", "absent.txt")


def test_a_file_beyond_the_limit_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "gros.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadError, match="fichier de 65\u00a0Mo, pour 64\u00a0Mo au plus"):
        read(path, "gros.txt")


def test_names_that_expand_without_end_are_not_expanded(tmp_path: Path) -> None:
    lines = ["a0: &a0 [lol, lol]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 64))]
    path = tmp_path / "a.md"
    path.write_text("---\n" + "\n".join(lines) + "\n---\nTexte.\n")
    assert read(path, "a").document.metadata == (("a0", "lol, lol"),)


def test_a_document_that_names_another_file_does_not_get_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mot de passe")
    entity = f'<!DOCTYPE r [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    run = "<w:p><w:r><w:t>A&x;B</w:t></w:r></w:p>"
    body = f'<w:document xmlns:w="{word}"><w:body>{run}</w:body></w:document>'
    data = files.docx([("Normal", "x")])
    hostile = files.with_member(data, "word/document.xml", entity + body)
    path = tmp_path / "a.docx"
    path.write_bytes(hostile)
    with pytest.raises(ReadError, match="endommagé"):
        read(path, "a")


def damaged(data: bytes, seed: int) -> bytes:
    """Return `data` cut somewhere or with some bytes changed, the same for the same seed."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets
    if seed % 3 == 0:
        return data[: dice.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(dice.choice([1, 4, 32])):
        changed[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(changed)


def test_there_is_a_sample_of_every_format() -> None:
    assert {*SAMPLES, *_TWINS} == SUFFIXES


@pytest.mark.parametrize("suffix", sorted(SAMPLES))
def test_a_damaged_file_gives_a_document_or_a_reason(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    for seed in range(60):
        path.write_bytes(damaged(SAMPLES[suffix], seed))
        try:
            document = read(path, "a").document
        except ReadError:
            continue
        assert document.sections[0].start == 0
        assert document.title
    path.write_bytes(SAMPLES[suffix])
    assert read(path, "a").document.text
