"""The shape of the code: who may import what, how long things are, and what is forbidden."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("rag", "ui", "eval", "tests")
FILE_LINES = 280
FUNCTION_LINES = 45

CONVERSION = {"rag/models/convert_encoder.py", "rag/models/convert_generator.py"}
HOMES = {
    "Stemmer": {"rag/french/text.py"},
    "bm25s": {"rag/index/lexical.py"},
    # usual.py has each library as its own documentation uses it, to be compared with.
    "faiss": {"eval/bench/usual.py", "rag/index/vectors.py"},
    "filelock": {"eval/run.py", "rag/index/store.py", "rag/models/locks.py"},
    "ftfy": {"rag/readers/decode.py"},
    # A page is made of its components: app.py puts together what the tabs lay out.
    "gradio": {
        "ui/app.py",
        "ui/look.py",
        "ui/tabs/corpus.py",
        "ui/tabs/html.py",
        "ui/tabs/own.py",
        "ui/tabs/questions.py",
        "ui/tabs/scope.py",
    },
    # generate.py names its error alone, which transformers lets through.
    "huggingface_hub": {"rag/write/generate.py", "rag/models/fetch.py"},
    "ir_measures": {"eval/measures/retrieval.py"},
    "langchain_community": {"eval/systems/naive.py"},
    "langchain_core": {"eval/systems/naive.py"},
    # naive.py is the tutorial that Parole is compared with, on LangChain throughout.
    "langchain_text_splitters": {"eval/systems/naive.py", "rag/index/chunk.py"},
    "lingua": {"eval/measures/language.py"},
    "markdown_it": {"rag/readers/markdown.py"},
    "markitdown": {"rag/readers/office.py"},
    "matplotlib": {"eval/report/plots.py"},
    "platformdirs": {"rag/environment.py"},
    "peft": {"rag/train/lora.py"},
    "psutil": {"eval/hardware.py", "ui/cli/doctor.py"},
    "pypdf": {"rag/readers/pdf.py"},
    "pysubs2": {"rag/readers/subtitles.py"},
    "rich": {
        "eval/calibrate/__main__.py",
        "rag/train/assess.py",
        "rag/train/reader.py",
        "ui/cli/bench.py",
        "ui/cli/index.py",
        "ui/cli/models.py",
        "ui/cli/terminal.py",
    },
    "scipy": {"eval/estimate.py", "eval/paired.py"},
    "sentence_transformers": {"eval/bench/usual.py", "rag/index/encode.py"},
    "sqlite3": {"rag/index/database.py"},
    "text_to_num": {"rag/french/facts.py"},
    # machine.py measures what torch makes of the processor.
    "torch": {
        "eval/bench/machine.py",
        "rag/index/encode.py",
        "rag/search/reader.py",
        "rag/train/loop.py",
        "rag/train/lora.py",
        "rag/train/pairs.py",
        "rag/write/generate.py",
        "rag/hardware.py",
        "rag/write/int8.py",
        "rag/write/kept.py",
        *CONVERSION,
    },
    "trafilatura": {"rag/readers/web.py"},
    "transformers": {
        "eval/bench/usual.py",
        "rag/search/reader.py",
        "rag/write/generate.py",
        *CONVERSION,
    },
    "uvicorn": {"ui/server.py"},
}
"""The only files that import an engine; torch and transformers have one a model."""

COMMANDS_OF = {"eval": {"ui/cli/bench.py", "ui/cli/eval.py"}}
"""The command line, which puts all parts together, is the one place in `ui` to know `eval`."""

SENTENCES = {"rag/messages.py", "ui/strings.py"}
"""Nothing but what users read, each in one place so that it can be reviewed as a whole."""

FORBIDDEN = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal", "cloudpickle"}


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the project, parsed."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        """Return its path from the root."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def module(self) -> str:
        """Return the dotted name that it is imported by."""
        return self.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


SOURCES = [
    Source(path, ast.parse(path.read_text(encoding="utf-8")))
    for part in PARTS
    for path in sorted((ROOT / part).rglob("*.py"))
]
SHIPPED = [source for source in SOURCES if not source.name.startswith("tests/")]
MODULES = {source.module for source in SOURCES}


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted name of everything that is imported, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_of(name: str) -> str:
    """Return the module of an imported name; `rag.french.text.fold` stands in `rag.french.text`."""
    return name if name in MODULES else name.rpartition(".")[0]


def importing(package: str, below: str) -> list[str]:
    """Return the files below a folder that import a package or anything in it."""
    return [
        source.name
        for source in SOURCES
        if source.name.startswith(below)
        and any(f"{name}.".startswith(f"{package}.") for name in imports(source.tree))
    ]


@pytest.mark.parametrize(
    ("package", "below"),
    [("ui", "rag/"), ("eval", "rag/"), ("tests", "rag/"), ("eval", "ui/"), ("tests", "ui/"),
     ("ui", "eval/"), ("tests", "eval/")],
)  # fmt: skip
def test_imports_run_one_way(package: str, below: str) -> None:
    assert set(importing(package, below)) <= COMMANDS_OF.get(package, set())


@pytest.mark.parametrize("name", ["rag/types.py", "rag/errors.py", "rag/config.py"])
def test_the_ground_floor_imports_nothing_of_the_library(name: str) -> None:
    assert importing("rag", name) == []


def graph() -> dict[str, set[str]]:
    """Return the modules of the project that each of its modules imports when it is loaded.

    The package `rag` is left out: it loads its `Assistant` when that is first asked for.
    """
    edges: dict[str, set[str]] = defaultdict(set)
    for source in SOURCES:
        if source.module == "rag":
            continue
        for name in imports(source.tree):
            target = module_of(name)
            if target in MODULES - {source.module}:
                edges[source.module].add(target)
    return edges


def test_no_module_imports_itself_through_others() -> None:
    assert set(TopologicalSorter(graph()).static_order()) >= {"rag.pipeline", "ui.cli.main"}


@pytest.mark.parametrize(("engine", "homes"), HOMES.items(), ids=HOMES)
def test_an_engine_is_imported_in_one_place(engine: str, homes: set[str]) -> None:
    found = {name for part in ("rag/", "ui/", "eval/") for name in importing(engine, part)}
    assert found == homes


def test_eval_is_not_imported_by_its_bare_name() -> None:
    """Because `import eval` hides the builtin of that name."""
    assert [source.name for source in SOURCES if "eval" in set(imports(source.tree))] == []


def test_nothing_that_runs_code_from_a_file_is_imported() -> None:
    found = {(source.name, name) for source in SOURCES for name in imports(source.tree)}
    assert [pair for pair in found if pair[1].partition(".")[0] in FORBIDDEN] == []


def test_no_code_of_a_model_folder_is_trusted() -> None:
    given = [
        (source.name, ast.unparse(keyword.value))
        for source in SHIPPED
        for keyword in ast.walk(source.tree)
        if isinstance(keyword, ast.keyword) and keyword.arg == "trust_remote_code"
    ]
    assert [name for name, value in given if value != "False"] == []


def public(tree: ast.Module) -> Iterator[ast.AsyncFunctionDef | ast.FunctionDef | ast.ClassDef]:
    """Yield the classes and functions that others may use: no underscore, not inside another."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if node.name.startswith("_"):
                continue
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(ast.Module(node.body, []))


def undocumented(source: Source) -> Iterator[str]:
    """Yield what lacks a docstring whose first line is a sentence."""
    if source.path.stat().st_size and not is_sentence(ast.get_docstring(source.tree)):
        yield source.name
    for node in public(source.tree):
        if not is_sentence(ast.get_docstring(node)):
            yield f"{source.name}:{node.name}"


def is_sentence(docstring: str | None) -> bool:
    """Tell whether the first line of a docstring ends with a full stop, or asks a question."""
    return (docstring or "").split("\n")[0].endswith((".", "?"))


def test_every_module_class_and_function_says_what_it_is() -> None:
    assert [name for source in SHIPPED for name in undocumented(source)] == []


def test_no_file_is_long() -> None:
    lengths = {s.name: len(s.path.read_text(encoding="utf-8").split("\n")) - 1 for s in SOURCES}
    long = {name for name, lines in lengths.items() if lines > FILE_LINES}
    assert long - SENTENCES == set()


def test_no_function_is_long() -> None:
    lengths = {
        f"{source.name}:{node.name}": int(node.end_lineno or 0) - node.lineno + 1
        for source in SOURCES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}
