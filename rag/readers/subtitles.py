"""Subtitles of films and talks (SRT, WebVTT), as running prose, through pysubs2."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from html import unescape

from pysubs2 import SSAFile
from pysubs2.exceptions import Pysubs2Error

from rag import messages
from rag.clean import Dropped
from rag.errors import ReadError
from rag.readers.blocks import Block, Parsed
from rag.readers.decode import decode

_INLINE_TIME = re.compile(r"<[\d:.]+>")
"""Times within a cue's words; pysubs2 would take a line with two of them for a cue's own."""
_SOUND = re.compile(r"\s*(?:[\[(][^\])]{1,60}[\])]|[♪♫ ]+)\s*")
_PAUSE_MS = 2_000
"""Milliseconds of silence after a full stop that begin a new paragraph."""
_PARAGRAPH_WORDS = 150
"""Words after which a full stop begins one too: talks leave few silences."""


@dataclass(frozen=True, slots=True)
class _Cue:
    """One caption: when it shows, in milliseconds, and its lines."""

    start: int
    end: int
    lines: tuple[str, ...]


def _read(data: bytes, kind: str) -> Parsed:
    """Return the speech of a subtitle file of pysubs2's format `kind`."""
    cues = _cues(decode(data), kind)
    sounds = tuple(
        Dropped(number, line, messages.RULE_SOUND)
        for number, cue in enumerate(cues, start=1)
        for line in cue.lines
        if _SOUND.fullmatch(line)
    )
    spoken = [
        _Cue(cue.start, cue.end, tuple(line for line in cue.lines if not _SOUND.fullmatch(line)))
        for cue in cues
    ]
    return Parsed(tuple(map(Block, _paragraphs(_unrolled(spoken)))), dropped=sounds)


READERS = {".srt": partial(_read, kind="srt"), ".vtt": partial(_read, kind="vtt")}
"""Readers by suffix; what they drop is numbered by cue, from 1."""


def _cues(text: str, kind: str) -> list[_Cue]:
    """Return the cues in order of time, without tags."""
    try:
        subtitles = SSAFile.from_string(_INLINE_TIME.sub("", text), format_=kind)
    # Times beyond all clocks overflow the conversions that pysubs2 does itself.
    except (Pysubs2Error, ValueError, OverflowError) as exc:
        raise ReadError(messages.READ_DAMAGED.format(format=kind.upper())) from exc
    events = sorted(subtitles, key=lambda event: (event.start, event.end))
    return [_Cue(event.start, event.end, _lines(event.plaintext)) for event in events]


def _lines(text: str) -> tuple[str, ...]:
    """Return a cue's lines; in WebVTT a blank line ends it and a note may follow."""
    cue = re.split(r"\n[ \t]*\n", text.strip("\n"))[0]
    return tuple(unescape(line).strip() for line in cue.split("\n") if line.strip())


def _unrolled(cues: Sequence[_Cue]) -> Iterator[_Cue]:
    """Yield the cues without the lines that the one before already showed.

    Automatic captions roll: each shows again the last lines of the one before, or the same
    line with more words.
    """
    shown: tuple[str, ...] = ()
    for cue in cues:
        if not cue.lines:
            continue
        overlap = max(
            (n for n in range(len(shown) + 1) if shown[len(shown) - n :] == cue.lines[:n]),
            default=0,
        )
        fresh = list(cue.lines[overlap:])
        if fresh and not overlap and shown and fresh[0].startswith(f"{shown[-1]} "):
            fresh[0] = fresh[0][len(shown[-1]) + 1 :]
        shown = cue.lines
        if fresh:
            yield _Cue(cue.start, cue.end, tuple(fresh))


def _paragraphs(cues: Iterator[_Cue]) -> Iterator[str]:
    """Yield the speech, cut after a full stop where a silence follows or enough was said."""
    words: list[str] = []
    last_end = 0
    for cue in cues:
        silent = cue.start - last_end >= _PAUSE_MS
        stopped = bool(words) and words[-1].endswith((".", "!", "?", "…", "»", "”"))
        if stopped and (silent or len(words) >= _PARAGRAPH_WORDS):
            yield " ".join(words)
            words = []
        words += " ".join(cue.lines).split(" ")
        last_end = cue.end
    if words:
        yield " ".join(words)
