"""Seeded drafts of variants of golden questions: `python -m eval.questions.variants FILE`.

Prints the file with a draft after each base question that has a paraphrase; a person then
corrects the drafts by hand and signs them. The same file and seed give the same bytes.
"""

import json
import sys
import unicodedata
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

from eval.questions import strings as say
from eval.questions.fields import Fields
from eval.questions.golden import BASE, Line, read_lines
from rag.errors import EvaluationError
from rag.french.words import STOPWORDS, word_list, word_spans

SEED = 20
LEAST_LETTERS = 4
"""Letters of a word in which a slip is made: a shorter one might become another word."""
WORDS_PER_SLIP = 8
"""A question of so many words or more may have two slips."""

_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")
"""The letters of a French keyboard."""
_NEIGHBOURS: Mapping[str, str] = {
    key: "".join(other for pair in pairwise(row) if key in pair for other in pair if other != key)
    for row in _ROWS
    for key in row
}
_MEANT = word_list("pas plus jamais sans contre avant moins trop encore toujours")
"""Function words that turn what is asked into something else when they are dropped."""
_NOUNS = {"quand": "date", "combien": "nombre", "pourquoi": "raison", "ou": "lieu"}
"""What is typed for a question word that alone says what is asked; the others are dropped."""
_ASKING = word_list("est-ce peux peut pouvez sais savez dis dites")
"""Words of asking that are no function words elsewhere."""

Draft = Callable[[str, Random], str]


def no_accents(question: str, _random: Random) -> str:
    """Return a question typed without accents nor cedillas; «œ» is typed «oe»."""
    loose = unicodedata.normalize("NFD", question.replace("œ", "oe").replace("Œ", "Oe"))
    bare = "".join(char for char in loose if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", bare)


def typos(question: str, random: Random) -> str:
    """Return a question with one or two slips of the fingers, none of them in a number.

    A slip is a key beside the right one on a French keyboard, a letter doubled, left out or
    swapped with the next; never in the first letter of a word, nor in one of capitals.
    """
    spans = [
        (start, end)
        for _, start, end in word_spans(question)
        if end - start >= LEAST_LETTERS and _is_typed(question[start:end])
    ]
    most = 2 if len(question.split()) >= WORDS_PER_SLIP else 1
    chosen = random.sample(spans, min(len(spans), random.randint(1, most)))
    for start, end in sorted(chosen, reverse=True):  # from the end: offsets before it stay
        question = question[:start] + _slip(question[start:end], random) + question[end:]
    return question


def telegraphic(question: str, _random: Random) -> str:
    """Return the words of content of a question, as they are typed into a search box.

    Function words, question words and inverted pronouns are dropped; what alone says that a
    date, a number, a reason or a place is asked for becomes that noun, and negations stay.
    """
    kept = []
    for word, start, end in word_spans(question):
        if word in _NOUNS:
            kept.append(_NOUNS[word])
        elif word in _MEANT or word not in STOPWORDS | _ASKING:
            kept.append(question[start:end])
    return " ".join(kept)


DRAFTS: Mapping[str, Draft] = {
    "no_accents": no_accents,
    "typos": typos,
    "telegraphic": telegraphic,
}


def drafted(lines: Sequence[Line], seed: int = SEED) -> Iterator[str]:
    """Yield the lines of a file, with the variants that it lacks after their base questions.

    Only base questions with a `paraphrase` get drafts; a draft that changes nothing (no
    accent to drop) is none. Lines that are there stay as they are, to the byte.

    Raises:
        EvaluationError: a line is no JSON object, or lacks a field that is needed.
    """
    rows = [line.fields() for line in lines]
    present = {(row.text("base_id"), row.text("variant")) for row in rows}
    for line, row in zip(lines, rows, strict=True):
        yield line.text
        base_id = row.text("base_id")
        if row.text("variant") != BASE or (base_id, "paraphrase") not in present:
            continue
        for name, draft in DRAFTS.items():
            question = draft(row.text("question"), Random(f"{seed}:{base_id}:{name}"))  # noqa: S311 - no secret
            if (base_id, name) not in present and question != row.text("question"):
                yield _row(row, name, question)


def _row(base: Fields, variant: str, question: str) -> str:
    """Return the line of a draft, which nobody has read yet."""
    changes = {
        "id": f"{base.text('base_id')}.{variant}",
        "variant": variant,
        "question": question,
        "reviewed": "",
    }
    return json.dumps({**base.values, **changes}, ensure_ascii=False)


def _is_typed(word: str) -> bool:
    """Tell whether a word is made of letters alone, not all of them capitals."""
    return word.isalpha() and not word.isupper()


def _slip(word: str, random: Random) -> str:
    """Return a word of four letters or more with one slip after its first letter."""
    at = random.randrange(1, len(word) - 1)
    before, letter, following, after = word[:at], word[at], word[at + 1], word[at + 2 :]
    slips = [before + letter + letter + following + after, before + following + after]
    if letter != following:
        slips.append(before + following + letter + after)
    if beside := _NEIGHBOURS.get(letter):
        slips.append(before + random.choice(beside) + following + after)
    return random.choice(slips)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a file of questions with its drafts to the standard output."""
    parser = ArgumentParser(prog="python -m eval.questions.variants", description=say.VARIANTS_HELP)
    parser.add_argument("file", type=Path, help=say.VARIANTS_FILE)
    parser.add_argument("--seed", type=int, default=SEED, help=say.VARIANTS_SEED)
    options = parser.parse_args(arguments)
    try:
        lines = list(drafted(read_lines(options.file), options.seed))
    except EvaluationError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
