"""Whether an answer is in French: what is judged of it, and what lingua says of real texts."""

import pytest

from eval.measures.language import LinguaIdentifier, in_french
from tests.eval_samples import response


class Recorder:
    """Says always the same language and keeps what it was asked about."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.asked: list[str] = []

    def language(self, text: str) -> str:
        self.asked.append(" ".join(text.split()))
        return self.code


@pytest.fixture(scope="module")
def lingua() -> LinguaIdentifier:
    return LinguaIdentifier()


@pytest.mark.parametrize(("code", "expected"), [("fr", 1.0), ("en", 0.0), ("", 0.0)])
def test_only_french_counts(code: str, expected: float) -> None:
    assert in_french(response(), Recorder(code)) == expected


def test_a_refusal_is_not_judged() -> None:
    recorder = Recorder("fr")
    assert in_french(response(refused=True), recorder) is None
    assert recorder.asked == []


@pytest.mark.parametrize(
    "text", ["1681", "En 1681, par Riquet [1].", "", "UN TITRE EN CAPITALES DE SEPT MOTS"]
)
def test_a_few_words_are_not_judged(text: str) -> None:
    assert in_french(response(text=text), Recorder("en")) is None


def test_citations_marks_names_and_figures_are_left_out() -> None:
    recorder = Recorder("fr")
    text = "Le canal [1][2] de l’Orbieu mène vers la mer depuis 1681 au 2e bief. [non vérifié]"
    in_french(response(text=text), recorder)
    assert recorder.asked == ["canal de l mène vers la mer depuis au bief."]


@pytest.mark.parametrize("quoted", ["« the water road »", "“the water road”", '"the water road"'])
def test_quotations_are_left_out_if_enough_is_left(quoted: str) -> None:
    recorder = Recorder("fr")
    in_french(response(text=f"il a écrit {quoted} avant de venir ici"), recorder)
    assert recorder.asked == ["il a écrit avant de venir ici"]


def test_an_answer_that_is_a_quotation_is_judged_by_it() -> None:
    recorder = Recorder("fr")
    in_french(response(text="il dit : « nous avons creusé sept ans durant »"), recorder)
    assert recorder.asked == ["il dit nous avons creusé sept ans durant"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Le canal a été creusé par douze mille ouvriers.", "fr"),
        ("The canal was dug by twelve thousand workers.", "en"),
        ("El canal fue excavado por doce mil obreros.", "es"),
        ("Der Kanal wurde von zwölftausend Arbeitern gegraben.", "de"),
        ("Il canale fu scavato da dodicimila operai.", "it"),
        ("1681 …", ""),
    ],
)
def test_lingua_tells_the_five_languages_apart(
    lingua: LinguaIdentifier, text: str, code: str
) -> None:
    assert lingua.language(text) == code


def test_a_french_answer_full_of_foreign_names_is_french(lingua: LinguaIdentifier) -> None:
    text = "Selon le New York Times, John Smith et Mary Brown ont quitté Facebook en 2019."
    assert lingua.language(text) == "en"
    assert in_french(response(text=text), lingua) == 1.0
    text = "According to Marie Dupont, Jean Martin left his job at the Compagnie des Eaux."
    assert in_french(response(text=text), lingua) == 0.0
