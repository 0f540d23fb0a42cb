"""One conversion in a process of its own: its memory is given back, and it can be stopped.

Run as `python -m rag.models.convert KIND WORK TARGET`.
"""

import sys
from pathlib import Path

from rag.models.convert_encoder import convert_encoder
from rag.models.convert_generator import convert_generator


def main(kind: str, work: Path, target: Path) -> None:
    """Convert the artifacts in `work` to the folder `target`."""
    if kind == "encoder":
        convert_encoder(work / "e5-small-q4.bin", work / "tokenizer.json", target)
    elif kind == "generator":
        convert_generator(work / "model.gguf", target)
    else:
        raise ValueError(f"unknown conversion: {kind!r}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
