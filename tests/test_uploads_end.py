"""How long documents stay, in the inbox, on a shelf and in a program; additions followed."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.upload_desk import (
    MOULIN_MD,
    PHARE_MD,
    Desk,
    copies,
    desk_at,
    folder_of,
    reasons,
    titles,
)
from ui.uploads.files import Added, Progress, Report, ShelfError, UploadLimits, sent
from ui.uploads.follow import adding
from ui.uploads.inbox import LEFT_SECONDS


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_at(tmp_path) as made:
        yield made


@pytest.fixture
def limited(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Return what makes a desk with limits of the test's own."""
    with ExitStack() as stack:
        yield lambda **limits: stack.enter_context(desk_at(tmp_path, UploadLimits(**limits)))


def test_ids_cannot_be_guessed_and_folders_are_closed_to_others(desk: Desk) -> None:
    one, two = desk.shelf(phare=PHARE_MD), desk.shelf(phare=PHARE_MD)
    (first,), (second,) = one.assistant.documents(), two.assistant.documents()
    secrets = {document.id.split("/")[1] for document in (first, second)}
    assert len(secrets) == 2
    assert all(len(bytes.fromhex(secret)) == 16 for secret in secrets)
    assert {folder_of(shelf).stat().st_mode & 0o777 for shelf in (one, two)} == {0o700}


def test_a_file_stays_in_the_inbox_for_whoever_sent_the_same(desk: Desk) -> None:
    """Gradio keeps one file for both: the second reader comes after the first was served."""
    one, two = desk.shelves.open(), desk.shelves.open()
    upload = desk.send("cours.md", PHARE_MD)
    one.add([upload])
    desk.shelves.sweep()
    assert two.add([upload]).refused == ()
    desk.now += LEFT_SECONDS
    desk.shelves.sweep()
    assert desk.left() == []
    assert reasons(two.add([upload])) == [
        ("cours.md", "n’est pas arrivé en entier\u00a0: ajoutez-le de nouveau")
    ]


def test_a_file_sent_anew_is_not_deleted_with_the_old_one(desk: Desk) -> None:
    shelf = desk.shelves.open()
    shelf.add([desk.send("cours.md", PHARE_MD)])
    desk.now += LEFT_SECONDS
    again = desk.send("cours.md", PHARE_MD)
    desk.shelves.sweep()
    assert desk.left() == ["cours.md"]
    assert desk.shelves.open().add([again]).refused == ()


def test_closing_deletes_everything_and_says_so_to_who_comes_back(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    folder = folder_of(shelf)
    shelf.close()
    shelf.close()
    assert (folder.exists(), shelf.closed, titles(shelf)) == (False, True, [])
    with pytest.raises(ShelfError, match="Vos documents ont été effacés"):
        shelf.add([desk.send("m.md", MOULIN_MD)])
    with pytest.raises(ShelfError, match="pas de document à vous"):
        next(shelf.assistant.stream("phare"))
    assert [opened.closed for opened in desk.opened] == [True]


@pytest.mark.parametrize("stage", ["read", "encode"])
def test_closing_while_documents_are_added_stops_that_and_deletes(desk: Desk, stage: str) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    folder = folder_of(shelf)

    def tell(step: Progress) -> None:
        if step.stage == stage:
            shelf.close()

    report = shelf.add([desk.send("m.md", MOULIN_MD)] * 2, tell)
    assert (report.added, report.stopped) == ((), True)
    assert not folder.exists()
    assert titles(shelf) == []


def test_a_shelf_that_nobody_uses_is_closed_in_time(limited: Callable[..., Desk]) -> None:
    desk = limited(idle_seconds=100)
    left, used, asked = (desk.shelf(phare=PHARE_MD) for _ in range(3))
    events = asked.assistant.stream("Que fait le phare toute la nuit ?")
    next(events)
    desk.now += 99
    desk.shelves.sweep()
    assert used.assistant.search("phare") != ()
    desk.now += 1
    desk.shelves.sweep()
    assert (left.closed, used.closed, asked.closed) == (True, False, False)
    events.close()
    desk.now += 99
    desk.shelves.sweep()
    assert not asked.closed, "its answer ended 99 seconds ago"
    desk.now += 1
    desk.shelves.sweep()
    assert (used.closed, asked.closed) == (True, True)


def test_there_are_so_many_shelves_and_no_more(limited: Callable[..., Desk]) -> None:
    desk = limited(shelves=2, idle_seconds=100)
    one = desk.shelves.open()
    desk.now += 50
    two = desk.shelf(phare=PHARE_MD)
    with pytest.raises(ShelfError, match="Trop de lecteurs ont déjà ajouté"):
        desk.shelves.open()
    desk.now += 50
    assert not desk.shelves.open().closed
    assert (one.closed, two.closed) == (True, False)


def test_the_end_of_the_page_deletes_everything(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        one, two = desk.shelf(phare=PHARE_MD), desk.shelf(moulin=MOULIN_MD)
        folders = [folder_of(one), folder_of(two)]
        assert [folder.exists() for folder in folders] == [True, True]
        assert desk.left() == ["moulin.md", "phare.md"]
    assert [folder.exists() for folder in folders] == [False, False]
    assert (one.closed, two.closed, desk.left()) == (True, True, [])


FORGETFUL = """
import sys
from pathlib import Path
from ui.uploads.files import Upload
from ui.uploads.shelves import Shelves

def index(sources, directory, progress):
    print(directory.parent, *(path.name for path in sources[0].rglob("*.md")), flush=True)
    sys.exit(3)

inbox = Path(sys.argv[1])
shelves = Shelves(index, open_over=None, inbox=inbox, measure=lambda path, stopping: 1)
shelves.open().add([Upload(inbox / "phare.md", "phare.md")])
"""


def test_a_program_that_ends_in_the_middle_leaves_nothing(tmp_path: Path, repository: Path) -> None:
    (tmp_path / "phare.md").write_bytes(PHARE_MD)
    run = [sys.executable, "-c", FORGETFUL, str(tmp_path)]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=repository)
    folder, *held = done.stdout.split()
    assert (done.returncode, held) == (3, ["document-1.md"])
    assert (Path(folder).name.startswith("parole-"), Path(folder).exists()) == (True, False)


def test_an_addition_is_followed_to_its_report(desk: Desk) -> None:
    shelf = desk.shelves.open()
    *steps, report = adding(shelf, [desk.send("p.md", PHARE_MD)])
    texts = len(desk.encoder.encoded)
    assert steps == [Progress("read", 0, 1), Progress("encode", texts, texts)]
    (document,) = shelf.assistant.documents()
    assert report == Report((Added(document.id, "p.md", 2),))


def test_leaving_an_addition_stops_it(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    left = threading.Event()

    def hold() -> bool:
        assert left.wait(60)
        return False

    steps = adding(shelf, [desk.send("m.md", MOULIN_MD)], hold)
    assert next(steps) == Progress("wait", 0, 0), "nothing moves, but it can be left"
    steps.close()
    left.set()
    for thread in threading.enumerate():
        if thread.name == "adding":
            thread.join()
    assert (titles(shelf), copies(shelf)) == (["phare.md"], ["document-1.md"])
    assert shelf.add([desk.send("m.md", MOULIN_MD)]).refused == ()


def test_an_addition_that_must_not_be_says_why(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    shelf.close()
    with pytest.raises(ShelfError, match="Vos documents ont été effacés"):
        list(adding(shelf, [desk.send("m.md", MOULIN_MD)]))


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (None, []),
        ("/t/ab/cours.pdf", ["cours.pdf"]),
        (["/t/a/x.md", "/t/b/y.md"], ["x.md", "y.md"]),
    ],
)
def test_what_gradio_gives_is_named_by_its_last_part(
    given: list[str] | str | None, names: list[str]
) -> None:
    assert [upload.name for upload in sent(given)] == names
