"""The phrases of small talk, as regular expressions over folded words.

They are written as `rag.french.words.words` gives them: without accents, marks and elided words
(« qu’est-ce que » is « est ce que »).
"""

from typing import Literal

Topic = Literal["greeting", "thanks", "farewell", "who", "knowledge", "help"]
"""What small talk is about."""

_TEXTS = r"(?:textes|documents|articles|sources|fichiers|donnees|corpus)"
_MY_TEXTS = (
    rf"(?:(?:tes|vos|les) {_TEXTS}|(?:ton|votre|le) corpus"
    r"|(?:ta|votre|la) base(?: de (?:donnees|connaissances))?)"
)
_YOU = r"(?:tu|vous)"
_KNOW = r"(?:sais|sait|sai|savez|connais|connait|connaissez|peux|peut|pouvez|fais|faites)"
_DO = r"(?: (?:faire|dire|me dire|repondre|faire pour moi))?"
_WHAT = r"(?:(?:qu |q|qu)?est ?ce ?(?:que|qu)|quesque|qesque|keske|kesk)"
_MAY_I = r"(?:je peux|puis je|peut on|on peut)"
_MACHINE = (
    r"(?:(?:un |une |a |an )?(?:robot|ia|ai|bot|chatbot|programme|machine|ordinateur|humain|human"
    r"|humaine|etre humain|vraie personne|personne|intelligence artificielle|real|chat ?gpt|gpt))"
)
_ANSWERED = r"(?:reponses?|infos?|informations?|precisions?|explications?)"

PHRASES: dict[Topic, str] = {
    "knowledge": rf"(?:que|ke|quoi) {_KNOW} {_YOU}{_DO}|{_WHAT} {_YOU} {_KNOW}{_DO}"
    rf"|{_YOU} {_KNOW}{_DO} quoi|{_YOU} (?:sers|servez) a quoi|a quoi (?:{_YOU} )?(?:sers|servez)"
    rf"(?: {_YOU})?|de quoi (?:ils )?(?:parle(?:nt)?|traite(?:nt)?) {_MY_TEXTS}"
    rf"|(?:{_MY_TEXTS} )?(?:ils |elles |ca )?(?:parle(?:nt)?|traite(?:nt)?) de quoi {_MY_TEXTS}"
    rf"|{_MY_TEXTS} (?:ils |elles |ca )?(?:parle(?:nt)?|traite(?:nt)?) de quoi"
    rf"|(?:sur|de) quoi (?:{_KNOW} {_YOU}|{_YOU} {_KNOW})(?: me)? (?:parler|repondre|renseigner)"
    rf"|de quoi (?:parles tu|{_YOU} parle[sz]|parlez vous)|que contient {_MY_TEXTS}"
    rf"|quel(?:le)?s (?:sont )?(?:tes|vos) (?:{_TEXTS}|sujets|themes|capacites|competences"
    r"|connaissances|fonctions|fonctionnalites)"
    rf"|(?:quels|combien de) (?:{_TEXTS}|sujets|themes) (?:(?:as|connais|abordes|traites) tu"
    rf"|(?:avez|connaissez|abordez|traitez) vous|{_YOU} (?:as|avez|{_KNOW})|sont disponibles"
    r"|(?:contient|y a t il dans|il y a dans|dans) (?:le|ton|votre) corpus)"
    rf"|(?:sur (?:quoi|quels (?:sujets|themes)) )?{_MAY_I}(?: (?:te|vous))?"
    r" (?:interroger|questionner|poser des questions)(?: sur quoi)?"
    rf"|(?:que|quoi|{_WHAT}) {_MAY_I}(?: (?:te|vous))? demander"
    rf"|{_MAY_I}(?: (?:te|vous))? demander quoi"
    rf"|quel(?:le)?s? (?:genre|type|sorte)?s?(?: de )?questions? {_MAY_I}(?: (?:te|vous))? poser"
    r"|(?:(?:donne|donnez|propose|proposez|montre|montrez)(?: moi)? )?(?:des |quelques |un |une )?"
    r"(?:exemples?|idees?|suggestions?) de questions?(?: a poser)?"
    rf"|(?:montre|liste|donne)(?: moi)? (?:la liste (?:des|de tes) {_TEXTS}|{_MY_TEXTS})"
    rf"|liste (?:des|de tes|de vos) {_TEXTS}"
    r"|what (?:do|can) you (?:know|do|answer|talk about|tell me)|what can i ask(?: you)?"
    r"|what (?:are|is) your (?:texts|documents|sources|corpus)(?: about)?"
    r"|que (?:sabes(?: hacer)?|puedes hacer)|que (?:te )?puedo preguntar(?:te)?"
    r"|de que hablan (?:tus|los) textos|(?:che )?cosa (?:sai|puoi)(?: fare)?"
    r"|di (?:che )?cosa parlano i (?:tuoi )?testi|was (?:weisst|kannst) du(?: tun)?"
    r"|was kann ich (?:dich )?fragen",
    "who": r"(?:qui|ki) (?:es|est|et|etes|ete) (?:tu|vous)|(?:tu es|vous etes|es|tes) (?:qui|quoi)"
    r"|es tu|(?:(?:qui )?est|cest)(?: (?:qui|quoi))? parole|(?:quest|est) ce que parole"
    rf"|comment (?:{_YOU} )?appell?e[sz](?: {_YOU})?|{_YOU} appell?e[sz] comment"
    r"|(?:quel est )?(?:ton|votre) (?:pre)?nom"
    rf"|(?:es tu|etes vous|tu es|vous etes|es|are you) {_MACHINE}"
    r"|presente toi|presentez vous"
    r"|who are you|what are you|what(?:'?s| is) your name|quien eres|como te llamas|que eres"
    r"|(?:chi|cosa) sei|come ti chiami|(?:wer|was) bist du|wie heisst du",
    "help": r"(?:de )?aide|aidez moi|aide moi|help(?: me)?|au secours|sos|(?:mode )?(?:d )?emploi"
    r"|(?:peux|peut|pourrais) tu aider|(?:pouvez|pourriez) vous aider"
    r"|tu (?:peux|pourrais) aider|vous (?:pouvez|pourriez) aider|(?:jai |ai )?besoin d?aide"
    r"|comment (?:tu (?:marches|fonctionnes)|(?:marches|fonctionnes) tu|vous fonctionnez"
    r"|fonctionnez vous|(?:fonctionne|marche|utiliser|utilise t on) parole|utiliser"
    r"|poser (?:une|ma) question)|can you help(?: me)?|ayuda(?:me)?|aiuto|aiutami|hilfe|hilf mir",
    "farewell": r"au ?revoir|a (?:bientot|plus(?: tard)?|demain|tout a heure|la prochaine)"
    r"|bye(?: bye)?|good ?bye|ciao|tchao|adieu|adios|hasta (?:luego|pronto)|arrivederci|a presto"
    r"|auf wiedersehen|tschuss|bis bald|see you(?: (?:later|soon))?"
    r"|bon(?:ne)? (?:journee|soiree|nuit|continuation|apres midi|week ?end|fin de journee)"
    r"|good night",
    "thanks": r"(?:un )?(?:grand |gros )?(?:mercis?|merki|mrc|mci)(?: (?:beaucoup|bcp|bien|encore"
    r"|infiniment|enormement|a (?:toi|vous)|d?avance|pour (?:tout|(?:ton|votre)? ?aide"
    rf"|(?:ta|tes|votre|vos|la|les|ces|cette) {_ANSWERED}|tout)))*|mille mercis?"
    r"|je (?:te|vous) remercie|thanks?(?: you)?(?: (?:very|so) much| a lot)?|thx"
    r"|(?:muchas )?gracias|(?:mille )?grazie(?: mille)?|danke(?: (?:schon|sehr))?|vielen dank"
    r"|(?:(?:est|cest) )?(?:(?:tres|trop) bien|(?:tres |trop )?(?:parfait|super|genial|top"
    r"|excellent|cool|nickel|clair|gentil|note|compris|interessant))|ok|okay|d?accord|bravo"
    r"|bien (?:recu|joue)|est bon",
    "greeting": r"(?:re ?)?(?:bonjours?|bonsoir|bjr|bsr|salut|slt|coucou|cc|hello|hi|hey|yo|hola"
    r"|buenos dias|buenas tardes|buongiorno|buonasera|salve|hallo|guten (?:tag|morgen|abend)"
    r"|good (?:morning|afternoon|evening))|enchantee?|(?:comment )?[cs]a va(?: bien)?"
    r"(?: et (?:toi|vous))?|comment (?:vas tu|allez vous|tu vas|vous allez)"
    r"|(?:tu vas|vous allez|vas tu|allez vous) bien|quoi de neuf|how are you(?: doing)?|que tal"
    r"|como estas|come (?:stai|va)|wie geht'?s?(?: dir| es dir| ihnen)?",
}
"""Regular expressions of the phrases; what comes first counts most where there are several."""

OPENING = (
    r"(?:est|cest) quoi(?: (?:ce|cette) (?:site|page|truc|outil|application))?"
    r"|comment (?:(?:ca|sa) marche|faire|on fait)|de quoi (?:ca|on) parle|(?:ca|on) parle de quoi"
    r"|de quoi il agit|quels sont les (?:sujets|themes)|par (?:ou|quoi) commencer"
    rf"|{_WHAT} est|je (?:ne )?comprends (?:pas|rien)|je suis perdue?"
)
"""What is about Parole as the first words of a conversation; later it follows up an answer."""

FILLERS = (
    r"parole|toi|vous|a (?:tous|toutes)|tout le monde|monsieur|madame|there|all|dis(?: moi)?"
    r"|s?il (?:te|vous) plait|stp|svp|please|por favor|per favore|bitte"
    r"|euh|heu|hum|bon|bah|ben|eh bien|alors|donc|et|mais|oui|ah|oh|tiens|exactement|au juste"
)
"""What may stand around a phrase without changing it, and says nothing alone."""
