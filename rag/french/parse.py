"""The words of a clause and what each does there, read token by token."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from rag.french import grammar as fr
from rag.french.terms import term
from rag.french.words import STOPWORDS, fold

YEAR = 4
"""Figures of a number that what is behind it does not count: « le prix 2015 récompense »."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of content: its term, the preposition it stands under, what it does.

    `quantity` tells of « plus », « moins », « tous » or « quelques » before it, `beside` has
    the terms that it stands in apposition to; `passive` and `infinitive` speak of predicates.
    """

    term: str
    capital: bool
    marker: str = ""
    plural: bool = False
    quantity: str = ""
    beside: frozenset[str] = frozenset()
    predicate: bool = False
    passive: bool = False
    infinitive: bool = False


class Reader:
    """Reads one piece, token by token."""

    def __init__(self, opener: str = "", marker: str = "") -> None:
        self.words: list[Word] = []
        self.opener = opener
        self.pronoun = ""
        self.marker = marker
        self.stands_in = opener in fr.PLACES
        self._tokens: list[str] = []
        self.copula = False
        self._plural = False
        self._denies = False
        self._quantity = ""
        self._last = ""

    @property
    def read(self) -> tuple[Word, ...]:
        """The words so far; a quantity that nothing followed belongs to the last one."""
        if not self._quantity or not self.words:
            return tuple(self.words)
        return (*self.words[:-1], replace(self.words[-1], quantity=self._quantity))

    def take(self, token: str, surface: str, following: str, *, titled: bool) -> None:
        """Read one token; `following` is the next one."""
        if not token[0].isalnum():
            return
        if titled:
            self._add(surface, capital=True)
        elif _numeral(token) or _functional(token, surface):
            self._function(token)
        else:
            self._content(token, surface, following)
        self._tokens.append(token)

    def _function(self, token: str) -> None:
        """Read a function word: what it says of the words behind it."""
        self.marker = self._marker(token)
        self._denies |= token in {"ne", "n'"}
        if token in fr.QUANTITIES and not self._denies:
            self._quantity = fr.QUANTITIES[token]
        if token in fr.SUBJECTS and not self.words:
            self.pronoun = token
        self.copula |= token in fr.ETRE and bool(self.words or self.pronoun)
        verb_next = token in fr.ETRE or token in fr.AVOIR
        if token in {"y", "lui"} or (verb_next and self._at(-1) in fr.OBJECTS):
            self.stands_in = True
        self._last = ""

    def _marker(self, token: str) -> str:
        """Return the preposition that holds behind a function word."""
        opens = not self.words or self.words[-1].predicate
        of = fr.PREPOSITIONS.get(token) == "de"
        kept = _numeral(token) or token in {"avoir", "être"}
        if kept or (of and self._at(-1) in fr.PREPOSITIONS):
            return self.marker
        if of and token.endswith("s") and opens and not self.marker:
            return ""  # « des » is an article here
        if token in fr.PREPOSITIONS:
            return fr.PREPOSITIONS[token]
        passes = token in fr.DETERMINERS or token in fr.ADVERBS
        return self.marker if passes and not self._last else ""

    def _content(self, token: str, surface: str, following: str) -> None:
        """Read a word of content and decide whether it is a predicate."""
        capital = surface[0].isupper()
        before = self._before()
        predicate = self._predicates(token, before, following, capital=capital)
        passive = (
            predicate
            and term(fold(surface)) not in fr.MOVING
            and self._passive(token, before, following)
        )
        infinitive = predicate and (before == "être" or self._infinitive(token, before))
        self._add(surface, capital=capital, verb=(predicate, passive, infinitive))

    def _add(
        self, surface: str, *, capital: bool, verb: tuple[bool, bool, bool] = (False, False, False)
    ) -> None:
        """Enter a word under the preposition and quantity that stand before it."""
        said = term(fold(surface))
        predicate, passive, infinitive = verb
        marker = "" if predicate and not infinitive else self.marker
        self.words.append(
            Word(
                said,
                capital,
                marker,
                not capital and surface[-1] in "sx",
                self._quantity,
                predicate=predicate,
                passive=passive,
                infinitive=infinitive,
            )
        )
        self._plural |= self.words[-1].plural and not marker
        self._quantity = ""
        self._last = said
        if predicate:
            self.marker = ""

    def _at(self, place: int) -> str:
        """Return a token counted from the end, or nothing."""
        return self._tokens[place] if len(self._tokens) >= -place else ""

    def _before(self) -> str:
        """Return the last token that is no adverb."""
        return next(self._backwards(), "")

    def _beyond(self) -> str:
        """Return the token before the last one that is no adverb."""
        return next(islice(self._backwards(), 1, None), "")

    def _backwards(self) -> Iterator[str]:
        """Yield the tokens that are no adverbs, the last one first."""
        return (token for token in reversed(self._tokens) if token not in fr.ADVERBS)

    def _predicates(self, token: str, before: str, following: str, *, capital: bool) -> bool:
        """Decide whether a word of content is a verb, or what « être » says of its subject."""
        if capital:
            opens = not self._tokens and not self.opener
            participle = fr.PARTICIPLE.search(token) is not None
            return opens and participle and following in fr.PREPOSITIONS
        if not before or before in fr.BEFORE_VERBS or (token in fr.MODALS and self._last):
            return True
        if _numeral(before) and following in fr.AFTER_VERBS:
            year = len(before) == YEAR and fr.SINGULAR_VERB.search(token)
            return bool(year or fr.PLURAL_VERB.search(token))
        if self._last:
            return self._follows_noun(token, following)
        if (before in fr.BEFORE_INFINITIVES or before in fr.MODALS) and fr.INFINITIVE.search(token):
            return True
        return before in fr.DETERMINERS and self._beyond() in self._openers(before)

    def _passive(self, token: str, before: str, following: str) -> bool:
        """Decide whether a predicate is a participle of what is done to its subject."""
        if before in fr.ETRE or (before not in fr.AVOIR and following == "par"):
            return fr.PARTICIPLE.search(token) is not None
        bare = not before and self.opener not in fr.JOINING
        return bare and fr.BARE_PARTICIPLE.search(token) is not None

    def _infinitive(self, token: str, before: str) -> bool:
        """Decide whether a predicate is an infinitive: « compare » is none, « vendre » is."""
        after_verb = bool(self._last) and self.words[-1].predicate
        behind = before in fr.BEFORE_INFINITIVES or before in fr.MODALS or after_verb
        return fr.INFINITIVE.search(token) is not None and (behind or not token.endswith("re"))

    def _openers(self, before: str) -> frozenset[str]:
        """Return the words that make a verb, or what is said of a subject, of « le … »."""
        return (fr.ETRE | fr.SUBJECTS) if before in fr.OBJECTS else fr.ETRE

    def _follows_noun(self, token: str, following: str) -> bool:
        """Decide whether a word right behind a word of content is a verb."""
        noun = self.words[-1]
        if noun.predicate:
            return fr.INFINITIVE.search(token) is not None
        if noun.capital:
            return True
        if fr.PLURAL_VERB.search(token) and self._plural:
            return True
        if fr.ADJECTIVE.search(token) or not fr.SINGULAR_VERB.search(token):
            return False
        if following in {"de", "d'", "des", "du"}:
            return not token.endswith("e")
        return following in fr.AFTER_VERBS or _numeral(following)


def _numeral(token: str) -> bool:
    """Tell whether a token is a number, in figures or as a word."""
    return token.isdecimal() or token in fr.NUMERALS


def _functional(token: str, surface: str) -> bool:
    """Tell whether a token is a function word; « né » is none, though « ne » is one."""
    kept = surface.casefold() in {"né", "née", "sûr", "dû"}
    return not kept and (
        fold(surface).rstrip("'") in STOPWORDS or token in fr.ADVERBS or token in fr.PREPOSITIONS
    )
