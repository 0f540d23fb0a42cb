"""The files of a report: the same bytes each time, and no markup but our own."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

from eval.report import Run, write_report
from eval.report.contents import gather
from eval.report.html import page
from eval.report.markdown import document
from eval.report.tables import SMALL
from eval.report.wording import visible
from eval.types import Gold
from tests.eval_samples import (
    cited,
    question,
    record,
    response,
    said,
)
from tests.report_samples import (
    FAILING,
    RECORDS,
    RIGHT,
    SUMMARY,
    run,
    text_of,
)

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> ![x](http://mal.test/a.png) "
    "[y](javascript:alert(3)) "
    "<http://mal.test> www.mal.test `${7*7}` {{ 7*7 }} \u202eretourné \" ' &"
)


class Reader(HTMLParser):
    """The tags of a page, what they refer to, and its texts."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((name, value or "") for name, value in attrs)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        write_report(folder, run(*RECORDS), run(RIGHT, *FAILING.values()), text_of)
    for name in ("report.md", "report.html"):
        first, second = ((folder / name).read_bytes() for folder in folders)
        assert first == second
        assert "Réponses justes".encode() in first


def test_a_page_names_no_address_and_runs_nothing() -> None:
    source = page(gather(run(*RECORDS), run(*RECORDS), text_of))
    read = Reader(source)
    assert re.findall(r"https?:|//\w", source) == []
    assert {"script", "img", "link", "iframe", "object", "form"} & set(read.tags) == set()
    links = [value for name, value in read.attributes if name in {"href", "src", "xlink:href"}]
    assert [link for link in links if not link.startswith("#")] == []


def test_the_curves_are_drawn_with_ids_of_their_own() -> None:
    read = Reader(page(gather(run(*RECORDS))))
    ids = [value for name, value in read.attributes if name == "id"]
    assert read.tags.count("svg") == 2
    assert len(ids) == len(set(ids))


def test_a_system_without_certainty_has_no_curve() -> None:
    unsure = record(response=response(certainty=None))
    source = page(gather(run(unsure, replace(unsure, question=RIGHT.question))))
    assert "Ce système n’annonce pas de certitude" in source
    assert Reader(source).tags.count("svg") == 1


def test_one_question_alone_has_no_warm_times() -> None:
    source = page(gather(run(RIGHT)))
    assert "Une seule question" in source
    assert "Première question, à froid\u00a0: 1,00\u00a0s." in source


def hostile(*, refused: bool = False) -> Run:
    """Return a run in which every text that a record or a manifest has is hostile."""
    bad = cited(document=HOSTILE, quote=HOSTILE, exact=False)
    asked = question(
        id=HOSTILE,
        text=HOSTILE,
        type=HOSTILE,
        variant=HOSTILE,
        answers=(HOSTILE,),
        required=((HOSTILE,),),
        forbidden=("alert",),
        gold=(Gold(HOSTILE, HOSTILE, 0, len(HOSTILE)),),
    )
    given = response(sentences=(said(HOSTILE, bad, marked=True),), draft=HOSTILE)
    if refused:
        given = response(refused=True, text=HOSTILE)
    made = record(question=asked, response=given)
    return Run((RIGHT, made), SUMMARY, {HOSTILE: HOSTILE, "system": HOSTILE, "dataset": HOSTILE})


def test_every_text_of_a_page_is_escaped() -> None:
    report = gather(hostile(), hostile(refused=True), lambda _: HOSTILE)
    clean = Reader(page(gather(run(*RECORDS, dataset="essai"), run(*RECORDS))))
    read = Reader(page(report))
    assert set(read.tags) <= set(clean.tags)
    assert {name for name, _ in read.attributes} <= {name for name, _ in clean.attributes}
    assert visible(HOSTILE) in read.texts
    assert "[U+202E]retourné" in visible(HOSTILE)
    assert not any("\u202e" in text for text in read.texts)


def test_every_text_of_the_markdown_is_escaped() -> None:
    source = document(gather(hostile(), hostile(refused=True), lambda _: HOSTILE))
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    read = Reader(parser.render(source))
    assert {"script", "img", "a"} & set(read.tags) == set()
    assert "\u202e" not in source
    assert any("<script>alert(1)</script>" in text for text in "".join(read.texts).split("\n"))
    assert re.findall(r"(?<!\\)http://|www\.", source) == []


def test_the_markdown_tells_few_questions_with_a_star() -> None:
    source = document(gather(run(*RECORDS)))
    assert "| Formules interdites | 0,0\u00a0% | 0,0 à 60,0\u00a0% | 4\u00a0\\* |" in source
    assert f"moins de {SMALL} questions" in source
