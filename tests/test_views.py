"""The parts of the page: what all are made of, its bar, its opening screen, how far it is."""

from dataclasses import replace

import pytest

from tests.fakes_ui import BELL, HOSTILE, MILL, FakeSummary, hit
from tests.fakes_ui import mill_sentences as sentences
from tests.markup import FILLER, Reading, actions_of, assert_data
from ui.conversation import Exchange, Phase
from ui.views.chrome import top
from ui.views.markup import button, close_set, facts, icon
from ui.views.opening import opening
from ui.views.progress import progress

SUMMARIES = tuple(FakeSummary(text.id, text.title, text.metadata) for text in (MILL, BELL))


# --- markup


def test_a_button_names_what_it_is_about() -> None:
    assert button("cite", "1", "cite", label='"Le" titre', exchange=2, pressed="true") == (
        '<button type="button" class="cite" data-action="cite" data-exchange="2" '
        'aria-pressed="true" aria-label="&quot;Le&quot; titre">1</button>'
    )


def test_facts_that_are_not_known_leave_no_dot() -> None:
    dot = '<span class="dot" aria-hidden="true"> · </span>'
    assert facts(["a", "", "b"]) == f'<p class="facts"><bdi>a</bdi>{dot}<bdi>b</bdi></p>'
    assert facts(["", ""]) == ""


def test_an_icon_says_nothing() -> None:
    assert icon("close").startswith(
        '<svg class="icon close" viewBox="0 0 20 20" aria-hidden="true"><path d="m5.5 5.5'
    )


def test_paragraphs_are_set_close() -> None:
    assert close_set("Un.\n\nDeux.\nTrois.") == "Un.\nDeux.\nTrois."


# --- chrome, opening


def test_the_bar_exports_in_four_formats_undoes_clears_and_turns_the_light() -> None:
    bar = top()
    assert actions_of(bar) == [*["download"] * 4, "undo", "clear", "theme"]
    formats = [part.split('"')[0] for part in bar.split('data-format="')[1:]]
    assert formats == ["markdown", "html", "bibtex", "csl"]
    assert 'data-sure="Effacer vraiment\u00a0?"' in bar


def test_the_name_of_the_page_is_its_first_heading() -> None:
    assert '<h1 class="brand"><span aria-hidden="true">«</span>Parole</h1>' in top()


@pytest.mark.parametrize(
    ("texts", "said"), [(0, "d’après aucun texte."), (1, "d’après 1 texte."), (2, "2 textes.")]
)
def test_the_opening_counts_the_texts(texts: int, said: str) -> None:
    assert said in opening(SUMMARIES[:texts], ())


def test_the_opening_lists_the_texts_and_opens_each_in_the_panel() -> None:
    screen = opening(SUMMARIES, ())
    assert "<summary>Voir les 2 textes</summary>" in screen
    assert (
        f'<li><button type="button" class="link" data-action="select" data-document="{MILL.id}" '
        'data-start="0" data-end="0" data-place="panel"><bdi>Le moulin de Valbrune</bdi></button>'
        '<p class="facts"><bdi>Claire Morvan</bdi>'
    ) in screen


def test_without_a_text_there_is_no_list_and_without_an_example_no_card() -> None:
    assert actions_of(opening((), ())) == []


def test_an_example_is_a_card_that_asks_it() -> None:
    assert (
        '<li><button type="button" class="example" data-action="example_select" '
        'data-question="Où est l’&lt;eau&gt; ?"><bdi>Où est l’&lt;eau&gt; ?</bdi></button></li>'
    ) in opening(SUMMARIES, ("Où est l’<eau> ?",))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_on_the_opening_screen_are_text(text: str) -> None:
    def shown(one: str) -> str:
        return opening([FakeSummary(one, one, ())], [one])

    assert_data(shown(text), shown(FILLER), text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_facts_on_the_opening_screen_are_text(text: str) -> None:
    def shown(one: str) -> Reading:
        return Reading(opening([FakeSummary("a", "b", (("date", one),))], ()))

    assert shown(text).elements == shown(FILLER).elements


# --- progress


def steps(exchange: Exchange) -> list[str]:
    """Return the state of each of the four steps."""
    return [part.split('"')[0] for part in progress(exchange).split('<li class="')[1:]]


@pytest.mark.parametrize(
    ("phase", "known", "states"),
    [
        (Phase.WAITING, {}, ["now", "next", "next", "next"]),
        (Phase.SEARCHING, {}, ["now", "next", "next", "next"]),
        (Phase.READING, {"hits": (hit(MILL),)}, ["done", "now", "next", "next"]),
        (Phase.WAITING, {"hits": (hit(MILL),), "before": 1}, ["done", "now", "next", "next"]),
        (Phase.WRITING, {"draft": "Le"}, ["done", "done", "now", "next"]),
        (Phase.WRITING, {"sentences": sentences()[:1]}, ["done", "done", "now", "now"]),
        (
            Phase.CHECKING,
            {"sentences": sentences()[:1], "draft": f"{sentences()[0].text} Il"},
            ["done", "done", "now", "now"],
        ),
        (Phase.CHECKING, {"sentences": sentences()}, ["done", "done", "done", "now"]),
    ],
)
def test_the_steps_follow_the_answer(
    phase: Phase, known: dict[str, object], states: list[str]
) -> None:
    exchange = replace(Exchange(1, "Quand ?", phase), **known)  # type: ignore[arg-type]  # as given
    assert steps(exchange) == states


@pytest.mark.parametrize(
    ("phase", "known", "said"),
    [
        (Phase.WAITING, {}, "En attente…"),
        (Phase.WAITING, {"before": 1}, "1 réponse passe avant la vôtre"),
        (Phase.WAITING, {"before": 2}, "2 réponses passent avant la vôtre"),
        (Phase.SEARCHING, {}, "Recherche…"),
        (Phase.READING, {"hits": (hit(MILL),)}, "Lecture de 1 passage…"),
        (Phase.WRITING, {"hits": (hit(MILL),) * 2}, "Rédaction à partir de 2 passages…"),
        (Phase.CHECKING, {}, "Vérification…"),
        (Phase.STOPPED, {}, "Réponse interrompue"),
        (Phase.FAILED, {}, "Réponse impossible"),
        (
            Phase.DONE,
            {"sentences": sentences(), "seconds": 2.46},
            "2 phrases vérifiées sur 3 · 2,5\u00a0s",
        ),
    ],
)
def test_each_phase_is_said_in_words(phase: Phase, known: dict[str, object], said: str) -> None:
    exchange = replace(Exchange(1, "Quand ?", phase), **known)  # type: ignore[arg-type]  # as given
    assert f'<p class="phase {phase.value}">{said}</p>' in progress(exchange)
