"""Whether a question is asked in another language than French; pure."""

from rag.french.words import STOPWORDS, word_list, words

_FOREIGN = word_list(
    # English
    "the of is are was were does did do has have had can could should would will what who which "
    "how when where why many much with and in to for by at from that this it he she they his her "
    "their one an any "
    # Spanish, Italian
    "el los las una quien quienes cual cuales cuanto cuantos cuanta cuantas cuando donde como por "
    "segun del hay con para quando dove come chi che cosa quale quali quanti quanto quante perche "
    "il lo gli di della dei delle degli nel nei nella dal al alla sul secondo ha hanno sono qual "
    # German
    "der die das den dem des ein eine einer wer wie was wann wo warum welche welcher welchem ist "
    "sind und viele von wird wurde hat haben mit fur zu im nach laut nicht man"
)
"""Function words of English, Spanish, Italian and German. « Des » and « il » are French too:
what counts is which language has more of them."""

_FRENCH = STOPWORDS - word_list("un on me te a or es")


def foreign(text: str) -> bool:
    """Tell whether a question is rather English, Spanish, Italian or German than French.

    Of its function words more are theirs than French; words that both have count on both sides.
    Names, titles and slogans quoted in a French question do not outweigh its own words.
    """
    spoken = words(text)
    theirs = sum(word in _FOREIGN for word in spoken)
    return "¿" in text or theirs > sum(word in _FRENCH for word in spoken)
