"""Right or wrong by the words alone: what counts, what does not, and where nothing can be told."""

from collections.abc import Callable

import pytest

from eval.measures.correctness import (
    claims,
    exact_match,
    forbidden,
    inclusion,
    inclusion_unmarked,
    inclusion_with_accents,
    length,
    numeric,
    token_f1,
)
from eval.types import Numeric, Question, Response
from tests.eval_samples import cited, question, response, said, unanswerable

Measure = Callable[[Question, Response], float | None]

INCLUSIONS = [inclusion, inclusion_with_accents, inclusion_unmarked]
COMPARED = [*INCLUSIONS, token_f1, exact_match]
LENGTH = Numeric(value=240.0, unit="km", tolerance=5.0)
CLAIMS = (("Toulouse", "ville rose"), ("Sète",), ("deux mers", "mer à mer"))


def test_an_answer_that_holds_an_accepted_wording_is_right() -> None:
    assert inclusion(question(answers=("1681", "fin du XVIIe siècle")), response()) == 1.0


def test_any_accepted_wording_is_enough() -> None:
    given = response(text="À la fin du XVIIe siècle.")
    assert inclusion(question(answers=("1681", "fin du XVIIe siècle")), given) == 1.0


@pytest.mark.parametrize("text", ["En 1682.", "En 16810.", "Le canal est beau.", ""])
def test_an_answer_that_holds_none_is_wrong(text: str) -> None:
    assert inclusion(question(), response(text=text)) == 0.0


def test_the_number_of_a_citation_is_no_answer() -> None:
    asked = question(answers=("1",), numeric=Numeric(value=1.0, unit="", tolerance=0.0))
    given = response(text="Il y en a beaucoup [1].")
    assert inclusion(asked, given) == 0.0
    assert numeric(asked, given) == 0.0


def test_all_claims_together_are_right_and_some_are_not() -> None:
    asked = question(answers=(), required=CLAIMS)
    assert inclusion(asked, response(text="De la ville rose à Sète, de mer à mer.")) == 1.0
    assert inclusion(asked, response(text="De Toulouse à Sète.")) == 0.0


def test_claims_are_counted_in_any_wording() -> None:
    asked = question(required=CLAIMS)
    assert claims(asked, response(text="De Toulouse, la ville rose, à Sète.")) == 2 / 3
    assert claims(asked, response(text="De Bordeaux à Lyon.")) == 0.0


def test_an_accepted_wording_does_without_the_claims() -> None:
    asked = question(answers=("de mer à mer",), required=CLAIMS)
    assert inclusion(asked, response(text="Il va de mer à mer.")) == 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il mesure 240 km.", 1.0),
        ("Il mesure deux cent quarante kilomètres.", 1.0),
        ("Il mesure 245 km.", 1.0),
        ("Il mesure 235 km.", 1.0),
        ("Il mesure 245,1 km.", 0.0),
        ("Il mesure 2 400 km.", 0.0),
        ("Il est très long.", 0.0),
    ],
)
def test_a_number_is_right_within_tolerance(text: str, expected: float) -> None:
    asked = question(answers=(), numeric=LENGTH)
    assert numeric(asked, response(text=text)) == expected
    assert inclusion(asked, response(text=text)) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.0, "Il compte 1\u202f234 pages."),
        (3.5, "Il pèse 3,5 kilos."),
        (3_000_000.0, "Il coûte 3 millions d’euros."),
        (81.0, "Il y a quatre-vingt-un ans."),
        (-5.0, "Il fait -5 degrés."),
    ],
)
def test_numbers_are_read_as_the_french_write_them(value: float, text: str) -> None:
    asked = question(numeric=Numeric(value=value, unit="", tolerance=0.0))
    assert numeric(asked, response(text=text)) == 1.0


@pytest.mark.parametrize("measure", INCLUSIONS)
@pytest.mark.parametrize("expected", ["answer", "correct_premise"])
def test_a_forbidden_wording_makes_an_answer_wrong(measure: Measure, expected: str) -> None:
    asked = question(expected=expected, forbidden=("Louis XV",))
    given = response(text="Louis XV l’a ouvert en 1681.")
    assert measure(asked, given) == 0.0
    assert measure(asked, response(text="Louis XIV l’a ouvert en 1681.")) == 1.0
    assert forbidden(asked, given) == 1.0


def test_a_forbidden_wording_counts_in_marked_sentences_and_without_accents() -> None:
    asked = question(forbidden=("Frédéric II",))
    given = response(sentences=(said(), said("Frederic II y était.", marked=True)))
    assert forbidden(asked, given) == 1.0
    assert inclusion_unmarked(asked, given) == 0.0
    assert inclusion_with_accents(asked, given) == 0.0


def test_what_is_forbidden_is_measured_on_unanswerable_questions_too() -> None:
    asked = unanswerable(forbidden=("deux millions",))
    assert forbidden(asked, response(text="Il a coûté deux millions.")) == 1.0
    assert forbidden(asked, response(refused=True)) == 0.0
    assert forbidden(unanswerable(), response()) is None


def test_a_refusal_holds_nothing_that_its_text_happens_to_say() -> None:
    asked = question(
        answers=("corpus",), required=(("corpus",),), forbidden=("réponse",), numeric=LENGTH
    )
    given = response(refused=True, text="Je ne trouve pas la réponse dans le corpus : 240.")
    assert [measure(asked, given) for measure in COMPARED] == [0.0] * 5
    assert [claims(asked, given), numeric(asked, given), forbidden(asked, given)] == [0.0] * 3
    assert length(asked, given) is None
    assert exact_match(question(), response(refused=True, text="1681")) == 0.0


def test_nothing_is_compared_where_refusing_is_right() -> None:
    asked = unanswerable(answers=("1681",), required=CLAIMS, numeric=LENGTH)
    measures = [*COMPARED, claims, numeric]
    assert [measure(asked, response()) for measure in measures] == [None] * 7


def test_nothing_is_compared_without_an_accepted_answer() -> None:
    asked = question(answers=())
    measures = [*COMPARED, claims, numeric, forbidden]
    assert [measure(asked, response()) for measure in measures] == [None] * 8


def test_accents_count_in_one_figure_alone() -> None:
    asked, given = question(answers=("Béziers",)), response(text="Riquet venait de Beziers.")
    assert inclusion(asked, given) == 1.0
    assert inclusion_with_accents(asked, given) == 0.0
    assert inclusion_with_accents(asked, response(text="De BÉZIERS.")) == 1.0


def test_accents_count_in_claims_as_well() -> None:
    asked, given = question(answers=(), required=CLAIMS[:2]), response(text="Toulouse et Sete")
    assert inclusion(asked, given) == 1.0
    assert inclusion_with_accents(asked, given) == 0.0


def test_a_marked_sentence_counts_in_the_main_figure_alone() -> None:
    given = response(sentences=(said("C’est un canal.", cited()), said("En 1681.", marked=True)))
    assert inclusion(question(), given) == 1.0
    assert inclusion_unmarked(question(), given) == 0.0
    assert inclusion_unmarked(question(), response()) == 1.0


def test_token_f1_is_squads() -> None:
    """Three of the answer's six tokens are the accepted four's: P ½, R ¾, F1 0.6."""
    asked = question(answers=("quinze mai de 1681", "jamais"))
    given = response(text="Ouvert le 15 mai de l’an 1681.")
    assert token_f1(asked, given) == pytest.approx(0.6)


def test_token_f1_counts_repetitions() -> None:
    """Only one «beau» of three is shared: P ⅓, R 1, F1 ½."""
    assert token_f1(question(answers=("beau",)), response(text="Beau, beau, beau !")) == 0.5


@pytest.mark.parametrize(
    ("text", "f1", "exact"),
    [("L’an 1681 !", 1.0, 1.0), ("an 1681 [1]", 1.0, 1.0), ("1681", 2 / 3, 0.0), ("…", 0.0, 0.0)],
)
def test_exact_match_wants_all_tokens_and_no_other(text: str, f1: float, exact: float) -> None:
    asked = question(answers=("en hiver", "l'an 1681"))
    assert token_f1(asked, response(text=text)) == pytest.approx(f1)
    assert exact_match(asked, response(text=text)) == exact


def test_length_is_in_words_without_citations_and_marks() -> None:
    given = response(text="L’eau du canal vient de la montagne [1][2]. Oui. [non vérifié]")
    assert length(question(), given) == 8.0
    assert length(unanswerable(), given) == 8.0
