"""Shared fixtures, and the count of the three groups of tests: fast, models, browser."""

import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rag.config import Settings
from rag.environment import Environment
from rag.index.ingest import index
from rag.models import fingerprint
from rag.opening import load_encoder
from rag.write.generate import TransformersGenerator
from tests.real_models import ENCODER, GENERATOR, generator_folder, models_cache

GROUPS = ("fast", "models", "browser")
ORDER = ("models", "browser", "fast")
GROUP = "group"
"""Under this name a test's report, which comes from another process, has the test's group."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(slots=True)
class Tally:
    """How many tests of each group ran, failed and were left out, and for how long.

    A plugin of the process that runs the tests, or that gives them to others which do.
    """

    ran: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count what a phase of a test came to; a skipped test has not run."""
        group = next((str(of) for name, of in report.user_properties if name == GROUP), GROUPS[0])
        self.ran[group] += report.when == "setup" and not report.skipped
        self.failed[group] += report.failed
        self.left_out[group] += report.skipped
        self.seconds[group] += report.duration

    def pytest_unconfigure(self) -> None:
        """Write the last line, after pytest's own summary."""
        if self.left_out["browser"] and not find_browser():
            print("browser tests need a Chromium: apt-get install chromium")  # noqa: T201
        if self.ran:
            print(self.line())  # noqa: T201 - the line that CI reads

    def line(self) -> str:
        """Return the command's last line."""
        parts = [
            f"{group}: {self.ran[group]} ran, {self.failed[group]} failed, "
            f"{self.left_out[group]} not run ({self.seconds[group]:.0f} s)"
            for group in GROUPS
        ]
        return f"{'; '.join(parts)}; {self.left_out.total()} not run"


def find_browser() -> str | None:
    """Return the path of a Chromium on this machine."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def group_of(item: pytest.Item) -> str:
    """Return the group that a test belongs to."""
    return next((name for name in GROUPS[1:] if item.get_closest_marker(name)), "fast")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Tally(), "tally")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the groups, the longest first; leave the browser's out, aloud, where there is none."""
    items.sort(key=lambda item: ORDER.index(group_of(item)))
    for item in items:
        item.user_properties.append((GROUP, group_of(item)))
        if group_of(item) == "browser" and not find_browser():
            item.add_marker(pytest.mark.skip(reason="no Chromium"))


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
