"""A folder of texts of our own, its index, and the fake encoder of each run."""

from dataclasses import replace
from pathlib import Path

from rag.config import ChunkSettings, Settings
from rag.index.ingest import Progress, Report, index
from rag.index.store import Index, open_index
from tests.fakes import FakeEncoder

PHARE = "Le phare de l’île tourne toute la nuit. Son gardien dort le jour."
MOULIN = "Le moulin de la colline attend le vent. Le meunier compte ses sacs."
QUAI = "Trois barques rouges sont amarrées au quai. La marée monte à midi."
"""Eight words in the first sentence and fewer in the second, ten with a title of two."""
SHORT = replace(Settings(), chunk=ChunkSettings(min_words=4, max_words=10))


def page(title: str, *paragraphs: str) -> str:
    """Return a Markdown text."""
    return "\n\n".join([f"# {title}", *paragraphs]) + "\n"


class Workshop:
    """A folder of texts, an index beside it, and the encoder of the last run."""

    def __init__(self, root: Path) -> None:
        self.notes = root / "notes"
        self.index = root / "index"
        self.encoder = FakeEncoder()
        self.notes.mkdir(parents=True)

    def write(self, **texts: str) -> None:
        """Write a Markdown file for each text."""
        for name, text in texts.items():
            (self.notes / f"{name}.md").write_text(text, encoding="utf-8")

    def run(
        self,
        *sources: Path,
        settings: Settings = SHORT,
        progress: Progress = lambda _stage, _done, _total: None,
        prune: bool = False,
    ) -> Report:
        """Index the sources, the folder of texts by default, with a new encoder."""
        self.encoder = FakeEncoder()
        wanted = sources or (self.notes,)
        return index(wanted, self.index, self.encoder, settings, progress, prune=prune)

    def open(self) -> Index:
        """Open the index."""
        return open_index(self.index)

    def texts(self) -> dict[str, list[str]]:
        """Return the passages' texts by document id."""
        with self.open() as opened:
            return {
                summary.id: [passage.text for passage in opened.passages(summary.id)]
                for summary in opened.documents()
            }
