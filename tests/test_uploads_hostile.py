"""What is sent to do harm: names, paths, contents; nothing of it reaches what is not its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.errors import ReadError
from rag.types import never
from tests import files
from tests.fakes_ui import HOSTILE
from tests.test_read_errors import SAMPLES, damaged
from tests.upload_desk import (
    MOULIN_MD,
    PHARE_MD,
    QUAI_PDF,
    Desk,
    copies,
    desk_at,
    folder_of,
    reasons,
    titles,
)
from tests.workshop import QUAI
from ui.uploads.files import (
    TITLE_CHARACTERS,
    StoppedError,
    Upload,
    UploadLimits,
    suffix_of,
    title_of,
)
from ui.uploads.inbox import LEFT_SECONDS
from ui.uploads.trial import measure

MEMORY = UploadLimits().read_bytes
GONE = "n’est pas arrivé en entier\u00a0: ajoutez-le de nouveau"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path) as made:
        yield made


def stored(desk: Desk, name: str, data: bytes) -> Upload:
    """Return an upload whose owner calls it what no file can be called."""
    return Upload(desk.send("envoi", data).path, name)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../x.md", "x.md"),
        ("..\\..\\x.md", "x.md"),
        ("/etc/passwd.md", "passwd.md"),
        ("C:\\cours\\x.md", "x.md"),
        ("a\0b.md", "ab.md"),
        ("a\nb\tc.md", "a b c.md"),
        ("\u202edm.sruoc.md", "dm.sruoc.md"),
        ("\u2066cours\u2069\u200b.md", "cours.md"),
        ("e\u0301te\u0301.md", "été.md"),
        ("cours\udce9.md", "cours.md"),
        ("<b>x</b>.md", "b>.md"),
        ("..", "Document sans nom"),
        ("", "Document sans nom"),
        ("a/", "Document sans nom"),
        ("\u202e\u200f", "Document sans nom"),
        ("x" * 5000 + ".md", "x" * (TITLE_CHARACTERS - 1) + "…"),
        ("مقرر.md", "مقرر.md"),
    ],
)
def test_a_title_is_one_visible_line_without_folders(name: str, title: str) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_is_data_and_never_a_path(desk: Desk, text: str) -> None:
    shelf = desk.shelves.open()
    report = shelf.add([stored(desk, f"{text}.md", PHARE_MD)])
    (document,) = report.added
    assert document.title == title_of(f"{text}.md") == titles(shelf)[0]
    assert document.title.isprintable() or "\u00a0" in document.title
    assert copies(shelf) == ["document-1.md"]
    assert shelf.assistant.search("phare")[0].passage.title == document.title


@pytest.mark.parametrize(
    "name", ["x.md/", "x.md\0.exe", "x.md .", ".md", "md", "x.m\u200bd\u0000x"]
)
def test_an_ending_is_that_of_the_visible_name(name: str) -> None:
    with pytest.raises(ReadError, match=r"format inconnu \(.{0,12}\)"):
        suffix_of(name)


def test_an_endless_ending_is_not_repeated(desk: Desk) -> None:
    shelf = desk.shelves.open()
    ((name, reason),) = reasons(shelf.add([stored(desk, "a." + "x" * 5000, b"x")]))
    assert len(name) == TITLE_CHARACTERS
    assert reason.startswith("format inconnu (.xxxxxxxxxxx)\u00a0; formats lus")


def test_what_lies_outside_the_inbox_is_neither_read_nor_deleted(desk: Desk) -> None:
    outside = desk.inbox.parent / "secret.md"
    outside.write_bytes(PHARE_MD)
    (desk.inbox / "lien.md").symlink_to(outside)
    (desk.inbox / "dossier").symlink_to(outside.parent)
    (desk.inbox / "boucle.md").symlink_to(desk.inbox / "boucle.md")
    (desk.inbox / "plein.md").mkdir()
    os.mkfifo(desk.inbox / "tube.md")
    other = desk.shelf(moulin=MOULIN_MD)
    copy = next(folder_of(other).glob("documents/*/*"))
    paths = [
        outside,
        desk.inbox / ".." / "secret.md",
        desk.inbox / "lien.md",
        desk.inbox / "dossier" / "secret.md",
        desk.inbox / "boucle.md",
        desk.inbox / "plein.md",
        desk.inbox / "tube.md",
        desk.inbox / "absent.md",
        desk.inbox / "nul\0.md",
        desk.inbox / ("x" * 5000),
        desk.inbox,
        desk.inbox.parent / "inbox-bis" / "x.md",
        Path("secret.md"),
        copy,
    ]
    report = desk.shelves.open().add([Upload(path, "cours.md") for path in paths])
    assert reasons(report) == [("cours.md", GONE)] * len(paths)
    desk.now += LEFT_SECONDS
    desk.shelves.sweep()
    assert outside.read_bytes() == PHARE_MD
    assert copy.read_bytes() == MOULIN_MD
    assert (desk.inbox / "lien.md").is_symlink()


def test_a_link_inside_the_inbox_to_a_file_inside_it_is_refused_too(desk: Desk) -> None:
    upload = desk.send("cours.md", PHARE_MD)
    link = desk.inbox / "lien.md"
    link.symlink_to(upload.path)
    assert reasons(desk.shelves.open().add([Upload(link, "lien.md")])) == [("lien.md", GONE)]
    assert upload.path.exists()


def test_an_inbox_behind_a_link_works(tmp_path: Path) -> None:
    """As /tmp is one on some systems."""
    (tmp_path / "vrai").mkdir()
    (tmp_path / "lien").symlink_to(tmp_path / "vrai")
    with desk_at(tmp_path / "lien") as desk:
        given = desk.send("a.md", PHARE_MD)
        resolved = Upload(desk.send("b.md", MOULIN_MD).path.resolve(), "b.md")
        assert desk.shelves.open().add([given, resolved]).refused == ()


def test_a_thousand_files_at_once_are_not_read(desk: Desk) -> None:
    shelf = desk.shelves.open()
    limit = UploadLimits().files
    report = shelf.add([desk.send(f"{n}.txt", b"Un mot %d." % n) for n in range(limit + 200)])
    assert (len(report.added), len(report.refused)) == (limit, 200)
    assert len(copies(shelf)) == limit
    desk.now += LEFT_SECONDS
    desk.shelves.sweep()
    assert desk.left() == []


def test_the_title_that_a_file_gives_itself_names_nothing(desk: Desk) -> None:
    own = "---\ntitre: ../../etc/passwd\nquestions: [<script>]\n---\nLe phare tourne la nuit.\n"
    shelf = desk.shelf(cours=own.encode())
    (document,) = shelf.assistant.documents()
    assert document.title == "cours.md"
    assert document.metadata == (("questions", "<script>"),)
    assert shelf.assistant.document(document.id).title == "cours.md"


@pytest.mark.parametrize("suffix", sorted(SAMPLES))
def test_damaged_files_are_added_or_refused_and_harm_no_other(desk: Desk, suffix: str) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    for seed in range(12):
        report = shelf.add([desk.send(f"a{suffix}", damaged(SAMPLES[suffix], seed))])
        assert len(report.added) + len(report.refused) == 1
        for document in report.added:
            shelf.remove(document.id)
    assert titles(shelf) == ["phare.md"]
    assert copies(shelf) == ["document-1.md"]


def test_a_trial_tells_the_length_of_a_text(tmp_path: Path) -> None:
    path = tmp_path / "document-1.pdf"
    path.write_bytes(QUAI_PDF)
    assert measure(path, never, seconds=600.0, memory=MEMORY) == len(QUAI)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.pdf", files.locked_pdf(QUAI_PDF, "secret"), "protégé par un mot de passe"),
        ("a.txt", b"mot\n" * 2_000_000, "trop long ou trop gourmand à lire"),
    ],
)
def test_a_trial_tells_why_a_file_is_not_read(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    """The second would take more memory than it is given here."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError, match=reason):
        measure(path, never, seconds=600.0, memory=64 * 2**20)


def test_a_trial_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PHARE_MD)
    with pytest.raises(ReadError, match="trop long ou trop gourmand à lire"):
        measure(path, never, seconds=0.0, memory=MEMORY)


def test_a_trial_that_nobody_waits_for_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(PHARE_MD)
    with pytest.raises(StoppedError):
        measure(path, lambda: True, seconds=600.0, memory=MEMORY)
