"""A reader's own documents in a real browser: added, refused, asked and removed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from tests import browsing
from tests.browsing import ANSWERED, Tab, opened, served
from tests.fakes_ui import MILL_QUESTION, FakeAssistant, assistant
from tests.hostile import HOSTILE
from tests.upload_desk import MOULIN_MD, PHARE_MD, QUAI_PDF, Desk, desk_at
from tests.workshop import PHARE, QUAI
from ui import strings
from ui.settings import PageSettings
from ui.uploads.files import MEBIBYTE, UploadLimits
from ui.uploads.inbox import LEFT_SECONDS

pytestmark = pytest.mark.browser
browser = browsing.browser

SMALL = UploadLimits(file_bytes=MEBIBYTE, shelf_bytes=2 * MEBIBYTE)
OWN_QUESTION = "Que fait le phare toute la nuit ?"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Return a desk of small limits in the folder where Gradio puts what browsers send."""
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "inbox"))
    with desk_at(tmp_path, SMALL) as made:
        yield made


def served_with(desk: Desk, fake: FakeAssistant | None = None) -> browsing.Serving:
    """Serve a page that takes documents."""
    return served(fake or assistant(), PageSettings(uploads=True), desk.shelves)


def add(tab: Tab, **sent: bytes) -> None:
    """Send files as if they had been chosen; their names have a point for each underscore."""
    files = [
        FilePayload(name=name.replace("_", "."), mimeType="", buffer=data)
        for name, data in sent.items()
    ]
    tab.tab(strings.TAB_OWN)
    tab.page.locator("#own input[type=file], input[data-testid*=upload]").set_input_files(files)


def test_good_files_are_added_and_the_others_refused_with_a_reason(
    browser: Browser, desk: Desk
) -> None:
    with served_with(desk) as url, opened(browser, url) as tab:
        add(
            tab,
            quai_pdf=QUAI_PDF,
            abime_pdf=b"%PDF-1.4 " + bytes(40),
            lourd_md=b"mot " * (MEBIBYTE // 4 + 1),
            vide_md=b"",
            jeu_exe=b"MZ",
        )
        shelf, reading = tab.page.locator("#own-list"), tab.page.locator("#own-reading")
        expect(shelf.locator(".texts li")).to_have_text(["quai.pdf2 passages"])
        refused = shelf.locator(".refusals li")
        expect(refused).to_have_count(4)
        told = dict(text.split("\u00a0: ", 1) for text in refused.all_inner_texts())
        assert sorted(told) == ["abime.pdf", "jeu.exe", "lourd.md", "vide.md"]
        assert told["lourd.md"] == "fichier de 2\u00a0Mo, pour 1\u00a0Mo au plus\u00a0: découpez-le"
        assert told["vide.md"] == "fichier vide\u00a0: vérifiez son contenu"
        assert told["jeu.exe"].startswith("format inconnu (.exe)")
        assert "PDF" in told["abime.pdf"]
        shelf.get_by_role("button", name="quai.pdf", exact=True).click()
        expect(reading.get_by_role("heading", level=2)).to_have_text("quai.pdf")
        expect(reading.locator(".text")).to_have_text(QUAI.replace("’", "'"))
        desk.now += LEFT_SECONDS
        desk.shelves.sweep()
        assert {path.stat().st_size for path in desk.inbox.rglob("*") if path.is_file()} <= {0}


def test_ones_own_documents_are_asked_and_removed(browser: Browser, desk: Desk) -> None:
    fake = assistant()
    with served_with(desk, fake) as url, opened(browser, url) as tab:
        where = tab.page.get_by_role("radiogroup", name=strings.OWN_WHERE)
        expect(where).to_have_count(0)
        add(tab, phare_md=PHARE_MD)
        expect(tab.page.locator("#own-list .texts li")).to_have_text(["phare.md2 passages"])
        tab.tab(strings.TAB_QUESTIONS)
        expect(tab.page.get_by_label(strings.OWN_MINE, exact=True)).to_be_checked()
        expect(tab.page.locator("#scope")).to_be_hidden()
        tab.ask(OWN_QUESTION)
        expect(tab.current.locator(".phase.done")).to_be_visible()
        expect(tab.current.locator(".prose")).to_contain_text(PHARE.split(". ")[0])
        tab.current.locator(".card").first.click()
        expect(tab.panel.locator(".source h3").first).to_have_text("1phare.md")
        tab.panel.get_by_role("button", name=strings.WHOLE_TEXT).first.click()
        expect(tab.panel.locator(".text")).to_contain_text(PHARE)
        tab.page.get_by_label(strings.OWN_CORPUS, exact=True).check()
        tab.ask(MILL_QUESTION)
        tab.says(ANSWERED)
        assert [call.question for call in fake.asked] == [MILL_QUESTION]
        tab.tab(strings.TAB_OWN)
        tab.page.get_by_role("button", name=strings.OWN_REMOVE.format(title="phare.md")).click()
        expect(tab.page.locator("#own-list")).to_have_text(strings.OWN_NONE)
        tab.tab(strings.TAB_QUESTIONS)
        expect(tab.page.get_by_label(strings.OWN_MINE, exact=True)).to_be_hidden()


def test_another_session_sees_none_of_it(browser: Browser, desk: Desk) -> None:
    with served_with(desk) as url, opened(browser, url) as one, opened(browser, url) as two:
        add(one, phare_md=PHARE_MD)
        expect(one.page.locator("#own-list .texts li")).to_have_text(["phare.md2 passages"])
        add(two, moulin_md=MOULIN_MD)
        expect(two.page.locator("#own-list .texts li")).to_have_text(["moulin.md2 passages"])
        expect(one.page.locator("#own-list .texts li")).to_have_text(["phare.md2 passages"])
        two.visit(url)
        two.tab(strings.TAB_OWN)
        expect(two.page.locator("#own-list")).to_have_text(strings.OWN_NONE)


def test_more_than_may_be_sent_at_once_is_not_sent(browser: Browser, desk: Desk) -> None:
    with served_with(desk) as url, opened(browser, url) as tab:
        sent: list[str] = []
        tab.page.on("request", lambda request: sent.append(request.url))
        add(tab, a_md=b"a" * (MEBIBYTE + 1), b_md=b"b" * MEBIBYTE)
        expect(tab.page.get_by_role("alert")).to_have_text(
            strings.OWN_TOO_LARGE.format(megabytes=2)
        )
        assert [one for one in sent if "upload" in one] == []
        add(tab, phare_md=PHARE_MD)
        expect(tab.page.locator("#own-list .texts li")).to_have_text(["phare.md2 passages"])
        expect(tab.page.get_by_role("alert")).to_have_count(0)


def test_hostile_names_are_but_names(browser: Browser, desk: Desk) -> None:
    names = [f"{text} {n}.md" for n, text in enumerate(HOSTILE)]
    with served_with(desk) as url, opened(browser, url) as tab:
        before = tab.active()
        tab.tab(strings.TAB_OWN)
        tab.page.locator("#own input[type=file], input[data-testid*=upload]").set_input_files(
            [
                FilePayload(name=name, mimeType="text/markdown", buffer=f"{n} mots.".encode())
                for n, name in enumerate(names)
            ]
        )
        shelf = tab.page.locator("#own-list")
        expect(shelf.locator(".texts li")).to_have_count(SMALL.files)
        expect(shelf.locator(".refusals li")).to_have_count(len(names) - SMALL.files)
        shown = [
            *shelf.locator(".texts .link").all_text_contents(),
            *shelf.locator(".refusals strong").all_text_contents(),
        ]
        assert [name.rsplit(" ", 1)[-1] for name in shown] == [f"{n}.md" for n in range(len(names))]
        assert tab.active() == before
