"""What can go wrong in Parole, as a tree; every message is French and names the remedy.

ParoleError
├── ModelError            a model cannot be provided, checked or loaded
│   └── ModelMissingError it is not on this machine and may not be fetched
├── StoreError            an index cannot be read or written
│   ├── StoreMissingError there is no index at this place
│   ├── StoreCorruptError no generation of it passes verification
│   ├── StoreLockedError  another process is writing it
│   └── EncoderMismatchError it was made with another encoder
├── SourceError           a file or folder to index does not exist
├── ReadError             a file cannot be read as a document
├── CorpusError           a text of the corpus breaks its rules
├── EvaluationError       questions, a run or a measure of the benchmark cannot be used
├── BusyError             too many questions are waiting
└── QuestionError         a question is empty or far too long
"""


class ParoleError(Exception):
    """The root of the failures that Parole expects; its text is shown to the user."""


class ModelError(ParoleError):
    """A model cannot be provided, checked, converted or loaded."""


class ModelMissingError(ModelError):
    """A model is not on this machine and may not be fetched."""


class StoreError(ParoleError):
    """An index cannot be read or written."""


class StoreMissingError(StoreError):
    """There is no index at this place."""


class StoreCorruptError(StoreError):
    """No generation of the index passes verification."""


class StoreLockedError(StoreError):
    """Another process is writing the index."""


class EncoderMismatchError(StoreError):
    """The index was made with another encoder."""


class SourceError(ParoleError):
    """A file or folder to index does not exist."""


class ReadError(ParoleError):
    """A file cannot be read as a document; the message is the reason alone."""


class CorpusError(ParoleError):
    """A text of the corpus breaks the rules of its folder."""


class EvaluationError(ParoleError):
    """Questions, a run or a measure of the benchmark cannot be used."""


class BusyError(ParoleError):
    """Too many questions are waiting for the model."""


class QuestionError(ParoleError):
    """A question is empty or too long to be answered."""
