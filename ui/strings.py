"""Every sentence that the page says, in French; named fields are for `str.format`.

No-break spaces stand before « : ; ? ! » and inside « guillemets »; apostrophes are typographic.
"""

TITLE = "Parole"
NO_TEXT = "aucun texte"
ONE_TEXT = "{n} texte"
MANY_TEXTS = "{n} textes"

QUESTION_LABEL = "Votre question"
QUESTION_HINT = "Que voulez-vous savoir ?"
ASK = "Demander"
STOP = "Arrêter"

WAITING = "En attente…"
SEARCHING = "Recherche…"
WRITING = "Rédaction à partir de {passages}…"
CHECKING = "Vérification…"
ONE_PASSAGE = "{n} passage"
MANY_PASSAGES = "{n} passages"

STOPPED_DRAFT = "Brouillon interrompu, jamais vérifié"
UNVERIFIED = "non vérifié"
SOURCES = "Sources"
NEAREST = "Passages les plus proches"
SUPPORT = "appui {percent} %"

DONE = "{sourced} sur {total} · {seconds} s"
ONE_SOURCED = "{n} phrase vérifiée"
MANY_SOURCED = "{n} phrases vérifiées"
REFUSED = "Pas de réponse dans les textes"
STOPPED = "Réponse interrompue"
FAILED = "Réponse impossible"
UNEXPECTED = (
    "Une erreur inattendue a interrompu la réponse. Posez de nouveau la question ; "
    "si l’erreur revient, relancez Parole et lisez son journal."
)

PORT_TAKEN = (
    "Le port {port} de {host} est déjà pris. Fermez l’autre programme "
    "ou choisissez un autre port, par exemple {other}."
)
PORT_FORBIDDEN = (
    "Le port {port} de {host} est réservé au système. Choisissez un port supérieur à 1023, "
    "par exemple 7860."
)
PORT_INVALID = "« {port} » n’est pas un numéro de port. Choisissez un nombre de 1024 à 65535."
ADDRESS_UNUSABLE = (
    "La page ne peut pas s’ouvrir à l’adresse « {host} » (port {port}) : ce n’est pas une "
    "adresse de cette machine. Essayez avec 127.0.0.1."
)

# --- references, exports and feedback

REFERENCE_TITLE = "« {title} »"
REFERENCE_PERSONS = "{names} et {last}"
REFERENCE_UNDATED = "s. d."
REFERENCE_DATE = "Date : {date}."
REFERENCE_SOURCE = "Source : {source}."

EXPORT_TITLE = "Conversation avec Parole"
EXPORT_MADE = "Exportée le {date} · Parole {version}"
EXPORT_LEGEND = (
    "Chaque numéro renvoie à l’extrait qui appuie la phrase. La mention « non vérifié » "
    "signale une phrase que les textes n’appuient pas."
)
EXPORT_DATE = "{day} {month} {year}"
EXPORT_FIRST = "1er"
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)

FEEDBACK_NOT_WRITTEN = (
    "Votre avis n’a pas pu être enregistré dans « {file} » : {reason}. Vérifiez que le dossier "
    "existe, que vous pouvez y écrire et qu’il reste de la place sur le disque, puis donnez de "
    "nouveau votre avis."
)

# --- a reader's own documents

UPLOAD_NAMELESS = "Document sans nom"
UPLOAD_SAME_TITLE = "{title} ({n})"
UPLOAD_GONE = "n’est pas arrivé en entier : ajoutez-le de nouveau"
UPLOAD_EMPTY = "fichier vide : vérifiez son contenu"
UPLOAD_TOO_HEAVY = "trop long ou trop gourmand à lire : découpez-le, ou enregistrez-le autrement"
UPLOAD_TOO_MANY = "{limit} documents au plus : retirez-en un d’abord"
UPLOAD_TOTAL = "plus de {limit} Mo avec vos autres documents : retirez-en un d’abord"
UPLOAD_TOO_LONG = (
    "texte de {size} caractères, et il en reste {left} sur {limit} : retirez un autre document, "
    "ou n’ajoutez que l’essentiel de celui-ci"
)
UPLOAD_SERVER_FULL = "plus de place sur le serveur : réessayez plus tard"
UPLOAD_TWIN = "même contenu que « {other} », déjà ajouté"

UPLOADS_NONE = (
    "Il n’y a pas de document à vous : ajoutez-en, ou interrogez le corpus. Ceux que vous "
    "aviez ajoutés ont été effacés si la page n’a pas servi pendant une heure."
)
UPLOADS_UNDER_WAY = "Vos documents sont en cours de mise à jour. Patientez quelques instants."
UPLOADS_CLOSED = "Vos documents ont été effacés. Rechargez la page pour en ajouter d’autres."
UPLOADS_QUEUE_FULL = (
    "Trop de lecteurs ajoutent des documents en même temps. Réessayez dans quelques minutes."
)
UPLOADS_FULL = (
    "Trop de lecteurs ont déjà ajouté des documents. Réessayez dans une heure, ou interrogez "
    "le corpus."
)

# --- API
DOCUMENT_UNKNOWN = (
    "Aucun texte n’a l’identifiant « {document} ». Demandez « search » pour connaître "
    "les identifiants."
)
QUESTION_SHAPE = "La question doit être un texte, entre guillemets."
DOCUMENT_SHAPE = "Le texte est à nommer par son identifiant, entre guillemets."
DOCUMENTS_SHAPE = "Les textes où chercher doivent être une liste d’identifiants."
HISTORY_SHAPE = (
    "L’historique doit être une liste de tours, chacun avec une « question » et une « answer »."
)

# --- doors: accounts, login, what is refused

ACCOUNT_NAME = (
    "« {name} » ne peut pas être un nom de compte. Prenez 64 caractères au plus : lettres, "
    "chiffres, espaces, points et les signes « - », « _ » et « @ », avec une lettre ou un "
    "chiffre au début."
)
ACCOUNTS_UNREADABLE = (
    "Le fichier de comptes « {path} » ne peut pas être lu. Donnez un fichier texte en UTF-8 "
    "dont chaque ligne vient de « parole password NOM »."
)
ACCOUNTS_EMPTY = (
    "Le fichier de comptes « {path} » ne contient aucun compte. Ajoutez-y une ligne écrite par "
    "« parole password NOM »."
)
ACCOUNT_LINE = (
    "{path}, ligne {line} : ce n’est pas un compte, « nom:empreinte ». Remplacez-la par la "
    "ligne qu’écrit « parole password NOM »."
)
ACCOUNT_TWICE = (
    "{path}, ligne {line} : le compte « {name} » est déjà à la ligne {first}. Retirez l’une "
    "des deux."
)
ACCOUNT_SHORT = "Le mot de passe est trop court. Prenez-en un de {shortest} caractères au moins."

LOADING = "Les modèles se chargent… La page s’ouvrira d’elle-même."
LOGIN_TITLE = "Parole : connexion"
LOGIN_INTRODUCTION = "Cette page est réservée. Identifiez-vous pour poser vos questions."
LOGIN_NAME = "Nom"
LOGIN_PASSWORD = "Mot de passe"  # noqa: S105 - a label
LOGIN = "Se connecter"
LOGIN_WRONG = "Nom ou mot de passe incorrect. Vérifiez-les, puis réessayez."
LOGIN_LATER = "Trop d’essais pour ce nom. Réessayez dans {seconds} s."
LOGIN_NEEDED = "Vous n’êtes pas connecté. Rechargez la page et identifiez-vous."

DOOR_CLOSED = "Il n’y a rien à cette adresse."
DOOR_OTHER_SITE = "Cette demande vient d’une autre page : elle est refusée."
DOOR_NO_LENGTH = "Cette demande ne dit pas sa longueur : elle est refusée."
DOOR_TOO_LARGE = "Cette demande est trop grande : {limit} octets au plus."
DOOR_UNREADABLE = "Cette demande est illisible."
DOOR_OUTSIDE = "Cette demande nomme un fichier d’une autre machine : elle est refusée."
QUEUE_INVALID = "« {number} » réponses ne peuvent pas attendre. Choisissez un nombre de 0 à {most}."
ROOT_PATH_INVALID = (
    "« {path} » n’est pas un chemin de publication. Donnez ce que le serveur mandataire "
    "ajoute devant la page, sans barre à la fin, par exemple « /parole » ou "
    "« https://exemple.fr/parole »."
)

# --- the page: opening, thread, sources, reading

OPENING_TITLE = "Posez une question, lisez d’où vient la réponse."
OPENING_SCOPE = (
    "Un fait, une date, un avis : la réponse est écrite sur cet ordinateur, d’après {texts}."
)
OPENING_PROOF = (
    "Chaque phrase porte le numéro de l’extrait qui l’appuie, ou la mention « non vérifié »."
)
OPENING_EXAMPLES = "Pour commencer"
OPENING_LIST_ONE = "Voir le texte"
OPENING_LIST_MANY = "Voir les {n} textes"

TOOLS = "Outils"
CONVERSATION = "Conversation"
EXPORT = "Exporter"
EXPORT_FORMATS = {
    "markdown": "Markdown",
    "html": "Page HTML",
    "bibtex": "Références BibTeX",
    "csl": "Références CSL-JSON",
}
UNDO = "Annuler la dernière question"
CLEAR = "Effacer la conversation"
CLEAR_SURE = "Effacer vraiment ?"
THEME = "Changer de thème, clair ou sombre"

STEPS = ("Recherche", "Lecture", "Rédaction", "Vérification")
READING = "Lecture de {passages}…"
WAITING_ONE = "{n} réponse passe avant la vôtre"
WAITING_MANY = "{n} réponses passent avant la vôtre"
QUOTED = "Tiré tel quel des textes · {seconds} s"
ASIDE = "Sans recherche dans les textes · {seconds} s"
REFUSED_AFTER = "Pas de réponse dans les textes · {seconds} s"
EVIDENCE = "Extrait le plus pertinent"
EVIDENCE_OPEN = "Lire dans le texte"
DRAFT_KEY = "pas encore vérifié"
DRAFT_LABEL = "Brouillon, pas encore vérifié :"
STOPPED_MARK = "interrompu, jamais vérifié"
NO_SOURCE = "Aucune phrase de cette réponse n’a pu être rattachée à un extrait."
SOURCE_LABEL = "Source {n} : {title}"
EXAMPLES = "Les textes répondent par exemple à ces questions"
SUGGESTIONS = "Les textes répondent plutôt à ces questions"
ACTIONS = "Actions sur cette réponse"
COPY = "Copier"
COPIED = "Copié"
COPY_SOURCES = "Sources :"
RETRY = "Reposer la question"
EDIT = "Modifier"
GOOD = "Utile"
BAD = "Pas utile"
REASON = "Pour quelle raison ? (facultatif)"
REASON_SEND = "Envoyer"
REASON_THANKS = "Merci, votre avis est noté sur cet ordinateur."

PANEL_CLOSE = "Fermer le panneau"
PANEL_BACK = "Sources"
TRACE = "{n} {title} : montrer dans la réponse les phrases qui s’y appuient"
WHOLE_TEXT = "Voir le document entier"
COPY_REFERENCE = "Copier la référence"

WHY = "Pourquoi cette réponse ?"
WHY_PASSAGES = "Passages trouvés"
WHY_PASSAGE = "Passage"
WHY_FUSED = "Fusion"
WHY_DENSE = "Sens"
WHY_LEXICAL = "Mots"
WHY_STATE = "Usage"
WHY_READ = "lu"
WHY_ASIDE = "mis de côté"
WHY_LEGEND = (
    "Fusion : le score qui classe les passages. Sens : la proximité de sens avec la question. "
    "Mots : les mots en commun. Seuls les passages marqués « lu » ont servi à la rédaction."
)
WHY_CHECKS = "Vérification des phrases"
WHY_SUPPORT = "appui {percent} % · {sources}"
WHY_SOURCE = "source {n}"
WHY_RECEIPT = "Reçu"
WHY_CERTAINTY = "Probabilité que les textes contiennent la réponse"
WHY_PERCENT = "{percent} %"
WHY_TIMES = "Temps"
WHY_TIMES_VALUE = (
    "recherche {retrieve} s · premier mot {first_token} s · rédaction {generate} s · "
    "vérification {verify} s · en tout {total} s"
)
WHY_MODELS = {"encoder": "Modèle d’encodage", "generator": "Modèle de rédaction"}
WHY_INDEX = "Index"
WHY_CORPUS = "Corpus"
WHY_SETTINGS = "Réglages"
WHY_VERSION = "Version de Parole"
WHY_REPLAY = "Pour obtenir la même réponse"
WHY_REPLAY_ALONE = (
    "La question suivait d’autres échanges : posée seule, elle peut recevoir une autre réponse."
)
WHY_REPLAY_OWN = (
    "La réponse vient de vos documents, gardés pour cette session seule : aucune commande ne peut "
    "la donner de nouveau."
)
COPY_COMMAND = "Copier la commande"

SHELF_BACK = "Tous les textes"
READING_NOTHING = "Choisissez un texte pour le lire ici."
READING_QUESTIONS = "Questions auxquelles ce texte répond"
METADATA = {
    "intervenants": "Intervenants",
    "date": "Date",
    "genre": "Genre",
    "source": "Source",
    "mots_cles": "Mots-clés",
    "licence": "Licence",
}
"""What the fields of our own headers are called on the page; others keep their names."""

CATALOGUE_EMPTY = "L’index ne contient aucun texte. Ajoutez-en avec « parole index »."
FOUND_ONE = "{n} passage trouvé"
FOUND_MANY = "{n} passages trouvés"
FOUND_NONE = "Aucun passage ne correspond. Essayez d’autres mots."

# --- filters

NO_DATE = "sans date"
SCOPE_LIMITED = "{texts} sur {total} : {choices}"
SCOPE_TITLE = "« {title} »"
SCOPE_AND = " ;"
SCOPE_OR = "{others} ou {last}"
SCOPE_NAMED = {
    "documents": "texte {values}",
    "speakers": "intervenant {values}",
    "genres": "genre {values}",
    "years": "année {values}",
}
SCOPE_MANY = {
    "documents": "{n} textes choisis",
    "speakers": "{n} intervenants",
    "genres": "{n} genres",
    "years": "{n} années",
}

# --- page: tabs and filters
TAB_QUESTIONS = "Questions"
TAB_CORPUS = "Corpus"
SEARCH_LABEL = "Chercher dans les textes"
SEARCH_HINT = "Un mot, un nom, une idée"
SCOPE = "Chercher dans {texts}"
FACETS = ("Textes", "Intervenants", "Genres", "Années")
"""The filters, in the order of `ui.filters.Filter`."""

# --- page: a reader's own documents
TAB_OWN = "Mes documents"
OWN_TITLE = "Interrogez vos propres documents"
OWN_PRIVATE = (
    "Ils restent sur cet ordinateur, personne d’autre ne les voit, et ils sont effacés une heure "
    "après votre départ."
)
OWN_LIMITS = "{files} documents au plus, de {megabytes} Mo chacun : PDF, Word, texte, Markdown…"
OWN_TOO_LARGE = (
    "Vos fichiers dépassent ensemble {megabytes} Mo. Ajoutez-les en plusieurs fois, ou "
    "retirez les plus lourds."
)
OWN_ADD = "Ajouter des documents"
OWN_ADDING = "Ajout en cours"
OWN_NONE = "Vous n’avez encore rien ajouté."
OWN_ONE = "{n} document à vous"
OWN_MANY = "{n} documents à vous"
OWN_REMOVE = "Retirer « {title} »"
OWN_STOPPED = "Rien n’a été ajouté : l’ajout a été interrompu."
OWN_ADDED_ONE = "{n} document ajouté : posez vos questions dans l’onglet « Questions »."
OWN_ADDED_MANY = "{n} documents ajoutés : posez vos questions dans l’onglet « Questions »."
OWN_REFUSED = "Ce qui n’a pas été pris :"
OWN_BECAUSE = " : "
OWN_STAGES = {
    "wait": "En attente… Ajouts avant le vôtre : {total}.",
    "read": "Lecture des fichiers : {done} sur {total}…",
    "encode": "Indexation : {done} sur {total}…",
}
OWN_WHERE = "Interroger"
OWN_CORPUS = "Le corpus"
OWN_MINE = "Mes documents"
