"""The furniture of web pages goes, line by line, and prose that looks like it stays."""

from collections.abc import Sequence

import pytest

from rag.clean import Dropped, clean

PROSE = (
    "Le phare de la pointe éclaire la baie depuis plus d’un siècle, et les pêcheurs du bourg "
    "continuent de régler leur retour sur le rythme de ses éclats, même par temps clair."
)
MORE_PROSE = (
    "Sa lampe consommait autrefois un baril d’huile par nuit d’hiver ; elle ne demande plus "
    "aujourd’hui que le courant d’un petit panneau posé sur le toit de la maison du gardien."
)

FURNITURE = {
    "barre de partage": (
        "Partager", "Partagez cet article sur Facebook", "Share this on X and LinkedIn", "Retweet",
        "Facebook Twitter LinkedIn WhatsApp", "Suivez-nous sur Instagram", "1,2 k partages",
        "Cliquez pour partager sur Mastodon(ouvre dans une nouvelle fenêtre)", "Follow us",
    ),
    "bandeau de cookies": (
        "Tout accepter", "Continuer sans accepter", "Gérer mes préférences", "Accept all cookies",
        "Notre site utilise des cookies pour mesurer son audience et améliorer vos visites.",
        "En poursuivant votre navigation, vous acceptez le dépôt de cookies.",
        "This website uses cookies to improve your experience.",
    ),
    "connexion ou formulaire": (
        "Laisser un commentaire", "Post a comment", "Cancel reply", "Mot de passe oublié ?",
        "Vous devez être connecté pour publier un commentaire.", "E-mail *", "Nom *",
        "Votre adresse de messagerie ne sera pas publiée.", "Log in",
        "Enregistrer mon nom, mon e-mail et mon site dans le navigateur.",
    ),
    "fil de commentaires": ("12 commentaires", "Commentaires (3)", "No comments yet",
                            "2 réponses à « Le phare »", "Voir tous les commentaires"),
    "outil de lecture": ("Écoutez l’article", "Imprimer cette page", "Temps de lecture : 4 min",
                         "Retour en haut", "Skip to content", "6 min read", "Chargement…"),
    "lien « lire la suite »": ("Lire la suite »", "Read more →", "Article précédent",
                               "Next post ›"),
    "liste de liens": ("À lire aussi : Les phares du Finistère", "Articles similaires",
                       "You might also like", "Étiquettes : phare, mer", "Sur le même thème"),
    "menu": ("Mentions légales", "Politique de confidentialité", "Accueil > Mer > Phares",
             "Terms of service", "Fermer le menu"),
    "mention légale": ("© 2019 Éditions du Goémon", "Copyright 2021 La Gazette",
                       "Textes et photos : tous droits réservés."),
    "promotion": ("Je m’abonne !", "Inscrivez-vous à notre newsletter", "Subscribe now",
                  "Recevez nos meilleurs articles par e-mail", "Publicité",
                  "Téléchargez gratuitement le guide du promeneur"),
    "libellé sans contenu": ("No results found.", "Aucun élément trouvé.", "Sponsored by",
                             "Votre navigateur ne supporte pas la vidéo."),
    "nom de fichier": ("phare_de_nuit[2]", "IMG_2041.JPG", "banniere-haut.webp", "phare3"),
    "légende d’image": ("Logo Pinterest", "Crédit photo : Anne Le Goff", "Photo © Mairie du bourg"),
    "séparateur": ("———", "* * *", "======"),
    "adresse seule": ("https://phares.example/bourg?page=2", "www.phares.example"),
}  # fmt: skip

LOOKALIKES = (
    "Partager un repas, c’est déjà se parler.",
    "Partager le savoir",
    "Twitter",
    "Facebook a changé nos habitudes en dix ans.",
    "Suivez-nous dans les coulisses du théâtre.",
    "J’aime beaucoup cette idée.",
    "Le site utilise des cookies, et c’est bien ce que lui reproche la commission.",
    "Les cookies de ma grand-mère",
    "Accepter tous les compromis n’est pas négocier.",
    "Un commentaire du préfet a mis le feu aux poudres.",
    "Douze commentaires sur la réforme",
    "5 commentaires qui ont changé l’affaire",
    "3 réponses à vos questions sur le sel",
    "Votre commentaire m’a touchée, répondit-elle.",
    "Laisser un commentaire, c’est s’exposer.",
    "Se connecter aux autres demande du courage.",
    "Le mot de passe oublié du coffre dormait dans un livre.",
    "Lire la suite de ses aventures m’a occupé tout l’été.",
    "En savoir plus ne rend pas toujours plus sage.",
    "More people now live in towns than in the country.",
    "Écouter cet article de loi lu à voix haute ne l’éclaire guère.",
    "Imprimer cette page du manuscrit prit une journée.",
    "Le temps de lecture des enfants diminue chaque année.",
    "Retour en haut de l’affiche pour la chanteuse",
    "À lire aussi vite, on oublie tout.",
    "Le menu du jour change selon la marée.",
    "Contact",
    "Accueil des nouveaux élèves le lundi",
    "Copyright et droit d’auteur : deux traditions",
    "La newsletter reste le canal préféré des libraires.",
    "Nous avons lancé un webinaire, et trois cents personnes sont venues.",
    "Inscrivez-vous dans la durée, conseillait mon premier rédacteur en chef.",
    "La publicité fait vivre la presse depuis deux siècles.",
    "Image de marque et réputation",
    "Photo de famille",
    "Logo et identité visuelle",
    "Le fichier logo.png pèse trop lourd pour la page.",
    "L’adresse https://phares.example a disparu en 2012.",
    "– Oui.",
    "Étiquettes et bonnes manières",
    "euh donc voilà moi je pense que le sel euh c’est toute ma vie",
    "Un prix de 12,50 € – soit le double.",
    "Y a-t-il une vie après les réseaux ?",
    "Merci",
)


def around(lines: Sequence[str]) -> str:
    """Return a page with these lines between two paragraphs."""
    return "\n\n".join([PROSE, *lines, MORE_PROSE])


def kept(text: str) -> list[str]:
    """Return the lines of a page that are left, without the blank ones."""
    return [line for line in clean(text).text.split("\n") if line]


@pytest.mark.parametrize(
    ("rule", "line"), [(rule, line) for rule, lines in FURNITURE.items() for line in lines]
)
def test_furniture_goes_under_its_rule(rule: str, line: str) -> None:
    found = clean(around([line]))
    assert found.dropped == (
        Dropped(3, line, rule.replace("« ", "«\u00a0").replace(" »", "\u00a0»")),
    )
    assert found.text == around([""]).replace("\n\n\n\n", "\n\n\n")


@pytest.mark.parametrize("line", LOOKALIKES)
def test_prose_that_looks_like_furniture_stays(line: str) -> None:
    assert clean(around([line])).dropped == ()
    assert kept(around([line])) == [PROSE, line, MORE_PROSE]


def test_a_thread_goes_down_to_the_form_and_the_form_down_to_the_end() -> None:
    page = [
        PROSE, "3 commentaires", "• Loïc", "Superbe photo, on y était la semaine dernière !",
        "• Marion", "Et le gardien, il habite encore là ?", "12 mai 2014 à 18:02", "Répondre",
        "• Loïc", "Non, plus depuis longtemps.", "Laisser un commentaire", "Nom *",
        "Nos randonnées préférées de la côte", "Je réserve",
    ]  # fmt: skip
    found = clean("\n\n".join(page))
    assert kept("\n\n".join(page)) == [PROSE]
    assert [item.rule for item in found.dropped] == ["fil de commentaires"] * 9 + [
        "bas de page"
    ] * 4
    assert found.numbers[0] == 1


def test_articles_below_a_count_of_comments_are_no_comments() -> None:
    page = [
        "Le phare", PROSE, "2 commentaires", "Laisser un commentaire",
        "La baie", MORE_PROSE, PROSE.replace("phare", "fort"), "Un commentaire",
    ]  # fmt: skip
    assert kept("\n\n".join(page)) == [
        "Le phare", PROSE, "La baie", MORE_PROSE, PROSE.replace("phare", "fort"),
    ]  # fmt: skip


def test_a_menu_is_told_from_a_list_of_names() -> None:
    menu = ["Accueil", "Nos phares", "Boutique", "Contact"]
    names = ["Farine", "Beurre salé", "Sucre", "Quatre œufs"]
    assert kept("\n".join([*menu, "", "Le gâteau", "", PROSE, "", *names])) == [
        "Le gâteau", PROSE, *names,
    ]  # fmt: skip


def test_networks_on_lines_of_their_own_are_a_share_bar_only_together() -> None:
    assert kept(f"{PROSE}\n\nFacebook\nPinterest\nE-mail\n\n{MORE_PROSE}\n\nInstagram") == [
        PROSE, MORE_PROSE, "Instagram",
    ]  # fmt: skip


def test_the_path_of_a_page_and_the_rest_of_a_date_go_above_its_title_only() -> None:
    page = ["mer / phares bretons", "Un phare dans la ville", "le", PROSE, "le", "vents / marées"]
    assert kept("\n\n".join(page)) == ["Un phare dans la ville", PROSE, "le", "vents / marées"]


def test_a_path_right_above_prose_is_a_title() -> None:
    assert kept(f"phares / sémaphores\n\n{PROSE}") == ["phares / sémaphores", PROSE]


def test_offers_go_with_the_button_below_the_text() -> None:
    offer = "Notre guide des phares, 40 pages à lire au coin du feu"
    assert kept(f"{PROSE}\n\n{offer}\n\nCommander le guide") == [PROSE]
    assert kept(f"{PROSE}\n\n{offer}") == [PROSE, offer]


def test_a_caption_goes_where_a_picture_was_announced_and_no_text_follows() -> None:
    announced = f"{PROSE} La carte ci-dessous montre les feux."
    assert kept(f"{announced}\n\nLes feux\nCarte de 1890\n\nLe gardien\n\n{PROSE}x") == [
        announced, "Le gardien", f"{PROSE}x",
    ]  # fmt: skip
    assert kept(f"{announced}\n\nLe gardien\n\n{MORE_PROSE}") == [
        announced, "Le gardien", MORE_PROSE,
    ]  # fmt: skip


def test_a_title_said_twice_stays_once() -> None:
    assert kept(f"Le phare\n\nLe phare\n\n{PROSE}\n\nVieux phare Vieux phare") == [
        "Le phare",
        PROSE,
    ]


def test_a_paragraph_said_twice_stays_below_its_question() -> None:
    question = "Que voyez-vous de la fenêtre ?"
    page = [
        "Rencontre",
        PROSE,
        question,
        PROSE,
        "Et la nuit ?",
        MORE_PROSE,
        question,
        "La même chose.",
    ]
    assert kept("\n\n".join(page)) == ["Rencontre", *page[2:]]


def test_a_paragraph_said_twice_elsewhere_stays_where_it_was_first() -> None:
    assert kept(f"{PROSE}\n\n{MORE_PROSE}\n\n{PROSE}") == [PROSE, MORE_PROSE]


def test_a_short_answer_may_be_given_twice() -> None:
    page = ["Vous revenez ?", "Oui, bien sûr.", "Et lui ?", "Oui, bien sûr.", PROSE]
    assert kept("\n\n".join(page)) == page


def test_a_label_goes_when_its_list_is_gone() -> None:
    assert kept(f"{PROSE}\n\nSources :\n\nLe bourg") == [PROSE, "Le bourg"]
    assert kept(f"{PROSE}\n\nSources :\nArchives du bourg") == [
        PROSE,
        "Sources :",
        "Archives du bourg",
    ]


def test_furniture_glued_to_prose_is_cut_off() -> None:
    found = clean(f"baie-2.png{PROSE} ——————— {MORE_PROSE} Read more »")
    assert found.text == f"{PROSE}\n{MORE_PROSE}"
    assert [item.text for item in found.dropped] == ["baie-2.png", "———————", "Read more »"]
    assert found.numbers == (1, 1)


def test_a_quotation_that_ends_like_a_link_is_not_cut() -> None:
    line = "Sur la page, un bouton disait : « Encore un effort ! Lire la suite »"
    assert kept(line) == [line]


def test_nothing_is_lost_between_what_is_kept_and_what_is_dropped() -> None:
    lines = [line for group in FURNITURE.values() for line in group]
    text = around([*lines, *LOOKALIKES])
    found = clean(text)
    parts = [(item.line, item.text) for item in found.dropped]
    parts += zip(found.numbers, found.text.split("\n"), strict=True)
    filled = sorted((number, line) for number, line in parts if line)
    assert filled == [(n, line) for n, line in enumerate(text.split("\n"), start=1) if line]


def test_cleaning_what_is_clean_changes_nothing() -> None:
    once = clean(around([line for group in FURNITURE.values() for line in group])).text
    assert clean(once).text == once
    assert clean(once).dropped == ()
