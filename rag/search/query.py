"""What is searched for: the text with its terms and its vector, each made once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.french.text import search_terms
from rag.types import Encoder


@dataclass(frozen=True, slots=True, eq=False)
class Query:
    """A question as both indexes look for it; `vector` has length 1, shape (dimension,)."""

    text: str
    terms: tuple[str, ...]
    vector: NDArray[np.float32]


def read_query(text: str, encoder: Encoder) -> Query:
    """Cut and encode a question."""
    return Query(text, tuple(search_terms(text)), encoder.encode_queries([text])[0])
