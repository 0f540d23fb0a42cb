"""Every sentence that the benchmark says to a user, in French.

Texts are `str.format` templates with named fields; no-break spaces stand before « : ; ? ! »
and inside « guillemets », apostrophes are typographic.
"""

# Report: the groups of measures, the name of each measure, and what it is in one line
MEASURE_GROUPS = {
    "correctness": "Justesse",
    "citations": "Citations",
    "refusal": "Refus",
    "retrieval": "Recherche",
    "language": "Langue",
    "robustness": "Robustesse",
    "latency": "Temps",
}
MEASURES = {
    "answer_inclusion": (
        "Réponses justes",
        "Contient une réponse acceptée et aucune formule interdite ; un refus compte faux.",
    ),
    "answer_inclusion_unmarked": (
        "Réponses justes, phrases vérifiées seules",
        "La même chose, sans les phrases que le système marque comme non vérifiées.",
    ),
    "answer_inclusion_accents": (
        "Réponses justes, accents compris",
        "La même chose, où un accent qui manque est une faute.",
    ),
    "required_claims": ("Éléments requis", "Part des éléments que la réponse devait contenir."),
    "numeric": ("Nombres justes", "Le nombre demandé est donné, à la tolérance près."),
    "token_f1": ("F1 des mots", "Recouvrement avec la réponse acceptée la plus proche (SQuAD)."),
    "exact_match": ("Réponse exacte", "Une réponse acceptée, et rien d’autre (SQuAD)."),
    "forbidden": ("Formules interdites", "Réponses avec une formule qu’aucune bonne réponse n’a."),
    "answer_words": ("Longueur", "Mots par réponse."),
    "citation_precision": (
        "Précision des citations",
        "Part des citations qui touchent une preuve attendue ; sans citation, zéro.",
    ),
    "citation_recall": (
        "Rappel des citations",
        "Part des preuves attendues qu’une citation touche ; sans citation, zéro.",
    ),
    "quote_exactness": ("Citations exactes", "Trouvées mot pour mot à l’endroit indiqué."),
    "supported_share": ("Phrases étayées", "Leurs mots et nombres sont dans leurs citations."),
    "unmarked_share": (
        "Phrases sans preuve ni mise en garde",
        "Ni étayées, ni marquées comme non vérifiées.",
    ),
    "refusal_precision": ("Précision des refus", "Part des refus qui étaient à faire."),
    "refusal_recall": ("Rappel des refus", "Part des questions à refuser qui le sont."),
    "answer_rate": ("Taux de réponse", "Part des questions à réponse qui en reçoivent une."),
    "crag_score": ("Score CRAG", "Juste +1, refus 0, faux −1 : la moyenne sur les questions."),
    "refusal_f1": ("F1 des refus", "Moyenne harmonique de leur précision et de leur rappel."),
    "risk_coverage_area": (
        "Aire risque–couverture",
        "Part d’erreurs quand le système répond du plus sûr au moins sûr.",
    ),
    "recall@1": ("Rappel au rang 1", "Part des passages porteurs d’une preuve trouvés en tête."),
    "recall@3": ("Rappel au rang 3", "La même chose, parmi les trois premiers."),
    "recall@5": ("Rappel au rang 5", "La même chose, parmi les cinq premiers."),
    "recall@10": ("Rappel au rang 10", "La même chose, parmi les dix premiers."),
    "success@1": ("Succès au rang 1", "Un passage porteur d’une preuve est en tête."),
    "success@3": ("Succès au rang 3", "La même chose, parmi les trois premiers."),
    "success@5": ("Succès au rang 5", "La même chose, parmi les cinq premiers."),
    "success@10": ("Succès au rang 10", "La même chose, parmi les dix premiers."),
    "mrr@10": ("MRR@10", "Inverse du rang du premier bon passage, zéro au-delà de dix."),
    "ndcg@10": ("nDCG@10", "Qualité du rangement des dix premiers (trec_eval, gain binaire)."),
    "in_french": ("Réponses en français", "Langue reconnue sur le texte de la réponse."),
    "variant_loss": (
        "Perte aux reformulations",
        "Justesse de la question, moins celle de ses autres formulations.",
    ),
    "variant_worst": ("Pire formulation", "Questions justes sous toutes leurs formulations."),
    "variant_consistency": ("Constance", "Formulations au même verdict que la question."),
    "seconds_p50": ("Durée médiane", "D’une question à sa réponse, une fois le système chaud."),
    "seconds_p95": ("Durée au 95e centile", "Dix-neuf questions sur vingt vont plus vite."),
    "tokens_per_second": ("Débit", "Jetons écrits par seconde de rédaction."),
}

# Comparison
COMPARE_OTHER_QUESTIONS = (
    "Ces deux évaluations ne portent pas sur les mêmes questions : il en manque {count} dans l’une "
    "ou l’autre, dont « {example} ». Relancez l’une d’elles sur les questions de l’autre."
)
COMPARE_EDITED_QUESTIONS = (
    "Ces deux évaluations ne portent pas sur les mêmes questions : « {example} » a été modifiée "
    "entre elles (en tout : {count}). Relancez l’une d’elles sur les questions de l’autre."
)

# Runs
RUN_MISSING = (
    "« {folder} » ne contient pas d’évaluation lisible ({reason}). "
    "Donnez le dossier qu’a écrit « parole eval run »."
)
RUN_HELD = "Un autre processus écrit dans « {folder} ». Attendez sa fin, ou changez de dossier."
RUN_OTHER = (
    "« {folder} » contient une autre évaluation ; ce qui diffère : {names}. "
    "Changez de dossier pour une nouvelle, ou revenez à ces conditions pour la reprendre."
)
RECORD_BROKEN = (
    "{path}, ligne {line} : ce n’est pas un enregistrement ({reason}). "
    "Supprimez cette ligne et relancez l’évaluation : elle reprendra là."
)
JUNIT_REFUSED = "refusée"
JUNIT_WRONG = "réponse fausse"
LIMIT_UNKNOWN = "Il n’y a pas de mesure « {name} ». Mesures connues : {names}."
LIMIT_NO_NUMBER = "« {text} » n’est pas une limite. Écrivez par exemple answer_inclusion=0.6."
LIMIT_NONE = "aucune valeur"
LIMIT_BROKEN = "{measure} : {value}, pour une limite de {limit}."
LIMIT_QUESTION = "  {id} : {question}"
