"""Models on this machine: which weights, from where, checked, converted once.

This package alone downloads; after it has provided a model, nothing asks the network.
"""

from rag.models.manifest import Artifact, Manifest, ModelSpec, Piece, load_manifest, needed_bytes
from rag.models.progress import Progress, Report
from rag.models.provide import Tools, gigabytes, is_provided, model_folder, provide
from rag.models.record import fingerprint, verify
from rag.models.resolve import resolve

__all__ = [
    "Artifact",
    "Manifest",
    "ModelSpec",
    "Piece",
    "Progress",
    "Report",
    "Tools",
    "fingerprint",
    "gigabytes",
    "is_provided",
    "load_manifest",
    "model_folder",
    "needed_bytes",
    "provide",
    "resolve",
    "verify",
]
