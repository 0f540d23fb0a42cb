"""What a run was made of: everything in hashes, and what may differ on going on."""

import subprocess
from pathlib import Path

from eval.hardware import processor
from eval.manifest import Dataset, commit, differing, manifest, questions_hash
from eval.systems.bm25 import Bm25System
from rag.config import Settings
from tests.eval_samples import question
from tests.fakes import FakeEncoder
from tests.samples import DOCUMENTS, build_index


def test_a_manifest_has_a_hash_of_all_that_answers_depend_on(tmp_path: Path) -> None:
    index = build_index(tmp_path / "index", FakeEncoder(), DOCUMENTS)
    questions = (question(), question(id="b", text="Autre ?"))
    dataset = Dataset("golden/dev", questions, seed=7)
    made = manifest(Bm25System(index), dataset, index, {"encoder": "fake@ff"}, Settings())
    assert made["system"] == "bm25"
    assert made["corpus"] == index.manifest.corpus
    assert made["models"] == {"encoder": "fake@ff"}
    assert made["settings"] == Settings().fingerprint()
    assert made["dataset"] == {
        "name": "golden/dev",
        "questions": 2,
        "sha256": questions_hash(questions),
        "sample_seed": 7,
    }


def test_the_hash_of_questions_changes_with_an_accepted_answer() -> None:
    assert questions_hash([question()]) == questions_hash([question()])
    assert questions_hash([question()]) != questions_hash([question(answers=("1682",))])


def test_only_the_machine_may_differ() -> None:
    old = {"system": "a", "hardware": 1, "commit": "x"}
    assert differing(old, {"system": "a", "hardware": 2, "commit": "x"}) == []
    assert differing(old, {"system": "b", "hardware": 1}) == ["commit", "system"]


def test_the_commit_says_when_files_differ_from_it(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *identity, *arguments], check=True)  # noqa: S607

    assert commit(tmp_path) == ""
    git("init", "--quiet")
    (tmp_path / "a").write_text("1", encoding="utf-8")
    git("add", "a")
    git("commit", "--quiet", "-m", "a")
    clean = commit(tmp_path)
    assert len(clean) == 40
    (tmp_path / "a").write_text("2", encoding="utf-8")
    assert commit(tmp_path) == f"{clean}+"


def test_the_processor_is_named_where_linux_lists_it(tmp_path: Path) -> None:
    listing = tmp_path / "cpuinfo"
    listing.write_text("processor\t: 0\nmodel name\t: Machin 3000\n", encoding="utf-8")
    assert processor(listing) == "Machin 3000"
