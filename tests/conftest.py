"""Shared fixtures, and the count of the three groups of tests: fast, models, browser."""

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rag.config import Settings
from rag.environment import Environment
from rag.generate import TransformersGenerator
from rag.ingest import index
from rag.models import fingerprint
from rag.opening import load_encoder
from tests.real_models import ENCODER, GENERATOR, generator_folder, models_cache

GROUPS = ("fast", "models", "browser")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(slots=True)
class Tally:
    """How many tests of each group ran, failed and were left out, and for how long."""

    ran: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        """Return the command's last line."""
        parts = [
            f"{group}: {self.ran[group]} ran, {self.failed[group]} failed, "
            f"{self.left_out[group]} not run ({self.seconds[group] / 1e9:.0f} s)"
            for group in GROUPS
        ]
        return f"{'; '.join(parts)}; {self.left_out.total()} not run"


def find_browser() -> str | None:
    """Return the path of a Chromium on this machine."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def group_of(item: pytest.Item) -> str:
    """Return the group that a test belongs to."""
    return next((name for name in GROUPS[1:] if item.get_closest_marker(name)), "fast")


TALLY = pytest.StashKey[Tally]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TALLY] = Tally()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Order the groups, and leave the browser's out, aloud, where there is no browser."""
    items.sort(key=lambda item: GROUPS.index(group_of(item)))
    if find_browser():
        return
    out = [item for item in items if group_of(item) == "browser"]
    config.hook.pytest_deselected(items=out)
    config.stash[TALLY].left_out["browser"] = len(out)
    items[:] = [item for item in items if item not in out]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Count a test and its time, fixtures included."""
    tally, group = item.config.stash[TALLY], group_of(item)
    start = time.perf_counter_ns()
    result = yield
    tally.ran[group] += 1
    tally.seconds[group] += time.perf_counter_ns() - start
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Count a failure in any phase of a test; a skipped test has not run."""
    report = yield
    tally, group = item.config.stash[TALLY], group_of(item)
    tally.failed[group] += report.failed  # type: ignore[attr-defined]  # pluggy sends it in
    tally.left_out[group] += report.skipped  # type: ignore[attr-defined]  # the same
    return report


def pytest_unconfigure(config: pytest.Config) -> None:
    """Write the last line, after pytest's own summary."""
    if config.stash[TALLY].ran and not hasattr(config, "workerinput"):
        if config.stash[TALLY].left_out["browser"] and not find_browser():
            print("browser tests need a Chromium: apt-get install chromium")  # noqa: T201
        print(config.stash[TALLY].line())  # noqa: T201 - the line that CI reads


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Return the path of the browser; tests that ask for it are marked `browser`."""
    path = find_browser()
    assert path is not None, "browser tests are left out where there is no Chromium"
    return path


@pytest.fixture(scope="session")
def generator() -> TransformersGenerator:
    """Return the real generator, loaded once for all tests: it takes seconds and gigabytes."""
    folder = generator_folder()
    return TransformersGenerator(folder, GENERATOR, fingerprint(folder), models_cache())


@pytest.fixture(scope="session")
def real_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of our corpus, made with the real encoder."""
    corpus = Path(__file__).resolve().parents[1] / "corpus"
    made = tmp_path_factory.mktemp("real") / "index"
    encoder = load_encoder(ENCODER, Environment(models_cache(), offline=True))
    report = index([corpus], made, encoder, Settings(), lambda *_: None)
    assert report.problems == ()
    return made


@pytest.fixture
def repository() -> Path:
    """Return the root of the project."""
    return Path(__file__).resolve().parents[1]
