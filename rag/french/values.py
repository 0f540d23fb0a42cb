"""Kinds of values, and whether a French text holds one: loosely, since one missed is a wrong."""

import re
from enum import Enum

from rag.french.words import fold

UNITS = r"(?:ans|annees?|mois|semaines?|jours?|journees?|heures?|minutes?|secondes?|siecles?)"
"""Regular expression for units of time, folded."""

_MONTHS = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|(?:sept|nov|dec)embre|octobre)"
_DAYS = r"(?:(?:lun|mar|mercre|jeu|vendre|same)dis?|dimanches?|week-ends?)"
_LAST = r"(?:dernier|passe|prochain)"


class Kind(Enum):
    """A kind of value, with what a folded text that holds one matches."""

    SHARE = re.compile(
        r"[%‰]|\bpour[ -]?(?:cents?|mille)\b|\b\d/\d\b"
        r"|\b(?:moitie|tiers|quart|majorite|minorite|totalite|plupart|aucune?|\w+[xpt]ieme)s?\b"
        r"|\bsur (?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|cent|mille)\b"
        r"|\bsur \d+\b"
    )
    AMOUNT = re.compile(
        r"[€$£%]|\d ?(?:k|m|md)\b|\d[.,]\d\d\b"
        r"|\b(?:euros?|eur|dollars?|francs|chf|yuans?|yens?|livres sterling|centimes?|smic"
        r"|gratuit\w*|offert\w*|sans frais|payante?s?|benevol\w*|millions?|milliards?|milliers?)\b"
    )
    AGE = re.compile(
        r"\b(?:ans|annees|mois)\b|\bnee?s? (?:en|le|un \w+) \d|\bnaissance\b"
        r"|\b(?:majeur|mineur)e?s?\b|\b(?:vingt|trent|quarant|cinquant|soixant)(?:aine|enaire)s?\b"
    )
    DURATION = re.compile(
        rf"\b(?:an|{UNITS}|decennies?|trimestres?|semestres?|week-ends?|nuits?|soirees?|longtemps"
        r"|toujours|instants?)\b|\d ?(?:h|min|mn|sec)(?:\b|\d)|\bdu \d.{0,12} au \d"
        r"|\b(?:depuis|jusqu'en|des|de|entre|en) (?:19|20)\d\d\b"
    )
    DATE = re.compile(
        rf"\b(?:{_MONTHS}|{_DAYS}|siecles?|printemps|automne|hiver|noel|rentree|hier|demain|veille"
        rf"|aujourd'hui|lendemain|il y a \w+ {UNITS}|(?:an|annee|mois|semaine) {_LAST}\w*"
        r"|\d+(?:er)?)\b"
        r"|\b(?:l'|cet |en )ete\b|\bdeux mille\b"
    )
    NUMBER = re.compile(
        r"\b(?:(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?|milliers?"
        r"|moitie|aucune?|seule?|unique|paire|couple|double|triple|duo|trio|poignee|plusieurs)\b"
        r"|\bqu'une? "
    )
    """Numbers themselves are read by rag/french/facts.py; these words are of their kind."""

    def shows(self, text: str) -> bool:
        """Tell whether a text holds a word or a sign of this kind."""
        return self.value.search(fold(text)) is not None
