"""The figures of a report, which failures it shows in which order, and what changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.report import write_report
from eval.report.changes import changes
from eval.report.contents import gather
from eval.report.failures import CONTEXT, REASONS, excerpt, failures
from eval.report.html import page
from eval.report.markdown import document
from eval.report.numbers import figure, interval
from eval.report.strings import REASONS as REASON_TEXTS
from eval.report.strings import WHY
from eval.report.tables import cuts, families
from eval.report.wording import retrieval, verdict
from eval.score import ALL
from eval.strings import MEASURES
from eval.types import Estimate
from rag.errors import EvaluationError
from tests.eval_samples import (
    DOCUMENT,
    GOLD,
    QUOTE,
    question,
    ranked,
    record,
    response,
    unanswerable,
)
from tests.report_samples import FAILING, RECORDS, RIGHT, SUMMARY, WRONG, named, run, text_of

# --- figures -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measure", "value", "shown"),
    [
        ("answer_inclusion", 0.7234, "72,3\u00a0%"),
        ("crag_score", -0.1254, "−0,125"),
        ("crag_score", -0.0001, "0,000"),
        ("seconds_p95", 12.345, "12,35\u00a0s"),
        ("answer_words", 17.04, "17,0"),
    ],
)
def test_a_figure_has_its_own_unit(measure: str, value: float, shown: str) -> None:
    assert figure(measure, value) == shown


def test_an_interval_names_its_unit_once_and_is_a_dash_where_unknown() -> None:
    assert interval("answer_inclusion", SUMMARY["answer_inclusion"]) == "25,0 à 75,0\u00a0%"
    assert interval("crag_score", SUMMARY["crag_score"]) == "−0,500 à 0,250"
    assert interval("crag_score", Estimate(0.0, float("nan"), float("nan"), 3)) == "–"


def test_measures_stand_by_subject_and_few_questions_are_told() -> None:
    found = [(f.title, row.label, row.n, row.small) for f in families(SUMMARY) for row in f.rows]
    assert found == [
        ("Justesse", "Réponses justes", 40, False),
        ("Justesse", "Formules interdites", 4, True),
        ("Refus", "Score CRAG", 40, False),
        ("Temps", "Durée médiane", 39, False),
    ]


def test_a_measure_where_less_is_better_says_so() -> None:
    rows = {row.label: row for family in families(SUMMARY) for row in family.rows}
    assert rows["Formules interdites"].explanation.endswith("Le plus bas est le mieux.")
    assert "plus bas" not in rows["Réponses justes"].explanation


def test_a_strip_places_a_share_and_nothing_else() -> None:
    rows = {row.label: row for family in families(SUMMARY) for row in family.rows}
    place = rows["Réponses justes"].place
    assert place is not None
    assert (place.left, place.width, place.value) == (25.0, 50.0, 50.0)
    assert rows["Score CRAG"].place is None


def test_every_measure_has_a_french_name() -> None:
    assert set(MEASURES) == {measure.name for measure in ALL} | {"in_french"}


def test_a_measure_without_a_french_name_is_shown_under_its_own() -> None:
    (family,) = families({"new_measure": Estimate(0.5, 0.4, 0.6, 50)})
    assert (family.title, family.rows[0].label) == ("Autres mesures", "new_measure")


def test_slices_hold_the_figures_of_their_questions() -> None:
    typos = named(
        "faute", question=question(variant="typos"), response=response(sentences=(WRONG,))
    )
    by_type, by_document, by_variant = cuts((RIGHT, typos, FAILING["answered"]))
    values = [[row and row.value for row in line.rows] for line in by_variant.lines]
    assert [line.label for line in by_variant.lines] == ["question d’origine", "fautes de frappe"]
    assert values == [
        ["100,0\u00a0%", "100,0\u00a0%", "100,0\u00a0%", "0,0\u00a0%"],
        ["0,0\u00a0%", "0,0\u00a0%", "100,0\u00a0%", None],
    ]
    assert [line.label for line in by_type.lines] == ["date", "near miss"]
    assert [line.label for line in by_document.lines] == [
        "aucun\u00a0: le corpus ne répond pas",
        DOCUMENT,
    ]
    assert [row and row.n for row in by_document.lines[1].rows] == [2, 2, 2, None]


# --- failures ----------------------------------------------------------------------------


def test_failures_come_gravest_first_then_in_the_order_of_the_run() -> None:
    second = named("wrong-2", response=response(sentences=(WRONG,)))
    assert [(f.record.question.id, f.reasons) for f in failures((*RECORDS, second))] == [
        ("forbidden", ("forbidden", "wrong", "beside")),
        ("answered", ("answered",)),
        ("wrong", ("wrong", "beside")),
        ("wrong-2", ("wrong", "beside")),
        ("refused", ("refused",)),
        ("inexact", ("inexact",)),
        ("beside", ("beside",)),
        ("uncited", ("uncited",)),
    ]


def test_every_reason_has_its_words() -> None:
    assert set(REASONS) == set(REASON_TEXTS) == set(WHY) == set(FAILING)


def test_a_run_without_failure_says_so() -> None:
    assert "Aucun échec" in page(gather(run(RIGHT)))
    assert "Aucun échec" in document(gather(run(RIGHT)))


def test_a_gold_quote_stands_marked_in_its_text() -> None:
    assert "<mark>Le canal a été ouvert en 1681.</mark> Il mesure 240" in page(
        gather(run(*RECORDS), text_of=text_of)
    )
    assert f"<mark>{QUOTE}</mark></bdi>" in page(gather(run(*RECORDS)))


def test_the_text_around_a_quote_is_cut_at_a_word() -> None:
    before, after = "mot " * 100, " fin" * 100
    found = excerpt(replace(GOLD, quote="ici", start=400, end=403), lambda _: f"{before}ici{after}")
    assert (found.before, found.after) == ("…\u00a0" + "mot " * 44, " fin" * 44 + "\u00a0…")
    assert len(found.before) <= CONTEXT


def test_a_quote_that_its_text_no_longer_holds_stands_alone() -> None:
    found = excerpt(GOLD, lambda _: "autre texte")
    assert (found.before, found.quote, found.after) == ("", QUOTE, "")


def test_a_quote_of_a_text_that_is_gone_stands_alone() -> None:
    found = excerpt(replace(GOLD, document="disparu"), text_of)
    assert (found.before, found.quote, found.after) == ("", QUOTE, "")


def test_the_rank_of_the_evidence_tells_finding_from_reading() -> None:
    late = response(hits=(ranked("p7"), ranked("p1")))
    assert retrieval(record(response=late)) == "Preuve retrouvée au rang 2, sur 2."
    missed = retrieval(record(relevant=("p9",)))
    assert missed == "Preuve absente des passages retrouvés (1)\u00a0: la recherche l’a manquée."
    assert retrieval(record(response=response(hits=()))) == "Aucun passage retrouvé."


def test_a_verdict_tells_refusals_apart() -> None:
    refused = response(refused=True)
    assert [verdict(item) for item in (RIGHT, FAILING["wrong"], FAILING["refused"])] == [
        "right",
        "wrong",
        "wrongly_refused",
    ]
    assert verdict(record(question=unanswerable(), response=refused)) == "rightly_refused"
    assert verdict(record(question=question(answers=()))) == "unknown"


# --- what changed ------------------------------------------------------------------------


def test_what_changed_is_listed_with_both_answers() -> None:
    before = (RIGHT, named("b", response=response(sentences=(WRONG,))))
    after = (named("juste", response=response(sentences=(WRONG,))), named("b"))
    found = changes(before, after, "naive")
    assert [(title, pairs[0].after.question.id) for title, pairs in found.groups] == [
        ("1 question cassée", "juste"),
        ("1 question réparée", "b"),
    ]
    shown = document(gather(run(*after), run(*before)))
    line = "- **juste**, En quelle année le canal a-t-il été ouvert ?"
    assert f"{line}\n  - avant\u00a0: {QUOTE}\n  - après\u00a0: {WRONG.text}" in shown
    assert found.rows[0].label == "Réponses justes"
    assert (found.rows[0].before, found.rows[0].after) == ("50,0\u00a0%", "50,0\u00a0%")
    assert (found.rows[0].change, found.rows[0].verdict) == ("0,0\u00a0pts", "unsettled")


@pytest.mark.parametrize(("worse_first", "shown"), [(True, "better"), (False, "worse")])
def test_a_difference_beyond_chance_is_called_better_or_worse(
    *, worse_first: bool, shown: str
) -> None:
    wrong = tuple(named(f"q{n}", response=response(sentences=(WRONG,))) for n in range(40))
    right = tuple(named(f"q{n}") for n in range(40))
    found = changes(*((wrong, right) if worse_first else (right, wrong)), "naive")
    row = next(row for row in found.rows if row.label == "Réponses justes")
    assert (row.verdict, row.p) == (shown, "<\u00a00,001")
    assert row.change == ("+100,0\u00a0pts" if worse_first else "−100,0\u00a0pts")


def test_a_run_over_other_questions_is_refused_and_the_old_report_stays(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("avant", encoding="utf-8")
    with pytest.raises(EvaluationError, match="sur les mêmes questions"):
        write_report(tmp_path, run(RIGHT), run(FAILING["wrong"]))
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == "avant"


def test_without_another_run_nothing_is_said_of_changes() -> None:
    assert "Ce qui a changé" not in page(gather(run(*RECORDS)))
    assert "Ce qui a changé" not in document(gather(run(*RECORDS)))
