"""Which files a source stands for; what is left aside is told, and the rest is indexed."""

import os
from pathlib import Path

import pytest

from rag import messages
from rag.errors import SourceError
from rag.index.sources import Found, Problem, discover
from tests.workshop import MOULIN, PHARE, QUAI, Workshop, page


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Return a workshop with one text that is not indexed yet."""
    made = Workshop(tmp_path)
    made.write(phare=page("Le phare", PHARE))
    return made


def touch(path: Path, text: str = "Un texte.") -> Path:
    """Write a file, its folders included, and return it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def ids(*sources: Path) -> list[str]:
    """Return the ids of the files below the sources."""
    return [item.id for item in discover(sources)[0]]


def test_ids_are_paths_from_the_source_folders_name_on(tmp_path: Path) -> None:
    deep = touch(tmp_path / "notes" / "mer" / "phare.md")
    plain = touch(tmp_path / "notes" / "gare.txt")
    expected = [Found(plain, "notes/gare.txt"), Found(deep, "notes/mer/phare.md")]
    assert discover([tmp_path / "notes"]) == (expected, [])


def test_a_file_given_by_name_is_known_by_its_name(tmp_path: Path) -> None:
    assert ids(touch(tmp_path / "notes" / "phare.md")) == ["phare.md"]


def test_hidden_files_and_the_folders_notice_are_passed_over(tmp_path: Path) -> None:
    for name in (".secret.md", ".git/notes.md", "README.md", "mer/README.md", "mer/phare.md"):
        touch(tmp_path / "notes" / name)
    assert discover([tmp_path / "notes"])[1] == []
    assert ids(tmp_path / "notes") == ["notes/mer/phare.md"]


def test_a_notice_given_by_name_is_read(tmp_path: Path) -> None:
    assert ids(touch(tmp_path / "README.md")) == ["README.md"]


def test_a_source_given_twice_is_read_once(tmp_path: Path) -> None:
    touch(tmp_path / "notes" / "phare.md")
    found, problems = discover([tmp_path / "notes", tmp_path / "notes"])
    assert ([item.id for item in found], problems) == (["notes/phare.md"], [])


def test_a_source_that_does_not_exist_is_named(tmp_path: Path) -> None:
    missing = tmp_path / "rien"
    with pytest.raises(SourceError) as caught:
        discover([missing])
    assert str(caught.value) == messages.SOURCE_MISSING.format(path=missing)


def test_a_no_break_space_in_a_name_is_no_control_character(tmp_path: Path) -> None:
    touch(tmp_path / "notes" / "Qui\u00a0? Et où\u202f?.md")
    assert ids(tmp_path / "notes") == ["notes/Qui\u00a0? Et où\u202f?.md"]


def test_what_cannot_be_a_document_is_told_with_its_reason(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    target = touch(notes / "phare.md")
    touch(notes / "photo.jpg")
    touch(notes / "LICENSE")
    touch(notes / "a\x1b[2J.md")
    (notes / "lien.md").symlink_to(target)
    (notes / "dossier.md").symlink_to(tmp_path)
    os.mkfifo(notes / "tube.md")
    found, problems = discover([notes])
    assert [item.id for item in found] == ["notes/phare.md"]
    assert problems == [
        Problem(notes / "LICENSE", messages.SOURCE_FORMAT.format(suffix="LICENSE")),
        Problem(notes / "a\x1b[2J.md", messages.SOURCE_NAME),
        Problem(notes / "dossier.md", messages.SOURCE_LINK),
        Problem(notes / "lien.md", messages.SOURCE_LINK),
        Problem(notes / "photo.jpg", messages.SOURCE_FORMAT.format(suffix=".jpg")),
        Problem(notes / "tube.md", messages.READ_NOT_REGULAR),
    ]


def test_the_second_of_two_files_with_one_id_is_told(tmp_path: Path) -> None:
    first = touch(tmp_path / "a" / "notes" / "phare.md", PHARE)
    second = touch(tmp_path / "b" / "notes" / "phare.md", MOULIN)
    found, problems = discover([first.parent, second.parent])
    assert found == [Found(first, "notes/phare.md")]
    reason = messages.SOURCE_SAME_ID.format(id="notes/phare.md", other=first)
    assert problems == [Problem(second, reason)]


def test_a_file_without_text_is_told_and_the_rest_is_indexed(workshop: Workshop) -> None:
    workshop.write(blanc="", vide="")
    report = workshop.run()
    assert report.added == ("notes/phare.md",)
    assert report.problems == (
        Problem(workshop.notes / "blanc.md", messages.READ_NO_PROSE),
        Problem(workshop.notes / "vide.md", messages.READ_NO_PROSE),
    )


def test_a_file_that_becomes_unreadable_keeps_what_was_indexed(workshop: Workshop) -> None:
    workshop.run()
    before = workshop.texts()
    (workshop.notes / "phare.md").write_bytes(bytes(range(32)) * 64)
    report = workshop.run(prune=True)
    problem = Problem(workshop.notes / "phare.md", messages.READ_NOT_TEXT)
    assert (report.unchanged, report.problems) == (("notes/phare.md",), (problem,))
    assert workshop.texts() == before


def test_a_file_that_becomes_a_link_keeps_what_was_indexed(workshop: Workshop) -> None:
    workshop.run()
    file = workshop.notes / "phare.md"
    file.symlink_to(file.rename(workshop.notes.parent / "ailleurs.md"))
    report = workshop.run(prune=True)
    assert (report.unchanged, report.removed) == (("notes/phare.md",), ())
    assert report.problems == (Problem(file, messages.SOURCE_LINK),)


def test_of_twins_the_first_is_indexed(workshop: Workshop) -> None:
    workshop.write(tour=page("Le phare", PHARE))
    report = workshop.run()
    reason = messages.SOURCE_TWIN.format(other="notes/phare.md")
    assert report.added == ("notes/phare.md",)
    assert report.problems == (Problem(workshop.notes / "tour.md", reason),)


def test_a_file_that_becomes_a_twin_leaves_the_index(workshop: Workshop) -> None:
    workshop.write(tour=page("La tour", QUAI))
    workshop.run()
    workshop.write(tour=page("Le phare", PHARE))
    assert workshop.run().removed == ("notes/tour.md",)
    assert list(workshop.texts()) == ["notes/phare.md"]


def test_without_prune_vanished_files_stay_in_the_index(workshop: Workshop) -> None:
    workshop.write(quai=page("Le quai", QUAI))
    workshop.run()
    (workshop.notes / "quai.md").unlink()
    report = workshop.run()
    assert (report.unchanged, report.removed) == (("notes/phare.md", "notes/quai.md"), ())


def test_prune_takes_out_what_vanished_from_the_given_folders_alone(workshop: Workshop) -> None:
    other = touch(workshop.notes.parent / "archives" / "moulin.md", page("Le moulin", MOULIN))
    workshop.write(quai=page("Le quai", QUAI))
    workshop.run(workshop.notes, other.parent)
    (workshop.notes / "quai.md").unlink()
    other.unlink()
    assert workshop.run(prune=True).removed == ("notes/quai.md",)
    assert list(workshop.texts()) == ["archives/moulin.md", "notes/phare.md"]


def test_prune_spares_a_folder_of_the_same_name_elsewhere(workshop: Workshop) -> None:
    other = touch(workshop.notes.parent / "b" / "notes" / "moulin.md", page("Le moulin", MOULIN))
    workshop.run(workshop.notes, other.parent)
    assert workshop.run(prune=True).removed == ()
    assert list(workshop.texts()) == ["notes/moulin.md", "notes/phare.md"]


def namesake(workshop: Workshop, text: str) -> Path:
    """Write another phare.md in another folder of the same name, and return it."""
    return touch(workshop.notes.parent / "b" / "notes" / "phare.md", text)


def test_a_second_folder_of_the_same_name_replaces_nothing(workshop: Workshop) -> None:
    workshop.run()
    before = workshop.texts()
    other = namesake(workshop, page("Le moulin", MOULIN))
    quai = touch(other.with_name("quai.md"), page("Le moulin", MOULIN))
    report = workshop.run(other.parent, prune=True)
    first = workshop.notes / "phare.md"
    reason = messages.SOURCE_SAME_ID.format(id="notes/phare.md", other=first)
    assert report.problems == (Problem(other, reason),)
    assert (report.added, report.changed, report.taken) == (("notes/quai.md",), (), 1)
    assert {key: value for key, value in workshop.texts().items() if key in before} == before
    assert quai.exists()


def test_a_folder_that_has_moved_is_read_where_it_is_now(workshop: Workshop) -> None:
    workshop.run()
    (workshop.notes / "phare.md").unlink()
    report = workshop.run(namesake(workshop, page("Le moulin", MOULIN)).parent)
    assert (report.changed, report.problems) == (("notes/phare.md",), ())


def test_a_folder_that_has_moved_behind_a_link_is_read_where_it_is_now(workshop: Workshop) -> None:
    workshop.run()
    other = namesake(workshop, page("Le moulin", MOULIN))
    (workshop.notes / "phare.md").unlink()
    workshop.notes.rmdir()
    workshop.notes.symlink_to(other.parent)
    report = workshop.run(other.parent)
    assert (report.changed, report.problems) == (("notes/phare.md",), ())


def test_a_copy_of_a_folder_changes_nothing(workshop: Workshop) -> None:
    workshop.run()
    report = workshop.run(namesake(workshop, page("Le phare", PHARE)).parent)
    assert (report.unchanged, report.problems, report.taken) == (("notes/phare.md",), (), 1)


def test_a_missing_source_makes_no_index(workshop: Workshop) -> None:
    with pytest.raises(SourceError):
        workshop.run(workshop.notes, workshop.notes / "rien")
    assert not workshop.index.exists()
