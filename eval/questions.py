"""Questions over the corpus with what answers them, for tuning; none of them is for testing."""

import json
from dataclasses import dataclass
from pathlib import Path

DEVELOPMENT = Path(__file__).with_name("dev.jsonl")


@dataclass(frozen=True, slots=True)
class Question:
    """A question and its evidence: a verbatim quote of a document, or none.

    `kind` is the sort of question for an answerable one, else `near_miss` (the corpus names
    the thing and does not give the fact) or `off_subject`.
    """

    text: str
    kind: str
    answers: tuple[str, ...]
    document: str
    quote: str

    @property
    def answerable(self) -> bool:
        """Whether the corpus answers it."""
        return bool(self.quote)


def load_questions(path: Path = DEVELOPMENT) -> list[Question]:
    """Return the questions of a JSONL file, one object a line."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        return [_question(json.loads(line)) for line in lines]


def _question(values: dict[str, object]) -> Question:
    """Return the question of one line."""
    answers = values.get("answers") or ()
    if not isinstance(answers, list | tuple):
        raise TypeError(f"answers must be a list, not {answers!r}")
    document = values.get("document")
    return Question(
        text=str(values["question"]),
        kind=str(values["kind"]),
        answers=tuple(map(str, answers)),
        document=f"corpus/{document}" if document else "",
        quote=str(values.get("quote") or ""),
    )
