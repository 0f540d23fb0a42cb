"""Drafts of variants: what each changes, what it leaves alone, and always the same."""

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from eval.questions.golden import read_lines
from eval.questions.variants import drafted, main, no_accents, telegraphic, typos

QUESTION = "Pourquoi le phare de Kérity s’allume-t-il à 18 h 30 depuis 1912 ?"


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - the point is to get the same draw again


def row(number: int, variant: str = "base", question: str = QUESTION) -> dict[str, Any]:
    base_id = f"dev-phare-{number:03}"
    return {
        "id": base_id if variant == "base" else f"{base_id}.{variant}",
        "base_id": base_id,
        "variant": variant,
        "question": question,
        "tags": ["phare", "été"],
        "reviewed": "yves",
    }


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "dev.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    return path


def drafts(path: Path, seed: int = 20) -> list[dict[str, Any]]:
    return [json.loads(line) for line in drafted(read_lines(path), seed)]


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("Où est né l’élève Noël ?", "Ou est ne l’eleve Noel ?"),
        ("Ça coûte 3,5 € à l’œuvre ?", "Ca coute 3,5 € a l’oeuvre ?"),
        ("Œdipe", "Oedipe"),
        ("Qui parle ?", "Qui parle ?"),
    ],
)
def test_no_accents_drops_accents_and_nothing_else(question: str, bare: str) -> None:
    assert no_accents(question, dice(1)) == bare


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Quel est le titre du livre d’Antoine Dupin ?", "titre livre Antoine Dupin"),
        ("Quand le phare a-t-il été construit ?", "date phare construit"),
        ("Combien de marches y a-t-il au phare ?", "nombre marches phare"),
        ("Pourquoi ne voit-on plus la lampe ?", "raison voit plus lampe"),
        ("Où habite-t-elle sans son frère ?", "lieu habite sans frère"),
        ("Est-ce que l’IA change l’école ?", "IA change école"),
        ("Peux-tu me dire qui vend 1 500 pains ?", "dire vend 1 500 pains"),
    ],
)
def test_telegraphic_keeps_the_words_of_content(question: str, words: str) -> None:
    assert telegraphic(question, dice(1)) == words


@pytest.mark.parametrize("seed", range(40))
def test_typos_are_one_or_two_slips_in_long_words(seed: int) -> None:
    slipped = typos(QUESTION, dice(seed))
    words, changed = QUESTION.split(" "), slipped.split(" ")
    spoilt = [(old, new) for old, new in zip(words, changed, strict=True) if old != new]
    assert 1 <= len(spoilt) <= 2
    for old, new in spoilt:
        assert len(old) >= 4
        assert old[0] == new[0]
        assert abs(len(old) - len(new)) <= 1
        assert not any(char.isdigit() for char in old)


def test_typos_are_of_every_kind() -> None:
    slips = {typos("phare", dice(seed)) for seed in range(300)}
    doubled = {"phhare", "phaare", "pharre"}
    missing = {"pare", "phre", "phae"}
    swapped = {"pahre", "phrae", "phaer"}
    beside = {"pgare", "pjare", "phzre", "phaee", "phate"}
    assert slips == doubled | missing | swapped | beside


@pytest.mark.parametrize(
    "question", ["RSE, ROI, HTML ?", "18 h 30 en 1912 ?", "Qui a le bac ?", ""]
)
def test_typos_spare_figures_capitals_and_short_words(question: str) -> None:
    assert typos(question, dice(1)) == question


def test_a_doubled_letter_is_never_swapped_with_itself() -> None:
    assert "allée" not in {typos("allée", dice(seed)) for seed in range(200)}


def test_a_base_question_with_a_paraphrase_gets_three_drafts_after_it(tmp_path: Path) -> None:
    path = write(tmp_path, row(1), row(1, "paraphrase", "Dis-moi tout."), row(2))
    base, bare, slipped, short, paraphrase, other = drafts(path)
    assert (base, paraphrase, other) == (row(1), row(1, "paraphrase", "Dis-moi tout."), row(2))
    assert bare == {
        **row(1, "no_accents", "Pourquoi le phare de Kerity s’allume-t-il a 18 h 30 depuis 1912 ?"),
        "reviewed": "",
    }
    assert short == {
        **row(1, "telegraphic", "raison phare Kérity allume 18 h 30 1912"),
        "reviewed": "",
    }
    assert slipped["id"] == "dev-phare-001.typos"
    assert slipped["question"] != QUESTION


def test_a_variant_that_is_there_is_left_to_the_hand_that_corrected_it(tmp_path: Path) -> None:
    path = write(tmp_path, row(1), row(1, "typos", "Pourqoi ?"), row(1, "paraphrase", "Dis."))
    found = [(draft["variant"], draft["reviewed"]) for draft in drafts(path)]
    assert found == [
        ("base", "yves"),
        ("no_accents", ""),
        ("telegraphic", ""),
        ("typos", "yves"),
        ("paraphrase", "yves"),
    ]


def test_a_draft_that_changes_nothing_is_none(tmp_path: Path) -> None:
    path = write(tmp_path, row(1, question="phare phare"), row(1, "paraphrase", "Dis."))
    assert [draft["variant"] for draft in drafts(path)] == ["base", "typos", "paraphrase"]


def test_drafts_depend_on_the_seed_and_the_id_alone(tmp_path: Path) -> None:
    both = write(
        tmp_path, row(1), row(1, "paraphrase", "Dis."), row(2), row(2, "paraphrase", "Va.")
    )
    texts = {draft["id"]: draft["question"] for draft in drafts(both)}
    alone = write(tmp_path, row(2), row(2, "paraphrase", "Va."))
    assert {d["id"]: d["question"] for d in drafts(alone)}.items() <= texts.items()
    assert texts["dev-phare-001.typos"] != texts["dev-phare-002.typos"]
    assert texts["dev-phare-002.typos"] != drafts(alone, seed=21)[2]["question"]


def test_the_command_writes_the_same_bytes_each_time(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = write(tmp_path, row(1), row(1, "paraphrase", "Dis\u2028tout."))
    written = []
    for _ in range(2):
        assert main([str(path)]) == 0
        written.append(capfdbinary.readouterr().out)
    assert written[0] == written[1]
    assert written[0].startswith(path.read_bytes().split(b"\n")[0] + b"\n")
    assert written[0].count(b"\n") == 5


def test_the_command_says_what_it_cannot_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "absent.jsonl")]) == 1
    assert "ne se lit pas" in capsys.readouterr().err
