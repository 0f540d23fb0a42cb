"""Every sentence of the speed benchmark, in French: its report and its failures."""

TITLE = "Vitesse de Parole"
KICKER = "Mesure de vitesse"
SCOPE = "{processor}, {cores} cœurs, {memory} Gio ; charge au départ : {load}"
METHOD = (
    "Chaque ligne donne la médiane, les quartiles et le 95e centile de n mesures, prises tour à "
    "tour sur la même machine, après un premier tour qui ne compte pas. Un rapport est calculé "
    "tour par tour : « × 4 » veut dire quatre fois plus long que Parole."
)
UNFINISHED = "Interrompu : il manque tout ou partie de {parts}."
CONDITIONS = "Conditions"
NAVIGATION = "Parties du rapport"

COLUMN_MEASURE = "mesure"
COLUMN_MEDIAN = "médiane"
COLUMN_QUARTILES = "quartiles"
COLUMN_P95 = "95e centile"
COLUMN_N = "n"
QUARTILES = "{low} à {high}"

PARTS = {
    "machine": (
        "La machine",
        (
            "Ce qu’elle peut au mieux : copier un grand tableau (octets lus et écrits), multiplier "
            "des matrices (multiplications-additions)."
        ),
    ),
    "start": ("Démarrage", "Du lancement du processus à sa fin, modèles en place."),
    "memory": ("Mémoire", "Le plus qu’un processus ait tenu, pages de fichiers comprises."),
    "index": (
        "Indexation",
        "Tous les textes, puis de nouveau après que 1 % d’entre eux (au moins un) a changé.",
    ),
    "encode": (
        "Encodage",
        (
            "Les mêmes textes pour les deux ; sentence-transformers avec ses réglages par défaut, "
            "en float32."
        ),
    ),
    "search": (
        "Recherche",
        (
            "Passages engendrés à partir d’une graine, dix résultats, question déjà encodée. Le "
            "rappel est compté face à une recherche exhaustive."
        ),
    ),
    "ask": (
        "Une question",
        (
            "Questions de référence auxquelles le corpus répond. « limite » est ce que la machine "
            "permet avec ces poids : bande passante pour un jeton écrit, multiplications pour un "
            "jeton lu."
        ),
    ),
    "askers": (
        "Plusieurs à la fois",
        "Tous demandent au même instant ; Parole rédige une réponse après l’autre.",
    ),
}
MEASURES = {
    "bandwidth": "débit de copie",
    "matrix_rate": "produit de matrices",
    "passages": "premiers passages",
    "evidence": "phrase la plus proche",
    "first_word": "premier mot",
    "total": "en tout",
    "prompt_tokens": "jetons lus",
    "answer_tokens": "jetons écrits",
    "prompt_rate": "vitesse de lecture",
    "answer_rate": "vitesse d’écriture",
    "wait": "attente du premier mot",
    "wait_last": "attente du dernier servi",
    "total_last": "dernière réponse entière",
    "throughput": "débit",
    "passage_rate": "passages encodés",
    "query": "une question",
    "least_cosine": "plus petit cosinus entre les deux encodages",
    "build": "construction",
    "recall": "rappel à 10",
    "passage_bytes": "taille d’un passage",
    "document_rate": "textes indexés",
    "process": "processus entier",
    "peak": "pic de mémoire",
    "ratio_first_word": "premier mot, rapport à Parole",
    "ratio_total": "durée, rapport à Parole",
    "ratio_query": "une question, rapport à Parole",
    "ratio_changed": "durée, rapport à l’indexation entière",
    "share_of_limit_prompt": "lecture, rapport à la limite",
    "share_of_limit_answer": "écriture, rapport à la limite",
}
SUBJECTS = {
    "copy": "mémoire",
    "parole": "Parole",
    "naive": "tutoriel, même moteur",
    "tutorial": "tutoriel, bibliothèques telles quelles",
    "limit": "limite",
    "dense": "sens",
    "lexical": "mots",
    "hybrid": "les deux",
    "faiss": "FAISS Flat",
    "whole": "tout",
    "changed": "1 % changé",
    "ask": "parole ask",
    "help": "parole --help",
    "index": "parole index",
}
SCALES = {"search": "{scale} passages", "askers": "{scale} à la fois"}
UNITS = {
    "seconds": "{number} s",
    "milliseconds": "{number} ms",
    "tokens": "{number} jetons",
    "tokens_per_second": "{number} jetons/s",
    "gigabytes_per_second": "{number} Go/s",
    "billions_per_second": "{number} milliards/s",
    "answers_per_minute": "{number} réponses/min",
    "passages_per_second": "{number} passages/s",
    "documents_per_second": "{number} textes/s",
    "cosine": "{number}",
    "share": "{number} %",
    "bytes": "{number} octets",
    "gibibytes": "{number} Gio",
    "times": "× {number}",
}
AXIS_PASSAGES = "passages"
AXIS_MILLISECONDS = "millisecondes par question"
AXIS_ASKERS = "personnes à la fois"
AXIS_WAIT = "secondes"

COMMAND_FAILED = (
    "« {command} » a échoué : {reason} Lancez cette commande seule pour en voir le détail."
)
