"""Where the tests marked `models` find the real models."""

import os
from pathlib import Path

from platformdirs import user_cache_path

from rag.models import load_manifest, provide

ENCODER = "e5-small"
GENERATOR = "qwen2.5-coder-1.5b"


def models_cache() -> Path:
    """Return the cache folder of this machine: PAROLE_CACHE, else the user's own."""
    given = os.environ.get("PAROLE_CACHE")
    return Path(given) if given else user_cache_path("parole")


def encoder_folder() -> Path:
    """Return the converted encoder; providing it is `parole models pull`, not a test's."""
    return _folder(ENCODER)


def generator_folder() -> Path:
    """Return the converted generator, as `encoder_folder`."""
    return _folder(GENERATOR)


def _folder(name: str) -> Path:
    """Return the folder of a model that is there; ModelMissingError where it is not."""
    spec = load_manifest().find(name)
    assert spec is not None
    return provide(spec, models_cache(), offline=True)
