"""Where the sentences of a French text begin and end, as exact offsets.

No library meets the table of `tests/test_sentences.py`: pysbd 0.3.4 (last release 2021)
failed 35 of its first 92 cases, sentencex 1.0.32 failed 38, mostly on «Dr.», «art. 3»,
«J.-C.», incises after a quote, raw transcripts and single line breaks; sentence-splitter
is LGPL. So the rules are ours: one regular expression finds every place where a sentence
might end, a few tables decide. Each character is looked at a bounded number of times,
whatever the text.

Limits: a point with no white space after it never ends a sentence; after initials
(«A. Dupin», «plan B. Le maire») a sentence ends only before a common first word.
"""

import re

from rag.french.words import word_list

_BREAK = "\n\r\v\f\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
_SPACE = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"
_ZERO_WIDTH = "\u200b-\u200f\u2060\ufeff"
_UPPER = "A-ZÀ-ÖØ-ÞŒŸ"

_EVENT = re.compile(
    rf"(?P<mark>(?P<stop>[.?!…‽]++(?:[{_SPACE}]?[?!]++){{0,3}})"
    rf"(?P<closing>(?:[{_SPACE}]?[»”]|[)\]}}\"'’”*_{_ZERO_WIDTH}]|\[\d{{1,3}}\]){{0,8}}))"
    rf"|(?P<line>[{_BREAK}]\s*+)"
)
_GAP = re.compile(r"\s*+")
_OPENING = re.compile(rf"[\s«“„\"'‘’(\[{{—–\-•*_¿¡{_ZERO_WIDTH}]*+")
_LINE_END = re.compile(rf"\r\n|[{_BREAK}]")
_LINE = re.compile(rf"[^{_BREAK}]{{0,120}}")
_ITEM = re.compile(r"(?:[-–—*•‣◦▪●○■·|]|\d{1,2}[.)]|[A-Za-z]\)|#{1,6})(?:\s|\Z)")
_NUMBERING = re.compile(r"\d{1,3}|[A-Za-z]|[IVXLC]{1,6}")
_LAST_TOKEN = re.compile(r"(?:[^\W\d_]|(?<=\w)[.\-](?=\w)|\.-(?=\w))*\Z")
_DOTTED = re.compile(r"(?:\w{1,2}\.-?)+(?:\w-)?\w{1,2}")
_UNIT_BEFORE = re.compile(rf"[\d°][{_SPACE}]?\Z")

# Longest token looked back for, in characters: «lieutenant-col» has 14.
_WINDOW = 24
# A heading is a line of at most so many characters, shorter than this share of the next
# line; a wrapped line of a paragraph is about as long as its neighbour.
_HEADING_CHARS = 80
_HEADING_SHARE = 0.75

# Abbreviations that never end a sentence (lower case, without their final point).
_ABBREVIATIONS = word_list(
    # titles
    "mme mmes mlle mlles dr drs pr prof me mgr st ste sts stes lt gén adj cdt sgt "
    "lieutenant-col lt-col "
    # references
    "pp cf fig figs chap éd op cit ibid id trad coll dir réf al suiv ex hors-sér "
    # other
    "av ap apr env bd bld boul pl rte tél dép arr hab vs"
)
# Those that are also words: a figure must follow.
_BEFORE_NUMBER = word_list("art arts vol no nos tel app sect par max min")
_NUMBER = re.compile(r"(?:[A-Z]\.?\s?)?\d")
_CASED = frozenset({"M", "MM"})
_LETTER_WORDS = frozenset("ay")

# Common first words: after initials or a dotted acronym only these begin a sentence.
_STARTER = re.compile(
    r"(?:Ils?|Elles?|On|Je|Tu|Nous|Vous|Ce|Cela|Cette|Cet|Ces|Ça|Une?|Au|Aux|En|Dans|Sur|Sous"
    r"|Par|Pour|Avec|Sans|Après|Avant|Depuis|Pendant|Selon|Mais|Or|Donc|Car|Et|Puis|Ainsi|Alors"
    r"|Aussi|Si|Quand|Lorsque|Comme|Cependant|Toutefois|Enfin|Ensuite|Tout|Tous|Toutes?|Chaque"
    r"|Son|Sa|Ses|Leurs?|Mon|Ma|Mes|Notre|Votre|Chacune?|Même|Dès|Vers|Qui|Que|Quelle?|Où|À)\b"
    rf"|(?:C|J|N|S|Qu|Lorsqu)[’'](?=\w)|(?:(?:Les?|La|Des|Du|De)\b|[LD][’'])(?!\s*[{_UPPER}])"
)
# What a new sentence begins with in a text without capitals.
_PRONOUN = re.compile(r"(?:je|tu|ils?|elles?|on|nous|vous)\b|j[’']|c[’']est\b")
# A line that stops on one of these goes on.
_OPEN_ENDS = word_list(
    "à au aux avec ce ces cette chez comme d' dans de des du elle en est et il je l' la le les "
    "leur leurs mais ne ni nous on ou où par pas plus pour puis qu' que qui sa sans se ses si "
    "son sous sur un une vers vous m. mm. mme mlle dr"
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) offsets of each sentence of `text`, in order.

    White space around a sentence stands outside; every other character is in exactly one
    span. A closing quote or bracket belongs to the sentence before it.
    """
    spans: list[tuple[int, int]] = []
    start = _skip(text, 0)
    for event in _EVENT.finditer(text, start):
        if event.start() < start or not _cuts(text, event, start):
            continue
        end = event.end() if event["mark"] else event.start()
        spans.append((start, start + len(text[start:end].rstrip())))
        start = _skip(text, end)
    if start < len(text):
        spans.append((start, start + len(text[start:].rstrip())))
    return spans


def _skip(text: str, offset: int) -> int:
    """Return the offset of the first character from `offset` on that is no white space."""
    gap = _GAP.match(text, offset)
    return gap.end() if gap else offset


def _cuts(text: str, event: re.Match[str], start: int) -> bool:
    """Say whether the sentence begun at `start` ends at this mark or line break."""
    if event.start() == start:
        return False
    return _mark_cuts(text, event, start) if event["mark"] else _line_cuts(text, event, start)


def _mark_cuts(text: str, mark: re.Match[str], start: int) -> bool:
    """Say whether a mark such as «.», « ? » or «… »» ends the sentence."""
    after = _skip(text, mark.end())
    opening = _OPENING.match(text, after)
    head = opening.end() if opening else after
    if after == mark.end() or head == len(text) or text[mark.start() - 1] in "([":
        return False
    if text[head] in ".?!…,;:)]}»%":
        return False
    if mark["stop"] == "." and _abbreviates(text, mark.start(), start, head):
        return False
    if not text[head].islower():
        return True
    if mark["closing"] or mark["stop"][-1] == "…" or mark["stop"].startswith(".."):
        return False
    new_line = _LINE_END.search(text, mark.end(), after) is not None
    return _cuts_before_lower_case(text, mark, start, head) or (
        new_line and _token_before(text, mark.start()) != "etc"
    )


def _cuts_before_lower_case(text: str, mark: re.Match[str], start: int, head: int) -> bool:
    """Say whether a text without capitals begins a new sentence here."""
    word = _token_before(text, mark.start())
    if word == "etc" or (mark["stop"] == "." and len(word) <= 1):
        return False
    speaker = mark["stop"] == "." and _PRONOUN.match(text, head) is not None
    return text[start].islower() or speaker


def _token_before(text: str, end: int) -> str:
    """Return the run of letters, inner points and hyphens that stops at `end`."""
    match = _LAST_TOKEN.search(text[max(0, end - _WINDOW) : end])
    return match.group() if match else ""


def _abbreviates(text: str, end: int, start: int, head: int) -> bool:
    """Say whether the single point at `end` closes an abbreviation, not a sentence."""
    if _NUMBERING.fullmatch(text, start, end):
        return True
    token = _token_before(text, end)
    lower = token.lower()
    if token in _CASED or lower in _ABBREVIATIONS or lower.rpartition("-")[2] in _ABBREVIATIONS:
        return True
    if lower in _BEFORE_NUMBER and _NUMBER.match(text, head):
        return True
    if len(token) == 1:
        return _letter_abbreviates(text, end - 1, head)
    return _DOTTED.fullmatch(token) is not None and not _STARTER.match(text, head)


def _letter_abbreviates(text: str, at: int, head: int) -> bool:
    """Say whether the single letter at `at` is an initial: no unit («8 h»), no word («a»)."""
    if text[head].isdigit():
        return True
    if text[at] in _LETTER_WORDS or _UNIT_BEFORE.search(text[max(0, at - 2) : at]):
        return False
    return not _STARTER.match(text, head)


def _line_cuts(text: str, gap: re.Match[str], start: int) -> bool:
    """Say whether the line break `gap` ends a sentence that no mark has ended."""
    if gap.end() == len(text):
        return False
    breaks = _LINE_END.findall(gap.group())
    if len(breaks) > 1 or "\f" in breaks or "\N{PARAGRAPH SEPARATOR}" in breaks:
        return True
    return _ITEM.match(text, gap.end()) is not None or _is_heading(text, start, gap)


def _is_heading(text: str, start: int, gap: re.Match[str]) -> bool:
    """Say whether the line from `start` to `gap` is a heading of what follows."""
    if gap.start() - start > _HEADING_CHARS:
        return False
    line = text[start : gap.start()].rstrip()
    if line.startswith("#"):
        return True
    if _LINE_END.search(line) or not (line[0].isupper() or line[0].isdigit()):
        return False
    if not (line[-1].isalnum() or line[-1] in "»”)") or line.split()[-1].lower() in _OPEN_ENDS:
        return False
    following = _LINE.match(text, gap.end())
    opening = _OPENING.match(text, gap.end())
    head = opening.end() if opening else gap.end()
    longer = following is not None and len(line) < _HEADING_SHARE * len(following.group())
    return longer and head < len(text) and (text[head].isupper() or text[head].isdigit())
