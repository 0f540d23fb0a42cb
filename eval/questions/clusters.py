"""Texts that speak of the same: no two of them may be in both splits."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from eval.questions import strings as say
from eval.questions.fields import Fields, decode
from eval.questions.golden import TextOf, read_text
from eval.questions.rules import about, cluster_of
from eval.types import Question

CLUSTERS = "clusters.json"
"""The name of the table: an object that gives each cluster its documents."""

Clusters = Mapping[str, Sequence[str]]


def read_clusters(path: Path) -> Clusters:
    """Return the documents of each cluster.

    Raises:
        EvaluationError: the table cannot be read.
    """
    table = Fields.of(decode(read_text(path), path.name), path.name)
    return {name: table.texts(name) for name in table.values}


def table_problems(clusters: Clusters, text_of: TextOf) -> Iterator[str]:
    """Yield the documents that two clusters have, and those that the corpus has not."""
    home: dict[str, str] = {}
    for cluster, documents in clusters.items():
        for document in documents:
            first = home.setdefault(document, cluster)
            if first != cluster:
                yield say.CLUSTER_TWICE.format(document=document, first=first, second=cluster)
            if not _exists(document, text_of):
                yield say.CLUSTER_GHOST.format(cluster=cluster, document=document)


def split_problems(questions: Sequence[Question], clusters: Clusters) -> Iterator[str]:
    """Yield the clusters that both splits ask about, and the documents that are in none.

    A question is about the cluster that its id names and about those of its gold quotes.
    """
    home = {document: cluster for cluster in clusters for document in clusters[cluster]}
    first: dict[str, Question] = {}
    for question in questions:
        documents = {gold.document for gold in question.gold}
        for document in sorted(documents - home.keys()):
            yield about(question, say.CLUSTER_NONE.format(document=document, file=CLUSTERS))
        asked = {home[document] for document in documents & home.keys()}
        for cluster in sorted(asked | ({cluster_of(question)} & clusters.keys())):
            other = first.setdefault(cluster, question)
            if other.split != question.split:
                yield say.CLUSTER_SHARED.format(cluster=cluster, first=other.id, second=question.id)


def _exists(document: str, text_of: TextOf) -> bool:
    """Tell whether the corpus has a document."""
    try:
        text_of(document)
    except KeyError:
        return False
    return True
