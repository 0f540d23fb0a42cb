"""What a run says in a table, in Markdown and as a page."""

import re
from pathlib import Path

import pytest

from eval.bench import strings as say
from eval.bench.ledger import figure
from eval.bench.opening import PARTS
from eval.bench.report import document, drawings, missing, page, write_report
from eval.bench.search import SIZES
from eval.bench.tables import heroes, label, number, row, sections, shown
from eval.bench.types import UNITS, Measure, Results
from ui.cli.bench_parser import PARTS as NAMED
from ui.cli.bench_parser import SIZES as OFFERED

FIGURES = (
    figure(Measure("machine", "copy", "bandwidth"), [10.0, 12.5, 11.0]),
    figure(Measure("search", "dense", "query", 1000), [0.25]),
    figure(Measure("search", "dense", "query", 10000), [2.5]),
    figure(Measure("search", "dense", "recall", 1000), [0.985]),
    figure(Measure("ask", "parole", "first_word"), [1.5, 1.25, 2.0]),
    figure(Measure("ask", "naive", "ratio_total"), [2.0, 2.75, 3.0]),
)
HOSTILE = "<script>alert(1)</script> ![x](http://mal.test) \u202e"
RESULTS = Results(
    FIGURES,
    {
        "parts": ["machine", "search", "ask"],
        "hardware": {"processor": HOSTILE, "cores": 2, "memory_gib": 23.5},
        "load": 0.25,
    },
    ("machine", "search"),
)


def test_everything_that_can_be_measured_has_a_unit_and_a_name() -> None:
    assert set(UNITS) == set(say.MEASURES)
    assert set(UNITS.values()) == set(say.UNITS)
    assert set(say.PARTS) == set(PARTS)


def test_the_parser_names_every_part_and_size() -> None:
    assert tuple(PARTS) == NAMED
    assert SIZES == OFFERED


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (0.2789, "milliseconds", "0,279\u00a0ms"),
        (0.0018, "seconds", "0,00180\u00a0s"),
        (48.57, "milliseconds", "48,6\u00a0ms"),
        (1544.09, "bytes", "1\u202f544\u00a0octets"),
        (0.985, "share", "98,5\u00a0%"),
        (1.0, "share", "100\u00a0%"),
        (4.0, "times", "×\u00a04,00"),
        (0.0, "seconds", "0,00\u00a0s"),
        (0.99964, "cosine", "0,9996"),
    ],
)
def test_a_value_has_three_digits_and_its_unit(value: float, unit: str, expected: str) -> None:
    assert shown(value, unit) == expected


def test_a_number_that_is_rounded_up_has_no_digit_too_many() -> None:
    assert number(999.7, "bytes") == "1\u202f000"
    assert number(9.999, "seconds") == "10,0"


def test_a_row_has_quartiles_in_one_unit_and_nothing_for_a_single_value() -> None:
    many, once = row(FIGURES[4]), row(FIGURES[1])
    assert (many.label, many.median) == ("Parole, premier mot", "1,50\u00a0s")
    assert (many.quartiles, many.p95, many.n) == ("1,25 à 2,00\u00a0s", "2,00\u00a0s", "3")
    assert row(FIGURES[5]).quartiles == "×\u00a02,00 à 3,00"
    assert (once.label, once.quartiles, once.p95, once.n) == (
        "sens, 1\u202f000 passages, une question", "", "", "1",
    )  # fmt: skip


def test_a_subject_without_a_name_of_its_own_is_called_as_it_is() -> None:
    measure = Measure("encode", "sentence-transformers", "query")
    assert label(measure) == "sentence-transformers, une question"


def test_figures_stand_part_by_part_the_main_ones_above() -> None:
    assert [(found.part, len(found.rows)) for found in sections(FIGURES)] == [
        ("machine", 1), ("search", 3), ("ask", 2),
    ]  # fmt: skip
    assert [found.label for found in heroes(FIGURES)] == [
        "Parole, premier mot", "tutoriel, même moteur, durée, rapport à Parole",
    ]  # fmt: skip


def test_parts_that_were_not_finished_are_named() -> None:
    assert missing(RESULTS) == "Interrompu\u00a0: il manque tout ou partie de Une question."
    assert missing(Results((), {"parts": ["search"]}, ("search",))) == ""


def test_what_grows_is_drawn_as_lines_and_one_question_as_bars() -> None:
    drawn = drawings(FIGURES)
    assert sorted(drawn) == ["ask", "search"]
    assert "millisecondes par question" in drawn["search"]
    assert ">premier mot<" in drawn["ask"]
    assert drawings(FIGURES[:1]) == {}


def test_the_same_results_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_report(tmp_path / f"{name}.json", RESULTS)
    for suffix in (".md", ".html"):
        one, other = ((tmp_path / name).with_suffix(suffix).read_bytes() for name in ("a", "b"))
        assert one == other


def test_the_markdown_has_every_figure() -> None:
    told = document(RESULTS)
    assert "| Parole, premier mot | 1,50\u00a0s | 1,25 à 2,00\u00a0s | 2,00\u00a0s | 3 |" in told
    assert "<script>" not in told
    assert "![x]" not in told
    assert "- **hardware.cores**\u00a0: 2" in told


def test_the_page_stands_alone_and_no_text_is_markup() -> None:
    told = page(RESULTS)
    assert "<script" not in told
    assert "&lt;script&gt;" in told
    assert "[U+202E]" in told
    assert not re.search(r'(src|href)="(?!#)', told)
    for anchor in ("machine", "search", "ask", "conditions"):
        assert f'href="#{anchor}"' in told
        assert f'id="{anchor}"' in told
    found = re.findall(r'\bid="([^"]+)"', told)
    assert len(found) == len(set(found))
