"""`parole models` and `parole doctor` where nothing has been provided yet."""

import re
from pathlib import Path

import pytest

from rag import messages
from rag.environment import DEFAULT_ENCODER, DEFAULT_GENERATOR, Environment
from rag.models import load_manifest
from tests.fakes import FakeEncoder
from tests.workshop import PHARE, Workshop, page
from ui.cli import doctor, models
from ui.cli import strings as say
from ui.cli.doctor import Finding
from ui.cli.main import guarded
from ui.cli.parser import build_parser


@pytest.fixture
def bare(tmp_path: Path) -> Environment:
    """Return the environment of a machine without models and without a network."""
    return Environment(tmp_path / "cache", offline=True)


def run(bare: Environment, *arguments: str) -> int:
    """Run `parole models` and return its status."""
    options = build_parser().parse_args(["models", *arguments])
    return guarded(lambda: models.run(options, bare))


def test_list_tells_how_to_get_each_model(
    bare: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(bare) == 0
    lines = capsys.readouterr().out.splitlines()
    names = [spec.name for spec in load_manifest().models]
    assert [line.split("  ")[0] for line in lines] == names
    assert [line.split("  ")[-1] for line in lines] == [
        say.MODEL_ABSENT.format(name=name) for name in names
    ]


def test_path_of_a_model_that_is_not_here_is_one_sentence(
    bare: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(bare, "path", DEFAULT_ENCODER) == 1
    assert capsys.readouterr() == ("", f"{say.MODEL_NOT_HERE.format(name=DEFAULT_ENCODER)}\n")


def test_pull_without_a_network_is_one_sentence(
    bare: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(bare, "pull", DEFAULT_ENCODER) == 1
    told = messages.MODEL_MISSING_OFFLINE.format(model=DEFAULT_ENCODER)
    assert capsys.readouterr().err.splitlines()[-1] == told


def findings(index: Path, environment: Environment) -> dict[str, Finding]:
    """Return what the doctor finds, by name."""
    return {finding.name: finding for finding in doctor.examine(index, environment)}


def test_doctor_names_the_remedy_of_each_thing_that_is_missing(
    bare: Environment, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    found = findings(index, bare)
    for name in (DEFAULT_ENCODER, DEFAULT_GENERATOR):
        remedy = say.DOCTOR_MODEL_REMEDY.format(name=name)
        title = say.DOCTOR_MODEL.format(name=name)
        assert found[title] == Finding(title, say.DOCTOR_PACKAGE_ABSENT, remedy)
    title = say.DOCTOR_INDEX.format(directory=index)
    state = messages.INDEX_MISSING.format(directory=index)
    assert found[title] == Finding(title, state, say.DOCTOR_INDEX_REMEDY.format(directory=index))
    assert found[say.DOCTOR_OFFLINE].state == say.DOCTOR_OFFLINE_ON


def test_doctor_finds_a_good_index_in_order(bare: Environment, tmp_path: Path) -> None:
    workshop = Workshop(tmp_path)
    workshop.write(phare=page("Le phare", PHARE))
    workshop.run()
    title = say.DOCTOR_INDEX.format(directory=workshop.index)
    state = say.DOCTOR_INDEX_STATE.format(documents=1, passages=2, encoder=FakeEncoder().name)
    assert findings(workshop.index, bare)[title] == Finding(title, state)


def test_doctor_counts_the_memory_in_gigabytes(bare: Environment, tmp_path: Path) -> None:
    state = findings(tmp_path, bare)[say.DOCTOR_MEMORY].state
    counted = re.fullmatch(r"(\d+,\d) Go libres sur (\d+,\d)", state.replace("\u00a0", " "))
    assert counted is not None
    free, total = (float(figure.replace(",", ".")) for figure in counted.groups())
    assert 0 <= free <= total
    assert 0.1 < total < 100_000


def test_doctor_writes_each_finding_and_fails_if_one_is_ill(
    bare: Environment, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index = tmp_path / "index"
    options = build_parser().parse_args(["doctor", "--index", str(index)])
    assert guarded(lambda: doctor.run(options, bare)) == 1
    state = messages.INDEX_MISSING.format(directory=index)
    name = say.DOCTOR_INDEX.format(directory=index)
    remedy = say.DOCTOR_INDEX_REMEDY.format(directory=index)
    assert capsys.readouterr().out.splitlines()[-2:] == [
        say.DOCTOR_LINE.format(mark=say.BAD, name=name, state=state),
        say.DOCTOR_REMEDY.format(remedy=remedy),
    ]
