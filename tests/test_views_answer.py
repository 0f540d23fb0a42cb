"""What stands around an answer: its sources, what can be done with it, the account of it."""

import html
import shlex
from dataclasses import replace

import pytest

from rag.types import Receipt
from tests.fakes_ui import BELL, BUILT, HOSTILE, MILL, answer, cite, hit
from tests.fakes_ui import mill_sentences as sentences
from tests.markup import FILLER, Reading, actions_of
from ui import strings
from ui.conversation import Exchange, Phase
from ui.sources import sources_of
from ui.views.actions import actions, plain
from ui.views.sources import panel, passage, strip
from ui.views.why import command, why


def done(number: int = 2) -> Exchange:
    """Return an answered exchange of two sources and an unverified sentence."""
    found = answer("Quand ?", sentences())
    return Exchange(
        number=number,
        question="Quand ?",
        phase=Phase.DONE,
        hits=found.hits,
        sentences=found.sentences,
        sources=sources_of(found.sentences, {MILL.id: MILL}.__getitem__),
        seconds=2.46,
        answer=found,
    )


def test_each_source_is_a_small_card_that_opens_the_panel() -> None:
    assert (
        '<li><button type="button" class="card" data-action="cite" data-exchange="2" '
        'data-source="1" aria-label="Source 1\u00a0: Le moulin de Valbrune"><span class="title">'
        '<span class="number">1</span><bdi>Le moulin de Valbrune</bdi></span>'
        f'<span class="excerpt"><bdi>{BUILT}</bdi></span></button></li>'
    ) in strip(done())


def test_the_panel_shows_the_quote_in_its_context_and_where_it_is_from() -> None:
    exchange = done()
    source = replace(exchange.sources[0], before="Avant.\n\n", after=" <Après>", reference="Réf.")
    shown = panel(replace(exchange, sources=(source,)))
    start = MILL.text.index(BUILT)
    assert '<h2 tabindex="-1">Sources <span class="total">1</span></h2>' in shown
    assert (
        f'<blockquote dir="auto">Avant.\n<mark>{BUILT}</mark> &lt;Après&gt;</blockquote>' in shown
    )
    assert Reading(shown).text.startswith(
        "Sources 11Le moulin de ValbruneClaire Morvan, Anselme Corbier · mars 2019 · Histoire · "
        "appui 94\u00a0%Avant."
    )
    assert (
        f'data-action="select" data-document="{MILL.id}" data-start="{start}" '
        f'data-end="{start + len(BUILT)}" data-place="panel"'
    ) in shown
    assert 'data-action="copy" data-text="Réf."' in shown


def test_the_title_of_a_source_shows_what_rests_on_it() -> None:
    assert (
        '<h3><button type="button" class="" data-action="trace" data-exchange="2" data-source="2" '
        'aria-label="2 Le moulin de Valbrune\u00a0: montrer dans la réponse les phrases qui s’y '
        'appuient">'
    ) in panel(done())


def test_the_panel_of_an_answer_without_a_source_is_empty() -> None:
    assert panel(replace(done(), sources=())) == ""


def test_a_passage_near_the_question_opens_in_its_text() -> None:
    shown = passage(hit(MILL))
    assert "<h4><bdi>Le moulin de Valbrune</bdi></h4>" in shown
    assert f'data-start="0" data-end="{len(MILL.text)}" data-place="panel"' in shown
    assert shown.split("</blockquote>")[0].endswith(" …")


def test_the_title_of_a_section_is_not_said_twice_of_a_passage() -> None:
    found = hit(MILL)
    headed = replace(found.passage, section="Histoire", text="Histoire\n\nHistoire d’eau.\n\nFin.")
    shown = passage(replace(found, passage=headed))
    assert '<blockquote dir="auto">Histoire d’eau.\nFin.</blockquote>' in shown
    assert "section «\u00a0Histoire\u00a0»" in shown


def test_an_answer_is_copied_with_its_marks_and_its_references() -> None:
    sources = tuple(replace(source, reference=f"Réf. {source.n}.") for source in done().sources)
    assert plain(replace(done(), sources=sources)) == (
        "Le moulin a été bâti en 1742 par Anselme Corbier. [1] Il a cessé de tourner en 1931. [2] "
        "Il employait une dizaine d’ouvriers. [non vérifié]\n\n"
        "Sources\u00a0:\n[1] Réf. 1.\n[2] Réf. 2."
    )


def test_what_was_never_written_cannot_be_copied() -> None:
    nothing = Exchange(3, "Quand ?", Phase.FAILED)
    assert actions_of(actions(nothing, feedback=True)) == ["retry", "edit"]


def test_an_opinion_is_a_switch_that_may_be_explained() -> None:
    shown = actions(replace(done(), rating="bad"), feedback=True)
    assert actions_of(shown) == ["copy", "retry", "edit", "like", "like", "reason"]
    assert 'data-exchange="2" data-rating="good" aria-pressed="false"' in shown
    assert 'data-exchange="2" data-rating="bad" aria-pressed="true"' in shown
    assert '<label for="reason-2">' in shown
    assert '<input id="reason-2" type="text" maxlength="500"' in shown


def test_nothing_is_accounted_for_before_there_is_an_answer() -> None:
    assert why(replace(done(), answer=None)) == ""


def test_each_passage_has_its_scores_and_tells_whether_it_was_read() -> None:
    read, aside = hit(MILL, 0.714), hit(BELL, 0.25)
    aside = replace(aside, passage=replace(aside.passage, id="f" * 15))
    found = replace(answer("Quand ?", sentences()), hits=(read, aside), told=(read.passage.id,))
    shown = why(replace(done(), answer=found))
    figures = ">0,71</td>", ">0,25</td>"
    assert [shown.count(figure) for figure in figures] == [3, 3]
    first, second = shown.split("<tr class=")[1:]
    assert first.startswith('"read"><th scope="row"><span class="title"><bdi>Le moulin')
    assert '<td class="state">lu</td>' in first
    assert second.startswith('"aside"><th scope="row"><span class="title"><bdi>La cloche')
    assert '<td class="state">mis de côté</td>' in second


def test_each_sentence_is_shown_with_what_the_check_said() -> None:
    shown = why(done())
    assert (
        '<li><span dir="auto">Le moulin a été bâti en 1742 par Anselme Corbier.</span> '
        '<span class="verdict">appui 94\u00a0% · source 1</span></li>'
    ) in shown
    assert (
        '<li><span dir="auto">Il employait une dizaine d’ouvriers.</span> '
        '<span class="mark">non vérifié</span></li>'
    ) in shown


def test_the_receipt_names_what_made_the_answer() -> None:
    receipt = Receipt("c0", "i1", {"encoder": "petit@aa", "juge": "grand@bb"}, "r2", "0.5.0")
    found = replace(answer("Quand ?", sentences()), receipt=receipt, certainty=0.914)
    told = Reading(why(replace(done(), answer=found))).text
    times = (
        "recherche 0,1\u00a0s · premier mot 0,5\u00a0s · rédaction 2,0\u00a0s · "
        "vérification 0,4\u00a0s · en tout 2,5\u00a0s"
    )
    hashes = "Modèle d’encodagepetit@aajugegrand@bbIndexi1Corpusc0Réglagesr2Version de Parole0.5.0"
    assert f"Probabilité que les textes contiennent la réponse91\u00a0%Temps{times}{hashes}" in told


def test_the_answer_can_be_asked_for_again_from_a_shell() -> None:
    shown = why(done(1), ("--index", "mon index"))
    line = "parole ask 'Quand ?' --index 'mon index'"
    assert f'<code dir="ltr">{html.escape(line)}</code>' in shown
    assert f'data-text="{html.escape(line)}"' in shown
    assert "posée seule" not in shown


def test_a_question_that_followed_others_says_that_alone_it_is_another() -> None:
    assert "posée seule, elle peut recevoir une autre réponse." in why(done(2))


def test_the_command_looks_where_the_answer_looked() -> None:
    shown = why(replace(done(1), within=("cours/a b.md", "cours/c.md")), ("--index", "i"))
    line = "parole ask 'Quand ?' --index i '--document=cours/a b.md' --document=cours/c.md"
    assert line in Reading(shown).text


def test_no_command_looks_nowhere() -> None:
    assert strings.WHY_REPLAY not in Reading(why(replace(done(1), within=()))).text
    assert strings.WHY_REPLAY in Reading(why(done(1))).text


def test_no_command_answers_from_a_reader_s_own_documents() -> None:
    shown = why(replace(done(), own=True), ("--index", "index"))
    assert "parole ask" not in shown
    assert "La réponse vient de vos documents" in shown


@pytest.mark.parametrize("text", [*HOSTILE, "L’eau ; rm -rf ~ $(ls) `ls` \"'", "a\nb"])
def test_a_hostile_question_is_one_word_of_the_command(text: str) -> None:
    assert shlex.split(command(text, ("--index", "i"))) == ["parole", "ask", text, "--index", "i"]


def test_a_question_like_an_option_is_still_a_question() -> None:
    assert command("--help ?", ("--index", "i")) == "parole ask --index i -- '--help ?'"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_in_the_account_are_text(text: str) -> None:
    def shown(one: str) -> Reading:
        found = hit(MILL)
        named = replace(found, passage=replace(found.passage, title=one, section=one))
        said = replace(sentences()[0], text=one, citations=(cite(1, MILL, BUILT),))
        receipt = Receipt(one, one, {one: one}, one, one)
        account = replace(answer(one, [said]), hits=(named,), receipt=receipt)
        return Reading(why(replace(done(), question=one, answer=account)))

    assert shown(text).elements == shown(FILLER).elements
    told = 9 + ("'" not in text)  # the command says it, too, as the shell wants it quoted
    assert shown(text).text.count(text) == told
