"""Rules for what stands above the first paragraph of a page and below its last; pure."""

import re
from collections.abc import Iterable, Sequence

from rag import messages
from rag.clean.lines import Line
from rag.clean.patterns import NETWORK
from rag.clean.shape import Verdicts, edges, ends_sentence, filled, is_offer, is_prose, neighbour

_BUTTON = re.compile(
    r"(?:acheter|commander|telecharger|reserver|s'inscrire|s'abonner|inscrivez-vous|abonnez-vous"
    r"|je (?:m'inscris|m'abonne|telecharge|reserve)|subscribe|sign up|register|download|buy)\b"
    r"[^.?!:,]{0,80}!?"
)
_MENU_ENTRY = re.compile(
    r"accueil|home|contact(?:ez-nous)?|blog|a propos|about|boutique|shop|panier|cart|recherche\w*"
    r"|search|menu|connexion|login|mentions legales|archives|faq|newsletter|presse|plan du site"
)
_NETWORK = re.compile(NETWORK)
_PATH = re.compile(r"[\w' -]{2,40}(?:[/›»>][\w' -]{2,40})+")
_LEFTOVER = re.compile(r"(?:publie |poste |ecrit |mis a jour )?(?:le|la|par|dans|a|by|on|in|the)")

_ENTRY_WORDS = 4
"""Words; an entry of a menu has at most so many."""
_PATH_WORDS = 8
"""Words; the path to a page within its site has at most so many."""
_MENU_ENTRIES = 2
"""Entries that only menus have («Accueil», «Contact»…), enough to make a run a menu."""
_NEXT_BUT_ONE = 2
"""Positions; entries of one menu stand next to each other or one blank line apart."""


def promotions(lines: Sequence[Line]) -> Verdicts:
    """Drop buttons below the last paragraph and, where there is one, the offers beside it."""
    tail = edges(lines)[1]
    buttons = {i for i in tail if _BUTTON.fullmatch(lines[i].key)}
    offers = {i for i in tail if buttons and is_offer(lines[i])}
    return dict.fromkeys(sorted(buttons | offers), messages.RULE_PROMOTION)


def menus(lines: Sequence[Line]) -> Verdicts:
    """Drop, above the text or below it, a menu's own entries and the short ones between them."""
    verdicts: Verdicts = {}
    for edge in edges(lines):
        for run in _runs(i for i in edge if _is_entry(lines[i].text)):
            own = [i for i in run if _MENU_ENTRY.fullmatch(lines[i].key)]
            if len(own) >= _MENU_ENTRIES:
                between = [i for i in run if own[0] <= i <= own[-1]]
                verdicts |= dict.fromkeys(between, messages.RULE_MENU)
    return verdicts


def share_bars(lines: Sequence[Line]) -> Verdicts:
    """Drop the names of networks that stand alone on lines in a row; one alone is a heading."""
    verdicts: Verdicts = {}
    for run in _runs(i for i in filled(lines) if _NETWORK.fullmatch(lines[i].key)):
        if len(run) > 1:
            verdicts |= dict.fromkeys(run, messages.RULE_SHARE)
    return verdicts


def breadcrumbs(lines: Sequence[Line]) -> Verdicts:
    """Drop above the text the path of the page («news / réseaux») and a date's leftovers («le»).

    A path stands above a title; what stands right above prose is itself a title.
    """
    verdicts: Verdicts = {}
    for i in edges(lines)[0]:
        text = lines[i].text
        path = _PATH.fullmatch(lines[i].key) and len(text.split()) <= _PATH_WORDS
        if _LEFTOVER.fullmatch(lines[i].key) or (
            path and not is_prose(neighbour(lines, i, 1).text)
        ):
            verdicts[i] = messages.RULE_BREADCRUMB
    return verdicts


def _is_entry(text: str) -> bool:
    """Tell whether a line is as short as a link of a menu."""
    return len(text.split()) <= _ENTRY_WORDS and not ends_sentence(text)


def _runs(positions: Iterable[int]) -> list[list[int]]:
    """Group positions at most one blank line apart."""
    runs: list[list[int]] = []
    for position in positions:
        if runs and position - runs[-1][-1] <= _NEXT_BUT_ONE:
            runs[-1].append(position)
        else:
            runs.append([position])
    return runs
