"""The rules that the folder of French texts keeps, and the check that enforces them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from rag import messages
from rag.errors import CorpusError

README = "README.md"
FENCE = "---"
BOM = b"\xef\xbb\xbf"

TEXT_FIELDS = ("titre", "date", "genre", "source", "licence")
LIST_FIELDS = ("intervenants", "mots_cles")
QUESTIONS = "questions"
"""The list that a text may do without: questions that it answers, offered to the reader."""

# Words of a body: below, a text carries too little to be quoted; above, it has two subjects.
MIN_WORDS = 150
MAX_WORDS = 900
# Words of a front matter line: a shorter one names a person, a year or a licence, and a
# second text may rightly name them too.
MIN_COMPARED_WORDS = 6
# Characters of a question: a shorter one is vague, a longer one fills a card on a phone.
MIN_QUESTION = 15
MAX_QUESTION = 140

TEXT_TAG = "tag:yaml.org,2002:str"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md")
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
SECTION = re.compile(r"## +\S")
STRAIGHT = re.compile("['\"]")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
# A colon inside 18:30 and the second mark of « ?! » want no space before them.
UNSPACED_MARK = re.compile(r"(?<![\u00a0\u202f?!])(?:[;?!%]|:(?!\w))")
UNSPACED_QUOTE = re.compile("«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»")


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A rule that a text breaks: the file's name, the line (from 1) and why, in French."""

    file: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class _Text:
    """A text's lines; the body begins at index `body`, after the front matter's end."""

    file: str
    lines: tuple[str, ...]
    body: int

    @property
    def front(self) -> str:
        """The front matter, without the lines that enclose it."""
        return "\n".join(self.lines[1 : self.body - 1]) if self.body else ""

    def numbered_body(self) -> Iterator[tuple[int, str]]:
        """Yield the body's lines with their numbers in the file."""
        return enumerate(self.lines[self.body :], start=self.body + 1)


def check(folder: Path) -> list[Problem]:
    """Return every broken rule of the texts (`*.md`, README.md aside), file by file.

    Raises:
        CorpusError: `folder` is not a folder or has no text.
    """
    paths = sorted(path for path in folder.glob("*.md") if path.name != README)
    if not paths:
        raise CorpusError(messages.CORPUS_EMPTY.format(folder=folder))
    problems: list[Problem] = []
    texts: list[_Text] = []
    for path in paths:
        problems += _check_name(path.name)
        raw = path.read_bytes()
        problems += _check_bytes(path.name, raw)
        texts.append(_parse(path.name, raw))
    for text in texts:
        problems += _check_text(text)
    problems += _check_repeats(texts)
    return sorted(problems)


def _parse(file: str, raw: bytes) -> _Text:
    """Split a file into lines and find its body; a text without front matter is all body."""
    decoded = raw.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    lines = tuple(decoded.split("\n"))
    fenced = lines[0] == FENCE and FENCE in lines[1:]
    return _Text(file, lines, lines.index(FENCE, 1) + 1 if fenced else 0)


def _check_name(file: str) -> Iterator[Problem]:
    """Yield a problem if the file's name is not a slug."""
    if not SLUG.fullmatch(file):
        yield Problem(file, 1, messages.CORPUS_NAME.format(file=file))


def _check_bytes(file: str, raw: bytes) -> Iterator[Problem]:
    """Yield a problem if the bytes are not UTF-8, or begin with a byte order mark."""
    if raw.startswith(BOM):
        yield Problem(file, 1, messages.CORPUS_BOM)
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        yield Problem(file, line, messages.CORPUS_ENCODING)


def _check_text(text: _Text) -> Iterator[Problem]:
    """Yield what is wrong with one text taken alone."""
    yield from _check_front_matter(text)
    yield from _check_questions(text)
    yield from _check_length(text)
    if not any(SECTION.match(line) for _, line in text.numbered_body()):
        yield Problem(text.file, text.body + 1, messages.CORPUS_NO_SECTION)
    for number, line in enumerate(text.lines, start=1):
        if not unicodedata.is_normalized("NFC", line):
            yield Problem(text.file, number, messages.CORPUS_NOT_NFC)
    for number, line in text.numbered_body():
        yield from _check_typography(text.file, number, line)


def _check_front_matter(text: _Text) -> Iterator[Problem]:
    """Yield a problem for front matter that is absent, unreadable or incomplete."""
    if not text.body:
        yield Problem(text.file, 1, messages.CORPUS_NO_FRONT_MATTER)
        return
    try:
        fields = yaml.safe_load(text.front)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: an impossible date
        reason = " ".join(str(error).split())
        yield Problem(text.file, 1, messages.CORPUS_BAD_FRONT_MATTER.format(reason=reason))
        return
    found = fields if isinstance(fields, dict) else {}
    for key in TEXT_FIELDS:
        if not _is_text(found.get(key)):
            message = messages.CORPUS_FIELD_TEXT.format(field=key)
            yield Problem(text.file, _line_of(text, key), message)
    for key in (*LIST_FIELDS, QUESTIONS) if QUESTIONS in found else LIST_FIELDS:
        value = found.get(key)
        if not (isinstance(value, list) and value and all(map(_is_text, value))):
            message = messages.CORPUS_FIELD_LIST.format(field=key)
            yield Problem(text.file, _line_of(text, key), message)


def _check_questions(text: _Text) -> Iterator[Problem]:
    """Yield a problem for each question that does not end as one, is too short or too long."""
    for number, question in _questions(text):
        if question.find("?") != len(question) - 1:
            message = messages.CORPUS_QUESTION_END.format(question=question)
            yield Problem(text.file, number, message)
        if not MIN_QUESTION <= len(question) <= MAX_QUESTION:
            message = messages.CORPUS_QUESTION_LENGTH.format(
                question=question, length=len(question), least=MIN_QUESTION, most=MAX_QUESTION
            )
            yield Problem(text.file, number, message)
        yield from _check_typography(text.file, number, question)


def _questions(text: _Text) -> Iterator[tuple[int, str]]:
    """Yield the questions of the front matter with the numbers of their lines in the file."""
    try:
        root = yaml.compose(text.front, Loader=yaml.SafeLoader)
    except yaml.YAMLError:  # told by the check of the front matter
        return
    for key, field in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == QUESTIONS and isinstance(field, yaml.SequenceNode):
            for item in field.value:
                if item.tag == TEXT_TAG and _is_text(item.value):
                    yield item.start_mark.line + 2, item.value


def _is_text(value: object) -> bool:
    """Return whether `value` is a string with something in it."""
    return isinstance(value, str) and bool(value.strip())


def _line_of(text: _Text, key: str) -> int:
    """Return the line where the front matter gives `key`, or its first line."""
    front = enumerate(text.lines[: text.body], start=1)
    return next((number for number, line in front if line.startswith(f"{key}:")), 1)


def _check_length(text: _Text) -> Iterator[Problem]:
    """Yield a problem if the body has too few or too many words, headings included."""
    words = sum(len(WORD.findall(line)) for _, line in text.numbered_body())
    if not MIN_WORDS <= words <= MAX_WORDS:
        message = messages.CORPUS_LENGTH.format(words=words, least=MIN_WORDS, most=MAX_WORDS)
        yield Problem(text.file, text.body + 1, message)


def _check_typography(file: str, number: int, line: str) -> Iterator[Problem]:
    """Yield at most one problem a rule of French typography that a line breaks."""
    prose = ADDRESS.sub("", line)
    rules = (
        (STRAIGHT, messages.CORPUS_STRAIGHT),
        (UNSPACED_MARK, messages.CORPUS_UNSPACED_MARK),
        (UNSPACED_QUOTE, messages.CORPUS_UNSPACED_QUOTE),
    )
    for pattern, template in rules:
        if found := pattern.search(prose):
            yield Problem(file, number, template.format(excerpt=_around(prose, found.start())))


def _around(line: str, at: int, reach: int = 15) -> str:
    """Return the `reach` characters on either side of `at`, to find the place by."""
    return line[max(0, at - reach) : at + reach + 1].strip()


def _check_repeats(texts: Sequence[_Text]) -> Iterator[Problem]:
    """Yield a problem for each line that an earlier line of any text already holds."""
    first: dict[str, str] = {}
    for text in texts:
        for number, line in _compared(text):
            if earlier := first.get(line):
                message = messages.CORPUS_REPEATED.format(earlier=earlier)
                yield Problem(text.file, number, message)
            else:
                first[line] = f"{text.file}:{number}"


def _compared(text: _Text) -> Iterator[tuple[int, str]]:
    """Yield what must stand once in the corpus: lines without their outer spaces, questions."""
    questions = list(_questions(text))
    yield from questions
    asked = {number for number, _ in questions}
    for number, line in enumerate(map(str.strip, text.lines), start=1):
        compared = number > text.body or len(WORD.findall(line)) >= MIN_COMPARED_WORDS
        if line and compared and number not in asked:
            yield number, line
