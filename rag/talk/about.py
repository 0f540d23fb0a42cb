"""What Parole says of itself and of its texts, when nothing was asked of them; pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from rag import messages as say
from rag.check.cite import nested
from rag.talk.header import Described, keywords, one_line
from rag.talk.phrases import Topic
from rag.talk.suggestions import examples

EXAMPLES = 3
"""Questions proposed to begin with: enough to see what can be asked, few enough to be read."""

TITLES = 3
"""Titles named of a corpus with more texts."""

THEMES = 5
"""Subjects named: those that most headers share."""

LONGEST_THEME = 40
"""Characters of a subject; a longer one is a sentence."""

LONGEST_TITLE = 90
"""Characters of a title that is said whole: twice as many as those of our own texts have."""

_SPOKEN: dict[Topic, str] = {
    "greeting": say.ABOUT_GREETING,
    "thanks": say.ABOUT_THANKS,
    "farewell": say.ABOUT_FAREWELL,
    "who": say.ABOUT_WHO,
    "help": say.ABOUT_HELP,
}
_PARTING: tuple[Topic, ...] = ("thanks", "farewell")
"""What asks for no more than a word in return."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said, and questions that the texts answer to go on with."""

    text: str
    suggestions: tuple[str, ...] = ()


def reply(topic: Topic, texts: Sequence[Described]) -> Reply:
    """Return what is said to small talk by one who knows these texts."""
    if topic in _PARTING:
        return Reply(_SPOKEN[topic])
    if not texts:
        return Reply(say.ABOUT_NO_TEXT)
    proposed = examples(texts, EXAMPLES)
    if topic == "knowledge":
        return Reply(_knowledge(texts), proposed)
    template = say.ABOUT_ONE_TEXT if len(texts) == 1 else say.ABOUT_MANY_TEXTS
    return Reply(_SPOKEN[topic].format(texts=template.format(n=len(texts))), proposed)


def _knowledge(texts: Sequence[Described]) -> str:
    """Return how many texts there are, some of their titles and what they are about."""
    named = listed([_title(text) for text in _spread(texts)])
    if len(texts) == 1:
        known = say.ABOUT_KNOWN_ONE.format(title=named)
    elif len(texts) <= TITLES:
        known = say.ABOUT_KNOWN_ALL.format(n=len(texts), titles=named)
    else:
        known = say.ABOUT_KNOWN_SOME.format(n=len(texts), titles=named)
    themes = _themes(texts)
    told = say.ABOUT_THEMES.format(themes=listed(themes)) if themes else ""
    return " ".join(part for part in (known, told, say.ABOUT_NOTHING_ELSE) if part)


def _themes(texts: Sequence[Described]) -> list[str]:
    """Return the subjects that most headers name; no headers need name any."""
    named = chain.from_iterable(map(keywords, texts))
    counted = Counter(theme for theme in named if len(theme) <= LONGEST_THEME)
    return [theme for theme, _ in counted.most_common(THEMES)]


def listed(items: Sequence[str]) -> str:
    """Return « A, B et C »."""
    if len(items) <= 1:
        return "".join(items)
    return say.LISTED.format(others=", ".join(items[:-1]), last=items[-1])


def _spread(texts: Sequence[Described]) -> list[Described]:
    """Return a few texts at even distances, so that they are not all of one kind."""
    n = min(TITLES, len(texts))
    return [texts[place * len(texts) // n] for place in range(n)]


def _title(text: Described) -> str:
    """Return a title within guillemets, cut if it is very long."""
    title = nested(one_line(text.title))
    if len(title) > LONGEST_TITLE:
        title = f"{title[:LONGEST_TITLE].rstrip()}…"
    return say.NAMED.format(name=title)
