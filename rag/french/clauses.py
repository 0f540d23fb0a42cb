"""The clauses of a French sentence, and what each word does in them, by rules of thumb.

No parser of French can be had as a small library with free weights, so that function words
and endings must tell: a preposition before a noun, an auxiliary or a pronoun before a verb.
Claim and evidence are read alike, so that most errors cancel out; the others make the check
stricter (rag/check/roles.py).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, dropwhile, takewhile

from rag.french import grammar as fr
from rag.french.facts import negations
from rag.french.parse import Reader, Word
from rag.french.words import fold

_TOKEN = re.compile(
    r"(?:qu|lorsqu|puisqu|[ldjmtsnc])['’]|[^\W_]+|[,;:()–—«»“”\"]|[.?!…]+", re.IGNORECASE
)
_TITLE = re.compile(r"[«“\"]\s?(?=[A-ZÀ-Ö])[^»”\",;:?!…]{2,60}?\s?[»”\"]")
"""Marks around a few words, the first with a capital, hold a title: it is read as one name."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence around one finite predicate, or without any.

    `opener` is the word or mark before it; `pronoun` is the pronoun that is its subject,
    `stands_in` that one is its object or place, `copula` that it has a form of « être ».
    `source` clauses only say whose words the others are (« selon X », « affirme X »). `doers`
    are the terms of its subject, its own or that of the clause it leans on; none if it is not
    known.
    """

    text: str
    words: tuple[Word, ...]
    opener: str = ""
    pronoun: str = ""
    stands_in: bool = False
    copula: bool = False
    source: bool = False
    doers: frozenset[str] = frozenset()

    @property
    def terms(self) -> frozenset[str]:
        """The terms of its words."""
        return frozenset(word.term for word in self.words)

    @property
    def verb(self) -> int:
        """The place of its first predicate that is no infinitive; how many words, if none is."""
        finite = (
            at for at, word in enumerate(self.words) if word.predicate and not word.infinitive
        )
        return next(finite, len(self.words))

    @property
    def plural(self) -> bool:
        """Whether its subject is a noun in the plural."""
        return any(word.plural and word.term in self.doers for word in self.words)

    @property
    def verbal(self) -> bool:
        """Whether it has a predicate, or a form of « être » before a name."""
        return self.copula or any(word.predicate for word in self.words)

    @property
    def denied(self) -> bool:
        """Whether it denies, or makes an exception of, what it says."""
        said = set(negations(self.text)) - {"sans"}
        return bool(said) or self.opener in fr.EXCEPT


def clauses(sentence: str) -> tuple[Clause, ...]:
    """Cut one sentence into its clauses; pieces without a predicate join a neighbour."""
    done: list[Clause] = []
    waiting: Clause | None = None
    for piece in _sourced(list(_pieces(sentence))):
        if piece.source:
            done.append(piece)
        elif piece.verbal:
            done.append(_join(waiting, piece) if waiting else piece)
            waiting = None
        elif piece.opener in fr.EXCEPT:
            done.append(piece)
        elif done and not done[-1].source and waiting is None:
            done[-1] = _join(done[-1], piece)
        else:
            waiting = _join(waiting, piece) if waiting else piece
    return tuple(_with_doers([*done, waiting] if waiting else done))


def _join(first: Clause, second: Clause) -> Clause:
    """Return two pieces as one clause; what follows « que » without a verb is compared."""
    words = second.words
    if second.opener in fr.THAT and not second.verbal:
        words = tuple(replace(word, marker=word.marker or "que") for word in words)
    elif second.opener == "," and words and not words[0].marker:
        words = (replace(words[0], beside=_antecedent(first)), *words[1:])
    return replace(
        first,
        text=f"{first.text} {second.text}",
        words=(*first.words, *words),
        pronoun=first.pronoun or second.pronoun,
        stands_in=first.stands_in or second.stands_in,
        copula=first.copula or second.copula,
    )


def _sourced(pieces: Sequence[Clause]) -> Iterator[Clause]:
    """Yield the pieces, those that only name a source marked so."""
    for place, piece in enumerate(pieces):
        following = pieces[place + 1].opener if place + 1 < len(pieces) else ""
        yield replace(piece, source=_is_source(piece, following))


def _is_source(piece: Clause, following: str) -> bool:
    """Tell whether a piece is « selon X », « X affirme » before « que », or « affirme X »."""
    if not piece.words:
        return False
    opening = fold(piece.text).lstrip(',;:«“" \N{NO-BREAK SPACE}')
    named = all(word.capital for word in piece.words)
    if opening.startswith(("selon ", "d'apres ", "d’apres ")):
        return True
    if opening.startswith("pour ") and named and following == ",":
        return True
    verbs = [at for at, word in enumerate(piece.words) if word.term in fr.REPORTING]
    if not verbs:
        return False
    inverted = verbs[0] == 0 and not piece.pronoun and all(w.capital for w in piece.words[1:])
    only = [word for word in piece.words if word.predicate] == [piece.words[verbs[-1]]]
    last = verbs[-1] == len(piece.words) - 1
    introduces = following in fr.THAT and only and last and not piece.denied
    return introduces or inverted or (bool(piece.pronoun) and len(piece.words) == 1)


def _with_doers(found: Sequence[Clause]) -> Iterator[Clause]:
    """Yield the clauses with the subject that each has or takes over from the one before."""
    before: Clause | None = None
    for clause in found:
        own = frozenset(
            word.term
            for word in clause.words[: clause.verb]
            if not word.marker and not word.predicate
        )
        if not own and not clause.pronoun and before:
            own = _lent(clause, before)
        made = replace(clause, doers=own)
        if not made.source:
            before = made
        yield made


def _lent(clause: Clause, before: Clause) -> frozenset[str]:
    """Return the subject that a clause without one takes over; none behind « que » or « où »."""
    if clause.opener in fr.PLACES:
        return frozenset()
    apposed = any(word.passive for word in clause.words[:1])
    beside = clause.opener == "qui" or (apposed and clause.opener not in fr.JOINING)
    return _antecedent(before) if beside else before.doers


def _antecedent(clause: Clause) -> frozenset[str]:
    """Return the terms of the last noun of a clause, its complement with « de » left aside."""
    kept = dropwhile(lambda word: word.marker == "de", reversed(clause.words))
    run = list(takewhile(lambda word: not word.predicate, kept))
    return frozenset(word.term for word in run if word.marker == run[0].marker)


def _pieces(sentence: str) -> Iterator[Clause]:
    """Yield the stretches between marks and conjunctions, each word with what it does."""
    titles = [match.span() for match in _TITLE.finditer(sentence)]
    found = list(_TOKEN.finditer(sentence))
    tokens = [match[0].casefold().replace("’", "'") for match in found]
    reader, start = Reader(), 0
    for match, token, following in zip(found, tokens, chain(tokens[1:], [""]), strict=False):
        titled = any(a < match.start() and match.end() < b for a, b in titles)
        if titled or token not in fr.BREAKS:
            reader.take(token, match[0], following, titled=titled)
            continue
        if reader.words or reader.pronoun:
            yield _piece(reader, sentence[start : match.start()])
            start = match.start()
        reader = Reader(token, reader.marker if token in fr.JOINING else "")
    if reader.words:
        yield _piece(reader, sentence[start:])


def _piece(reader: Reader, text: str) -> Clause:
    """Return what was read as a clause yet without its neighbours."""
    return Clause(
        text=text,
        words=reader.read,
        opener=reader.opener,
        pronoun=reader.pronoun,
        stands_in=reader.stands_in,
        copula=reader.copula,
    )
