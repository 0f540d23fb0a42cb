"""What is told of a text: its source, its reference, its BibTeX and its CSL-JSON."""

import json
import re
from dataclasses import replace

import pytest

from rag.errors import StoreError
from rag.talk.header import one_line
from rag.types import Document, Section
from tests import fakes_ui
from tests.fakes_ui import BUILT, HOSTILE, cite, mill_sentences
from ui.references import bibtex, csl, key, reference, split_name
from ui.sources import evidence_of, sources_of

MILL = replace(fakes_ui.MILL, metadata=())
INTERVIEW = Document(
    id="corpus/meunier.md",
    sha256="2" * 64,
    title="Le meunier dit : « tournez »",
    text="Le meunier tourne.",
    sections=(Section(0, "Histoire"),),
    metadata=(
        ("intervenants", "Anselme Corbier, Flavien, Marie Anne Durand"),
        ("date", "2012"),
        ("genre", "entretien vidéo"),
        ("source", "« La roue », une revue"),
    ),
)
UNTOLD = replace(
    MILL, metadata=(("intervenants", "Auteur non nommé"), ("date", "inconnue (avant 2016 ?)"))
)

BIBTEX = """\
@misc{corpus.meunier,
  author = {Corbier, Anselme and {Flavien} and {Marie Anne Durand}},
  title = {{Le meunier dit~: «~tournez~»}},
  year = {2012},
  howpublished = {entretien vidéo},
  note = {Source~: «~La roue~», une revue.},
}
"""
HOSTILE_LATEX = (
    r"\input{/etc/passwd}",
    r"\write18{rm -rf /}\immediate",
    "}, author = {Moi},\n}\n@comment{x",
    '@string{a = "b"} @preamble{"\\def\\x{}"}',
    "$x$ 5 % #1 & _a ^b ~c | d",
    "{ouverte",
    "fermée}",
    "^^5cinput^^7b",
    " and others and ",
    "\ud800 \x00\x1b[2J\r\n\t\x85",
)

COMMANDS = {
    r"\textbackslash{}": "\\",
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\textless{}": "<",
    r"\textgreater{}": ">",
    r"\textbar{}": "|",
    r"\symbol{64}": "@",
    r"\$": "$",
    r"\&": "&",
    r"\#": "#",
    r"\%": "%",
    r"\_": "_",
    r"\,": "\u202f",
    "~": "\u00a0",
}
TOKEN = re.compile("|".join(map(re.escape, COMMANDS)) + r"|[^\\{}$&#%_^<>|@\n]")
FIELD = re.compile(r"  (author|title|year|howpublished|note) = \{(.*)\},")


def printed(latex: str) -> str:
    """Return what LaTeX prints; fail at anything that is neither text nor a known command."""
    tokens = [found[0] for found in TOKEN.finditer(latex)]
    assert "".join(tokens) == latex
    return "".join(COMMANDS.get(token, token) for token in tokens)


def fields(entry: str) -> dict[str, str]:
    """Return the fields of one entry, which must have no line but its own."""
    first, *lines, last = entry.removesuffix("\n").split("\n")
    assert (re.fullmatch(r"@misc\{[a-z0-9.-]+,", first) is not None, last) == (True, "}")
    found = [FIELD.findall(line)[0] for line in lines]
    assert [f"  {name} = {{{value}}}," for name, value in found] == lines
    return dict(found)


@pytest.mark.parametrize(
    ("document", "location", "expected"),
    [
        (
            INTERVIEW,
            "section « Le moulin »",
            ("Anselme Corbier, Flavien et Marie Anne Durand, « Le meunier dit : “tournez” », "
            "entretien vidéo, 2012, section « Le moulin »."),
        ),
        (UNTOLD, "page 3", "« Le moulin de Valbrune », s. d., page 3."),
        (UNTOLD, "", "« Le moulin de Valbrune », s. d."),
        (MILL, "", "« Le moulin de Valbrune »."),
        (replace(INTERVIEW, metadata=(("intervenants", "Flavien"),)), "",
         "Flavien, « Le meunier dit : “tournez” »."),
        (replace(MILL, title="Quand ?\n\u202eSoir"), "", "« Quand ? Soir »."),
    ],
)  # fmt: skip
def test_a_reference_says_what_is_known_and_no_more(
    document: Document, location: str, expected: str
) -> None:
    assert reference(document, location) == expected


@pytest.mark.parametrize(
    "date", ["inconnue", "Inconnue", "date inconnue", "non datée", "sans date", "s. d.", "s.d."]
)
def test_a_date_that_is_said_to_be_unknown_is_none(date: str) -> None:
    document = replace(MILL, metadata=(("date", date),))
    assert reference(document, "") == "« Le moulin de Valbrune », s. d."
    assert evidence_of(cite(1, MILL, BUILT), {MILL.id: document}.__getitem__).date == ""


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Anselme Corbier", ("Anselme", "Corbier")),
        ("Marie d’Agoult", ("Marie", "d’Agoult")),
        ("Anne-Marie Ben-Ali", ("Anne-Marie", "Ben-Ali")),
        ("J.-P. Durand", ("J.-P.", "Durand")),
        ("Élise DURAND", ("Élise", "DURAND")),
        ("Flavien", None),
        ("Jean Paul Durand", None),
        ("Mme Durand", None),
        ("Arnault (MBA)", None),
        ("SARL Corbier", None),
        ("Paul And", None),
        ("les meuniers", None),
        ("\\input {x}", None),
    ],
)
def test_a_name_is_cut_only_where_it_is_plain(name: str, parts: tuple[str, str] | None) -> None:
    assert split_name(name) == parts


def test_bibtex_of_an_interview() -> None:
    assert bibtex([INTERVIEW, INTERVIEW]) == BIBTEX


def test_bibtex_says_nothing_of_what_is_unknown() -> None:
    expected = "@misc{corpus.moulin,\n  title = {{Le moulin de Valbrune}},\n}\n"
    assert bibtex([UNTOLD, INTERVIEW]) == f"{expected}\n{BIBTEX}"
    assert bibtex([]) == ""


@pytest.mark.parametrize("text", [*HOSTILE, *HOSTILE_LATEX])
def test_no_text_ends_its_field_or_is_a_command(text: str) -> None:
    names = ("intervenants", "genre", "source")
    document = replace(MILL, title=text, metadata=tuple((name, text) for name in names))
    found = fields(bibtex([document]))
    assert printed(found["title"].removeprefix("{").removesuffix("}")) == one_line(text)
    assert printed(found["howpublished"]) == one_line(text)
    assert printed(found["note"]) == f"Source : {one_line(text)}."
    persons = [name for part in one_line(text).split(",") if (name := part.strip(" "))]
    authors = re.findall(r"\{((?:\\?[^{}]|\{(?:64)?\})*)\}", found["author"])
    assert [printed(author) for author in authors] == persons
    assert found["author"] == " and ".join(f"{{{author}}}" for author in authors)


@pytest.mark.parametrize(
    ("date", "year", "note"),
    [
        ("2012", "2012", None),
        ("octobre 2014 (la veille)", "2014", "Date~: octobre 2014 (la veille)."),
        ("2012-2014", None, "Date~: 2012-2014."),
        ("mardi 3 novembre", None, "Date~: mardi 3 novembre."),
        ("n° 12012", None, "Date~: n° 12012."),
    ],
)
def test_a_year_is_told_where_there_is_but_one(
    date: str, year: str | None, note: str | None
) -> None:
    found = fields(bibtex([replace(MILL, metadata=(("date", date),))]))
    assert (found.get("year"), found.get("note")) == (year, note)


IDS = (
    "a/b.md", "a-b.md", "a.b.md", "a/b.pdf", "A/B.md", "a/B.md", "é/b.md", "a b.md", "a/b",
    "a_b.md", "../a.md", "/a.md", "a.md", "..", "", "东京.md", "{a}.md", "a,b.md",
    f"a-{'0' * 12}.md", *HOSTILE, *HOSTILE_LATEX,
)  # fmt: skip


def test_keys_are_plain_and_no_two_documents_share_one() -> None:
    keys = [key(document_id) for document_id in IDS]
    assert [found for found in keys if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", found)] == []
    assert len(set(keys)) == len(set(IDS))
    assert keys[:3] == ["a.b", "a-b", "a-b-094cae50590a"]
    assert key("a-b-094cae50590a.md") == "a-b-094cae50590a-120682b7212d"


def test_csl_of_an_interview_and_of_a_text_without_header() -> None:
    assert json.loads(csl([INTERVIEW, INTERVIEW, MILL])) == [
        {
            "id": "corpus.meunier",
            "type": "interview",
            "title": "Le meunier dit : « tournez »",
            "author": [
                {"family": "Corbier", "given": "Anselme"},
                {"literal": "Flavien"},
                {"literal": "Marie Anne Durand"},
            ],
            "genre": "entretien vidéo",
            "issued": {"date-parts": [[2012]]},
            "note": "Source : « La roue », une revue.",
        },
        {"id": "corpus.moulin", "type": "document", "title": "Le moulin de Valbrune"},
    ]
    assert "entretien vidéo" in csl([INTERVIEW])


@pytest.mark.parametrize("text", [*HOSTILE, *HOSTILE_LATEX])
def test_csl_holds_any_text_as_it_is(text: str) -> None:
    metadata = (("date", text), ("genre", text))
    data = csl([replace(MILL, title=text, metadata=metadata)]).encode()
    (item,) = json.loads(data)
    expected = {"type": "document", "title": one_line(text), "genre": one_line(text)}
    assert {name: item[name] for name in expected} == expected
    assert item["issued"] == {"literal": one_line(text)}


def test_a_source_says_what_its_text_is_and_where_the_quote_stands() -> None:
    told = replace(MILL, metadata=(("intervenants", "Anselme Corbier, Flavien"), ("date", "1931")))
    source = evidence_of(cite(3, MILL, BUILT, 0.8), {MILL.id: told}.__getitem__)
    assert (source.n, source.document, source.score) == (3, MILL.id, 0.8)
    assert (source.speakers, source.date) == ("Anselme Corbier, Flavien", "1931")
    assert MILL.text[source.start : source.end] == source.quote == BUILT
    expected = "Anselme Corbier et Flavien, « Le moulin de Valbrune », 1931, Histoire."
    assert source.reference == expected
    assert source.before.endswith("chemin des muletiers. ")


def test_a_source_has_nobody_where_nobody_is_named() -> None:
    (source, _) = sources_of(mill_sentences(), {MILL.id: UNTOLD}.__getitem__)
    assert (source.speakers, source.date) == ("", "")


def lost(document_id: str) -> Document:
    """Find no document."""
    raise StoreError(document_id)


def test_a_quote_outlives_its_document() -> None:
    source = evidence_of(cite(1, MILL, BUILT), lost)
    assert (source.before, source.quote, source.after) == ("", BUILT, "")
    assert source.reference == "« Le moulin de Valbrune », Histoire."


def test_a_changed_document_lends_no_context() -> None:
    changed = replace(MILL, text="Court.", metadata=(("intervenants", "Flavien"),))
    source = evidence_of(cite(1, MILL, BUILT), {MILL.id: changed}.__getitem__)
    assert (source.before, source.quote, source.after) == ("", BUILT, "")
    assert (source.speakers, source.document) == ("Flavien", MILL.id)
