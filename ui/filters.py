"""Where to look: the texts that a reader chooses by title, person, genre and year."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rag.french.words import fold
from rag.talk.header import GENRE, Described, date, one_line, speakers
from ui import strings
from ui.views.markup import count

NAMED = 3
"""Values of one facet that a description names; of more, it only says how many they are."""

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")

_Values = Callable[[Described], Collection[str]]
"""Returns what a text has of one facet."""


@dataclass(frozen=True, slots=True)
class Filter:
    """The values chosen of each facet; where there are none, all are meant.

    `documents` are identifiers; what else can be chosen is what `facets` returns.
    """

    documents: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that can be chosen, what the reader is shown of it, and how many texts have it."""

    value: str
    label: str
    texts: int


@dataclass(frozen=True, slots=True)
class Facets:
    """What there is to choose from."""

    documents: tuple[Choice, ...] = ()
    speakers: tuple[Choice, ...] = ()
    genres: tuple[Choice, ...] = ()
    years: tuple[Choice, ...] = ()


def facets(summaries: Sequence[Described]) -> Facets:
    """Return the values that the texts have.

    Documents stand in their own order, persons and genres in that of the alphabet; the latest
    year comes first, texts without any last.
    """
    return Facets(
        documents=tuple(Choice(text.id, one_line(text.title), 1) for text in summaries),
        speakers=_choices(summaries, speakers, fold),
        genres=_choices(summaries, _genres, fold),
        years=_choices(summaries, _years, _latest_first),
    )


def chosen(wanted: Filter, summaries: Sequence[Described]) -> frozenset[str] | None:
    """Return the ids of the texts that have one of the values chosen in each facet.

    None stands for all texts, where nothing is chosen; there may be no text that fits.
    """
    asked = [(values, frozenset(ones)) for _, values, ones in _facets(wanted) if ones]
    if not asked:
        return None
    return frozenset(
        text.id
        for text in summaries
        if all(not ones.isdisjoint(values(text)) for values, ones in asked)
    )


def describe(wanted: Filter, summaries: Sequence[Described]) -> str:
    """Return which texts are looked in, as « 2 textes sur 26 : genre entretien »."""
    found = chosen(wanted, summaries)
    if found is None:
        return _texts(len(summaries))
    titles = {text.id: strings.SCOPE_TITLE.format(title=one_line(text.title)) for text in summaries}
    told = (
        _told(facet, [titles.get(one, one) for one in ones])
        for facet, _, ones in _facets(wanted)
        if ones
    )
    return strings.SCOPE_LIMITED.format(
        texts=_texts(len(found)), total=len(summaries), choices=f"{strings.SCOPE_AND} ".join(told)
    )


def _facets(wanted: Filter) -> Iterator[tuple[str, _Values, Sequence[str]]]:
    """Yield each facet: its name, what a text has of it, and the values chosen."""
    yield "documents", _ids, wanted.documents
    yield "speakers", speakers, wanted.speakers
    yield "genres", _genres, wanted.genres
    yield "years", _years, wanted.years


def _ids(text: Described) -> tuple[str, ...]:
    """Return the one identifier of a text."""
    return (text.id,)


def _genres(text: Described) -> tuple[str, ...]:
    """Return the one genre of a text, or none."""
    genre = one_line(dict(text.metadata).get(GENRE, ""))
    return (genre,) if genre else ()


def _years(text: Described) -> tuple[str, ...]:
    """Return the first year that the date of a text names, or that it has none."""
    year = _YEAR.search(date(text))
    return (year[0] if year else strings.NO_DATE,)


def _latest_first(year: str) -> int:
    """Return what sorts years from the latest on, and after them what is no year."""
    return 0 if year == strings.NO_DATE else -int(year)


def _choices(
    summaries: Sequence[Described], values: _Values, key: Callable[[str], str | int]
) -> tuple[Choice, ...]:
    """Return the values that the texts have, sorted by `key`, each with its number of texts."""
    tally = Counter(chain.from_iterable(frozenset(values(text)) for text in summaries))
    return tuple(Choice(value, value, tally[value]) for value in sorted(sorted(tally), key=key))


def _texts(n: int) -> str:
    """Return « 2 textes », « 1 texte » or « aucun texte »."""
    return count(n, strings.ONE_TEXT, strings.MANY_TEXTS) if n else strings.NO_TEXT


def _told(facet: str, ones: Sequence[str]) -> str:
    """Return the values chosen of one facet, or their number where they are many."""
    if len(ones) > NAMED:
        return strings.SCOPE_MANY[facet].format(n=len(ones))
    if list(ones) == [strings.NO_DATE]:
        return strings.NO_DATE
    return strings.SCOPE_NAMED[facet].format(values=_either(ones))


def _either(ones: Sequence[str]) -> str:
    """Return « A, B ou C »."""
    *others, last = ones
    return strings.SCOPE_OR.format(others=", ".join(others), last=last) if others else last
