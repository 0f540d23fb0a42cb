"""What the training says to whoever runs it, in French."""

HELP = "Entraîne le lecteur de Parole sur un fichier au format SQuAD, par exemple PIAF."
FILE_HELP = "fichier de questions au format SQuAD 1.1"
OUTPUT_HELP = "fichier de l’adaptateur à écrire"
ENCODER_HELP = "encodeur à adapter : un nom ou un dossier"
MINUTES_HELP = "durée de l’apprentissage seul, en minutes (par défaut : {minutes:g})"
STEPS_HELP = "nombre de pas, au lieu d’une durée : deux exécutions font alors le même travail"
RESUME_HELP = "reprendre l’apprentissage interrompu, avec le même fichier et les mêmes réglages"

SQUAD_UNREADABLE = (
    "« {file} » ne se lit pas comme un fichier SQuAD 1.1 ({error}). Vérifiez le chemin et le "
    "contenu du fichier."
)
SQUAD_ABSENT = "la réponse « {answer} » de la question « {id} » n’est pas dans son contexte"
NOTHING_TO_LEARN = (
    "« {file} » n’a pas assez d’articles : il en faut pour apprendre et pour mesurer. "
    "Donnez un fichier plus complet."
)
NOT_WRITTEN = (
    "« {file} » n’a pas pu être écrit ({error}). Ce qui y était n’est pas perdu ; vérifiez la "
    "place libre et vos droits."
)
NOTHING_TO_RESUME = (
    "Il n’y a pas d’apprentissage interrompu de ce fichier avec ces réglages dans « {folder} ». "
    "Relancez sans --resume."
)
STATE_UNREADABLE = (
    "L’apprentissage interrompu « {file} » ne se lit plus ({error}). Supprimez ce fichier et "
    "relancez sans --resume."
)

SPLIT_LINE = "{split:<5} : {articles} articles, {contexts} contextes, {questions} questions"
SPLIT_TEST = "{line} (jamais lus)"
INDEXING = "encodage des contextes"
MINING = "recherche des passages trompeurs"
LEARNING = "apprentissage"
ASSESSING = "mesure sur les articles de développement"
LEARNING_LOSS = "apprentissage (perte {loss:.3f})"
WRITTEN = "« {file} » : {kilobytes:.0f} ko, {steps} pas en {minutes} min"

TABLE_TITLE = "{questions} questions de développement"
TABLE_MEASURE = "mesure"
TABLE_CURRENT = "actuel"
TABLE_READER = "lecteur"
ROW_GOLD = "bonne phrase en tête, dans le bon passage"
ROW_FIRST = "bonne phrase en tête, dans les passages trouvés"
ROW_THIRD = "bonne phrase parmi les 3 premières, dans les passages trouvés"
ROW_AREA = "aire sous la courbe ROC, réponse présente ou non"
ROW_REFUSAL = "F1 du refus, au meilleur seuil"
ROW_ANSWERED = "part des questions répondues, à ce seuil"
ROW_THRESHOLD = "ce seuil (log-cote ou cosinus)"
ROW_EXACT = "réponse exacte, dans le bon passage"
ROW_OVERLAP = "F1 des mots de la réponse, dans le bon passage"
NONE = "–"
