"""Terms by which a claim and its evidence are compared: looser than those of the search.

Words are folded before they are stemmed (rag/french/text.py), so that Snowball takes « fondée »
for a noun, and it leaves « influencent » whole. Search has its stems in the index and does
without.
"""

import re

from rag.french.text import search_terms, stem

_ENDING = re.compile(r"(?<=\w{3})(?:(?<=[nr]d)r|i?(?<!m)ent|i?e*)\Z")
# Stems of three letters, names for the most part, keep their vowels; « moment » its end.

_SAME = """
lit lisent lire lu lue lus lisait
relit relisent relire relu relue relus
écrit écrivent écrire écrite écrits écrivait
dit disent dire disait
met mettent mettre mis mise mettait
permet permettent permettre permis permettait autorise autorisent autoriser autorisé
prend prennent prendre pris prennait
reçoit reçoivent recevoir reçu reçue reçus recevait
retient retiennent retenir retenu retenait
voit voient voir vu vue voyait
suit suivent suivre suivi suivie suivis suivait
ouvre ouvrent ouvrir ouvert ouverte ouverts ouvrait
offre offrent offrir offert offerte offrait
perd perdent perdre perdu perdait
vend vendent vendre vendu vendue vendait
vit vivent vivre vécu vivait vivaient loge logent loger logé logés habite habitent habiter habitait
travaille travaillent travailler travaillé travaillait bosse bossent bosser bossé bossait
commence commencent commencer commencé débute débuter débuté démarre démarrer démarré démarrait
finit finissent finir fini finie termine terminent terminer terminé achève achever achevé
interroge interroger interrogé interviewe interviewer interviewé
interdit interdisent interdire interdite bannit bannir banni bannie bannis
embauche embaucher embauché recrute recruter recruté
supprime supprimer supprimé efface effacer effacé
gagne gagner gagné remporte remporter remporté
combat combats lutte luttes
entreprise entreprises société sociétés boîte boîtes firme
patron patrons dirigeant dirigeants
"""
"""Irregular forms of a verb, and words of the same sense, those of talk among them: a group a
line. Only what may stand for each other wherever it stands."""


def _loose(stemmed: str) -> str:
    """Return a stem without the endings that Snowball leaves."""
    return _ENDING.sub("", stemmed)


def _stems(line: str) -> list[str]:
    """Return the loose stems of a line of words."""
    return list(dict.fromkeys(map(_loose, search_terms(line))))


_CHOSEN = {other: stems[0] for stems in map(_stems, _SAME.strip().split("\n")) for other in stems}


def term(folded: str) -> str:
    """Return the term of one folded word."""
    loose = _loose(stem([folded])[0])
    return _CHOSEN.get(loose, loose)


def terms(text: str) -> frozenset[str]:
    """Return the terms of a text's words that are no function words and no numerals."""
    found = (_loose(item) for item in search_terms(text) if not item[0].isdigit())
    return frozenset(_CHOSEN.get(loose, loose) for loose in found)
