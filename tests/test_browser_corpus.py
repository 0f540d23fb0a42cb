"""The corpus in a real browser: its tab, its search, and the filters of a question."""

import pytest
from playwright.sync_api import Browser, expect

from tests import browsing
from tests.browsing import ANSWERED, PHONE, opened, served
from tests.fakes_ui import BELL, MILL, MILL_QUESTION, assistant, mill_sentences, script
from ui import strings

pytestmark = pytest.mark.browser
browser = browsing.browser

MILL_WRITTEN = "Qui a bâti le moulin\u00a0?"


def test_a_text_of_the_corpus_is_read_and_asked_its_questions(browser: Browser) -> None:
    fake = assistant()
    fake.scripts = {MILL_WRITTEN: script(MILL_WRITTEN, mill_sentences())}
    with served(fake) as url, opened(browser, url) as tab:
        tab.tab(strings.TAB_CORPUS)
        shelf, reading = tab.page.locator("#catalogue"), tab.page.locator("#corpus-reading")
        expect(reading).to_have_text(strings.READING_NOTHING)
        expect(shelf.locator("li")).to_have_text(
            [
                (
                    "Le moulin de ValbruneClaire Morvan, Anselme Corbier"
                    "mars 2019 · entretien · 1 passage"
                ),
                "La cloche de Saint-Orlonnotice · 1 passage",
            ]
        )
        shelf.get_by_role("button", name="La cloche de Saint-Orlon").click()
        expect(reading.locator(".text")).to_have_text(BELL.text)
        shelf.get_by_role("button", name="Le moulin de Valbrune").click()
        expect(reading.get_by_role("heading", level=2)).to_be_focused()
        expect(reading.get_by_role("heading", level=2)).to_have_text("Le moulin de Valbrune")
        expect(reading.locator("dl > div")).to_have_text(
            ["IntervenantsClaire Morvan, Anselme Corbier", "Datemars 2019", "Genreentretien"]
        )
        expect(reading.locator(".text")).to_have_text(MILL.text)
        expect(shelf.locator("li[data-lit]")).to_contain_text("Le moulin de Valbrune")
        reading.get_by_role("button", name=MILL_WRITTEN).click()
        tab.says(ANSWERED)
        expect(tab.page.get_by_role("tab", name=strings.TAB_QUESTIONS)).to_have_attribute(
            "aria-selected", "true"
        )


def test_the_corpus_is_searched_and_a_passage_read_where_it_stands(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url) as tab:
        tab.tab(strings.TAB_CORPUS)
        shelf, search = tab.page.locator("#catalogue"), tab.page.get_by_label(strings.SEARCH_LABEL)
        search.fill("kilos")
        expect(shelf.get_by_role("heading", level=2)).to_have_text("1 passage trouvé")
        expect(shelf.locator("blockquote mark")).to_have_text("kilos")
        shelf.get_by_role("button", name="La cloche de Saint-Orlon").click()
        mark = tab.page.locator("#corpus-reading mark")
        expect(mark).to_have_text(BELL.text)
        expect(mark).to_be_in_viewport()
        expect(mark).to_be_focused()
        search.fill("girafe")
        expect(shelf).to_have_text(strings.FOUND_NONE)
        search.fill("")
        expect(shelf.get_by_role("heading", level=3)).to_have_text([MILL.title, BELL.title])


def test_on_a_phone_a_text_takes_the_page_and_gives_it_back(browser: Browser) -> None:
    with served(assistant()) as url, opened(browser, url, PHONE) as tab:
        tab.tab(strings.TAB_CORPUS)
        card = tab.page.locator("#catalogue").get_by_role("button", name=BELL.title)
        card.click()
        expect(tab.page.locator("#corpus-reading .text")).to_have_text(BELL.text)
        expect(card).to_be_hidden()
        tab.page.get_by_role("button", name=strings.SHELF_BACK).click()
        expect(card).to_be_focused()
        expect(tab.page.locator("#corpus-reading .text")).to_be_hidden()


def test_a_question_looks_only_in_the_texts_that_were_chosen(browser: Browser) -> None:
    fake = assistant()
    with served(fake) as url, opened(browser, url) as tab:
        head = tab.page.locator("#scope > .label-wrap")
        expect(head).to_have_accessible_name(strings.SCOPE.format(texts="2 textes"))
        expect(head).to_have_attribute("aria-expanded", "false")
        head.click()
        expect(head).to_have_attribute("aria-expanded", "true")
        genres = tab.page.get_by_label(strings.FACETS[2])
        genres.click()
        tab.page.get_by_role("option", name="entretien").click()
        expect(head).to_have_accessible_name(
            strings.SCOPE.format(texts="1 texte sur 2\u00a0: genre entretien")
        )
        tab.page.keyboard.press("Escape")
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        expect(genres).to_be_hidden()
        head.click()
        tab.page.get_by_label(strings.FACETS[0]).click()
        tab.page.get_by_role("option", name=BELL.title).click()
        expect(head).to_contain_text("aucun texte sur 2")
        tab.ask_again()
        tab.says(ANSWERED)
        genres.click()
        genres.press("Backspace")
        expect(head).to_contain_text("1 texte sur 2\u00a0: texte «\u00a0La cloche de Saint-Orlon")
        tab.ask_again()
        tab.says(ANSWERED)
        assert [call.within for call in fake.asked] == [{MILL.id}, frozenset(), {BELL.id}]
