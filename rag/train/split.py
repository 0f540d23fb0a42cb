"""Which part of a dataset an article belongs to: decided by its title alone."""

import hashlib
from typing import Literal

from rag.french.words import words

Split = Literal["train", "dev", "test"]

TRAIN_SHARE = 0.8
DEV_SHARE = 0.1

SALT = 9
"""The first number with which dev and test have a tenth each of PIAF's articles, contexts and
questions, within half a hundredth: 383, 50 and 47 articles, 6,014, 763 and 792 questions, as
`python -m rag.train.reader` prints. It was chosen before anything was trained."""

_DIGITS = 8


def split_of(title: str) -> Split:
    """Return the part that the article of this title belongs to.

    It is drawn by the sha256 of a number and the title's folded words: neither the order of a
    file nor its way of writing accents, spaces or capitals has a say, and paragraphs of one
    article are never parted. Nothing that is trained or tuned may look at «test».
    """
    folded = " ".join(words(title))
    digest = hashlib.sha256(f"{SALT}:{folded}".encode()).hexdigest()
    place = int(digest[:_DIGITS], 16) / 16**_DIGITS
    if place < TRAIN_SHARE:
        return "train"
    return "dev" if place < TRAIN_SHARE + DEV_SHARE else "test"
