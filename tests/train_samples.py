"""What the tests of training share: questions of our own, and a tiny encoder that can learn."""

import json
from pathlib import Path
from random import Random

from rag.index.store import Index
from rag.models.convert_encoder import convert_encoder
from rag.train.questions import Asked
from rag.train.split import split_of
from rag.types import Passage
from tests.samples import BAKERY, HARBOUR, MUSEUM
from tests.tiny_encoder import make_values, write_packed, write_tokenizer


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - no secret


def spans(text: str, *answers: str) -> tuple[tuple[int, int], ...]:
    return tuple((text.index(one), text.index(one) + len(one)) for one in answers)


def passage(text: str, title: str = "Titre") -> Passage:
    return Passage("0" * 15, "essai/a.md", title, "", None, 0, len(text), text)


def nothing(_done: int, _total: int) -> None:
    """Take no notice."""


def squad(articles: int) -> dict[str, object]:
    """Return a file of that many articles of two contexts with two questions each."""
    data = []
    for number in range(articles):
        paragraphs = []
        for rank, kind in enumerate(("phare", "moulin")):
            text = f"le {kind} numero {number} date de {1800 + number}. son gardien dort le jour."
            answer = {"text": str(1800 + number), "answer_start": text.index(str(1800 + number))}
            other = {"text": "le jour", "answer_start": text.index("le jour")}
            paragraphs.append({
                "context": text,
                "qas": [
                    {"id": f"{number}-{rank}-a", "question": f"de quand date le {kind} {number} ?",
                     "answers": [answer, answer]},
                    {"id": f"{number}-{rank}-b", "question": f"quand dort le gardien du {kind} ?",
                     "answers": [other]},
                ],
            })  # fmt: skip
        data.append({"title": f"Article {number}", "paragraphs": paragraphs})
    return {"version": "1.1", "data": data}


def one_question(**changes: object) -> dict[str, object]:
    title = next(f"Article {n}" for n in range(99) if split_of(f"Article {n}") == "train")
    answer = {"text": "bac", "answer_start": 3, **changes}
    qas = [{"id": "q", "question": "quoi ?", "answers": [answer]}]
    return {"data": [{"title": title, "paragraphs": [{"context": "un bac, un bac", "qas": qas}]}]}


def write_json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


def asked(name: str, text: str, document: str, answers: tuple[tuple[int, int], ...]) -> Asked:
    return Asked(name, text, f"essai/{document}.md", answers, "train")


def asked_about(index: Index) -> list[Asked]:
    assert len(index.documents()) == 3
    return [
        asked(
            "pain", "Combien de sortes de pains au musée ?", "boulangerie", spans(BAKERY, "trente")
        ),
        asked("prix", "Combien coûte l’entrée du musée ?", "musee", spans(MUSEUM, "6,50 euros")),
        asked("nuit", "Quand travaillent les grues de Lille ?", "port", spans(HARBOUR, "la nuit")),
    ]


def learning_folder(work: Path) -> Path:
    """Make the tiny encoder with plain layer norms: on random ones next to nothing is learnt."""
    values = make_values()
    for name in values:
        if "ln." in name:
            values[name][:] = float(name.endswith(".w"))
    packed = write_packed(work / "e5-small-q4.bin", values)
    convert_encoder(packed, write_tokenizer(work / "tokenizer.json"), work / "dossier")
    return work / "dossier"
