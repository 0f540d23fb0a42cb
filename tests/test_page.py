"""The page as it is served: its HTML, its policy, its configuration and its address."""

import base64
import hashlib
import re
import threading
from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient

from rag.errors import ParoleError
from tests.fakes_ui import HOSTILE, MILL_QUESTION, assistant
from tests.serving import HOST, connected
from ui import look, strings
from ui.app import build
from ui.cli import parser
from ui.doors.page import localise, policy
from ui.server import PORT, PageError, address, listen, loading, server
from ui.settings import LONGEST_QUEUE, PageSettings, SettingsError

INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """Return a client of the page over the fake, with two examples."""
    settings = PageSettings(examples=(MILL_QUESTION, f"{' '.join(HOSTILE)} ?"))
    with connected(assistant(), settings) as one:
        yield one


def named(script: str) -> str:
    """Return what a policy calls an inline script."""
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_the_page_is_french_and_names_no_other_machine(client: TestClient) -> None:
    html = client.get("/").text
    assert '<html\n\tlang="fr"' in html
    assert 'rel="manifest"' not in html
    assert "og:" not in html
    assert "twitter:" not in html
    for outside in ("fonts.googleapis", "fonts.gstatic", "cdn", "unpkg", "raw.githubusercontent"):
        assert outside not in html
    assert "@font-face" not in client.get("/theme.css").text


def test_the_page_has_an_icon_of_its_own(client: TestClient) -> None:
    assert '<link rel="icon" href="data:image/svg+xml,' in client.get("/").text
    assert client.get("/favicon.ico").status_code == 404


def test_the_browser_is_told_to_reach_no_other_machine(client: TestClient) -> None:
    told = client.get("/").headers["content-security-policy"]
    assert "http" not in told
    assert "unsafe-inline" not in told.partition("style-src")[0]
    assert told.startswith("default-src 'none'; ")
    for rule in ("connect-src 'self'", "form-action 'none'", "frame-ancestors 'none'"):
        assert rule in told


def test_the_scripts_of_the_page_are_those_that_may_run(client: TestClient) -> None:
    """Texts, whatever is in them, add none."""
    answer = client.get("/")
    told = answer.headers["content-security-policy"]
    allowed = set(re.findall(r"'sha256-[^']+'", told))
    inline = INLINE.findall(answer.text)
    assert allowed == {named(script) for script in [*inline, look.script()]}
    with connected(assistant(), PageSettings()) as plain:
        assert len(inline) == len(INLINE.findall(plain.get("/").text))


def test_a_policy_names_each_script_by_the_hash_that_a_browser_works_out() -> None:
    """It reads every line end as a line feed."""
    assert named("un\ndeux\n") in policy([b"un\r\ndeux\r"])


def test_the_page_says_what_programs_may_call_and_keeps_no_record(client: TestClient) -> None:
    config = client.get("/config").json()
    assert config["footer_links"] == []
    assert config["run_history"] is False
    endpoints = client.get("/gradio_api/info").json()["named_endpoints"]
    assert sorted(endpoints) == ["/ask", "/document", "/search"]
    public = {
        event["api_name"]
        for event in config["dependencies"]
        if event["api_visibility"] != "private"
    }
    assert public == {"ask", "document", "search"}


def test_the_page_sends_no_analytics() -> None:
    assert build(assistant()).analytics_enabled is False


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1:7860", 200),
        ("localhost", 200),
        ("[::1]:7860", 200),
        ("Ma-Machine.local:7860", 200),
        ("exemple.fr", 200),
        ("attaque.example", 400),
        ("attaque.example:7860", 400),
        ("127.0.0.1.attaque.example", 400),
        ("", 400),
    ],
)
def test_a_name_of_another_machine_is_refused(host: str, expected: int) -> None:
    """Else a page on the Web could give its own name our address and ask in its name."""
    settings = PageSettings(root_path="https://exemple.fr:8443/parole")
    with connected(assistant(), settings, "ma-machine.local") as client:
        assert client.get("/", headers={"host": host}).status_code == expected


def test_an_ipv6_address_is_its_own_host() -> None:
    with connected(assistant(), PageSettings(), "fd00::1") as client:
        assert client.get("/", headers={"host": "[fd00::1]:7860"}).status_code == 200


def test_a_page_served_at_every_address_takes_any_name() -> None:
    every = "0.0.0.0"  # noqa: S104 - the case
    with connected(assistant(), PageSettings(), every, every) as client:
        assert client.get("/", headers={"host": "mon-serveur.example"}).status_code == 200


@pytest.mark.parametrize(
    ("root_path", "root"),
    [
        ("", "http://127.0.0.1"),
        ("/parole", "http://127.0.0.1/parole"),
        ("https://exemple.fr/a/parole", "https://exemple.fr/a/parole"),
    ],
)
def test_the_page_says_where_it_is_published(root_path: str, root: str) -> None:
    with connected(assistant(), PageSettings(root_path=root_path)) as client:
        assert client.get("/config").json()["root"] == root


@pytest.mark.parametrize(
    "path",
    ["parole", "/parole/", "/", "//exemple.fr", "/a/../b", "/a b", "/é", "ftp://exemple.fr",
     "https://", "https://exemple.fr/", "https://moi@exemple.fr", "/a?b", "/a#b", "/<b>", "/a\n"],
)  # fmt: skip
def test_what_is_no_root_path_is_said(path: str) -> None:
    with pytest.raises(SettingsError) as caught:
        PageSettings(root_path=path)
    assert str(caught.value) == strings.ROOT_PATH_INVALID.format(path=path)


@pytest.mark.parametrize("number", [-1, LONGEST_QUEUE + 1, 10**9])
def test_a_queue_that_cannot_be_is_said(number: int) -> None:
    with pytest.raises(SettingsError) as caught:
        PageSettings(max_queue=number)
    assert str(caught.value) == strings.QUEUE_INVALID.format(number=number, most=LONGEST_QUEUE)


def test_the_command_line_and_the_page_have_the_same_defaults() -> None:
    assert PageSettings().max_queue == parser.MAX_QUEUE
    assert parser.PORT == PORT


def test_an_html_page_is_declared_french_once() -> None:
    page = b'<html lang="en"><meta property="og:url" content="https://a.example/" /><p lang="en">'
    assert localise(page) == b'<html lang="fr"><p lang="en">'


def test_whoever_comes_while_the_models_load_is_told_and_comes_again() -> None:
    with listen(HOST, 0) as listener, httpx.Client(base_url=address(listener)) as client:
        with loading(listener):
            told = client.get("/")
            assert told.status_code == 503
            assert strings.LOADING in told.text
            assert '<meta http-equiv="refresh" content="2">' in told.text
            assert told.headers["retry-after"] == "2"
            assert told.headers["x-content-type-options"] == "nosniff"
            assert client.post("/gradio_api/queue/join", json={}).status_code == 503
        ready = threading.Event()
        page = server(assistant(), HOST, listener, PageSettings(), lambda _: ready.set())
        thread = threading.Thread(target=page.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert client.get("/", timeout=60).status_code == 200
            assert ready.is_set()
        finally:
            page.should_exit = True
            thread.join()


def test_a_failure_to_load_ends_what_says_that_they_load() -> None:
    before = threading.active_count()
    with listen(HOST, 0) as listener:
        with pytest.raises(ParoleError, match="absent"), loading(listener):
            raise ParoleError("absent")
        assert threading.active_count() == before
        assert address(listener)  # still ours


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
    with pytest.raises(PageError, match=f"«\u00a0{port}\u00a0» n’est pas un numéro de port"):
        listen("127.0.0.1", port)


def test_an_address_of_another_machine_is_said() -> None:
    with pytest.raises(PageError) as caught:
        listen("192.0.2.1", 0)
    assert str(caught.value) == strings.ADDRESS_UNUSABLE.format(host="192.0.2.1", port=0)


def test_the_address_is_one_that_a_browser_takes() -> None:
    with listen("127.0.0.1", 0) as local, listen("0.0.0.0", 0) as every:  # noqa: S104 - the case
        assert address(local) == f"http://127.0.0.1:{local.getsockname()[1]}/"
        assert address(every) == f"http://localhost:{every.getsockname()[1]}/"
