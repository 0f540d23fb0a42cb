"""The page as it is served: its HTML, its headers, its configuration and its address."""

from collections.abc import Iterator
from typing import Any

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.fakes_ui import MILL_QUESTION, assistant
from ui import strings
from ui.app import application, build
from ui.middleware import POLICY, localise
from ui.server import PageError, address, listen, server


@pytest.fixture
def page() -> gr.Blocks:
    """Return the page over the fake, with two examples."""
    return build(assistant(), [MILL_QUESTION, "<b>Gras</b> ${alert(1)} ?"])


@pytest.fixture
def client(page: gr.Blocks) -> Iterator[TestClient]:
    """Return a client of the served page."""
    with TestClient(application(page, FastAPI()), base_url="http://127.0.0.1") as connected:
        yield connected


def test_the_page_is_french_and_names_no_other_machine(client: TestClient) -> None:
    html = client.get("/").text
    assert '<html\n\tlang="fr"' in html
    assert "og:" not in html
    assert "twitter:" not in html
    for outside in ("fonts.googleapis", "fonts.gstatic", "cdn", "unpkg", "raw.githubusercontent"):
        assert outside not in html
    assert "@font-face" not in client.get("/theme.css").text


def test_the_browser_is_told_to_reach_no_other_machine(client: TestClient) -> None:
    headers = client.get("/").headers
    assert headers["content-security-policy"] == POLICY
    assert headers["referrer-policy"] == "no-referrer"
    assert "http" not in POLICY


def test_the_page_offers_no_api_and_keeps_no_record(client: TestClient) -> None:
    config = client.get("/config").json()
    assert config["footer_links"] == []
    assert config["run_history"] is False
    assert {event["api_visibility"] for event in config["dependencies"]} == {"private"}
    assert client.get("/gradio_api/info").json()["named_endpoints"] == {}
    assert client.get("/gradio_api/runs").status_code == 404


def test_the_page_sends_no_analytics(page: gr.Blocks) -> None:
    assert page.analytics_enabled is False


def status(asked: str, listening: str, host: str) -> int:
    """Return what a page served at `asked` answers to a request for `host`."""
    with listen(listening, 0) as listener:
        page: Any = server(assistant(), asked, listener, (), lambda _: None).config.app
        with TestClient(page, base_url="http://127.0.0.1") as connected:
            return connected.get("/", headers={"host": host}).status_code


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1:7860", 200),
        ("localhost", 200),
        ("[::1]:7860", 200),
        ("Ma-Machine.local:7860", 200),
        ("attaque.example", 400),
        ("attaque.example:7860", 400),
        ("127.0.0.1.attaque.example", 400),
        ("", 400),
    ],
)
def test_a_name_of_another_machine_is_refused(host: str, expected: int) -> None:
    """Else a page on the Web could give its own name our address and ask in its name."""
    assert status("ma-machine.local", "127.0.0.1", host) == expected


def test_an_ipv6_address_is_its_own_host() -> None:
    assert status("fd00::1", "127.0.0.1", "[fd00::1]:7860") == 200


def test_a_page_served_at_every_address_takes_any_name() -> None:
    assert status("0.0.0.0", "0.0.0.0", "mon-serveur.example") == 200  # noqa: S104 - the case


def test_an_html_page_is_declared_french_once() -> None:
    page = b'<html lang="en"><meta property="og:url" content="https://a.example/" /><p lang="en">'
    assert localise(page) == b'<html lang="fr"><p lang="en">'


def test_a_taken_port_is_said_and_not_replaced() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PageError) as caught:
            listen("127.0.0.1", port)
    assert str(caught.value) == strings.PORT_TAKEN.format(
        port=port, host="127.0.0.1", other=port + 1
    )


@pytest.mark.parametrize("port", [-1, 65536, 10**9])
def test_a_number_that_is_no_port_is_said(port: int) -> None:
    with pytest.raises(PageError, match=f"«\u00a0{port}\u00a0» n’est pas un port"):
        listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_said() -> None:
    with pytest.raises(PageError) as caught:
        listen("192.0.2.1", 0)
    assert str(caught.value) == strings.ADDRESS_UNUSABLE.format(host="192.0.2.1", port=0)


def test_the_address_is_one_that_a_browser_takes() -> None:
    with listen("127.0.0.1", 0) as local, listen("0.0.0.0", 0) as every:  # noqa: S104 - the case
        assert address(local) == f"http://127.0.0.1:{local.getsockname()[1]}/"
        assert address(every) == f"http://localhost:{every.getsockname()[1]}/"


def test_the_strings_hold_no_plain_space_before_a_high_mark() -> None:
    texts = [value for name, value in vars(strings).items() if name.isupper()]
    said = [text for item in texts for text in ((item,) if isinstance(item, str) else item)]
    assert [text for text in said if any(f" {mark}" in text for mark in ":;?!»%")] == []
    assert [text for text in said if "« " in text or "'" in text] == []
