"""What the surroundings say of this run; read once, at the edge, and passed down."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

DEFAULT_ENCODER = "e5-small"
DEFAULT_GENERATOR = "qwen2.5-coder-1.5b"


@dataclass(frozen=True, slots=True)
class Environment:
    """Where models are kept, and whether the network may be used to provide them."""

    cache: Path
    offline: bool


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Read PAROLE_CACHE (a folder) and PAROLE_OFFLINE (1 forbids every download)."""
    cache = variables.get("PAROLE_CACHE")
    return Environment(
        cache=Path(cache).expanduser() if cache else user_cache_path("parole"),
        offline=variables.get("PAROLE_OFFLINE", "") not in ("", "0"),
    )
