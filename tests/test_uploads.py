"""A reader's own documents: added or refused, asked, and kept apart from everybody else's."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from rag.types import Checked, Done, Retrieved
from tests import files
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
from tests.workshop import MOULIN, PHARE
from ui.uploads.files import MEBIBYTE, Progress, UploadLimits

LOCKED = files.locked_pdf(QUAI_PDF, "secret")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path) as made:
        yield made


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Return what makes a desk with limits of the test's own."""
    with ExitStack() as stack:
        yield lambda **limits: stack.enter_context(desk_at(tmp_path, UploadLimits(**limits)))


def test_documents_of_every_kind_are_added_under_their_owners_names(desk: Desk) -> None:
    word = files.docx([("Heading1", "Le marché"), ("Normal", "Les étals ouvrent à huit heures.")])
    shelf = desk.shelves.open()
    report = shelf.add(
        [
            desk.send("cours n° 3.pdf", QUAI_PDF),
            desk.send("Étude.DOCX", word),
            desk.send("phare.md", PHARE_MD),
        ]
    )
    assert [(one.title, one.passages) for one in report.added] == [
        ("cours n° 3.pdf", 2),
        ("Étude.DOCX", 1),
        ("phare.md", 2),
    ]
    assert (report.refused, report.stopped) == ((), False)
    assert titles(shelf) == ["cours n° 3.pdf", "Étude.DOCX", "phare.md"]
    document = shelf.assistant.document(report.added[1].id)
    assert (document.title, document.text) == (
        "Étude.DOCX",
        "Le marché\n\nLes étals ouvrent à huit heures.",
    )


def test_an_answer_names_the_owners_title_wherever_it_names_a_document(desk: Desk) -> None:
    desk.drafts = [PHARE.split(". ")[1]] * 2
    shelf = desk.shelf(phare=PHARE_MD)
    found, read, *_, checked, done = shelf.assistant.stream("Quand le gardien dort-il ?")
    assert isinstance(found, Retrieved)
    assert {hit.passage.title for hit in found.hits} == {"phare.md"}
    assert isinstance(read, Retrieved)
    assert read.evidence is not None
    assert read.evidence.title == "phare.md"
    assert {hit.passage.title for hit in read.hits} == {"phare.md"}
    assert isinstance(checked, Checked)
    assert [citation.title for citation in checked.sentence.citations] == ["phare.md"]
    assert isinstance(done, Done)
    assert {hit.passage.title for hit in done.answer.hits} == {"phare.md"}
    assert done.answer.sentences == (checked.sentence,)
    hits = shelf.assistant.search("le gardien du phare")
    assert hits[0].passage.title == "phare.md"
    (first, *_), said = hits, shelf.assistant.ask("Quand le gardien dort-il ?").sentences
    assert [citation.title for citation in said[0].citations] == [first.passage.title]


def test_a_second_addition_extends_the_first_and_encodes_the_new_texts_alone(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    desk.encoder.encoded.clear()
    shelf.add([desk.send("moulin.md", MOULIN_MD)])
    assert titles(shelf) == ["phare.md", "moulin.md"]
    assert [text for text in desk.encoder.encoded if "phare" in text] == []
    best = {shelf.assistant.search(text)[0].passage.title for text in (PHARE, MOULIN)}
    assert best == {"phare.md", "moulin.md"}


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("notes.xls", b"x", "format inconnu (.xls)"),
        ("notes", b"x", "format inconnu (notes)"),
        ("cours.pdf", b"%PDF-1.4 rien", "fichier PDF endommagé"),
        ("cours.pdf", LOCKED, "protégé par un mot de passe"),
        ("cours.pdf", files.pdf([[]]), "sans doute numérisé"),
        ("cours.txt", b"", "fichier vide"),
        ("cours.txt", b" \n", "aucun texte à lire"),
        ("cours.docx", b"PK\x03\x04", "fichier DOCX endommagé"),
    ],
)
def test_a_refusal_names_the_file_and_its_reason(
    desk: Desk, name: str, data: bytes, reason: str
) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    report = shelf.add([desk.send(name, data), desk.send("moulin.md", MOULIN_MD)])
    (refusal,) = report.refused
    assert refusal.name == name
    assert reason in refusal.reason
    assert [one.title for one in report.added] == ["moulin.md"]
    assert titles(shelf) == ["phare.md", "moulin.md"]
    assert copies(shelf) == ["document-1.md", "document-3.md"]


def test_nothing_but_refusals_changes_nothing_and_waits_for_nobody(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    before = shelf.assistant.search("phare")
    told: list[Progress] = []
    assert shelf.add([desk.send("a.xls", b"x")], told.append).added == ()
    assert (told, shelf.assistant.search("phare")) == ([], before)


def test_the_same_file_twice_is_told_by_its_first_title(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    twice = [desk.send("autre.md", PHARE_MD), desk.send("m.md", MOULIN_MD)]
    report = shelf.add([*twice, desk.send("m.md", MOULIN_MD)])
    assert reasons(report) == [
        ("autre.md", "même contenu que «\u00a0phare.md\u00a0», déjà ajouté"),
        ("m.md", "même contenu que «\u00a0m.md\u00a0», déjà ajouté"),
    ]
    assert titles(shelf) == ["phare.md", "m.md"]


def test_two_texts_of_one_name_are_told_apart(desk: Desk) -> None:
    shelf = desk.shelf(cours=PHARE_MD)
    shelf.add([desk.send("cours.md", MOULIN_MD), desk.send("cours.md", QUAI_PDF[:0] + b"Le quai.")])
    assert titles(shelf) == ["cours.md", "cours.md (2)", "cours.md (3)"]


def test_a_file_may_have_all_the_bytes_allowed_and_not_one_more(
    limited: Callable[..., Desk],
) -> None:
    desk = limited(file_bytes=MEBIBYTE)
    full = PHARE_MD.ljust(MEBIBYTE)
    shelf = desk.shelves.open()
    report = shelf.add([desk.send("juste.txt", full), desk.send("trop.txt", full + b" ")])
    assert [one.title for one in report.added] == ["juste.txt"]
    over = "fichier de 2\u00a0Mo, pour 1\u00a0Mo au plus\u00a0: découpez-le"
    assert reasons(report) == [("trop.txt", over)]


def test_all_files_together_may_have_all_the_bytes_allowed_and_not_one_more(
    limited: Callable[..., Desk],
) -> None:
    desk = limited(shelf_bytes=MEBIBYTE)
    shelf = desk.shelf(phare=PHARE_MD)
    left = MEBIBYTE - len(PHARE_MD)
    report = shelf.add(
        [
            desk.send("trop.txt", MOULIN_MD.ljust(left + 1)),
            desk.send("juste.txt", MOULIN_MD.ljust(left)),
        ]
    )
    assert [one.title for one in report.added] == ["juste.txt"]
    over = "plus de 1\u00a0Mo avec vos autres documents\u00a0: retirez-en un d’abord"
    assert reasons(report) == [("trop.txt", over)]


def test_all_readers_together_have_the_bytes_allowed_and_get_them_back(
    limited: Callable[..., Desk],
) -> None:
    desk = limited(server_bytes=len(PHARE_MD) + len(MOULIN_MD))
    first, second = desk.shelf(phare=PHARE_MD), desk.shelves.open()
    over = [("m.md", "plus de place sur le serveur\u00a0: réessayez plus tard")]
    assert reasons(second.add([desk.send("m.md", MOULIN_MD + b" ")])) == over
    assert second.add([desk.send("m.md", MOULIN_MD)]).refused == ()
    assert len(second.add([desk.send("p.md", PHARE_MD)]).refused) == 1
    first.remove(first.assistant.documents()[0].id)
    assert second.add([desk.send("p.md", PHARE_MD)]).refused == ()
    second.close()
    assert first.add([desk.send("a.md", PHARE_MD), desk.send("b.md", MOULIN_MD)]).refused == ()


def test_room_taken_by_what_cannot_be_read_is_given_back(limited: Callable[..., Desk]) -> None:
    desk = limited(server_bytes=2 * len(LOCKED))
    shelf = desk.shelves.open()
    for _ in range(5):
        ((_, reason),) = reasons(shelf.add([desk.send("a.pdf", LOCKED)]))
        assert "protégé par un mot de passe" in reason


def test_so_many_documents_and_no_more(limited: Callable[..., Desk]) -> None:
    desk = limited(files=2)
    shelf = desk.shelf(phare=PHARE_MD)
    report = shelf.add([desk.send("m.md", MOULIN_MD), desk.send("q.pdf", QUAI_PDF)])
    over = [("q.pdf", "2 documents au plus\u00a0: retirez-en un d’abord")]
    assert (titles(shelf), reasons(report)) == (["phare.md", "m.md"], over)
    shelf.remove(report.added[0].id)
    assert shelf.add([desk.send("q.pdf", QUAI_PDF)]).refused == ()


def test_so_many_characters_and_not_one_more(limited: Callable[..., Desk]) -> None:
    desk = limited(characters=2000)
    shelf = desk.shelf(a=b"a" * 500)
    report = shelf.add(
        [desk.send("b.txt", b"b" * 1501), desk.send("c.txt", b"c" * 1500), desk.send("d.txt", b"d")]
    )
    assert titles(shelf) == ["a.md", "c.txt"]
    (long, refused), (last, none_left) = reasons(report)
    assert (long, last) == ("b.txt", "d.txt")
    assert refused.startswith(
        "texte de 1\u202f501 caractères, et il en reste 1\u202f500 sur 2\u202f000"
    )
    assert none_left.startswith("texte de 1 caractères, et il en reste 0 sur 2\u202f000")


def test_shelves_know_nothing_of_each_other(desk: Desk) -> None:
    one, two = desk.shelf(phare=PHARE_MD), desk.shelf(phare=PHARE_MD, moulin=MOULIN_MD)
    assert (titles(one), titles(two)) == (["phare.md"], ["phare.md", "moulin.md"])
    assert {hit.passage.title for hit in one.assistant.search(MOULIN)} == {"phare.md"}
    for foreign in two.assistant.documents():
        with pytest.raises(KeyError):
            one.assistant.document(foreign.id)
    assert folder_of(one) != folder_of(two)
    one.close()
    assert titles(two) == ["phare.md", "moulin.md"]
