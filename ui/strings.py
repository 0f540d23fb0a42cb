"""Every sentence that the page says, in French; named fields are for `str.format`.

No-break spaces stand before « : ; ? ! » and inside « guillemets »; apostrophes are typographic.
"""

TITLE = "Parole"
TAGLINE = (
    "Posez une question en français : la réponse est écrite sur cet ordinateur, "
    "à partir de {texts}."
)
PROMISE = (
    "Chaque phrase est comparée aux textes : elle porte le numéro de sa source, "
    "ou la mention « non vérifié »."
)
NO_TEXT = "aucun texte"
ONE_TEXT = "{n} texte"
MANY_TEXTS = "{n} textes"

QUESTION_LABEL = "Votre question"
QUESTION_HINT = "Que voulez-vous savoir ?"
ASK = "Demander"
STOP = "Arrêter"
EXAMPLES = "Par exemple :"
EXAMPLE_QUESTIONS = {
    "corpus/hubforum-paris-2014.md": "Où le HUBFORUM Paris 2014 a-t-il lieu ?",
    "corpus/quora-nouveau-twitter.md": "Qu’est-ce que le syndrome Wave ?",
    "corpus/haine-en-ligne.md": (
        "Pourquoi la haine en ligne est-elle plus inquiétante que les fausses nouvelles ?"
    ),
    "corpus/qanon-en-france.md": (
        "À quel rang la France se place-t-elle parmi les pays touchés par QAnon ?"
    ),
}
"""A question for a text of ours: shown only over an index that holds this text."""

WAITING = "En attente…"
SEARCHING = "Recherche…"
WRITING = "Rédaction à partir de {passages}…"
CHECKING = "Vérification…"
ONE_PASSAGE = "{n} passage"
MANY_PASSAGES = "{n} passages"

ANSWER = "Réponse"
DRAFT = "Brouillon, pas encore vérifié"
STOPPED_DRAFT = "Brouillon interrompu, jamais vérifié"
UNVERIFIED = "non vérifié"
CITATION = "Voir la source {n}"
SOURCES = "Sources"
NEAREST = "Passages les plus proches"
SUPPORT = "appui {percent} %"
SCORE = "score {score}"
EARLIER = "Questions précédentes"

DONE = "{sourced} sur {total} · {seconds} s"
ONE_SOURCED = "{n} phrase vérifiée"
MANY_SOURCED = "{n} phrases vérifiées"
REFUSED = "Pas de réponse dans les textes"
STOPPED = "Réponse interrompue"
FAILED = "Réponse impossible"
UNEXPECTED = (
    "Une erreur inattendue a interrompu la réponse. Posez de nouveau la question ; "
    "si elle échoue encore, relancez Parole et lisez son journal."
)

PORT_TAKEN = (
    "Le port {port} de {host} est déjà pris. Fermez l’autre programme "
    "ou choisissez un autre port, par exemple {other}."
)
PORT_FORBIDDEN = (
    "Le port {port} de {host} est réservé au système. Choisissez un port au-dessus de 1023, "
    "par exemple 7860."
)
PORT_INVALID = "« {port} » n’est pas un port. Choisissez un nombre de 1024 à 65535."
ADDRESS_UNUSABLE = (
    "La page ne peut pas s’ouvrir à l’adresse « {host} » (port {port}) : ce n’est pas une "
    "adresse de cette machine. Essayez avec 127.0.0.1."
)
