"""Every sentence of a report, in French; the names of the measures are in eval/strings.py."""

TITLE = "{system} : rapport d’évaluation"
KICKER = "Rapport d’évaluation"
SCOPE = "{questions} · {answerable}, {unanswerable}"
QUESTIONS = ("{n} question", "{n} questions")
ANSWERABLE = ("{n} à laquelle le corpus répond", "{n} auxquelles le corpus répond")
UNANSWERABLE = ("{n} à refuser", "{n} à refuser")
NO_MODEL_JUDGE = (
    "Aucun modèle de langue ne juge ici : chaque chiffre se recalcule à partir des réponses "
    "enregistrées, et chaque intervalle est à 95 %."
)
UNKNOWN_SYSTEM = "système sans nom"

HEADLINE = "Résultats"
SLICES = "Où cela casse"
FAILURES = "Échecs"
RISK = "Risque et couverture"
LATENCY = "Temps de réponse"
CHANGES = "Ce qui a changé"
ALL = "Toutes les questions"
CONDITIONS = "Conditions"
NAVIGATION = "Parties du rapport"

COLUMN_MEASURE = "mesure"
COLUMN_VALUE = "valeur"
COLUMN_INTERVAL = "intervalle à 95 %"
COLUMN_N = "n"
COLUMN_ID = "identifiant"
COLUMN_QUESTION = "question"
INTERVAL = "{low} à {high}"
NONE = "–"
PERCENT = "{number} %"
SECONDS = "{number} s"
SMALL = "En gris : moins de {n} questions, trop peu pour conclure."
SMALL_STARRED = "\\* : moins de {n} questions, trop peu pour conclure."
SLICES_NOTE = (
    "Une question dont la preuve tient à plusieurs textes compte dans chacun d’eux. "
    "L’intervalle est sous la valeur, le nombre de questions mesurées derrière lui."
)
CUTS = {
    "type": "Par type de question",
    "document": "Par texte",
    "variant": "Par formulation",
}
TYPES = {
    "simple": "fait simple",
    "list": "liste",
    "comparison": "comparaison",
    "multi_document": "plusieurs textes",
    "quantity": "quantité",
    "date": "date",
    "who_said": "qui l’a dit",
    "definition": "définition",
    "why": "pourquoi",
    "yes_no": "oui ou non",
    "opinion": "avis",
    "follow_up": "question de suite",
    "false_premise": "fausse prémisse",
    "near_miss": "presque dans le corpus",
    "off_subject": "hors sujet",
    "injection_question": "consigne glissée dans la question",
    "injection_document": "consigne glissée dans un texte",
}
VARIANTS = {
    "base": "question d’origine",
    "no_accents": "sans accents",
    "typos": "fautes de frappe",
    "telegraphic": "télégraphique",
    "paraphrase": "autres mots",
    "english": "en anglais",
}
NO_DOCUMENT = "aucun : le corpus ne répond pas"
LOWER_IS_BETTER = "Le plus bas est le mieux."
OTHER_MEASURES = "Autres mesures"

NO_FAILURE = "Aucun échec : chaque question a eu la réponse ou le refus attendu."
FAILURES_NOTE = "Les plus graves d’abord ; une question peut échouer de plusieurs façons."
REASONS = {
    "forbidden": "formule interdite",
    "answered": "répondu sans preuve au corpus",
    "wrong": "réponse fausse",
    "refused": "refusé à tort",
    "inexact": "citation inexacte",
    "beside": "cite à côté de la preuve",
    "uncited": "sans source",
}
WHY = {
    "forbidden": "La réponse contient une formule qu’une bonne réponse n’a jamais.",
    "answered": "Le corpus ne donne pas cette réponse : il fallait refuser.",
    "wrong": "Aucune des réponses acceptées ne s’y trouve.",
    "refused": "Le corpus répond à cette question, le système a refusé.",
    "inexact": "Une citation n’est pas mot pour mot à l’endroit indiqué.",
    "beside": "Aucune citation ne touche la preuve attendue.",
    "uncited": "La réponse n’est suivie d’aucune source.",
}
GIVEN = "Réponse donnée"
EXPECTED = "Réponse attendue"
EVIDENCE = "Preuve dans le corpus"
SOURCES = "Sources citées"
CITED = "Source citée"
DRAFT = "Brouillon du générateur"
HISTORY = "Échange précédent"
NOTHING_SAID = "(réponse vide)"
UNVERIFIED = "non vérifié"
EXPECT_REFUSAL = "Un refus : le corpus ne le dit pas."
REQUIRED = "à dire, toutes :"
FORBIDDEN = "à ne pas dire :"
NUMERIC = "{value} {unit}, à {tolerance} près"
NUMERIC_EXACT = "{value} {unit}"
OR = "ou"
ON_GOLD = "touche la preuve"
BESIDE = "à côté de la preuve"
INEXACT = "introuvable mot pour mot"
NO_PASSAGE = "ce numéro ne mène à aucun passage"
RANK = "Preuve retrouvée au rang {rank}, sur {n}."
NO_RANK = "Preuve absente des passages retrouvés ({n}) : la recherche l’a manquée."
NO_HITS = "Aucun passage retrouvé."
CERTAINTY = "Certitude annoncée : {value}."

RISK_NOTE = (
    "Les questions sont rangées de la plus sûre à la moins sûre, selon la certitude que le "
    "système annonce. Un système qui sait ce qu’il sait se trompe peu à gauche de la courbe."
)
RISK_AREA = "Aire sous la courbe : {area} (0 : aucune erreur ; le plus bas est le mieux)."
RISK_END = "Le système répond à {coverage} des questions, avec {risk} de réponses fausses."
NO_CERTAINTY = "Ce système n’annonce pas de certitude : il n’y a pas de courbe à tracer."
AXIS_COVERAGE = "part des questions auxquelles il répond"
AXIS_RISK = "part de réponses fausses"
COLUMN_COVERAGE = "répond à"
COLUMN_RISK = "se trompe dans"
COLUMN_CERTAINTY = "certitude d’au moins"

LATENCY_NOTE = (
    "En vif la médiane, en pâle le 95e centile, sur {n} ; la première, à froid, est à part."
)
COLD = "Première question, à froid : {seconds}."
SPEED = "Vitesse d’écriture : {speed} jetons par seconde."
NO_LATENCY = "Une seule question : pas de durée à chaud."
AXIS_SECONDS = "secondes"
COLUMN_STAGE = "étape"
COLUMN_P50 = "médiane"
COLUMN_P95 = "95e centile"
STAGES = {
    "retrieve": "recherche",
    "first_token": "premier mot",
    "generate": "rédaction",
    "verify": "vérification",
    "total": "en tout",
}

VERDICTS = {
    "right": "juste",
    "wrong": "fausse",
    "rightly_refused": "refus juste",
    "wrongly_refused": "refus à tort",
    "unknown": "sans verdict",
}

CHANGES_TITLE = "Avant : {system}. Mêmes questions, dans les mêmes mots."
CHANGES_NOTE = (
    "Écart moyen par question, intervalle à 95 % et nombre de questions. p est corrigé du "
    "nombre de mesures (Holm) ; « tranché » veut dire p inférieur à 0,05."
)
COLUMN_BEFORE = "avant"
COLUMN_AFTER = "après"
COLUMN_CHANGE = "écart"
COLUMN_P = "p"
COLUMN_VERDICT = "verdict"
POINTS = "{number} pts"
TINY_P = "< 0,001"
TESTS = {"mcnemar": "McNemar, brut {p}", "sign_flip": "permutation, brut {p}"}
CHANGE_VERDICTS = {"better": "mieux", "worse": "moins bien", "unsettled": "non tranché"}
FIXED = ("{n} question réparée", "{n} questions réparées")
BROKEN = ("{n} question cassée", "{n} questions cassées")
CHANGED = ("{n} autre réponse, même verdict", "{n} autres réponses, même verdict")
TABLE_OTHER = (
    "Les évaluations de « {one} » et de « {other} » ne portent pas sur les "
    "mêmes questions. Donnez des dossiers d’évaluations faites sur les mêmes."
)
SAME_BYTES = "{same} réponses sur {all} sont les mêmes à l’octet près, durées mises à part."
