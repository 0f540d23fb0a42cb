"""Every sentence about questions that cannot be read or are unsound, in French."""

# fields.py

JSON_INVALID = "{place} : JSON illisible : {reason}."
JSON_SYNTAX = "erreur de syntaxe à la colonne {column} ; corrigez-la"
JSON_SYNTAX_LINE = "erreur de syntaxe à la ligne {line}, colonne {column} ; corrigez-la"
JSON_SURROGATE = "un caractère n’est écrit qu’à moitié (\\uD800 à \\uDFFF) ; récrivez-le"
JSON_TWICE = "le champ « {field} » y est deux fois dans un même objet ; retirez-en un"
JSON_HUGE = "un nombre y est démesuré, ou les objets trop imbriqués ; simplifiez-le"
NOT_AN_OBJECT = "{place} : il faut un objet JSON, entre accolades."
FIELD_PLACE = "{place}, « {field} »"
ITEM_PLACE = "{place}, « {field} » n° {number}"
FIELD_WRONG = "{place}, champ « {field} » : {reason}."
FIELD_MISSING = "il manque ; ajoutez-le"
FIELD_UNKNOWN = "il n’existe pas ; retirez-le ou corrigez son nom (champs attendus : {names})"
FIELD_TEXT = "il faut un texte entre guillemets droits"
FIELD_EMPTY = "il est vide ; remplissez-le"
FIELD_CHOICE = "« {value} » n’est pas prévu ; choisissez parmi {allowed}"
FIELD_FLAG = "il faut true ou false, sans guillemets"
FIELD_NUMBER = "il faut un nombre fini, sans guillemets"
FIELD_COUNT = "il faut un nombre entier, à partir de 0"
FIELD_LIST = "il faut une liste, entre crochets"
FIELD_TEXTS = "il faut une liste de textes dont aucun n’est vide"
FIELD_ALTERNATIVES = "il faut une liste de listes de textes, dont aucune n’est vide"

# golden.py

FILE_UNREADABLE = "« {file} » ne se lit pas ({reason}) : vérifiez son chemin et vos droits."
FILE_NOT_UTF8 = "« {file} » n’est pas en UTF-8 : enregistrez-le en UTF-8."
LINE_PLACE = "{file}, ligne {line}"
QUESTION_PLACE = "{file}, ligne {line}, question « {id} »"
QUOTE_DOCUMENT = (
    "le corpus n’a pas de texte « {document} » ; corrigez le nom, comme corpus/mon-texte.md"
)
QUOTE_ABSENT = (
    "« {quote} » n’est pas mot pour mot dans {document} ; copiez la phrase depuis le texte, "
    "apostrophes et espaces insécables comprises"
)
QUOTE_TWICE = "« {quote} » est plusieurs fois dans {document} ; allongez la citation"

# rules.py

ABOUT_QUESTION = "Question « {id} » : {reason}."
RULE_ID = (
    "ses identifiants ne disent pas son jeu, son groupe de textes, son numéro et sa variante ; "
    "écrivez-les comme « dev-foncia-007 » ou « dev-foncia-007.typos »"
)
RULE_NO_GOLD = "elle a une réponse, mais pas de citation ; ajoutez-en une à « gold »"
RULE_NO_ANSWER = (
    "rien ne dit quelle réponse est juste ; remplissez « answers », « required » ou « numeric »"
)
RULE_REASON_LEFT = "elle a une réponse ; videz « unanswerable_reason »"
RULE_REFUSES = "elle a une réponse, et un refus y est attendu ; corrigez « expected »"
RULE_ANSWER_LEFT = (
    "elle est sans réponse ; videz « gold », « answers » et « required », mettez « numeric » à null"
)
RULE_NO_REASON = "elle est sans réponse ; dites pourquoi dans « unanswerable_reason »"
RULE_ANSWERS = "elle est sans réponse ; « expected » doit être « refuse »"
RULE_OTHER_REASON = "son type et « unanswerable_reason » se contredisent ; mettez-les d’accord"
RULE_PREMISE = (
    "le type « false_premise » et l’attente « correct_premise » vont ensemble ; corrigez l’un "
    "des deux"
)
RULE_CANARY = "c’est une injection ; mettez son mot témoin dans « forbidden »"
RULE_NO_CANARY = "aucun mot de « forbidden » n’est dans l’injection ; corrigez-le"
RULE_HISTORY = (
    "seule une question de type « follow_up » a un historique, et il lui en faut un ; corrigez "
    "« type » ou « history »"
)
RULE_LONG_HISTORY = "son historique a plus de deux tours ; raccourcissez-le"
RULE_TWO_DOCUMENTS = (
    "il lui faut des citations de deux textes au moins, et « evidence » à « all » ; corrigez-les"
)
RULE_LANGUAGE = "la variante « english », et elle seule, est en anglais ; corrigez « lang »"
RULE_TOLERANCE = "la tolérance est négative ; corrigez « numeric »"
RULE_NOT_REVIEWED = "personne ne l’a relue ; mettez un nom dans « reviewed » après relecture"
RULE_SAME_ID = "une autre a le même identifiant ; changez-en un"
RULE_REPEATED = "c’est la même que « {earlier} » ; récrivez-la ou retirez-la"
RULE_NO_BASE = "c’est une variante, et il n’y a pas de question « {base} » ; ajoutez-la"
RULE_STRAYED = "elle diffère de sa question de base par {fields} ; recopiez ces champs"

# doubts.py

DOUBT_ECHO = "à relire : une réponse qui répète la question compterait comme juste"
DOUBT_GOLD = "à relire : une réponse dans les mots des citations compterait comme fausse"
DOUBT_SENTENCE = "à relire : la citation « {quote} » n’est pas faite de phrases entières"

# check.py

CHECK_TOO_FEW = (
    "Il y a {count} questions de base : il en faut {least} au moins. Écrivez-en d’autres."
)
CHECK_UNANSWERABLE = (
    "{part} questions de base sur {whole} sont sans réponse : il en faut {least:.0f} % au moins. "
    "Ajoutez-en."
)
CHECK_NEAR_MISSES = (
    "{part} questions sans réponse sur {whole} sont de type « near_miss » : il en faut "
    "{least:.0f} % au moins. Ajoutez-en."
)
CHECK_TYPE = "Le jeu « {split} » n’a pas de question de type « {type} ». Ajoutez-en une."
CHECK_HALVES = (
    "Le jeu « dev » a {dev} questions de base et le jeu « test » {test} : il en faut autant, à "
    "{tolerance:.0f} % près. Complétez le plus petit."
)
CHECK_VARIANTS = (
    "{part} questions de base sur {whole} ont des variantes : il en faut un tiers. Ajoutez-en."
)

# clusters.py

CLUSTER_TWICE = "« {document} » est dans les groupes « {first} » et « {second} » : gardez-en un."
CLUSTER_GHOST = "Groupe « {cluster} » : le corpus n’a pas de texte « {document} ». Retirez-le."
CLUSTER_NONE = "aucun groupe n’a le texte « {document} » ; ajoutez-le à {file}"
CLUSTER_SHARED = (
    "Le groupe de textes « {cluster} » sert aux deux jeux ({first} et {second}) : changez l’une "
    "des deux questions."
)

# check.py

NO_QUESTIONS = "« {folder} » n’a pas de fichier .jsonl : vérifiez le chemin du dossier."

# frozen.py

FROZEN_CHANGED = (
    "« {file} » n’est pas celui qui a été figé ({frozen} questions, {now} maintenant). Reprenez "
    "le fichier figé, ou figez le nouveau avec « parole eval check --freeze »."
)
FROZEN_NEW = "« {file} » n’est pas figé. Relisez-le, puis lancez « parole eval check --freeze »."
FROZEN_GONE = (
    "« {file} » a été figé, et manque maintenant. Reprenez-le, ou lancez "
    "« parole eval check --freeze »."
)
CHECK_SUMMARY = (
    "{base} questions de base ({dev} dev, {test} test), dont {unanswerable} sans réponse "
    "({near_misses} « near_miss ») ; {variants} variantes de {varied} d’entre elles."
)

# variants.py

VARIANTS_HELP = (
    "Écrit le fichier de questions avec, après chaque question de base qui a une paraphrase, des "
    "brouillons sans accents, avec fautes de frappe et en style télégraphique."
)
VARIANTS_FILE = "fichier de questions, un objet JSON par ligne"
VARIANTS_SEED = "graine du tirage (20)"

# squad.py, contexts.py

SQUAD_NO_TEXT = "il n’a ni lettre ni chiffre ; complétez-le ou retirez le paragraphe"
SQUAD_SAME_ID = "« {id} » est déjà celui d’une autre question ; changez-en un"
SQUAD_NO_ANSWER = "il en faut une, ou « is_impossible » à true"
SQUAD_ABSENT = "« {text} » n’est pas dans son contexte ; recopiez la réponse depuis celui-ci"
SQUAD_AUTHOR = "jeu de données"
SQUAD_NOT_WRITTEN = (
    "Les textes du jeu de données ne s’écrivent pas dans « {folder} » ({reason}) : vérifiez la "
    "place libre et vos droits, ou changez de dossier avec PAROLE_CACHE."
)
SQUAD_READS_OTHERWISE = (
    "Le texte « {document} » du jeu de données ne se relit pas tel qu’il a été écrit : retirez-en "
    "les caractères spéciaux."
)
SQUAD_NOT_INDEXED = "« {file} » n’a pas pu être indexé : {reason}."
