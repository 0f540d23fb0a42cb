"""Every sentence that the library and the command line say to a user, in French.

Texts are `str.format` templates with named fields; no-break spaces stand before « : ; ? ! »
and inside « guillemets », apostrophes are typographic.
"""

# --- reading documents -------------------------------------------------------------------

READ_MISSING = "fichier introuvable : vérifiez son chemin"
READ_NOT_REGULAR = "dossier, lien ou périphérique : donnez un fichier ordinaire"
READ_DENIED = "lecture impossible ({detail}) : vérifiez les droits du fichier"
READ_SUFFIX = "format « {suffix} » non pris en charge : convertissez-le ({suffixes})"
READ_TOO_LARGE = "fichier de {size} Mo, pour {limit} Mo au plus : découpez-le"
READ_NOT_TEXT = "contenu binaire, et non du texte : enregistrez le fichier en UTF-8"
READ_NO_PROSE = "aucun texte à lire : vérifiez le contenu du fichier"
READ_PDF_NO_TEXT = "aucun texte dans ce PDF, sans doute numérisé : passez-le à l’OCR"
READ_ENCRYPTED = "protégé par un mot de passe : enregistrez-en une copie sans protection"
READ_DAMAGED = "fichier {format} endommagé : ouvrez-le puis enregistrez-le de nouveau"
READ_ARCHIVE_MEMBERS = "archive de {count} éléments, pour {limit} au plus : découpez-la"
READ_ARCHIVE_SIZE = "{size} Mo une fois décompressé, pour {limit} Mo au plus : découpez-le"
READ_FRONT_MATTER = "en-tête YAML invalide à la ligne {line} : corrigez-le"
READ_FRONT_MATTER_LONG = "en-tête de {size} caractères, pour {limit} au plus : raccourcissez-le"

RULE_FRONT_MATTER = "champ d’en-tête imbriqué"
RULE_PAGE_EDGE = "en-tête ou pied de page"
RULE_SOUND = "indication sonore"
RULE_SHARE = "barre de partage"
RULE_COOKIES = "bandeau de cookies"
RULE_ACCOUNT = "connexion ou formulaire"
RULE_THREAD = "fil de commentaires"
RULE_FOOTER = "bas de page"
RULE_READING_TOOL = "outil de lecture"
RULE_MORE = "lien « lire la suite »"
RULE_RELATED = "liste de liens"
RULE_MENU = "menu"
RULE_LEGAL = "mention légale"
RULE_PROMOTION = "promotion"
RULE_PLACEHOLDER = "libellé sans contenu"
RULE_FILE_NAME = "nom de fichier"
RULE_CAPTION = "légende d’image"
RULE_SEPARATOR = "séparateur"
RULE_ADDRESS = "adresse seule"
RULE_BREADCRUMB = "fil d’Ariane"
RULE_REPEATED = "répétition"

SOURCE_MISSING = "Il n’y a ni dossier ni fichier « {path} ». Vérifiez le chemin."
SOURCE_NAME = "nom de fichier illisible (caractères de contrôle ou octets invalides) ; renommez-le"
SOURCE_LINK = "lien symbolique, non suivi ; donnez le fichier lui-même"
SOURCE_FORMAT = (
    "format inconnu ({suffix}) ; formats lus : Markdown, texte, HTML, PDF, DOCX, PPTX, EPUB, "
    "SRT, VTT"
)
SOURCE_SAME_ID = "prendrait le même identifiant « {id} » que {other} ; renommez l’un des deux"
SOURCE_UNREADABLE = "ne se lit pas ({error}) ; vérifiez les droits d’accès"
SOURCE_TWIN = "même contenu que « {other} », déjà pris"

# --- index on disk -----------------------------------------------------------------------

INDEX_DAMAGED = "Dans l’index, « {part} » est endommagé : {reason}."
INDEX_READ_FAILED = (
    "La lecture de « {part} » dans l’index a échoué : {reason}. Relancez Parole ; si "
    "cela se répète, supprimez le dossier de l’index, puis refaites-le avec « parole index »."
)
INDEX_WRONG_HASH = "son empreinte sha256 n’est pas la bonne"
INDEX_NOT_PLAIN = "ce n’est pas un fichier ou un dossier ordinaire de la taille attendue"
INDEX_OTHER_SCHEMA = (
    "Il a été fait par une autre version de Parole (au format {made} ; celle-ci lit le "
    "format {read})."
)
INDEX_DISAGREES = "ses parties ne parlent pas des mêmes passages"
INDEX_MISSING = "Il n’y a pas d’index dans « {directory} ». Créez-le avec « parole index »."
INDEX_UNUSABLE = (
    "L’index de « {directory} » est inutilisable. {reason} Supprimez ce dossier, puis "
    "refaites l’index avec « parole index »."
)
INDEX_PREVIOUS_USED = (
    "La dernière version de l’index de « {directory} » ne peut pas être lue ; "
    "c’est la précédente qui répond. {reason} Relancez « parole index » pour la refaire."
)
INDEX_LOCKED = (
    "Un autre programme est en train d’écrire l’index de « {directory} » "
    "(processus n° {pid}). Attendez qu’il ait fini, ou arrêtez-le, puis recommencez."
)
INDEX_NOT_WRITTEN = (
    "L’index de « {directory} » n’a pas pu être écrit : {reason} Ce qui y était n’est "
    "pas perdu. Vérifiez la place libre, l’état du disque et vos droits sur ce dossier, puis "
    "recommencez."
)
INDEX_FOREIGN = (
    "« {directory} » contient autre chose qu’un index (par exemple « {name} ») : "
    "rien n’y est écrit ni effacé. Choisissez un dossier vide ou nouveau."
)
ENCODER_MISMATCH = (
    "L’index a été fait avec l’encodeur « {indexed} » ({indexed_fingerprint}), mais c’est "
    "« {encoder} » ({fingerprint}) qui est chargé. Chargez le premier, ou faites un autre "
    "index, dans un autre dossier, avec « parole index »."
)

# --- models ------------------------------------------------------------------------------

MODEL_FILE_DAMAGED = (
    "Le fichier « {file} » du modèle « {model} » manque ou n’a plus les bons octets. "
    "Supprimez son dossier, puis lancez « parole models pull {model} »."
)
MODEL_ARTIFACT_DAMAGED = (
    "Le fichier « {file} » assemblé pour le modèle « {model} » n’a pas l’empreinte attendue : "
    "il a été jeté. Relancez « parole models pull {model} »."
)
MODEL_PIECE_DAMAGED = (
    "L’archive « {file} » est incomplète ou « {member} » n’y a pas l’empreinte attendue : "
    "elle a été écartée. Ce qui était déjà vérifié est gardé ; relancez « parole models pull »."
)
MODEL_PIECE_UNAVAILABLE = (
    "« {piece} » n’a pas pu être téléchargé ({reason}). "
    "Ce qui était déjà vérifié est gardé ; vérifiez la connexion et relancez."
)
MODEL_FILE_UNKNOWN = (
    "Le fichier « {file} » n’est pas un de ceux du modèle « {model} » : sa taille ou son "
    "empreinte diffère. « parole models list » donne celles qui sont attendues."
)
MODEL_MISSING_OFFLINE = (
    "Le modèle « {model} » n’est pas sur cette machine. Lancez « parole models pull "
    "{model} » avec le réseau (sans PAROLE_OFFLINE), ou donnez ses fichiers avec --file."
)
MODEL_NO_WEIGHTS = (
    "Le dossier « {folder} » n’a pas de poids au format safetensors, le seul que Parole lise. "
    "Choisissez un autre modèle, ou convertissez celui-ci."
)
MODEL_NOT_A_FOLDER = (
    "« {folder} » n’est pas un dossier de modèle : il y manque « config.json » ou « modules.json »."
)
MODEL_DISK_FULL = (
    "Il faut {needed} Go libres dans « {folder} » pour le modèle « {model} » ; "
    "il n’y en a que {free}. "
    "Libérez de la place ou choisissez un autre dossier avec PAROLE_CACHE."
)
MODEL_CONVERSION_FAILED = (
    "La conversion du modèle « {model} » a échoué ({reason}). "
    "Si la mémoire manque, fermez d’autres programmes puis relancez "
    "« parole models pull {model} »."
)
MODEL_UNKNOWN = (
    "Le modèle « {reference} » n’existe pas. Donnez un dossier, un nom « auteur/modèle » du hub, "
    "ou un de ces noms : {names}."
)
MODEL_HUB_UNREACHABLE = (
    "Le modèle « {reference} » n’est pas sur cette machine, et le hub ne l’a pas donné. "
    "Lancez « parole models pull {reference} » avec le réseau, ou donnez un dossier local."
)
E5S1_INVALID = "« {file} » n’est pas un fichier E5S1 que Parole sait lire : {reason}."
E5S1_CUT = "{size} octets annoncés à la position {position}"
E5S1_HEADER = "en-tête {magic!r}, version {version}"
E5S1_SHAPE = "dimensions {sizes}"
E5S1_COUNT = "{count} tenseurs annoncés"
E5S1_TENSOR = "tenseur « {name} » de type {kind} avec {count} valeurs"
ENCODER_UNUSABLE = (
    "L’encodeur « {folder} » ne se charge pas ({error}). "
    "Vérifiez le dossier, ou reprenez l’encodeur par défaut avec « parole models pull »."
)
ENCODER_BROKEN = (
    "L’encodeur « {name} » donne des vecteurs nuls ou infinis : ses poids sont abîmés. "
    "Vérifiez-le avec « parole doctor »."
)
READER_UNUSABLE = (
    "Le lecteur « {file} » ne se charge pas ({error}). "
    "Reprenez le fichier livré avec Parole, ou refaites-le avec « make adapters »."
)
READER_OTHER_ENCODER = (
    "Le lecteur « {file} » a été entraîné sur un autre encodeur (empreinte {made}, et non "
    "{found}). Reprenez l’encodeur par défaut avec « parole models pull »."
)

# --- answers -----------------------------------------------------------------------------

BUSY = "Trop de questions attendent déjà leur réponse. Réessayez dans une minute."
TEMPLATE_UNUSABLE = (
    "Le gabarit de conversation de ce modèle perd ou déplace des messages. "
    "Choisissez un autre modèle avec --model."
)
NO_CHAT_TEMPLATE = (
    "Le modèle « {folder} » n’a pas de gabarit de conversation. "
    "Choisissez un modèle de dialogue (« instruct ») avec --model."
)
GENERATOR_UNUSABLE = (
    "Le modèle de rédaction « {folder} » ne se charge pas ({error}). "
    "Vérifiez le dossier, ou reprenez le modèle par défaut avec « parole models pull »."
)
GENERATION_FAILED = (
    "Le modèle de rédaction s’est arrêté ({error}). "
    "Si la mémoire manque, fermez d’autres programmes ou choisissez un modèle plus petit "
    "avec --model."
)

REFUSAL = "Je ne trouve pas la réponse dans le corpus."
REFUSAL_REASON = (
    "Les passages les plus proches ne semblent pas répondre à la question : "
    "lisez-les ci-dessous, ou reformulez."
)
QUOTED_ANSWER = "Je n’ai pas de réponse sûre ; l’extrait le plus proche dit : « {quote} »"
QUOTED_BESIDE = "L’extrait le plus proche dit : « {quote} »"
QUOTED_NEXT = "Un autre extrait dit : « {quote} »"
WHOLE_NEXT = "« {quote} »"
WHOLE_TEXT = "« {title} », en phrases du texte même : « {quote} »"
UNSUPPORTED_MARK = "[non vérifié]"
LOCATION_PAGE = "page {page}"
LOCATION_SECTION = "section « {section} »"
QUOTED_REASON = (
    "Aucune phrase rédigée n’a pu être retenue : voici ce que les textes disent de plus proche, "
    "tel quel."
)
QUESTION_EMPTY = "La question est vide. Écrivez-la en quelques mots."
QUESTION_TOO_LONG = (
    "La question est trop longue : {length} caractères, pour {limit} au plus. Raccourcissez-la."
)

QUESTION_OF_SECTION = "Que disent les textes sur « {title} » ?"
QUESTION_OF_TEXT = "Que faut-il retenir de « {title} » ?"

# --- what Parole says of itself, and why it refuses --------------------------------------

NAMED = "« {name} »"
LISTED = "{others} et {last}"
ABOUT_ONE_TEXT = "le texte que je connais"
ABOUT_MANY_TEXTS = "les {n} textes que je connais"
ABOUT_NO_TEXT = "Je ne connais encore aucun texte : ajoutez-en avec « parole index »."
ABOUT_GREETING = (
    "Bonjour ! Posez-moi une question sur {texts} : chaque phrase de ma réponse montrera sa "
    "source, ou qu’elle n’en a pas."
)
ABOUT_THANKS = "Avec plaisir. Posez-moi une autre question quand vous voulez."
ABOUT_FAREWELL = "Au revoir, et à bientôt."
ABOUT_WHO = (
    "Je suis Parole, un programme et non une personne. Je cherche dans {texts} de quoi répondre "
    "à votre question, j’écris la réponse en français et je dis pour chaque phrase quel extrait "
    "l’appuie, ou qu’aucun ne le fait."
)
ABOUT_HELP = (
    "Écrivez votre question en une phrase : un fait, une date, un nom, une raison, un avis. Je "
    "réponds d’après {texts}, et je le dis quand je n’y trouve pas la réponse. Vous pouvez "
    "ensuite enchaîner, par exemple avec « Pourquoi ? »."
)
ABOUT_KNOWN_ONE = "Je connais un seul texte, {title}."
ABOUT_KNOWN_ALL = "Je connais {n} textes : {titles}."
ABOUT_KNOWN_SOME = "Je connais {n} textes, par exemple {titles}."
ABOUT_THEMES = "Principaux thèmes : {themes}."
ABOUT_NOTHING_ELSE = "Ce qui ne s’y trouve pas, je ne le sais pas."

MISSING_BESIDE = "Le corpus parle {known}, mais {missing} n’y figure pas"
MISSING_BESIDE_MANY = "Le corpus parle {known}, mais ni {missing} ni {last} n’y figurent"
MISSING_WORD = "{missing} ne figure nulle part dans le corpus"
MISSING_WORDS = "Ni {missing} ni {last} ne figurent dans le corpus"
MISSING_ALL = "Le corpus ne parle pas {missing}"
MISSING_ALL_MANY = "Le corpus ne parle ni {missing} ni {last}"
LACKING = "Les passages trouvés ne donnent pas {value}"
LACKING_BESIDE = "Le corpus parle {known}, mais les passages trouvés ne donnent pas {value}"
LACKING_SHARE = "le pourcentage demandé"
LACKING_AMOUNT = "le montant demandé"
LACKING_AGE = "l’âge demandé"
LACKING_DURATION = "la durée demandée"
LACKING_DATE = "la date demandée"
LACKING_NUMBER = "le nombre demandé"
OF = "de {name}"
OF_VOWEL = "d’{name}"
OF_LISTED = "{first} et {last}"
REFUSAL_EXPLAINED = "{missing} : lisez les passages les plus proches, ou reformulez."
REFUSAL_NO_PASSAGE = (
    "Il n’y a aucun passage où chercher : ajoutez des textes, ou élargissez le choix des textes."
)
QUOTED_EXPLAINED = (
    "{missing}, et aucune phrase rédigée n’a pu être retenue : voici ce que les textes "
    "disent de plus proche, tel quel."
)

# --- command line ------------------------------------------------------------------------

# --- corpus ------------------------------------------------------------------------------

CORPUS_EMPTY = (
    "Aucun texte .md dans « {folder} ». Vérifiez le chemin du dossier, ou ajoutez-y un texte."
)
CORPUS_NAME = (
    "Le nom « {file} » ne convient pas : écrivez-le en minuscules sans accent, chiffres et "
    "traits d’union, comme « mon-texte.md »."
)
CORPUS_BOM = "Le fichier commence par une marque BOM : enregistrez-le en UTF-8 sans BOM."
CORPUS_ENCODING = "Cette ligne n’est pas en UTF-8 : enregistrez le fichier en UTF-8."
CORPUS_NOT_NFC = "Un accent est écrit en deux caractères : normalisez le fichier en Unicode NFC."
CORPUS_NO_FRONT_MATTER = (
    "L’en-tête manque : commencez le fichier par une ligne « --- », les champs, puis une "
    "ligne « --- »."
)
CORPUS_BAD_FRONT_MATTER = (
    "L’en-tête n’est pas du YAML lisible ({reason}). Mettez entre guillemets droits une valeur "
    "qui contient deux points."
)
CORPUS_FIELD_TEXT = (
    "Le champ « {field} » de l’en-tête doit être un texte non vide : mettez sa valeur entre "
    "guillemets droits."
)
CORPUS_QUESTION_END = (
    "La question « {question} » doit finir par un point d’interrogation, et n’en avoir qu’un."
)
CORPUS_QUESTION_LENGTH = (
    "La question « {question} » compte {length} caractères : il en faut de {least} à "
    "{most}. Récrivez-la."
)
CORPUS_FIELD_LIST = "Le champ « {field} » de l’en-tête doit être une liste de textes non vide."
CORPUS_LENGTH = (
    "Le corps compte {words} mots : il en faut de {least} à {most}. Complétez ou scindez le texte."
)
CORPUS_NO_SECTION = "Aucune section : ajoutez au moins un titre qui commence par « ## »."
CORPUS_STRAIGHT = "Apostrophe ou guillemet droit près de « {excerpt} » : écrivez ’ ou « … »."
CORPUS_UNSPACED_MARK = "Espace insécable manquante devant le signe, près de « {excerpt} »."
CORPUS_UNSPACED_QUOTE = (
    "Espace insécable manquante à l’intérieur des guillemets, près de « {excerpt} »."
)
CORPUS_REPEATED = "Cette ligne est déjà dans {earlier} : récrivez-la ou retirez-la."
