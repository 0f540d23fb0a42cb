"""Rules for what readers left below an article, and the form where they left it; pure."""

import re
from collections.abc import Sequence
from statistics import median

from rag import messages
from rag.clean.lines import Line
from rag.clean.shape import Verdicts, ends_sentence, filled

_COUNT = re.compile(
    r"\(?\d{1,5}\)? (?:commentaires?|comments?|reactions?|reponses?|replies)(?: .*[«\"“].+)?"
    r"|(?:commentaires?|comments?|reactions?)(?: ?[(:] ?\d{1,5} ?\)?)?|(?:un|one) comment(?:aire)?"
)
_FORM = re.compile(
    r"(?:votre|your|(?:laisse[rz]|ajoute[rz]|poste[rz]|publie[rz]|ecri(?:re|vez)) un|(?:leave|post"
    r"|add) a) (?:commentaire|comment|reply|reponse)(?: (?:sur|a|on) .+)?|laisse[rz] une reponse.*"
)
_FURNITURE = re.compile(
    r"entrez vos coordonnees.*|votre (?:adresse )?(?:e-?mail|courriel).*|your email address.*"
    r"|.*champs obligatoires.*|.*required fields.*|(?:nom|name|e-?mail|site(?: web)?|website)"
    r" ?\*?|publier(?: le commentaire)?|envoyer|submit|post comment|.*pour vous connecter ?:?"
    r"|(?:annuler la|cancel) (?:reponse|reply)|vous devez (?:etre connecte|vous connecter).*"
)
_SIGNATURE = re.compile(
    r".{1,60} (?:dit|a dit|a ecrit|says|said|wrote) ?:?|repondre|reply|signaler"
    r"|(?:le |on )?.{0,20}\d{1,2}[ /.-](?:\w{3,9}|\d{1,2})\.?[ /.-]\d{2,4}.{0,20}"
    r"|il y a \d+ \w+|\d+ \w+ ago"
)

_NAME_WORDS = 5
"""Words; the name that signs a comment has at most so many."""
_SIGNATURE_SHARE = 0.25
"""Of a thread's lines, the least share that names, dates and reply links take."""
_PARAGRAPH_CHARS = 200
"""Characters; the usual paragraph of a comment is shorter and an article's longer."""
_LONG_CHARS = 250
"""Characters; the foot of a page holds no paragraph as long."""
_FORM_LINES = 5
"""Lines; a form shows one of its fields or notices within as many below its title."""


def threads(lines: Sequence[Line]) -> Verdicts:
    """Drop each thread of comments, from its count to the form below it or to the end.

    A page of several articles has a count under each: what follows one is taken for comments
    only where it has their shape, short paragraphs between many signatures.
    """
    places = filled(lines)
    counts = [i for i in places if _COUNT.fullmatch(lines[i].key)]
    forms = [i for i in places if _FORM.fullmatch(lines[i].key)] if counts else []
    texts = {i: lines[i] for i in places if i not in set(counts)} if counts else {}
    signed = {i: _signs(line) for i, line in texts.items()}
    verdicts: Verdicts = {}
    for start in counts:
        stop = next((i for i in forms if i > start), len(lines))
        below = [i for i in texts if start < i < stop]
        lengths = [len(texts[i].text) for i in below]
        if start not in verdicts and _is_thread(lengths, sum(signed[i] for i in below)):
            thread = [i for i in places if start <= i < stop]
            verdicts |= dict.fromkeys(thread, messages.RULE_THREAD)
    return verdicts


def footer(lines: Sequence[Line]) -> Verdicts:
    """Drop the last comment form and all that stands below it, unless a paragraph does."""
    starts = [i for i in filled(lines) if _FORM.fullmatch(lines[i].key)]
    if not starts:
        return {}
    below = filled(lines, starts[-1] + 1)
    fields = [i for i in below[:_FORM_LINES] if _FURNITURE.fullmatch(lines[i].key)]
    if not fields or any(len(lines[i].text) >= _LONG_CHARS for i in below):
        return {}
    return dict.fromkeys([starts[-1], *below], messages.RULE_FOOTER)


def _is_thread(lengths: Sequence[int], signatures: int) -> bool:
    """Tell whether lines are comments: short paragraphs between many signatures."""
    enough = signatures >= _SIGNATURE_SHARE * len(lengths)
    return bool(lengths) and enough and median(lengths) < _PARAGRAPH_CHARS


def _signs(line: Line) -> bool:
    """Tell whether a line says who wrote a comment or when, or answers it."""
    named = len(line.text.split()) <= _NAME_WORDS and not ends_sentence(line.text)
    return named or _SIGNATURE.fullmatch(line.key) is not None
