"""Every rule of the golden questions fires on a set that breaks it, and only then."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from eval.questions.check import Checked, Counts, check
from eval.questions.clusters import read_clusters
from eval.questions.frozen import FROZEN, freeze
from eval.questions.golden import TYPES
from rag.errors import EvaluationError
from tests.golden_samples import TEXTS, Row, row, split_rows, variant, write_folder, write_rows

NBSP = "\u00a0"


def checked(folder: Path) -> Checked:
    return check(folder, TEXTS.__getitem__)


def problems(folder: Path) -> list[str]:
    return [problem.replace(NBSP, " ") for problem in checked(folder).problems]


def changed(rows: list[Row], identity: str, **changes: object) -> list[Row]:
    """Return the rows with some fields of one of them changed."""
    assert identity in {row["id"] for row in rows}
    return [{**row, **changes} if row["id"] == identity else row for row in rows]


def all_rows() -> list[Row]:
    return [*split_rows("dev"), *split_rows("test")]


def test_a_sound_folder_has_neither_problem_nor_doubt(tmp_path: Path) -> None:
    assert checked(write_folder(tmp_path)) == Checked(
        problems=(),
        warnings=(),
        counts=Counts(
            base=260, dev=130, test=130, unanswerable=80, near_misses=40, varied=88, variants=88
        ),
    )


def test_the_counts_are_told_in_a_sentence(tmp_path: Path) -> None:
    assert checked(write_folder(tmp_path)).counts.summary().replace(NBSP, " ") == (
        "260 questions de base (130 dev, 130 test), dont 80 sans réponse (40 « near_miss ») ; "
        "88 variantes de 88 d’entre elles."
    )


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            lambda rows: [row for row in rows if row["base_id"] != "test-moulin-130"],
            "Il y a 259 questions de base : il en faut 260 au moins. Écrivez-en d’autres.",
        ),
        (
            lambda rows: [
                *(row for row in rows if not row["base_id"].startswith("dev-phare-12")),
                *(row("dev", n, "simple") for n in range(201, 211)),
            ],
            (
                "70 questions de base sur 260 sont sans réponse : il en faut 28 % au moins. "
                "Ajoutez-en."
            ),
        ),
        (
            lambda rows: [
                row("test", int(item["id"][-3:]), "off_subject", answerable=False)
                if item["base_id"] == "test-moulin-091"
                else item
                for item in rows
            ],
            (
                "39 questions sans réponse sur 80 sont de type « near_miss » : il en faut 50 % au "
                "moins. Ajoutez-en."
            ),
        ),
        (
            lambda rows: [row for row in rows if row["variant"] == "base" or "dev" in row["id"]],
            "44 questions de base sur 260 ont des variantes : il en faut un tiers. Ajoutez-en.",
        ),
        (
            lambda rows: [
                row("dev", int(item["id"][-3:]), "simple")
                if item["type"] == "opinion" and item["split"] == "dev"
                else item
                for item in rows
                if not (item["type"] == "opinion" and item["variant"] != "base")
            ],
            "Le jeu « dev » n’a pas de question de type « opinion ». Ajoutez-en une.",
        ),
        (
            lambda rows: [*rows, *(row("dev", n, "simple") for n in range(201, 231))],
            (
                "Le jeu « dev » a 160 questions de base et le jeu « test » 130 : il en faut "
                "autant, à 5 % près. Complétez le plus petit."
            ),
        ),
    ],
    ids=["number", "unanswerable", "near misses", "variants", "types", "halves"],
)
def test_what_the_whole_lacks_is_told(
    spoil: Callable[[list[Row]], list[Row]], told: str, tmp_path: Path
) -> None:
    assert told in problems(write_folder(tmp_path, spoil(all_rows())))


def test_two_splits_must_not_ask_about_the_same_cluster(tmp_path: Path) -> None:
    gold = [{"document": "corpus/digue.md", "quote": "La digue date de 1912."}]
    rows = changed(all_rows(), "test-moulin-085", gold=gold)
    assert problems(write_folder(tmp_path, rows)) == [
        (
            "Le groupe de textes « phare » sert aux deux jeux (dev-phare-001 et test-moulin-085) : "
            "changez l’une des deux questions."
        )
    ]


def test_the_id_of_a_question_without_answer_tells_its_cluster(tmp_path: Path) -> None:
    rows = changed(all_rows(), "test-moulin-130", id="test-phare-130", base_id="test-phare-130")
    (problem,) = problems(write_folder(tmp_path, rows))
    assert "« phare » sert aux deux jeux (dev-phare-001 et test-phare-130)" in problem


@pytest.mark.parametrize(
    ("clusters", "told"),
    [
        (
            {"phare": ["corpus/phare.md"], "digue": ["corpus/digue.md", "corpus/phare.md"]},
            "« corpus/phare.md » est dans les groupes « phare » et « digue » : gardez-en un.",
        ),
        (
            {"phare": ["corpus/phare.md", "corpus/bac.md"]},
            "Groupe « phare » : le corpus n’a pas de texte « corpus/bac.md ». Retirez-le.",
        ),
        (
            {"digue": ["corpus/digue.md"]},
            (
                "Question « dev-phare-001 » : aucun groupe n’a le texte « corpus/phare.md » ; "
                "ajoutez-le à clusters.json."
            ),
        ),
    ],
)
def test_the_table_of_clusters_is_checked(
    clusters: dict[str, list[str]], told: str, tmp_path: Path
) -> None:
    folder = write_folder(tmp_path)
    (folder / "clusters.json").write_text(json.dumps(clusters), encoding="utf-8")
    assert told in problems(folder)


def test_a_table_of_clusters_that_is_none_is_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "clusters.json").write_text('{"phare": "corpus/phare.md"}', encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"clusters\.json, champ «.phare.».: il faut une"):
        checked(folder)


def test_a_file_that_changed_after_it_was_frozen_is_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    rows = changed(split_rows("dev"), "dev-phare-085", tags=["autre"])
    write_rows(folder, rows, "dev.jsonl")
    assert problems(folder) == [
        (
            "« dev.jsonl » n’est pas celui qui a été figé (174 questions, 174 maintenant). "
            "Reprenez le fichier figé, ou figez le nouveau avec « parole eval check --freeze »."
        )
    ]
    freeze(folder)
    assert problems(folder) == []


def test_a_file_that_was_never_frozen_or_has_gone_is_told(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "dev.jsonl").rename(folder / "train.jsonl")
    told = problems(folder)
    assert [message[:32] for message in told] == [
        "« train.jsonl » n’est pas figé. ",
        "« dev.jsonl » a été figé, et man",
    ]


def test_without_a_table_no_file_is_frozen(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / FROZEN).unlink()
    assert [message.split(".")[0] for message in problems(folder)] == ["« dev", "« test"]


def test_freezing_writes_the_sha256_and_the_number_of_questions(tmp_path: Path) -> None:
    (tmp_path / "dev.jsonl").write_bytes(b'{"id": "a"}\n{"id": "b"}\n')
    assert json.loads(freeze(tmp_path).read_bytes()) == {
        "dev.jsonl": {
            "sha256": "5713e0cc9de59696188bc3be6fae67c46fd4d52e24f34f181dbddb16c6419c27",
            "questions": 2,
        }
    }


def test_a_folder_without_questions_is_told(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"n’a pas de fichier \.jsonl"):
        checked(tmp_path)


def test_lines_that_cannot_be_read_are_all_told_and_alone(tmp_path: Path) -> None:
    rows = changed(all_rows(), "dev-phare-002", tags="phare", reviewed="")
    rows = changed(rows, "test-moulin-001", gold=[{"document": "corpus/pont.md", "quote": "Non."}])
    told = problems(write_folder(tmp_path, rows))
    assert [message.split(",")[:3] for message in told] == [
        ["dev.jsonl", " ligne 2", " question « dev-phare-002 »"],
        ["test.jsonl", " ligne 1", " question « test-moulin-001 »"],
    ]


def test_our_clusters_hold_every_text_of_our_corpus(repository: Path) -> None:
    clusters = read_clusters(repository / "eval" / "golden" / "clusters.json")
    texts = {f"corpus/{path.name}" for path in (repository / "corpus").glob("*.md")}
    held = [document for documents in clusters.values() for document in documents]
    assert sorted(held) == sorted(texts - {"corpus/README.md"})


def test_an_injection_in_a_document_is_not_asked_of_our_corpus(tmp_path: Path) -> None:
    assert "injection_document" in TYPES
    rows = all_rows()
    extra = {**row("dev", 131, "injection_document"), "forbidden": ["TOPAZE"]}
    assert problems(write_folder(tmp_path, [*rows, extra, variant(extra, "typos", "Kand ?")])) == []
