"""Questions to begin with, and to go on with where there was no answer: pure functions.

The best are those that the author of a text wrote in its header, knowing which sentence
answers them. A text without any is asked about its sections, which it has something to say
on, or about itself where these are not known.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from rag import messages as say
from rag.corpus import MAX_QUESTION, QUESTIONS
from rag.french.text import search_terms
from rag.french.words import fold, words
from rag.talk.header import Described, header_field, one_line, speakers
from rag.types import Hit

EXAMPLES = 6
"""Shown on the opening screen: enough to see what kinds of question have an answer."""

SUGGESTIONS = 2
"""Shown where there was no answer, above the nearest passages, which must stay in view."""

MADE = 2
"""Questions made for one text whose author wrote none: as many as our own texts have."""

TELLING = 2
"""Search terms of a section's title that says what it is about; « Introduction » has one."""

_BETWEEN = re.compile(r"(?<=\?), ")
_INTERROGATIVE = re.compile(
    r"(?:(?:a|avec|chez|dans|de|depuis|en|par|pour|selon|sur|vers) |d')?"
    r"(combien|comment|ou|pourquoi|quand|qui)\b"
)
"""The interrogatives that tell kinds of question apart, folded, after a preposition or none."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A question that may be an example: its text, the persons in it, its kind, its rank there.

    `made` says that no author wrote it.
    """

    question: str
    made: bool
    text: str
    voices: frozenset[str]
    rank: int
    kind: str

    @property
    def traits(self) -> tuple[Hashable, ...]:
        """What other examples may have in common with it."""
        return (self.text, self.voices, self.kind)

    def worn(self, used: Counter[Hashable]) -> tuple[int, ...]:
        """Return how little it would add to examples with so many of each trait."""
        text, voices, kind = (used[trait] for trait in self.traits)
        return (self.made, text, voices, self.rank, kind)


def questions_of(text: Described, sections: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the questions in the text's header, or some made of its titles if it has none.

    Args:
        text: a document or its summary.
        sections: titles of its sections where they are known, those that matter most first.
    """
    return _written(text) or tuple(islice(_made(text, sections), MADE))


def examples(texts: Sequence[Described], n: int = EXAMPLES) -> tuple[str, ...]:
    """Return up to `n` questions to begin with, those that an author wrote before made ones.

    Each is from the text and of the persons that were taken least; an author's first question
    goes before the next; then kinds of question take turns, and texts far from each other.
    """
    spread = (texts[place] for place in _spread(len(texts), n))
    left = list(chain.from_iterable(map(_candidates, spread)))
    used: Counter[Hashable] = Counter()
    taken: list[str] = []
    while left and len(taken) < n:
        best = min(left, key=lambda candidate: candidate.worn(used))
        taken.append(best.question)
        used.update(best.traits)
        left = [candidate for candidate in left if candidate.question != best.question]
    return tuple(taken)


def suggestions(
    question: str, hits: Sequence[Hit], texts: Sequence[Described], n: int = SUGGESTIONS
) -> tuple[str, ...]:
    """Return up to `n` questions that the texts answer, for a reader whose own they do not.

    Those of the texts found come first, one a text in the order of the hits, in each text the
    one that shares most words with what was asked; then those of the other texts.
    """
    sections: defaultdict[str, list[str]] = defaultdict(list)
    for hit in hits:
        sections[hit.passage.document_id].append(hit.passage.section)
    known = {text.id: text for text in texts}
    near = [questions_of(known[key], titles) for key, titles in sections.items() if key in known]
    far = chain.from_iterable(questions_of(text) for text in texts if text.id not in sections)
    in_turn = zip_longest(*(_nearest_first(question, ones) for ones in near))
    asked = words(question)
    offered = chain(chain.from_iterable(in_turn), _nearest_first(question, far))
    fitting = (one for one in offered if one is not None and words(one) != asked)
    return tuple(islice(dict.fromkeys(fitting), n))


def _written(text: Described) -> tuple[str, ...]:
    """Return the questions of the text's header; what is none, or too long, is left out."""
    listed = header_field(text, QUESTIONS)
    return tuple(filter(_is_question, _BETWEEN.split(listed)))


def _made(text: Described, sections: Iterable[str]) -> Iterator[str]:
    """Yield questions made of the titles of sections, or of the text's if none of them tells."""
    titles = [title for title in map(one_line, sections) if len(search_terms(title)) >= TELLING]
    asked = [_asking(title, say.QUESTION_OF_SECTION) for title in dict.fromkeys(titles)]
    whole = _asking(one_line(text.title), say.QUESTION_OF_TEXT)
    yield from filter(_is_question, asked or [whole])


def _asking(title: str, template: str) -> str:
    """Return a title that is a question as it is, any other within the template."""
    if title.endswith("?"):
        return title
    # Guillemets within guillemets are “ ”.
    return template.format(title=re.sub(r"«\s*", "“", re.sub(r"\s*»", "”", title)))


def _is_question(text: str) -> bool:
    """Tell whether a text can be offered as a question: one that ends as such, and no longer."""
    return text.endswith("?") and len(text) <= MAX_QUESTION


def _candidates(text: Described) -> Iterator[_Candidate]:
    """Yield the questions of a text with what tells them apart."""
    made, voices = not _written(text), frozenset(speakers(text))
    for rank, question in enumerate(questions_of(text)):
        yield _Candidate(question, made, text.id, voices, rank, _kind(question))


def _kind(question: str) -> str:
    """Return the interrogative that a question begins with; « quel » and « que » are nothing."""
    found = _INTERROGATIVE.match(fold(question))
    return found[1] if found else ""


def _spread(total: int, n: int) -> list[int]:
    """Return the places of `total` texts: `n` of them at even distances, then the others."""
    steps = min(total, n)
    even = [step * total // steps for step in range(steps)]
    return [*even, *(place for place in range(total) if place not in even)]


def _nearest_first(question: str, offered: Iterable[str]) -> list[str]:
    """Return the questions by the number of search terms that they share with what was asked."""
    wanted = frozenset(search_terms(question))
    return sorted(offered, key=lambda one: -len(wanted.intersection(search_terms(one))))
