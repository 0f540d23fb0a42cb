"""The two pages that are not Gradio's: the login, and what is shown while the models load."""

import base64
import hashlib
import re
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse, Response

from ui import strings
from ui.doors.page import ICON

_BASE = Path(__file__).parents[1] / "style" / "base.css"
_COLOURS = re.compile(r"^(?::root|[.]dark) \{.*?^\}$", re.DOTALL | re.MULTILINE)
"""The variables at the head of the page's style sheets, light and dark."""

_STYLE = """
body { margin: 0; min-height: 100vh; display: grid; place-items: center;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.5 var(--sans); }
main { box-sizing: border-box; width: 100%; max-width: 24rem; padding: 2rem 1.5rem; }
h1 { margin: 0; font: 600 2rem/1.2 var(--serif); letter-spacing: -.01em; color: var(--accent); }
h1 span { margin-right: .2em; font-weight: 400; opacity: .75; }
p { margin: .5rem 0 1.5rem; color: var(--soft); }
.wrong { margin: 0 0 1rem; padding: .6rem .8rem; border-left: 3px solid var(--accent);
  background: var(--tint); color: var(--ink); }
label { display: block; margin-bottom: 1rem; font-weight: 600; }
input { box-sizing: border-box; width: 100%; margin-top: .3rem; padding: .65rem .8rem;
  border: 1px solid var(--edge); border-radius: .5rem; background: var(--card);
  color: var(--ink); font: inherit; font-weight: 400; }
button { width: 100%; margin-top: .5rem; padding: .7rem; border: 0; border-radius: .5rem;
  background: var(--fill); color: var(--on-fill); font: inherit; font-weight: 600;
  cursor: pointer; }
button:hover { background: var(--fill-strong); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
"""

_DARK = """let kept = null;
try { kept = localStorage.getItem("parole-theme"); } catch { /* the system decides */ }
const dark = kept ? kept === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.classList.toggle("dark", dark);"""
"""The theme that the reader chose on the page itself, as script/theme.js keeps it."""

_HTML = """<!doctype html>
<html lang="fr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">{head}
<title>{title}</title>{icon}<style>{style}</style><script>{script}</script></head>
<body><main><h1><span aria-hidden="true">«</span>{brand}</h1>{body}</main></body></html>
"""

_FORM = """<p>{introduction}</p>{wrong}
<form method="post" action="login">
<label>{name}<input name="username" value="{typed}" autocomplete="username" required
 autocapitalize="none" spellcheck="false"{first}></label>
<label>{password}<input name="password" type="password" autocomplete="current-password"
 required{second}></label>
<button>{enter}</button></form>"""

RETRY_SECONDS = 2
"""Until the browser asks again for a page that is not there yet."""


def login_page(typed: str = "", wrong: str = "", status: int = 200) -> Response:
    """Return the page that asks for a name and a password, and says what was wrong with them."""
    body = _FORM.format(
        introduction=strings.LOGIN_INTRODUCTION,
        wrong=f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else "",
        name=strings.LOGIN_NAME,
        typed=escape(typed),
        password=strings.LOGIN_PASSWORD,
        enter=strings.LOGIN,
        first="" if typed else " autofocus",
        second=" autofocus" if typed else "",
    )
    return _small_page(strings.LOGIN_TITLE, body, status)


def loading_page() -> Response:
    """Return the page that says that the models load, and that asks again by itself."""
    body = f'<p role="status">{strings.LOADING}</p>'
    head = f'<meta http-equiv="refresh" content="{RETRY_SECONDS}">'
    page = _small_page(strings.TITLE, body, 503, head)
    page.headers["retry-after"] = str(RETRY_SECONDS)
    return page


def _small_page(title: str, body: str, status: int, head: str = "") -> Response:
    """Return a page of ours, in the page's colours; nothing is loaded with it."""
    style = "\n".join((*_COLOURS.findall(_BASE.read_text(encoding="utf-8")), _STYLE))
    html = _HTML.format(
        head=head,
        title=title,
        icon=ICON,
        style=style,
        script=_DARK,
        brand=strings.TITLE,
        body=body,
    )
    headers = {"content-security-policy": _policy(style), "cache-control": "no-store"}
    return HTMLResponse(html, status, headers)


def _policy(style: str) -> str:
    """Return a policy under which the page has its own style and script alone."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(_DARK)}; "
        "img-src data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )


def _hash(text: str) -> str:
    """Return the name of an inline style or script in a policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
