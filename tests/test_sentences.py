"""French sentence spans: a table of cuts, then properties on hostile Unicode."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rag.french.sentences import sentence_spans

NB = "\N{NO-BREAK SPACE}"
THIN = "\N{NARROW NO-BREAK SPACE}"

# In each text a bar stands where a sentence must end; there is no other bar.
CASES = [
    # plain ends
    "Le pont est fermé.| La mairie l’annonce.",
    "Qui vient ?| Personne.",
    f"Qui vient{NB}?| Personne{THIN}!| Vraiment.",
    "Quoi ?!| Encore lui !!!| Oui.",
    "La marée monte; le port attend: rien ne presse.",
    "Sans point final",
    "Le café est froid.| Sans point final",
    "Il part.| Élodie reste.| À midi, elle dort.| Œuvre faite.| Ça va.",
    "Le vote a lieu en 2012.| 3 pays s’abstiennent.",
    "Il naît en 1902.| 12 ans plus tard, la guerre éclate.",
    "Elle gagne 3 à 2.| Il pleure.",
    # titles and other abbreviations that never end a sentence
    "M. Dupin arrive avec Mme Leroy.| Il sourit.",
    "MM. Dupin et Leroy saluent Mlle. Martin.| Fin.",
    "Le Dr. Faure et le Pr. Blanc opèrent.",
    "Me. Roche plaide pour Mgr. Duval.",
    "Voir p. 12 et pp. 14-16.| Puis fermer.",
    "Selon l’art. 3 du code, al. 2, c’est interdit.",
    "Le n° 3 est parti.| Le no. 4 aussi.",
    "Cf. Dupin et al. Leur étude dure.",
    "Le chap. Premier dit tout, la fig. B le montre.",
    "Tél. 01 02 03 04 05, av. Jean-Jaurès, bd. Voltaire.",
    "Le lieutenant-col. Armand et le gén. Petit signent.",
    "St. Malo et Ste. Anne sont loin.",
    "En l’an 50 av. J.-C. tout change.",
    "Rome brûle en 64 apr. J.-C. Néron chante.",
    "César meurt en 44 av. J.-C.| Il avait cinquante-cinq ans.",
    "Le traité date du ier s. av. J.-C., dit-on.",
    "Il pèse env. Trois tonnes.",
    # etc. and units, which may end one
    "Des pommes, des poires, etc. sont vendues.",
    "Des pommes, des poires, etc.| Le marché ferme.",
    "Des pommes (poires, prunes, etc.) sèchent.",
    "La piste mesure 3 km.| Le départ est libre.",
    "Le train part à 8 h.| Il arrive à 9 h 30 min.| Tout va bien.",
    # initials and acronyms
    "A. Dupin et J. K. Martin écrivent.| Ils rient.",
    "J.-P. Morel a lu H.G. Wells.| Il aime.",
    "Les U.S.A. Signent peu, l’O.N.U. regarde.",
    "Il vit aux U.S.A.| Il y travaille.",
    "C’est le plan B.| Il faut le suivre.",
    "Louis XIV.| Il règne longtemps.",
    # numbers
    "Le taux est de 1,5 %.| Il monte à 1.200 euros, soit 3.14 fois plus.",
    "À 10.30 le 03.04.2012, il part.",
    "1. Ouvrir la porte.| 2. La fermer.",
    "La version 2.0.1 est sortie.| La 3. suivra.",
    # addresses and files
    "Voir https://exemple.fr/a.b?c=d.e!f pour tout.| Merci.",
    "Voir www.exemple.fr.| Merci.",
    "Écrire à jean.dupin@exemple.fr.| Il répond.",
    "Ouvrir notes.txt ou Rapport.Final.pdf.| Lire.",
    "Le site exemple.fr vend du pain.",
    # ellipses
    "Il hésite… puis parle.| Fin.",
    "Il hésite... puis parle.",
    "Il hésite…| Puis il parle.",
    "Il hésite...| Puis il parle.",
    "… et il part.| Oui.",
    f"Vraiment{NB}…{NB}?| Non.",
    "Elle a dit (…) que non.| Il a dit […] que oui.",
    # quotes and brackets
    f"«{NB}Il l’a dit.{NB}»| Puis il part.",
    f"«{NB}Viens{NB}!{NB}» dit-il.| Elle vient.",
    f"«{NB}Viens{NB}?{NB}» demande Paul.",
    "“Viens !” crie-t-elle.| “Non.”| Il dort.",
    '"C’est fini."| Il part.',
    f"Il dit{NB}: «{NB}Je viens.| Attends-moi.{NB}»| Elle attend.",
    "Il pleut (beaucoup.)| Le sol est mouillé.",
    "Il pleut (vraiment !) depuis lundi.",
    "Il pleut.| (Le sol est mouillé.)| Il dort.",
    f"— Tu viens{NB}?| — Oui.| — Allons-y.",
    f"Il a dit oui.{NB}»| « Non », dit-elle.",
    "Qui ?| «Moi.»| Bien.",
    "Le mot « fin. » est court.",
    # transcripts without capitals
    "c’est fini.| on verra demain.| d’accord",
    "tu viens ?| oui j’arrive !| super",
    "alors M. dupin est là.| il parle avec mme. leroy.",
    "on a pris du pain, du lait, etc. et on est rentrés.| après on a dormi",
    # no space after the point
    "Il part.Elle reste.| Fin.",
    # new lines
    "Le pont est\nfermé depuis lundi.| Il rouvre.",
    "Titre du texte\n\n|Le pont est fermé.",
    "Sans point\n \t\n|et sans point non plus",
    "Fini.\n|et la suite",
    "- du pain\n|- du lait\n|- des œufs",
    "Il faut\N{NO-BREAK SPACE}:\n|• du pain ;\n|• du lait.",
    "1. du pain\n|2) du lait\n|a) des œufs",
    "Histoire du pont\n|Le pont est construit en 1902 par des ouvriers venus de loin.",
    "# Titre\n|Texte du premier chapitre.",
    "Les habitants du quartier attendent la\nSociété des eaux depuis lundi.",
    "Les habitants ont vu M.\nDupin passer.",
    "première ligne\r\n\r\n|seconde ligne",
    # hostile shapes
    "?!",
    "...",
    ". . .",
    "Fin.\N{ZERO WIDTH SPACE}| Suite.",
    "Fin.\N{LINE SEPARATOR}|Suite.",
    "Fin.\N{IDEOGRAPHIC SPACE}|Suite.",
    "Bravo !| 😀 La foule rit.",
    "Fin. »)|\tSuite.",
    "Il part.[3]| Elle reste.[12]| Fin.",
    "**Le pont.** est fermé.| **Le quai.**| Ouvert.",
    "Fin.\f|Suite",
    "Sans point\f|Suite",
    "Sans point\r|- un\r|- deux",
    "Le mot\u2029|coupe.",
    # found by trying
    "C.-à-d. Rien, p. ex. Trois fois rien.",
    "IV. Les ports de la Manche.| V. Les ponts.",
    "A. Le port de pêche",
    "L’art. L. 123-4 et l’art. R. 421-1 du code.",
    "Il aime l’art.| Elle peint.",
    "Il passe le col.| Il descend.",
    "Selon J. Le Goff, tout va.| Selon P. La Roche, non.",
    "C’est en 44 av. J.-C.| Les autres suivent.",
    "On y voit M. Roux.| M. Blanc non.",
    "Il y en a.| Trois restent.",
    "Il mesure 3 m.| Trois autres aussi.",
    "Bonjour à tous.| on va parler du pont.| il est fermé",
    "Hélas !, dit-il.",
    "Oh ! la belle bleue.",
    "«\N{NO-BREAK SPACE}Viens\N{NO-BREAK SPACE}!\N{NO-BREAK SPACE}»\ndit-il.",
    "Il hésite…\npuis parle.",
    "Du pain, etc.\net du lait.",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_at_the_bars(case: str) -> None:
    text = case.replace("|", "")
    assert [text[a:b] for a, b in sentence_spans(text)] == [s.strip() for s in case.split("|")]


def test_a_table_row_is_a_sentence() -> None:
    text = "| pain | 1 € |\n| lait | 2 € |"
    assert [text[a:b] for a, b in sentence_spans(text)] == ["| pain | 1 € |", "| lait | 2 € |"]


def test_nothing_to_cut() -> None:
    assert sentence_spans("") == []
    assert sentence_spans(" \n\t\N{NO-BREAK SPACE}\N{LINE SEPARATOR} ") == []


HOSTILE = st.text(
    st.one_of(
        st.sampled_from(
            ".?!…»«”“\"'’()[] \n\r\f\u2028\u2029\xa0\u202f\u200b#-•|:;,MaÉ9e\u0301\x00א😀ﷺǅ"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=200,
)


@given(HOSTILE)
def test_spans_are_ordered_tight_and_lose_nothing(text: str) -> None:
    spans = sentence_spans(text)
    flat = [offset for span in spans for offset in span]
    assert flat == sorted(flat)
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
    gaps = zip([0, *flat[1::2]], [*flat[::2], len(text)], strict=True)
    assert all(not text[a:b].strip() for a, b in gaps)


@given(HOSTILE, HOSTILE)
@example("0\r#", "")
@example("mot\n-", "suite")
def test_a_blank_line_always_ends_a_sentence(before: str, after: str) -> None:
    alone = [before[a:b] for a, b in sentence_spans(before)]
    alone += [after[a:b] for a, b in sentence_spans(after)]
    text = f"{before}\n\n{after}"
    assert [text[a:b] for a, b in sentence_spans(text)] == alone


@pytest.mark.parametrize(
    "text",
    [
        "." * 100_000,
        "! " * 50_000 + "x",
        "a." + "[1]" * 50_000,
        "a. »" + " »" * 50_000,
        " " * 100_000 + "a",
        "?!" * 50_000 + "x",
        ". " + "(" * 100_000,
    ],
)
def test_a_hundred_thousand_hostile_characters_are_one_sentence(text: str) -> None:
    start = len(text) - len(text.lstrip())
    assert sentence_spans(text) == [(start, len(text.rstrip()))]
