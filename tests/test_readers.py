"""Files of every format become documents: text, sections, title, and what is left out."""

import hashlib
from pathlib import Path

import pytest

from rag.clean import Dropped
from rag.readers import SUFFIXES, Reading, read
from rag.types import Section
from tests import files

ARTICLE = """<html><head><title>Le jardin en hiver</title></head><body>
<nav><a href="/">Accueil</a> <a href="/b">Blog</a></nav><article><h1>Le jardin en hiver</h1>
<p>Quand le gel arrive, la terre se repose et le jardinier taille les arbres
du <b>verger</b> avec des outils <a href="http://exemple.fr">bien aiguisés</a>.</p>
<h2>Protéger les semis</h2><p>Un voile posé sur des arceaux garde quelques degrés de plus,
ce qui suffit aux salades et aux épinards jusqu’au retour des beaux jours.</p>
<ul><li>un voile</li><li>des arceaux</li></ul><p>Partager cette page</p>
<img src="x.png" alt="gel"><script>alert(1)</script></article></body></html>"""

BOOK = [
    "<h1>Départ</h1><p>Le bateau quitta le port avant l’aube.</p>",
    "<h1>Tempête</h1><p>La mer se leva d’un coup, et personne ne dormit.</p>",
]


def reading(folder: Path, name: str, data: bytes | str) -> Reading:
    """Write a file and read it as the document `corpus/<name>`."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(path, f"corpus/{name}")


def text_of(folder: Path, name: str, data: bytes | str) -> str:
    """Return the text of the document that a file makes."""
    return reading(folder, name, data).document.text


def test_the_formats_read() -> None:
    assert sorted(SUFFIXES) == sorted({
        ".md", ".markdown", ".txt", ".html", ".htm", ".pdf",
        ".docx", ".pptx", ".epub", ".srt", ".vtt",
    })  # fmt: skip


def test_markdown_becomes_prose_with_sections_at_its_headings(tmp_path: Path) -> None:
    source = (
        "---\ntitre: Le levain\nversion: 1.10\nauteurs: [Ana Lopez, Yves Ker]\nhors: non\n---\n"
        "Une *pâte* qui\n[vit](http://exemple.fr) ![miche](m.png).\n\n"
        "## Nourrir\n\n- farine\n- eau\n  1. tiède\n\n<div>brut</div>\n\n"
        "| Jour | Heure |\n|---|---|\n| lundi | 8 h |\n\n> La `patience` <b>paie</b>.\n"
    )
    document = reading(tmp_path, "levain.md", source).document
    assert document.text == (
        "Une pâte qui vit .\n\nNourrir\n\n– farine\n– eau\n  1. tiède\n\n"
        "Jour | Heure\nlundi | 8 h\n\nLa patience paie."
    )
    assert document.sections == (Section(0, ""), Section(20, "Nourrir"))
    assert document.title == "Le levain"
    assert document.metadata == (
        ("version", "1.10"), ("auteurs", "Ana Lopez, Yves Ker"), ("hors", "non"),
    )  # fmt: skip
    assert document.id == "corpus/levain.md"
    assert document.sha256 == hashlib.sha256(source.encode()).hexdigest()


def test_a_hard_break_of_markdown_stays_a_line(tmp_path: Path) -> None:
    assert text_of(tmp_path, "a.md", "premier  \nsecond\ntroisième") == "premier\nsecond troisième"


def test_a_nested_field_of_the_header_is_dropped_and_said_so(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.md", "---\ntitre: T\nlieu:\n  ville: Brest\n---\nDu texte.\n")
    assert found.dropped == (Dropped(3, "lieu", "champ d’en-tête imbriqué"),)
    assert found.document.metadata == ()


def test_rules_at_the_top_of_markdown_are_no_header(tmp_path: Path) -> None:
    assert text_of(tmp_path, "a.md", "---\n\nUn mot.\n\n---\n\nDeux.\n") == "Un mot.\n\nDeux."


@pytest.mark.parametrize(
    ("name", "source", "title"),
    [
        ("a.md", "---\ntitre: Titre donné\n---\n# Autre\n\nTexte.", "Titre donné"),
        ("a.md", "Avant-propos.\n\n# Premier titre\n\nTexte.", "Premier titre"),
        ("a.txt", "Un titre sur sa ligne\n\nPuis du texte.", "Un titre sur sa ligne"),
        ("mon fichier.txt", "Ceci est une phrase, et rien de plus.", "mon fichier"),
        ("a.html", ARTICLE, "Le jardin en hiver"),
    ],
)
def test_the_title_comes_from_the_best_place(
    tmp_path: Path, name: str, source: str, title: str
) -> None:
    assert reading(tmp_path, name, source).document.title == title


def test_a_page_gives_its_article_without_its_furniture(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.html", ARTICLE)
    first = (
        "Quand le gel arrive, la terre se repose et le jardinier taille les arbres du verger "
        "avec des outils bien aiguisés."
    )
    second = (
        "Un voile posé sur des arceaux garde quelques degrés de plus, ce qui suffit aux salades "
        "et aux épinards jusqu’au retour des beaux jours."
    )
    assert found.document.text.replace("\n", " ").split() == (
        f"Le jardin en hiver {first} Protéger les semis {second} – un voile – des arceaux".split()
    )
    assert [section.title for section in found.document.sections] == [
        "Le jardin en hiver",
        "Protéger les semis",
    ]
    assert [item.text for item in found.dropped] == ["Partager cette page"]


def test_pages_of_pdf_lose_their_edges_and_get_their_paragraphs_back(tmp_path: Path) -> None:
    pages = [
        ["Cahiers du port", "Le bateau est resté à quai tout l’hiver, car la coque deman-",
         "dait des soins. On disait peut-", "être trop vite qu’il ne navigue-", "1"],
        ["Cahiers du port", "rait plus. Il repartit au printemps.", "2"],
        ["Cahiers du port", "La fête dura trois jours.", "3"],
    ]  # fmt: skip
    found = reading(tmp_path, "port.pdf", files.pdf(pages, title="Le vieux port"))
    assert found.document.text == (
        "Le bateau est resté à quai tout l’hiver, car la coque demandait des soins. On disait "
        "peut-être trop vite qu’il ne naviguerait plus. Il repartit au printemps.\n\n"
        "La fête dura trois jours."
    )
    third = found.document.text.index("La fête")
    assert found.document.sections == (Section(0, "", 1), Section(third, "", 3))
    assert found.document.title == "Le vieux port"
    assert [item.text for item in found.dropped] == [
        "Cahiers du port", "1", "Cahiers du port", "2", "Cahiers du port", "3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("phare " * 50 + "a", "phare " * 49 + "phare…"),
        ("p" * 300, "p" * 300),
        ("p" * 301, "p" * 299 + "…"),
    ],
)
def test_a_title_that_goes_on_and_on_is_cut(title: str, kept: str, tmp_path: Path) -> None:
    path = tmp_path / "phare.md"
    path.write_text(f"# {title}\n\nLe phare.\n", encoding="utf-8")
    document = read(path, "phare.md").document
    assert (document.title, document.sections[0].title) == (kept, kept)
    assert document.text == f"{title}\n\nLe phare."


def test_a_title_left_by_a_word_processor_is_no_title(tmp_path: Path) -> None:
    data = files.pdf([["Il pleut sur la ville depuis hier."]], title="Microsoft Word - a.docx")
    assert reading(tmp_path, "pluie.pdf", data).document.title == "pluie"


def test_a_word_file_keeps_its_headings(tmp_path: Path) -> None:
    data = files.docx([("Heading1", "La vendange"), ("Normal", "On coupe * à la main_.")])
    document = reading(tmp_path, "a.docx", data).document
    assert document.text == "La vendange\n\nOn coupe * à la main_."
    assert document.sections == (Section(0, "La vendange"),)


def test_slides_are_pages(tmp_path: Path) -> None:
    data = files.pptx([("Objectifs", "Vendre moins\nVendre mieux"), ("Bilan", "Tout va bien.")])
    document = reading(tmp_path, "a.pptx", data).document
    assert document.text == "Objectifs\n\nVendre moins\nVendre mieux\n\nBilan\n\nTout va bien."
    assert document.sections == (Section(0, "Objectifs", 1), Section(38, "Bilan", 2))


def test_a_book_is_its_chapters_without_its_record(tmp_path: Path) -> None:
    document = reading(tmp_path, "a.epub", files.epub("Le large", BOOK)).document
    assert document.title == "Le large"
    assert document.text == (
        "Départ\n\nLe bateau quitta le port avant l’aube.\n\n"
        "Tempête\n\nLa mer se leva d’un coup, et personne ne dormit."
    )
    assert [section.title for section in document.sections] == ["Départ", "Tempête"]


def test_subtitles_become_speech(tmp_path: Path) -> None:
    source = (
        "1\n00:00:01,000 --> 00:00:02,000\n<i>Bonjour</i> à tous\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\net bienvenue.\n\n"
        "3\n00:00:03,000 --> 00:00:06,000\n[Musique]\n\n"
        "4\n00:00:09,000 --> 00:00:10,000\nParlons du sel.\n"
    )
    found = reading(tmp_path, "sel.srt", source)
    assert found.document.text == "Bonjour à tous et bienvenue.\n\nParlons du sel."
    assert found.document.title == "sel"
    assert found.dropped == (Dropped(3, "[Musique]", "indication sonore"),)


def test_rolling_captions_are_said_once(tmp_path: Path) -> None:
    source = (
        "WEBVTT\n\nNOTE rien\n\n00:01.000 --> 00:02.000\nle sel vient\n\n"
        "00:02.000 --> 00:03.000\nle sel vient\nde la<00:02.500><c> mer</c>\n\n"
        "00:03.000 --> 00:04.000\nde la mer\n\n00:04.000 --> 00:05.000\nde la mer &amp; du vent\n\n"
        "NOTE fin\n"
    )
    assert text_of(tmp_path, "a.vtt", source) == "le sel vient de la mer & du vent"


def test_an_interview_has_its_questions_as_sections(tmp_path: Path) -> None:
    answer = "J’ai appris le métier chez mon oncle, à Cancale, où il élevait des huîtres plates."
    source = (
        f"Rencontre avec une ostréicultrice\n\n{answer}\n\n• Comment avez-vous commencé ?\n\n"
        f"Par hasard. {answer}\n\n– Et demain ?\n\nOn verra bien.\n"
    )
    document = reading(tmp_path, "a.txt", source).document
    titles = [section.title for section in document.sections]
    assert titles == [
        "Rencontre avec une ostréicultrice", "Comment avez-vous commencé ?", "Et demain ?",
    ]  # fmt: skip
    assert all(document.text.startswith(s.title, s.start) for s in document.sections)


def test_wrapped_lines_are_one_paragraph_and_verse_stays_verse(tmp_path: Path) -> None:
    source = (
        "La marée monte deux fois par jour et les bateaux\n"
        "qui dorment dans la vase se relèvent sans bruit\ncomme des bêtes.\n\n"
        "Le vent du soir,\nun phare au loin,\nrien d’autre à voir.\n"
    )
    assert text_of(tmp_path, "a.txt", source) == (
        "La marée monte deux fois par jour et les bateaux qui dorment dans la vase se relèvent "
        "sans bruit comme des bêtes.\n\nLe vent du soir,\nun phare au loin,\nrien d’autre à voir."
    )


FRENCH = "L’œuvre « déjà » citée coûte 3 €…"


@pytest.mark.parametrize(
    "data",
    [
        FRENCH.encode(),
        b"\xef\xbb\xbf" + FRENCH.encode(),
        FRENCH.encode("utf-16"),
        b"\xfe\xff" + FRENCH.encode("utf-16-be"),
        FRENCH.encode("cp1252"),
        FRENCH.encode().decode("cp1252").encode(),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big-endian", "cp1252", "mojibake"],
)
def test_every_usual_encoding_gives_the_same_text(tmp_path: Path, data: bytes) -> None:
    assert text_of(tmp_path, "a.txt", data) == FRENCH


def test_invisible_characters_go_and_no_break_spaces_stay(tmp_path: Path) -> None:
    source = "e\u0301te\u0301\u200b \u202eoui\u00ad\ufeff\u0007 \ufb01n\u00a0!\r\nsuite\U000e0041"
    assert text_of(tmp_path, "a.txt", source) == "été oui fin\u00a0!\nsuite"


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    assert reading(tmp_path, "a.html", ARTICLE) == reading(tmp_path, "a.html", ARTICLE)
