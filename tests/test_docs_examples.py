"""The examples of the documents run, and what they say of the page and the texts is so."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client  # type: ignore[import-untyped]  # it tells no types

from rag import messages
from rag.config import AnswerabilitySettings, Settings
from rag.pipeline import Assistant
from rag.types import Answer, Done
from tests.fakes import FakeEncoder, FakeGenerator
from tests.samples import DOCUMENTS, build_index
from tests.serving import serving
from tests.test_docs import FENCED, INLINE, LINK, NO_BREAK, ROOT, fenced, read
from tests.test_messages import broken
from ui import strings
from ui.schema import as_object
from ui.settings import PageSettings


def run(example: str, opening: str, **given: object) -> dict[str, object]:
    """Run an example without the line that opens something, which is given; return its names."""
    module = ast.parse(example)
    (line,) = [node for node in module.body if ast.unparse(node) == opening]
    module.body.remove(line)
    exec(compile(module, "README.md", "exec"), given)  # noqa: S102 - our own README
    return given


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    willing = Settings(answerability=AnswerabilitySettings(threshold=0.0))
    drafts = ("L’entrée coûte 6,50 euros.",) * 3
    with build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS) as index:
        yield Assistant(index, FakeEncoder(), FakeGenerator(*drafts), willing)


def test_the_python_example_runs(assistant: Assistant, capsys: pytest.CaptureFixture[str]) -> None:
    """With an assistant over fakes in place of the one that the example opens."""
    _, example = fenced(read("README.md"), "python")
    names = run(example, "assistant = Assistant.open('index/')", assistant=assistant)
    answer, event = names["answer"], names["event"]
    assert isinstance(answer, Answer)
    assert answer.sentences[0].citations[0].quote in DOCUMENTS[1].text
    assert isinstance(event, Done)
    assert capsys.readouterr().out.endswith(f"{event.answer.text}\n")


def test_the_client_example_runs(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over a page that is served for it, with fakes behind."""
    monkeypatch.setenv("GRADIO_ANALYTICS_ENABLED", "False")  # else the client calls home
    example, _ = fenced(read("README.md"), "python")
    with serving(assistant, PageSettings()) as url:
        page = Client(url, verbose=False, analytics_enabled=False)
        names: Any = run(example, "page = Client('http://127.0.0.1:7860/')", page=page)
        page.close()
    citation, text = names["citation"], names["text"]
    assert text["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert list(names["hits"][0]) == ["passage_id", "document", "title", "score", "text"]


def dotted(value: object, path: str = "") -> Iterator[str]:
    """Yield the path of every leaf of a JSON value, as the README writes it."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from dotted(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for item in value[:1]:
            yield from dotted(item, f"{path}[]")
    else:
        yield path


def test_the_table_of_json_fields_is_complete_and_in_order(assistant: Assistant) -> None:
    answer = assistant.ask("Combien coûte l’entrée du musée du Textile ?")
    offered = replace(answer, suggestions=("Qui ?",))
    table = re.findall(r"^\| `([\w.\[\]]+)` \|", read("README.md"), re.MULTILINE)
    assert table == list(dotted(as_object(offered)))


def prose(name: str) -> list[str]:
    """Return the lines of a document without code, link targets, marks of images and emphasis."""
    text = LINK.sub("]", INLINE.sub("x", FENCED.sub("", read(name))))
    return text.replace("![", "[").replace("**", "").split("\n")


@pytest.mark.parametrize("name", ["docs/guide.md", "corpus/README.md"])
def test_french_documents_keep_the_typography(name: str) -> None:
    table = re.compile(r"^[|> ]+|^#+ |^- ")
    found = {line: broken(table.sub("", line)) for line in prose(name)}
    assert {line: rules for line, rules in found.items() if rules} == {}


def test_the_guide_quotes_the_corpus_to_the_letter() -> None:
    corpus = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "corpus").glob("*.md"))
    quotes = re.findall(rf"^> «{NO_BREAK}(.+){NO_BREAK}»$", read("docs/guide.md"), re.MULTILINE)
    assert quotes != []
    assert [quote for quote in quotes if quote not in corpus] == []


@pytest.mark.parametrize(
    "words",
    [
        strings.UNVERIFIED,
        strings.REFUSED,
        strings.STOP,
        messages.QUOTED_ANSWER.partition("«")[0].rstrip(),
    ],
)
def test_the_guide_says_what_the_page_says(words: str) -> None:
    assert f"«{NO_BREAK}{words}{NO_BREAK}»" in read("docs/guide.md")


def test_the_documents_count_the_texts_of_the_corpus() -> None:
    texts = [path for path in (ROOT / "corpus").glob("*.md") if path.name != "README.md"]
    for name in ("README.md", "docs/guide.md", "CHANGELOG.md"):
        counts = re.findall(r"(\d+) (?:French texts|comptes rendus)", read(name))
        assert set(counts) == {str(len(texts))}


def test_the_licence_is_the_apache_licence() -> None:
    text = read("LICENSE")
    assert [line.strip() for line in text.split("\n")[:2]] == [
        "Apache License",
        "Version 2.0, January 2004",
    ]
    assert "9. Accepting Warranty or Additional Liability." in text
