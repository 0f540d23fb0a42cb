"""Whether an answer is right, by its words alone; no model judges it.

Every function takes a question and what a system gave to it, and returns `None` where there
is nothing to compare with: questions that are to be refused, or that lack the field measured.
A refusal of a question that has an answer is wrong (0) and says nothing (no length, nothing
forbidden). Text is compared as `eval.measures.normalise` makes it.

A wording in `forbidden` makes an answer wrong whatever else it says, for every type of
question: inclusion alone would reward an answer that lists every possibility, and a false
premise that is repeated has not been corrected. The price is that a wording must be written
so that no right answer holds it, not even to deny it; `forbidden` is counted by itself too,
so that this price can be seen.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from statistics import fmean

from eval.measures.normalise import contains, tokens, without_marks, words
from eval.types import Numeric, Question, Response
from rag.french.facts import numbers


def inclusion(question: Question, response: Response) -> float | None:
    """Return 1 if the answer holds an accepted one, else 0: the main figure.

    Right is an answer that holds, at token boundaries, one of `answers`, or each claim of
    `required` in any of its wordings, or a number within tolerance of `numeric`; and none of
    `forbidden`. All that is shown counts, sentences marked as not verified among it: the
    user reads them. The accuracy of Mallen et al. 2023 («When Not to Trust Language
    Models»), with tokens instead of characters: «Nice» is not in «Venice».
    """
    return _right(question, response, response.text)


def inclusion_with_accents(question: Question, response: Response) -> float | None:
    """Return the same with accents kept in accepted answers, never more than `inclusion`."""
    return _right(question, response, response.text, fold_accents=False)


def inclusion_unmarked(question: Question, response: Response) -> float | None:
    """Return the same for the sentences not marked as unverified, never more than `inclusion`.

    What a marked sentence says that is forbidden is still held against the answer.
    """
    return _right(question, response, unmarked(response))


def claims(question: Question, response: Response) -> float | None:
    """Return the share of the required claims that the answer holds, from 0 to 1.

    A claim is held if any of its wordings is: the string recall of ASQA (Stelmakh et al.
    2022) and ALCE (Gao et al. 2023).
    """
    if _to_refuse(question) or not question.required:
        return None
    return 0.0 if response.refused else _share_held(question, partial(contains, response.text))


def forbidden(question: Question, response: Response) -> float | None:
    """Return 1 if the answer holds a forbidden wording, else 0; also for unanswerable ones."""
    if not question.forbidden:
        return None
    return float(not response.refused and _forbidden_held(question, response))


def numeric(question: Question, response: Response) -> float | None:
    """Return 1 if a number within tolerance of the one asked for is stated, else 0.

    |stated − value| ≤ tolerance for any number of the answer, in figures or in words, as
    rag/french/facts.py reads them. Limits: that reading drops signs, so that magnitudes are
    compared, and «un» alone; the unit is not looked for, since one is written in many ways.
    """
    if _to_refuse(question) or question.numeric is None:
        return None
    return float(not response.refused and _states(response.text, question.numeric))


def token_f1(question: Question, response: Response) -> float | None:
    """Return SQuAD's F1, from 0 to 1: the greatest over the accepted answers.

    2PR/(P+R), with P and R the shares of the answer's and of the accepted answer's tokens
    that the other has, counted with repetition (Rajpurkar et al. 2016). A whole sentence has
    a low P: it is a measure of brevity as well.
    """
    if _to_refuse(question) or not question.answers:
        return None
    if response.refused:
        return 0.0
    given = tokens(response.text)
    return max(_f1(given, tokens(accepted)) for accepted in question.answers)


def exact_match(question: Question, response: Response) -> float | None:
    """Return 1 if the answer is an accepted one and nothing more, else 0 (SQuAD)."""
    if _to_refuse(question) or not question.answers:
        return None
    given = tokens(response.text)
    return float(
        not response.refused and any(given == tokens(accepted) for accepted in question.answers)
    )


def length(_question: Question, response: Response) -> float | None:
    """Return the length of the answer in words, citations and marks left out."""
    return None if response.refused else float(len(words(response.text)))


def unmarked(response: Response) -> str:
    """Return the sentences of an answer that are not marked as unverified, as one text."""
    return " ".join(sentence.text for sentence in response.sentences if not sentence.marked)


def _to_refuse(question: Question) -> bool:
    """Say whether refusing is the right answer, so that no wording is."""
    return question.expected == "refuse"


def _right(
    question: Question, response: Response, text: str, *, fold_accents: bool = True
) -> float | None:
    """Return 1 if `text`, a part of the response, is right as `inclusion` says, else 0."""
    if _to_refuse(question) or not (question.answers or question.required or question.numeric):
        return None
    if response.refused or _forbidden_held(question, response):
        return 0.0
    holds = partial(contains, text, fold_accents=fold_accents)
    return float(
        any(map(holds, question.answers))
        or (bool(question.required) and _share_held(question, holds) == 1.0)
        or (question.numeric is not None and _states(text, question.numeric))
    )


def _share_held(question: Question, holds: Callable[[str], bool]) -> float:
    """Return the share of the required claims of which a wording is held."""
    return fmean(any(map(holds, claim)) for claim in question.required)


def _forbidden_held(question: Question, response: Response) -> bool:
    """Say whether anything shown is forbidden."""
    return any(contains(response.text, wording) for wording in question.forbidden)


def _states(text: str, wanted: Numeric) -> bool:
    """Say whether a number of `text` is within tolerance, whatever its sign."""
    stated = map(float, numbers(without_marks(text)))
    return any(abs(number - abs(wanted.value)) <= wanted.tolerance for number in stated)


def _f1(given: Sequence[str], accepted: Sequence[str]) -> float:
    """Return the F1 of two bags of tokens: 1 if both are empty, 0 if they share nothing."""
    shared = (Counter(given) & Counter(accepted)).total()
    return 2 * shared / (len(given) + len(accepted)) if shared else float(given == accepted)
