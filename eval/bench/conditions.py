"""What the figures of a run depend on, beside what it measures."""

import platform
from importlib.metadata import version
from pathlib import Path

from eval.bench.machine import threads
from eval.bench.opening import Wanted
from eval.hardware import describe, load
from eval.manifest import ENGINES, commit
from rag.hardware import best_device, generator_format


def conditions(wanted: Wanted, rounds: int) -> dict[str, object]:
    """Return settings, versions and machine; the warm-up is always one unmeasured turn."""
    return {
        "rounds": rounds,
        "warm_up": 1,
        "questions": wanted.questions,
        "seed": wanted.seed,
        "encoder": wanted.encoder,
        "model": wanted.model,
        "format": generator_format(best_device()),
        "hardware": describe(),
        "threads": threads(),
        "load": load(),
        "versions": {
            "parole": version("parole"),
            "python": platform.python_version(),
            **{name: version(name) for name in (*ENGINES, "langchain-community")},
        },
        "commit": commit(Path(__file__).parent),
    }
