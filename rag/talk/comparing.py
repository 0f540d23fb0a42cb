"""A question that sets two things side by side: « Compare A et B sur C »; pure."""

import re

from rag.french.text import search_terms
from rag.talk.parts import ASKING

LONGEST = 300
"""Characters of a comparison; the forms below try many ways through a longer text."""

_ABOUT = (
    r"(?P<topic>,? (?:sur|à propos d|au sujet d|en matière d|quant à|concernant|selon|d['’]après)"
    r"[e'’ ].+?)?"
)
_END = r"\s*[?.!]*\Z"
_TWO = rf"(?P<one>[^,?]+?),? et (?!{ASKING})(?P<two>[^?]+?)" + _ABOUT + _END
_SET = (
    r"\b(?:les |la |le |l['’])?(?:différences?|distinction|comparaison|ressemblances?|rapprochement"
    r"|points? communs?)\b(?P<who>.*?)\bentre "
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\bcompare(?:z|r|[ -]moi)? " + _TWO.replace(" et ", " (?:et|avec|à) "),
        _SET + _TWO,
        r"\bà la fois " + _TWO,
        r"\ben quoi (?P<one>[^?]+?) (?:(?:est|sont)-\w+ différente?s?"
        r"|(?:diffère|se disting|se différenci)\w*(?:-t-\w+|-\w+)?)"
        r" (?:de |d['’]|du |des )(?P<two>[^?]+?)" + _END,
    )
)
"""How two are named that belong together, what is said of both behind them."""

_ASKING = re.compile(
    r"\A\s*(?:(?:peux|pourrais)-tu|(?:pouvez|pourriez)-vous|(?:quel(?:le)?s? (?:est|sont|sera)"
    r"|quel(?:le)?s?|y a-t-il)(?: une| des)?)\s*\Z",
    re.IGNORECASE,
)
"""What stands before the two and says nothing of them."""

_HEAD = re.compile(r"(?:(?:les?|la|un|une|son|sa|ses|leurs?) |l['’])?(\w+)", re.IGNORECASE)
_SAME = re.compile(r"\A(?:celui|celle|ceux|celles)\b")
"""« l’avis de Frédéric et celui d’Arnault »: what the second names is the first one's noun."""


def compared(question: str) -> tuple[str, ...]:
    """Return what to search for on each of the two that a question compares; none if it does not.

    What is said of both, before or behind them, goes with each.
    """
    for form in _FORMS if len(question) <= LONGEST else ():
        found = form.search(question)
        if found is not None:
            return _sides(question[: found.start()], found.groupdict(default=""))
    return ()


def _sides(before: str, named: dict[str, str]) -> tuple[str, ...]:
    """Return both sides, each with what concerns the two; none where one says nothing."""
    first, second = named["one"].strip(), named["two"].strip()
    if not search_terms(first) or not search_terms(second):
        return ()
    head = _HEAD.match(first)
    sides = (first, _SAME.sub(head[1] if head else "", second).strip())
    shared = "".join(f"{told} " for told in (_told(before), _told(named.get("who", ""))) if told)
    return tuple(f"{shared}{side}{named.get('topic', '')}" for side in sides)


def _told(text: str) -> str:
    """Return a text that is said of both, empty if it says nothing."""
    told = text.strip(" ,")
    return "" if _ASKING.match(told) else told
