"""The usual tutorial on the same models: LangChain's FAISS, the top 5, one prompt for all.

The only file that imports LangChain's vector store. Its community package is in maintenance
and has no successor for FAISS: it is what the tutorials use, and it is used here alone.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence

from langchain_community.vectorstores import FAISS
from langchain_core.documents import Document as Chunk
from langchain_core.embeddings import Embeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from eval.measures.normalise import contains
from eval.systems.common import DocumentOf, Stopwatch, cite_whole, write
from eval.types import Cited, Question, Ranked, Response, Said, Span
from rag.french.sentences import sentence_spans
from rag.index.store import Index
from rag.types import Encoder, Generator
from rag.write.prompt import chat

TOP = 5
CHUNK_CHARACTERS = 1000
CHUNK_OVERLAP = 200
"""Those of LangChain's own tutorial on retrieval-augmented generation."""

REFUSAL = "Je ne sais pas."
SYSTEM = (
    "Tu es un assistant qui répond en français aux questions, uniquement à partir des passages "
    "numérotés. Cite après chaque phrase le numéro du passage, par exemple [1]. Si les passages "
    f"ne contiennent pas la réponse, réponds seulement : {REFUSAL}"
)
REQUEST = "Passages :\n\n{context}\n\nQuestion : {question}\nRéponse :"

_NUMBER = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")
_NUMBERS = re.compile(rf"\s*{_NUMBER.pattern}")
_BEHIND = re.compile(rf"([.!?…])((?:\s*{_NUMBER.pattern.replace('(', '(?:', 1)})+)")


class _EncoderEmbeddings(Embeddings):
    """The encoder of the index, as LangChain wants it."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return a vector a text."""
        return [[float(x) for x in row] for row in self._encoder.encode_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        return [float(x) for x in self._encoder.encode_queries([text])[0]]


class NaiveSystem:
    """Retrieves five chunks and lets one prompt answer, cite and refuse."""

    name = "naive"

    def __init__(self, index: Index, encoder: Encoder, generator: Generator) -> None:
        """Cut and encode the documents of `index` anew, as the tutorial does."""
        self._document_of: DocumentOf = index.document
        self._generator = generator
        self._spans = tuple(
            place for summary in index.documents() for place in _cut(index, summary.id)
        )
        chunks = [
            Chunk(index.document(place.document).text[place.start : place.end], id=place.id)
            for place in self._spans
        ]
        self._places = {place.id: place for place in self._spans}
        self._store = FAISS.from_documents(chunks, _EncoderEmbeddings(encoder))

    @property
    def identity(self) -> Mapping[str, str]:
        """The hash of its prompt, and how it cuts."""
        prompt = hashlib.sha256(f"{SYSTEM}\n{REQUEST}".encode()).hexdigest()
        return {"prompt": prompt, "chunks": f"{CHUNK_CHARACTERS}/{CHUNK_OVERLAP}, top {TOP}"}

    def passages(self) -> Sequence[Span]:
        """Return its chunks."""
        return self._spans

    def answer(self, question: Question) -> Response:
        """Return what the one prompt gives, its numbers read as citations."""
        watch = Stopwatch()
        with watch.stage("retrieve"):
            found = self._store.similarity_search_with_score(question.text, k=TOP)
        # LangChain gives the squared distance of unit vectors, 2 - 2 cos.
        hits = tuple(
            Ranked(self._places[str(chunk.id)], 1.0 - float(distance) / 2.0)
            for chunk, distance in found
        )
        context = "\n\n".join(
            f"[{place}] {chunk.page_content}" for place, (chunk, _) in enumerate(found, 1)
        )
        request = REQUEST.format(context=context, question=question.text)
        with watch.stage("generate"):
            draft = write(self._generator, chat(SYSTEM, question.history, request))
        return Response(
            text=draft.text,
            draft=draft.text,
            refused=refuses(draft.text),
            sentences=said(draft.text, hits, self._document_of),
            hits=hits,
            certainty=None,
            seconds=watch.all(),
            tokens=draft.tokens,
        )


def refuses(text: str) -> bool:
    """Tell whether a draft refuses: it is empty or holds the sentence that it was told to say."""
    return not text or contains(text, REFUSAL)


def said(draft: str, hits: Sequence[Ranked], document_of: DocumentOf) -> tuple[Said, ...]:
    """Return the sentences of a draft, each with the chunks that its numbers lead to.

    A number behind the full stop belongs to the sentence before it.
    """
    joined = _BEHIND.sub(r"\2\1", draft)
    texts = [joined[start:end] for start, end in sentence_spans(joined)]
    return tuple(
        Said(
            _NUMBERS.sub("", text).strip(), marked=False, citations=_cited(text, hits, document_of)
        )
        for text in texts
    )


def _cited(text: str, hits: Sequence[Ranked], document_of: DocumentOf) -> tuple[Cited, ...]:
    """Return what the numbers of a sentence lead to; one out of range leads nowhere."""
    numbers = dict.fromkeys(int(n) for group in _NUMBER.findall(text) for n in group.split(","))
    return tuple(
        cite_whole(document_of, hits[n - 1].span)
        if 1 <= n <= len(hits)
        else Cited("", 0, 0, "", exact=False)
        for n in numbers
    )


def _cut(index: Index, document_id: str) -> list[Span]:
    """Return the chunks of a document as LangChain's splitter makes them."""
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=CHUNK_OVERLAP, add_start_index=True
    )
    text = index.document(document_id).text
    pieces = splitter.create_documents([text])
    places = [
        (piece.metadata["start_index"], len(piece.page_content)) for piece in pieces
    ]  # counted in characters, the splitter's own offsets are right
    return [
        Span(f"{document_id}#{number}", document_id, start, start + length)
        for number, (start, length) in enumerate(places)
    ]
