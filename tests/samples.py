"""A small corpus of our own in memory, indexed with the fake encoder."""

from pathlib import Path

from rag.config import ChunkSettings
from rag.french.text import search_terms
from rag.index.chunk import chunk
from rag.index.contents import IndexContents
from rag.index.database import StoredDocument
from rag.index.manifest import EncoderInfo
from rag.index.sentence_vectors import sentence_texts
from rag.index.store import Index, open_index, writer
from rag.index.vectorise import searchable, vectorise
from rag.search.evidence import Findings, gather
from rag.search.query import read_query
from rag.types import Document, Encoder, Hit, Passage, Section, Vectors
from tests.fakes import FakeEncoder

BAKERY = (
    "La boulangerie Martin a ouvert à Lille en 1998. Elle vend trente sortes de pains. "
    "Selon Claire Martin, la farine vient de trois moulins du Nord."
)
MUSEUM = (
    "Le musée du Textile de Roubaix accueille 40 000 visiteurs par an. "
    "Son directeur, Paul Vasseur, ne prévoit jamais d’exposition en juillet. "
    "L’entrée coûte 6,50 euros."
)
HARBOUR = (
    "Le port de Dunkerque emploie 2 300 personnes. "
    "Les grues y travaillent la nuit parce que la marée l’impose."
)


def document(name: str, title: str, text: str) -> Document:
    return Document(
        id=f"essai/{name}.md",
        sha256=name.encode().hex().ljust(64, "0"),
        title=title,
        text=text,
        sections=(Section(0, "Présentation"),),
    )


DOCUMENTS = (
    document("boulangerie", "La boulangerie Martin", BAKERY),
    document("musee", "Le musée du Textile", MUSEUM),
    document("port", "Le port de Dunkerque", HARBOUR),
)


def passages(made: Document) -> tuple[Passage, ...]:
    return tuple(chunk(made, ChunkSettings()))


def hits(*documents: Document) -> tuple[Hit, ...]:
    """Return every passage of the documents as a hit, the first document's best."""
    found = [passage for made in documents for passage in passages(made)]
    return tuple(Hit(passage, 1.0 - place / 10, 0.9, 5.0) for place, passage in enumerate(found))


def build_index(folder: Path, encoder: Encoder, documents: tuple[Document, ...]) -> Index:
    """Write an index of the documents and open it."""
    stored = [StoredDocument(made, f"/{made.id}", passages(made)) for made in documents]
    indexed = vectorise(stored, (), encoder, lambda _done, _total: None)
    contents = IndexContents(EncoderInfo.of(encoder), "essai", tuple(indexed))
    with writer(folder) as target:
        target.write(contents, lambda passage: search_terms(searchable(passage)))
    return open_index(folder)


def found_for(question: str, documents: tuple[Document, ...]) -> Findings:
    """Return what the documents' passages say to the question, with the fake encoder."""
    encoder = FakeEncoder()
    lookup = {made.id: made for made in documents}.__getitem__
    query = read_query(question, encoder)

    def vectors(passage: Passage) -> Vectors:
        return encoder.encode_passages(sentence_texts(passage))

    return gather(query, hits(*documents), vectors, lookup)
