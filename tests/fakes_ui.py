"""A hand-written assistant for the page's tests: scripted events over invented texts."""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rag.talk.suggestions import suggestions
from rag.types import (
    Answer,
    AnswerSentence,
    Checked,
    Citation,
    Document,
    Done,
    Event,
    Hit,
    Passage,
    Receipt,
    Retrieved,
    Section,
    Timings,
    Token,
    Turn,
    never,
)
from tests.hostile import HOSTILE as HOSTILE  # noqa: PLC0414 - the page's tests find it here

MILL = Document(
    id="corpus/moulin.md",
    sha256="0" * 64,
    title="Le moulin de Valbrune",
    text=(
        "Le village de Valbrune s’étend sur deux rives, reliées par un pont de bois. Les "
        "maisons les plus anciennes bordent la rive gauche, où passait le chemin des muletiers. "
        "Le moulin de Valbrune a été bâti en 1742 par le meunier Anselme Corbier. "
        "Sa roue, large de quatre mètres, tournait jour et nuit pendant la fonte des neiges. "
        "On y portait le seigle des hameaux voisins, et la farine redescendait à dos de mulet "
        "jusqu’au marché du bourg. Le moulin a cessé de tourner en 1931, l’année où la crue "
        "emporta le canal. Depuis 1988, une association en restaure la charpente chaque été."
    ),
    sections=(Section(0, "Histoire"),),
    metadata=(
        ("intervenants", "Claire Morvan, Anselme Corbier"),
        ("date", "mars 2019"),
        ("genre", "entretien"),
        ("questions", "Qui a bâti le moulin\u00a0?, En quelle année s’est-il arrêté\u00a0?"),
    ),
)
BELL = Document(
    id="corpus/cloche.md",
    sha256="1" * 64,
    title="La cloche de Saint-Orlon",
    text=(
        "La cloche de Saint-Orlon pèse six cents kilos. Elle sonne deux fois par jour, "
        "à sept heures et à midi."
    ),
    sections=(Section(0, "Description"),),
    metadata=(("genre", "notice"), ("questions", "Combien pèse la cloche de Saint-Orlon\u00a0?")),
)

BUILT = "Le moulin de Valbrune a été bâti en 1742 par le meunier Anselme Corbier."
STOPPED_TURNING = "Le moulin a cessé de tourner en 1931"
MILL_QUESTION = "Quand le moulin de Valbrune a-t-il été bâti ?"
UNKNOWN_QUESTION = "Qui a inventé le parapluie à moteur ?"
REFUSAL = "Aucun texte ne parle de ce sujet d’assez près pour y répondre."

UNPROVED = "Rien de ce qui a été écrit n’a pu être vérifié."

SENTENCES = (
    "Le moulin a été bâti en 1742 par Anselme Corbier.",
    "Il a cessé de tourner en 1931.",
    "Il employait une dizaine d’ouvriers.",
)

"""Texts that would do harm, or look wrong, if the page took them for anything but text."""


@dataclass(frozen=True, slots=True)
class Script:
    """What the fake does for one question: its events in order, or the error it raises."""

    events: tuple[Event, ...] = ()
    error: Exception | None = None


@dataclass(slots=True)
class Asked:
    """One call of `stream`, as the test sees it afterwards."""

    question: str
    history: tuple[Turn, ...]
    cancelled: Callable[[], bool]
    within: frozenset[str] | None = None
    stream: Iterator[Event] | None = None
    closed: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class FakeSummary:
    """A text as a list of texts shows it."""

    id: str
    title: str
    metadata: tuple[tuple[str, str], ...]
    passages: int = 1


@dataclass(slots=True)
class FakeAssistant:
    """Plays the script of each question; `gate`, where there is one, holds each event back.

    A test lets one more event pass by releasing the gate once.
    """

    scripts: Mapping[str, Script]
    texts: Sequence[Document] = (MILL, BELL)
    gate: threading.Semaphore | None = None
    asked: list[Asked] = field(default_factory=list)

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        cancelled: Callable[[], bool] = never,
        within: Collection[str] | None = None,
    ) -> Iterator[Event]:
        """Play the question's script; the fake keeps the stream, so only a close ends it."""
        only = None if within is None else frozenset(within)
        call = Asked(question, tuple(history), cancelled, only)
        call.stream = self._play(call)
        self.asked.append(call)
        return call.stream

    def _play(self, call: Asked) -> Iterator[Event]:
        """Yield the events of the script, then raise its error if it has one."""
        script = self.scripts[call.question]
        try:
            for event in script.events:
                if self._held(call.cancelled):
                    return
                yield event
            if script.error is not None:
                raise script.error
        finally:
            call.closed.set()

    def _held(self, cancelled: Callable[[], bool]) -> bool:
        """Wait for the gate; return whether the answer was cancelled meanwhile."""
        while self.gate is not None and not self.gate.acquire(timeout=0.02):
            if cancelled():
                return True
        return False

    def document(self, document_id: str) -> Document:
        """Return the text of that identifier; KeyError if there is none."""
        return {text.id: text for text in self.texts}[document_id]

    def documents(self) -> Sequence[FakeSummary]:
        """Return what a list shows of all the texts."""
        return [FakeSummary(text.id, text.title, text.metadata) for text in self.texts]

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        within: Collection[str] | None = None,
    ) -> Answer:
        """Play the script to its end and return the answer that it holds."""
        *_, last = self.stream(question, history, within=within)
        assert isinstance(last, Done)
        return last.answer

    def search(self, question: str, within: Collection[str] | None = None) -> Sequence[Hit]:
        """Return the texts that hold a word of the question, whole, in their order."""
        words = question.casefold().split()
        return [
            hit(text)
            for text in self.texts
            if (within is None or text.id in within)
            and any(word in text.text.casefold() for word in words)
        ]


def cite(n: int, document: Document, quote: str, score: float = 0.9) -> Citation:
    """Return a citation of `quote` where it first stands in the document."""
    start = document.text.index(quote)
    return Citation(
        n=n,
        document=document.id,
        title=document.title,
        location=document.sections[0].title,
        quote=quote,
        start=start,
        end=start + len(quote),
        score=score,
    )


def hit(document: Document, score: float = 0.5) -> Hit:
    """Return the whole document as one passage found."""
    section = document.sections[0]
    passage = Passage(
        id="0" * 15,
        document_id=document.id,
        title=document.title,
        section=section.title,
        page=section.page,
        start=0,
        end=len(document.text),
        text=document.text,
    )
    return Hit(passage=passage, score=score, dense=score, lexical=score)


def answer(question: str, sentences: Sequence[AnswerSentence], reason: str = "") -> Answer:
    """Return an answer of these sentences, or a refusal if there is a reason for one."""
    found = (hit(MILL, 0.71), hit(BELL, 0.254))
    return Answer(
        question=question,
        text=reason or " ".join(sentence.text for sentence in sentences),
        refused=bool(reason),
        reason=reason,
        certainty=0.9,
        sentences=tuple(sentences),
        hits=found,
        timings=Timings(retrieve=0.1, first_token=0.5, generate=2.0, verify=0.4, total=2.46),
        receipt=Receipt(corpus="", index="", models={}, settings="", version=""),
        suggestions=suggestions(question, found, (MILL, BELL)) if reason else (),
    )


def spoken(question: str, text: str) -> Script:
    """Return the events of what is said aside: one, without a search."""
    whole = replace(answer(question, ()), text=text, hits=(), aside=True, certainty=0.0)
    return Script((Done(replace(whole, suggestions=("Qui a bâti le moulin\u00a0?",))),))


def script(question: str, sentences: Sequence[AnswerSentence], reason: str = "") -> Script:
    """Return the events of a whole answer, its draft streamed word by word."""
    whole = answer(question, sentences, reason)
    words = () if reason else tuple(Token(f"{word} ") for word in whole.text.split())
    checked = tuple(Checked(sentence) for sentence in sentences)
    best = cite(0, MILL, BUILT, 0.9)
    return Script((Retrieved(whole.hits, best), *words, *checked, Done(whole)))


def quoted(question: str) -> Script:
    """Return the events of an answer that is but a quotation, because nothing else stood."""
    text = f"L’extrait le plus proche dit : «\u00a0{BUILT}\u00a0»"
    sentence = AnswerSentence(text, supported=True, citations=(cite(1, MILL, BUILT, 1.0),))
    whole = replace(answer(question, [sentence]), reason=UNPROVED)
    return Script((Retrieved(whole.hits), Token("Il"), Checked(sentence), Done(whole)))


def mill_sentences() -> tuple[AnswerSentence, ...]:
    """Return two sentences with a source each and one without."""
    return (
        AnswerSentence(SENTENCES[0], supported=True, citations=(cite(1, MILL, BUILT, 0.94),)),
        AnswerSentence(
            SENTENCES[1], supported=True, citations=(cite(2, MILL, STOPPED_TURNING, 0.88),)
        ),
        AnswerSentence(SENTENCES[2], supported=False),
    )


def assistant(gate: threading.Semaphore | None = None) -> FakeAssistant:
    """Return a fake that answers the mill's question and refuses the umbrella's."""
    return FakeAssistant(
        {
            MILL_QUESTION: script(MILL_QUESTION, mill_sentences()),
            UNKNOWN_QUESTION: script(UNKNOWN_QUESTION, (), REFUSAL),
        },
        gate=gate,
    )
