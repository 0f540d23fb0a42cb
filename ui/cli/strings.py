"""Every sentence of the command line's own, in French; the library's are in rag/messages.py."""

USAGE = "Utilisation : "
ARGUMENTS = "arguments "
OPTIONS = "options "
HELP = "affiche cette aide"
VERSION = "affiche la version"
USAGE_ERROR = "{command} : {message}\nVoir « {command} --help ».\n"
USAGE_ERRORS = {
    r"the following arguments are required: (?P<names>.+)": "il manque : {names}",
    r"unrecognized arguments: (?P<names>.+)": "argument inconnu : {names}",
    r"argument (?P<name>[^:]+): invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)": (
        "{name} : « {value} » n’existe pas (choix : {choices})"
    ),
    r"argument (?P<name>[^:]+): expected .*argument": "{name} : il manque une valeur",
    r"argument (?P<name>[^:]+): invalid \w+ value: (?P<value>.+)": (
        "{name} : « {value} » n’est pas une valeur possible"
    ),
    r"argument (?P<name>[^:]+): ignored explicit argument (?P<value>.+)": (
        "{name} : cette option ne prend pas de valeur (ici « {value} »)"
    ),
    r"argument (?P<name>[^:]+): not allowed with argument (?P<other>.+)": (
        "{name} ne va pas avec {other}"
    ),
}

DESCRIPTION = (
    "Parole répond en français à des questions sur vos documents, "
    "sur cette machine, chaque phrase avec sa source."
)
COMMAND = "commande"
INDEX_HELP = "indexe des documents, ou montre et modifie l’index"
INDEX_SOURCES = "fichiers et dossiers à indexer"
INDEX_DIRECTORY = "dossier de l’index (par défaut : index)"
INDEX_PRUNE = "retire les documents dont le fichier a disparu des dossiers donnés"
INDEX_LIST = "montre les documents de l’index"
INDEX_REMOVE = "retire un document de l’index"
INDEX_EXPLAIN = "montre comment un fichier est lu : lignes écartées, passages"
ENCODER = "encodeur : nom du manifeste, dossier ou nom sur le hub (par défaut : {default})"
MODEL = "modèle de rédaction : nom du manifeste, dossier ou nom sur le hub (par défaut : {default})"
ASK_HELP = "répond à une question"
ASK_QUESTION = "la question, entre guillemets"
ASK_JSON = "écrit la réponse complète en JSON"
ASK_HISTORY = 'fichier JSON des échanges précédents : [{"question": …, "answer": …}]'
ASK_DOCUMENT = "ne cherche que dans ce texte, nommé par son identifiant (peut être répété)"
ASK_DOCUMENT_UNKNOWN = (
    "Il n’y a pas de texte « {document} » dans cet index. Lancez « parole index --list » pour "
    "voir ceux qui y sont."
)
CHAT_HELP = "lance la page de conversation, à ouvrir dans un navigateur"
CHAT_HOST = "adresse d’écoute (par défaut : 127.0.0.1, cette machine seule)"
CHAT_PORT = "port (par défaut : 7860)"
CHAT_ROOT_PATH = (
    "chemin ou adresse de la page derrière un serveur mandataire, par exemple /parole "
    "ou https://exemple.fr/parole"
)
CHAT_MAX_QUEUE = (
    "réponses qui peuvent attendre leur tour ; au-delà, le serveur se dit occupé "
    "(par défaut : {default})"
)
CHAT_AUTH = "fichier des comptes : la page demande un nom et un mot de passe (parole password)"
CHAT_FEEDBACK = "fichier où ajouter les avis des lecteurs (par défaut : ils ne sont pas gardés)"
CHAT_ALLOW_UPLOADS = "chacun peut interroger aussi ses propres documents, le temps de sa visite"
ACCOUNT_HELP = "écrit la ligne d’un compte pour « parole chat --auth »"
ACCOUNT_NAME = "nom du compte"
MODELS_HELP = "montre ou fournit les modèles"
MODELS_ACTION = "list : les modèles connus ; pull : les fournir ; path : leur dossier"
MODELS_NAMES = "noms de modèles (par défaut : ceux dont Parole a besoin)"
MODELS_FILE = "fichier déjà téléchargé (poids, tokenizer ou wheel) ; peut être répété"
CORPUS_HELP = "vérifie les textes du corpus"
CORPUS_ACTION = "check : vérifie les règles de chaque texte"
CORPUS_FOLDER = "dossier du corpus (par défaut : corpus)"
DOCTOR_HELP = "dit ce qui est en place et ce qui manque"

MODULE_MISSING = (
    "Il manque le paquet « {name} ». Lancez « make .venv/dev » dans le dossier du projet."
)
EVAL_HELP = "évalue Parole, ou un autre système, sur des questions dont la réponse est connue"
EVAL_ACTION = "action"
EVAL_RUN = "pose toutes les questions à un système ; reprend une évaluation interrompue"
EVAL_RESCORE = "recalcule les mesures et le rapport d’une évaluation, sans aucun modèle"
EVAL_COMPARE = "dit ce qu’une seconde évaluation a changé"
EVAL_TABLE = "met plusieurs évaluations côte à côte, en Markdown"
EVAL_TELL = "écrit le rapport d’une évaluation (Markdown et HTML)"
EVAL_CHECK = "vérifie les questions de référence"
EVAL_FREEZE = "fige les questions de référence telles qu’elles sont, puis les vérifie"
EVAL_SYSTEM = "système à évaluer (par défaut : parole)"
EVAL_SPLIT = (
    "dev pour régler, test pour publier (par défaut : dev) ; d’un autre jeu, les "
    "questions d’un dixième de ses articles (par défaut : toutes)"
)
EVAL_BASE = "sans les variantes des questions de référence"
EVAL_DATASET = "jeu de questions au format SQuAD (JSON), à la place de celles de référence"
EVAL_SAMPLE = "nombre de questions à y tirer"
EVAL_SEED = "graine du tirage (par défaut : 0)"
EVAL_OUTPUT = "dossier de l’évaluation, créé au besoin"
EVAL_FOLDER = "dossier d’une évaluation"
EVAL_BEFORE = "dossier de la première évaluation"
EVAL_AFTER = "dossier de la seconde"
EVAL_AGAINST = "dossier d’une évaluation à laquelle comparer"
EVAL_FAIL_UNDER = "échoue si une mesure n’atteint pas cette valeur ; peut être répété"
EVAL_ASKING = "Questions"
EVAL_FIGURE = "{name:<28} {value:8.3f} [{low:.3f} ; {high:.3f}] n = {n}"
EVAL_REPORT = "Rapport : {folder}/report.html et {folder}/report.md"
EVAL_GOOD = "Aucun défaut."
EVAL_BAD = "Défauts : {count}."

BENCH_HELP = "mesure la vitesse de Parole sur cette machine"
BENCH_PARTS = "parties à mesurer (par défaut : toutes) : {names}"
BENCH_OUTPUT = "fichier JSON des résultats ; le rapport (.md et .html) est écrit à côté"
BENCH_CORPUS = "dossier des textes à indexer (par défaut : corpus)"
BENCH_QUESTIONS = "nombre de questions de référence posées (par défaut : {default})"
BENCH_ROUNDS = "nombre de tours de chaque mesure (par défaut : {default})"
BENCH_SEED = "graine du tirage des questions et des passages (par défaut : {default})"
BENCH_UP_TO = "recherche : le plus de passages engendrés, parmi {sizes} (par défaut : {default})"
BENCH_TUTORIAL = (
    "question : mesure aussi le tutoriel avec les bibliothèques telles quelles, qui chargent "
    "les modèles une seconde fois"
)
BENCH_NONE = "Donnez à {option} un nombre d’au moins 1."
BENCH_UNWRITABLE = (
    "Les résultats ne peuvent pas être écrits dans « {path} » ({reason}). "
    "Donnez à --output un fichier que vous pouvez écrire."
)
BENCH_WRITTEN = "Résultats : {path}, avec le rapport à côté (.md et .html)."

SOURCES = "Sources"
NEAREST = "Passages les plus proches"
SUGGESTIONS = "Les textes répondent plutôt à ces questions"
EXAMPLES = "Les textes répondent par exemple à ces questions"
SUGGESTED = "• {question}"
CITED = "[{n}] {title}{location}"
NEAR = "• {title}{location}"
AT = ", {location}"
QUOTED = "    « {quote} »"
TIME = "({total:.1f} s)"
INTERRUPTED = "Interrompu. Ce qui était en place l’est toujours."
UNEXPECTED = "Erreur inattendue : {error}. Le détail est ci-dessus ; merci de le signaler."

READING = "Lecture"
ENCODING = "Encodage"
INDEX_DONE = (
    "Documents : {documents} ; passages : {passages} ; index : {directory} ({seconds:.0f} s)."
)
INDEX_CHANGES = (
    "Ajoutés : {added} ; modifiés : {changed} ; inchangés : {unchanged} ; retirés : {removed}."
)
INDEX_PROBLEMS = "Laissés de côté :"
INDEX_PROBLEM = "  {path} : {reason}"
INDEX_NOTHING = (
    "Rien à indexer : donnez un fichier ou un dossier, par exemple « parole index corpus »."
)
EXPLAIN_PROBLEM = "{path} : {reason}"
INDEX_LISTED = "{id}  (passages : {passages})  {title}"
INDEX_REMOVED = "Retiré de l’index : {ids}."
INDEX_UNKNOWN = "L’index n’a pas de document « {id} ». « parole index --list » les montre."
EXPLAIN_DOCUMENT = (
    "{title}\nCaractères : {characters} ; sections : {sections} ; passages : {passages}."
)
EXPLAIN_DROPPED = "Lignes écartées ({count}) :"
EXPLAIN_LINE = "  {line:>4}  [{rule}] {text}"
EXPLAIN_PASSAGE = "Passage {number} (mots : {words}) — {section}"

MODEL_LISTED = "{name}  ({title}, {licence}, {size} Go)  {state}"
MODEL_HERE = "en place"
MODEL_ABSENT = "absent : « parole models pull {name} »"
MODEL_NOT_HERE = (
    "Le modèle « {name} » n’est pas sur cette machine. Lancez « parole models pull {name} »."
)
MODEL_NEEDS = "{name} : {needed} Go de disque pendant la préparation, {size} Go au plus ensuite."
MODEL_READY = "{name} : {folder}"
MODEL_STAGES = {
    "wait": "{model} : un autre processus le prépare, attente",
    "download": "{model} : téléchargement de {item}",
    "rejected": "{model} : {item} est abîmé ou différent, jeté",
    "convert": "{model} : conversion, une minute ou deux",
    "done": "{model} : prêt",
}

CORPUS_GOOD = "Textes vérifiés : {count}. Aucun défaut."
CORPUS_BAD = "Défauts trouvés : {count}."
CORPUS_LINE = "{file}:{line} : {message}"
CORPUS_NO_FOLDER = "Il n’y a pas de dossier « {folder} ». Donnez celui du corpus."

HISTORY_MISSING = (
    "L’historique « {path} » ne s’ouvre pas ({error}). Vérifiez son chemin et vos droits."
)
HISTORY_JSON = "L’historique « {path} » n’est pas du JSON en UTF-8 : corrigez-le."
HISTORY_SHAPE = (
    "L’historique « {path} » n’a pas la forme attendue : "
    "une liste JSON d’objets avec « question » et « answer », deux textes."
)

CHAT_LOADING = "Chargement des modèles… La page s’ouvrira sur {address}."
CHAT_READY = "Parole vous attend sur {address} (Ctrl-C pour arrêter)."
CHAT_STOPPED = "Parole s’est arrêté."
FEEDBACK_UNUSABLE = (
    "Les avis ne peuvent pas être gardés dans « {path} ». Donnez un fichier dans un dossier "
    "qui existe."
)
ACCOUNTS_OPEN = (
    "Attention : d’autres utilisateurs de cette machine peuvent lire « {path} ». "
    "Lancez « chmod 600 {path} »."
)

ACCOUNT_ASK = "Mot de passe : "
ACCOUNT_AGAIN = "Encore une fois : "
ACCOUNT_NONE = "Aucun mot de passe n’a été donné."
ACCOUNT_DIFFERENT = "Les deux mots de passe diffèrent. Recommencez."
ACCOUNT_NEXT = "Ajoutez cette ligne au fichier des comptes :"

OK = "✓"
BAD = "✗"
DOCTOR_LINE = "{mark} {name} : {state}"
DOCTOR_REMEDY = "    → {remedy}"
DOCTOR_PYTHON = "Python"
DOCTOR_PYTHON_REMEDY = "installez Python 3.11 ou plus récent"
DOCTOR_PACKAGE_ABSENT = "absent"
DOCTOR_PACKAGE_REMEDY = "lancez « make models » dans le dossier du projet"
DOCTOR_CPU = "Processeur"
DOCTOR_FORMATS = {
    "int8": "{cores} cœurs, calcul de la rédaction sur 8 bits",
    "bfloat16": "{cores} cœurs, bfloat16 natif",
    "float32": "{cores} cœurs, sans calcul sur 8 bits ni bfloat16 : float32, bien plus lent",
}
DOCTOR_GPU = "carte graphique (CUDA)"
DOCTOR_MEMORY = "Mémoire"
DOCTOR_MEMORY_STATE = "{free:.1f} Go libres sur {total:.1f}"
DOCTOR_MEMORY_REMEDY = "fermez d’autres programmes, ou prenez --model qwen2.5-coder-0.5b"
DOCTOR_MODEL = "Modèle {name}"
DOCTOR_MODEL_REMEDY = "lancez « parole models pull {name} »"
DOCTOR_INDEX = "Index {directory}"
DOCTOR_INDEX_STATE = "documents : {documents} ; passages : {passages} ; encodeur : {encoder}"
DOCTOR_INDEX_REMEDY = "lancez « parole index corpus --index {directory} »"
DOCTOR_OFFLINE = "Réseau"
DOCTOR_OFFLINE_ON = "interdit (PAROLE_OFFLINE=1)"
DOCTOR_OFFLINE_OFF = "utilisé par « parole models pull » seulement"
