"""References to the texts of a corpus: one French line, BibTeX and CSL-JSON.

Neither `bibtexparser` nor `pybtex` writes BibTeX that is safe for any text: the one leaves
« $ » and single braces as they are, the other commands. Hence the small writer here.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence

from rag.check.cite import nested
from rag.french.words import fold, word_list
from rag.talk.header import DATE, GENRE, SOURCE, Described, date, header_field, one_line, speakers
from ui import strings

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_NAME = re.compile(r"(?:[dl][’'])?[^\W\d_](?:\.?[-’']?[^\W\d_])*\.?", re.IGNORECASE)
_NO_NAMES = word_list("m. mr mr. mme mlle me dr dr. pr pr. and others")
"""Forms of address, and the two words that join names in BibTeX."""

_ENDING = re.compile(r"\.[^./]*$")
_PLAIN_ID = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*\.md")
_HASHED = re.compile(r"-[0-9a-f]{12}\.md$")
_KEY_DIGITS = 12

_LATEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "%": r"\%",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "@": r"\symbol{64}",
        "\u00a0": "~",
        "\u202f": r"\,",
    }
)
r"""BibTeX counts braces even behind a backslash, so « \{ » would not do."""


def reference(document: Described, location: str) -> str:
    """Return a French reference: persons, « titre », genre, date, section or page.

    What the header leaves out is left out; a date that it says to be unknown is « s. d. ».
    """
    undated = header_field(document, DATE) and strings.REFERENCE_UNDATED
    parts = (
        _listed(speakers(document)),
        strings.REFERENCE_TITLE.format(title=nested(one_line(document.title))),
        header_field(document, GENRE),
        date(document) or undated,
        one_line(location),
    )
    joined = ", ".join(part for part in parts if part)
    return joined if joined.endswith(".") else f"{joined}."


def bibtex(documents: Iterable[Described]) -> str:
    """Return one `@misc` entry a document in UTF-8 BibTeX; a document given twice has one.

    Texts are escaped for LaTeX, so that none can end its field or be a command.
    """
    return "\n".join(_entry(document) for document in _once(documents))


def csl(documents: Iterable[Described]) -> str:
    """Return the documents as CSL-JSON (schema 1.0.2), which reference managers read."""
    items = [_item(document) for document in _once(documents)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def key(document_id: str) -> str:
    """Return the key of a document, the same in every export, made of its path.

    A path that is not plain gets 12 digits of its sha256, so that no two share a key.
    """
    slug = re.sub(r"[^a-z0-9/]+", "-", fold(_ENDING.sub("", document_id)))
    words = re.sub(r"-*/-*", ".", slug).strip("-.")
    if _PLAIN_ID.fullmatch(document_id) and not _HASHED.search(document_id):
        return words
    digest = hashlib.sha256(document_id.encode(errors="replace")).hexdigest()[:_KEY_DIGITS]
    return f"{words}-{digest}".lstrip("-")


def split_name(name: str) -> tuple[str, str] | None:
    """Return given and family name, or None where words alone do not tell them apart.

    Two words make a person's name; with three, « Jean Paul Durand » and « Jean Durand
    Leroy » look the same, and a name cut at the wrong place is worse than an uncut one.
    """
    words = name.split(" ")
    if len(words) != 2 or not all(map(_is_name, words)):  # noqa: PLR2004 - a given and a family name
        return None
    given, family = words
    return None if len(given) > 1 and given.isupper() and "." not in given else (given, family)


def _is_name(word: str) -> bool:
    """Tell whether a word may be a given or a family name."""
    capital = word.removeprefix("d’").removeprefix("d'")[:1].isupper()
    return capital and _NAME.fullmatch(word) is not None and word.lower() not in _NO_NAMES


def _listed(names: Sequence[str]) -> str:
    """Return « A, B et C »."""
    if len(names) <= 1:
        return "".join(names)
    return strings.REFERENCE_PERSONS.format(names=", ".join(names[:-1]), last=names[-1])


def _once(documents: Iterable[Described]) -> Iterable[Described]:
    """Return each document once, in the order given."""
    return {document.id: document for document in documents}.values()


def _year(told: str) -> str:
    """Return the only year that a date names, or nothing."""
    years = _YEAR.findall(told)
    return years[0] if len(years) == 1 else ""


def _note(document: Described) -> str:
    """Return what has no field of its own: a date that is more than a year, and the origin."""
    told, source = date(document), header_field(document, SOURCE)
    dated = strings.REFERENCE_DATE.format(date=told) if told != _year(told) else ""
    origin = strings.REFERENCE_SOURCE.format(source=source) if source else ""
    return " ".join(filter(None, [dated, origin]))


def _entry(document: Described) -> str:
    """Return the BibTeX entry of a document; inner braces keep capitals and whole names."""
    fields = {
        "author": " and ".join(map(_bibtex_name, speakers(document))),
        "title": f"{{{_latex(one_line(document.title))}}}",
        "year": _year(date(document)),
        "howpublished": _latex(header_field(document, GENRE)),
        "note": _latex(_note(document)),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{key(document.id)},\n{lines}}}\n"


def _bibtex_name(name: str) -> str:
    """Return « Nom, Prénom », or the name in braces, where nothing is cut."""
    parts = split_name(name)
    return f"{parts[1]}, {parts[0]}" if parts else f"{{{_latex(name)}}}"


def _latex(text: str) -> str:
    """Return the text as LaTeX that prints it."""
    return text.translate(_LATEX)


def _item(document: Described) -> Mapping[str, object]:
    """Return the CSL item of a document."""
    genre, told = header_field(document, GENRE), date(document)
    year = _year(told)
    item = {
        "id": key(document.id),
        "type": "interview" if fold(genre).startswith(("entretien", "interview")) else "document",
        "title": one_line(document.title),
        "author": [_csl_name(name) for name in speakers(document)],
        "genre": genre,
        "issued": {"date-parts": [[int(year)]]} if year else told and {"literal": told},
        "note": _note(document),
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(name: str) -> Mapping[str, str]:
    """Return a name cut into its parts, or as a whole."""
    parts = split_name(name)
    return {"family": parts[1], "given": parts[0]} if parts else {"literal": name}
