"""Documents come and go: progress, stops, crashes, removals, and questions all the while."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from rag.errors import StoreError
from rag.types import Done, Retrieved
from tests.upload_desk import (
    MOULIN_MD,
    PHARE_MD,
    QUAI_PDF,
    Desk,
    copies,
    desk_at,
    folder_of,
    stop_at,
    titles,
)
from tests.workshop import PHARE
from ui.uploads.files import Progress, ShelfError, UploadLimits
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


def test_removing_a_document_takes_it_out_of_answers_and_off_the_disk(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD, moulin=MOULIN_MD)
    gone, kept = shelf.assistant.documents()
    shelf.remove(gone.id)
    assert titles(shelf) == ["moulin.md"]
    assert {hit.passage.title for hit in shelf.assistant.search(PHARE)} == {"moulin.md"}
    with pytest.raises(KeyError):
        shelf.assistant.document(gone.id)
    written = [path.read_bytes() for path in folder_of(shelf).rglob("*") if path.is_file()]
    assert [data for data in written if b"phare" in data] == []
    assert [data for data in written if b"meunier" in data] != []
    assert shelf.assistant.document(kept.id).text.startswith("Le moulin")


def test_a_shelf_from_which_all_was_removed_is_empty_and_takes_more(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    shelf.remove(shelf.assistant.documents()[0].id)
    assert titles(shelf) == []
    with pytest.raises(ShelfError, match="pas de document à vous"):
        shelf.assistant.search("phare")
    assert [path for path in folder_of(shelf).rglob("*") if path.is_file()] == []
    shelf.add([desk.send("m.md", MOULIN_MD)])
    assert titles(shelf) == ["m.md"]


def test_removing_what_is_not_there_changes_nothing(desk: Desk) -> None:
    shelf, other = desk.shelf(phare=PHARE_MD), desk.shelf(moulin=MOULIN_MD)
    with pytest.raises(KeyError):
        shelf.remove(other.assistant.documents()[0].id)
    assert (titles(shelf), titles(other)) == (["phare.md"], ["moulin.md"])


def test_a_removal_that_fails_keeps_the_document(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD, moulin=MOULIN_MD)
    (folder_of(shelf) / "index" / "étranger").write_text("pas à nous")
    with pytest.raises(StoreError, match="étranger"):
        shelf.remove(shelf.assistant.documents()[0].id)
    assert titles(shelf) == ["phare.md", "moulin.md"]
    assert copies(shelf) == ["document-1.md", "document-2.md"]


class CrashingEncoder(Exception):  # noqa: N818 - it is what happens, not what is wrong
    """Whatever a model may raise."""


@pytest.mark.parametrize("crash", [CrashingEncoder, MemoryError, KeyboardInterrupt])
def test_a_crash_while_adding_leaves_what_was_there(desk: Desk, crash: type[BaseException]) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    before = shelf.assistant.search("phare")

    def tell(step: Progress) -> None:
        if step.stage == "encode":
            raise crash

    with pytest.raises(crash):
        shelf.add([desk.send("m.md", MOULIN_MD)], tell)
    assert (titles(shelf), shelf.assistant.search("phare")) == (["phare.md"], before)
    assert copies(shelf) == ["document-1.md"]
    assert shelf.add([desk.send("m.md", MOULIN_MD)]).refused == ()
    assert titles(shelf) == ["phare.md", "m.md"]


def test_an_index_that_cannot_be_opened_leaves_what_was_there(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    (folder_of(shelf) / "index" / "étranger").write_text("pas à nous")
    with pytest.raises(StoreError, match="étranger"):
        shelf.add([desk.send("m.md", MOULIN_MD)])
    assert titles(shelf) == ["phare.md"]
    assert shelf.assistant.document(shelf.assistant.documents()[0].id).text.startswith("Le phare")
    assert copies(shelf) == ["document-1.md"]


@pytest.mark.parametrize("stage", ["read", "encode"])
def test_a_stop_adds_nothing_and_keeps_what_was_there(desk: Desk, stage: str) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    sent_now = [
        desk.send("m.md", MOULIN_MD),
        desk.send("a.xls", b"x"),
        desk.send("q.pdf", QUAI_PDF),
    ]
    report = shelf.add(sent_now, *stop_at(stage))
    assert (report.added, report.stopped) == ((), True)
    assert [refusal.name for refusal in report.refused] == ["a.xls"]
    assert (titles(shelf), copies(shelf)) == (["phare.md"], ["document-1.md"])
    assert shelf.add([desk.send("m.md", MOULIN_MD)]).refused == ()


def test_the_reader_stops_an_addition_and_then_makes_another(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    shelf.stop()
    stopped = shelf.add([desk.send("m.md", MOULIN_MD)], lambda _: shelf.stop())
    assert (stopped.added, stopped.stopped) == ((), True)
    assert shelf.add([desk.send("m.md", MOULIN_MD)]).stopped is False
    assert titles(shelf) == ["phare.md", "m.md"]


def test_progress_counts_files_then_texts(desk: Desk) -> None:
    told: list[Progress] = []
    shelf = desk.shelves.open()
    shelf.add([desk.send("p.md", PHARE_MD), desk.send("m.md", MOULIN_MD)], told.append)
    texts = len(desk.encoder.encoded)
    assert told == [
        Progress("read", 0, 2),
        Progress("read", 1, 2),
        Progress("encode", texts, texts),
    ]


def test_questions_are_answered_while_documents_are_added(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    seen: list[list[str]] = []

    def tell(_: Progress) -> None:
        seen.append([hit.passage.title for hit in shelf.assistant.search("moulin phare")])

    shelf.add([desk.send("m.md", MOULIN_MD)], tell)
    assert {title for found in seen for title in found} == {"phare.md"}


def test_an_answer_under_way_ends_over_the_documents_it_began_with(desk: Desk) -> None:
    desk.drafts = [PHARE]
    shelf = desk.shelf(phare=PHARE_MD)
    events = shelf.assistant.stream("Que fait le phare toute la nuit ?")
    first = next(events)
    shelf.remove(shelf.assistant.documents()[0].id)
    shelf.close()
    old = desk.opened[0]
    assert not old.closed, "it is still being asked"
    *_, last = events
    assert isinstance(first, Retrieved)
    assert isinstance(last, Done)
    assert last.answer.sentences[0].text == PHARE.split(". ")[0] + "."
    assert old.closed


def test_an_answer_that_is_left_closes_what_it_was_read_from(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    events = shelf.assistant.stream("Que fait le phare toute la nuit ?")
    next(events)
    shelf.add([desk.send("m.md", MOULIN_MD)])
    events.close()
    assert [opened.closed for opened in desk.opened] == [True, False]


def test_one_change_at_a_time(desk: Desk) -> None:
    shelf = desk.shelf(phare=PHARE_MD)
    (first,) = shelf.assistant.documents()
    refused: list[str] = []

    def tell(_: Progress) -> None:
        for change in (
            lambda: shelf.add([desk.send("q.pdf", QUAI_PDF)]),
            lambda: shelf.remove(first.id),
        ):
            with pytest.raises(ShelfError) as caught:
                change()
            refused.append(str(caught.value))

    shelf.add([desk.send("m.md", MOULIN_MD)], tell)
    assert set(refused) == {
        "Vos documents sont en cours de mise à jour. Patientez quelques instants."
    }
    assert titles(shelf) == ["phare.md", "m.md"]
    desk.now += LEFT_SECONDS
    desk.shelves.sweep()
    assert desk.left() == []


def test_readers_encode_one_after_another_and_know_their_place(
    limited: Callable[..., Desk],
) -> None:
    desk = limited(waiting=1)
    one, two, three = (desk.shelves.open() for _ in range(3))
    begun, go = threading.Event(), threading.Event()
    told: list[Progress] = []
    waiting = threading.Event()

    def hold(_: Progress) -> None:
        begun.set()
        assert go.wait(60)

    def note(step: Progress) -> None:
        told.append(step)
        waiting.set()

    first = threading.Thread(target=one.add, args=([desk.send("p.md", PHARE_MD)], hold))
    second = threading.Thread(target=two.add, args=([desk.send("m.md", MOULIN_MD)], note))
    first.start()
    assert begun.wait(60)
    second.start()
    assert waiting.wait(60)
    with pytest.raises(ShelfError, match="Trop de lecteurs ajoutent"):
        three.add([desk.send("q.pdf", QUAI_PDF)])
    go.set()
    first.join()
    second.join()
    assert told[:2] == [Progress("wait", 0, 1), Progress("read", 0, 1)]
    assert (titles(one), titles(two), titles(three)) == (["p.md"], ["m.md"], [])
    assert copies(three) == []
