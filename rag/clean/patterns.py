"""What single lines of a page's furniture say, in French and English: one pattern a line.

A pattern is read against a whole line in the form that `rag.clean.lines.key` gives it, small
letters without accents, and never against a part of one: «partager» alone is a button, while
a sentence that begins with it is prose. Words in capitals stand for the groups of `GROUPS`.
"""

from rag import messages

NETWORK = (
    r"(facebook|messenger|twitter|x|linkedin|instagram|pinterest|whatsapp|telegram|reddit|tumblr"
    r"|viadeo|google ?\+?|bluesky|mastodon|threads|snapchat|tiktok|youtube|flipboard"
    r"|wordpress(\.com)?|e-?mail|mail|courriel|imprimer|print|copier le lien|copy link)"
)
AIM = r"(pour|afin d[e']) ?(vous|ameliorer|garantir|mesurer|realiser|analyser|assurer|faciliter)"
OFFER = r"(livre blanc|guide|e-?book|white ?paper|application|app)"
PAGE = r"(ce(t|tte)? |l'|la |le |this |the )(article|page|billet|publication|post|story)"

GROUPS = {"AIM": AIM, "NETWORK": NETWORK, "OFFER": OFFER, "PAGE": PAGE}
"""What the words in capitals stand for."""

PATTERNS = {
    messages.RULE_SHARE: r"""
        (partage[rz]?|partagez-le|share|tweete[rz]|epingler|pin it)( PAGE)?
        (partage[rz]?|share)( PAGE| this| ceci)? (sur|on|par|via|with)(,? ((et|and|&) )?NETWORK)+
        (suivez|retrouvez|rejoignez)-(nous|moi) sur(,? ((et|and|&) )?NETWORK)+
        (follow|find|join) (us|me) on(,? ((et|and|&) )?NETWORK)+
        (partage[rz]?|suivez-(nous|moi)|nous suivre|retrouvez-nous) sur les reseaux( sociaux)?
        NETWORK([ ,|/·•-]+((et|and|&) )?NETWORK)+
        (cliquez|click) (pour|to) (partager|imprimer|envoyer|share|print|email|tweet)\b[^.?!]*
        follow( me| us)?|suivez-(moi|nous)|suivre|j'aime( chargement)?|like( loading)?|retweet
        \d+([.,]\d+)? ?k? ?(partages?|shares?|vues?|views?|likes?|j'aime|tweets?)
        (j'aime|like) cet? (page|article)|articles? aimes? par
        """,
    messages.RULE_COOKIES: r"""
        (tout )?(accepter|refuser|autoriser)( (et (fermer|continuer)|tout|tous|les|cookies))+
        (parametrer|personnaliser|gerer)( (les|mes|nos|des|cookies|preferences|choix))+
        continuer sans accepter|tout (accepter|refuser)|j'accepte|politique de cookies
        (accept|reject|allow|manage|decline)( (and close|all|the|my|cookies?|preferences))+
        cookie (settings|policy|preferences)
        (en (poursuivant|continuant)|by continuing) [^?]*\bcookies\b[^?]*
        (ce|notre) site( web| internet)? (utilise|depose) (des )?(cookies|traceurs)[.]?
        (ce|notre) site( web| internet)? (utilise|depose) (des )?(cookies|traceurs) AIM[^?]*
        nous (utilisons|deposons) (des )?(cookies|traceurs) AIM[^?]*
        (this (web)?site|we) uses? (\w+ )?cookies( to (give|improve|ensure|provide|offer)[^?]*|[.])
        """,
    messages.RULE_ACCOUNT: r"""
        entrez vos coordonnees[^.?!]*
        (vous )?commentez a l'aide de votre compte\b.*|you are commenting using\b.*
        (connexion a|connecting to) %s|%s|(deconnexion|log out)[ /()]*(changer|change)?[ )]*
        votre (adresse )?(e-?mail|courriel|de messagerie) ne sera (pas|jamais) (publ|commun)i[^?]*
        your email address will not be published[^?]*
        les champs obligatoires sont [^?]*|required fields are marked[^?]*
        (laisse[rz]|ajoute[rz]|poste[rz]|publie[rz]|ecri(re|vez)) (un|votre) (commentaire|reponse)
        (laisse[rz]|ajoute[rz]) un commentaire sur [^.?!]*|laisse[rz] une reponse( a [^.?!]*)?
        (leave|post|add) a (comment|reply)( on [^.?!]*)?|(cancel|annuler la) (reply|reponse)
        (votre|your) comment(aire)?
        enregistrer mon nom, mon e-?mail et mon site[^?]*
        save my name, email,? and website[^?]*
        (prevenez|avertissez)-moi (de tous les nouveaux|par e-?mail)[^?]*
        notify me of (new|follow)[^?]*
        vous devez (etre connecte|vous connecter)[^.?!]* pour [^.?!]*comment\w+[.]?
        you must be logged in to post a comment[.]?
        (se connecter|s'identifier|s'inscrire|mon compte|creer un compte|deja inscrit) ?\??
        (mot de passe oublie|forgot (your )?password|log ?in|sign (in|up)|register) ?\??
        (nom|name|e-?mail|site( web)?|website|courriel) ?\*
        """,
    messages.RULE_THREAD: r"""
        \(?\d{1,5}\)? (commentaires?|comments?|reactions?|reponses?|repl(y|ies))
        \d{1,5} (commentaires?|comments?|reactions?|reponses?|thoughts?) (sur|a|on|to) [«"“].*
        (commentaires?|comments?|reactions?) ?[(:] ?\d{1,5} ?\)?
        (un|aucun|pas de|no|one) comment(aire)?s?( pour l'instant| yet)?
        (voir|afficher|charger|lire) ((tous|plus de|les|de|\d+) )*commentaires
        (view|load|show) ((all|more|\d+) )*comments
        """,
    messages.RULE_READING_TOOL: r"""
        (ecoute[rz]|imprime[rz]|enregistre[rz]|sauvegarde[rz]|traduire|listen to|print|save) PAGE
        (temps|duree) de lecture ?:? .{0,20}|reading time ?:? .{0,20}
        lecture( de)? ?:? \d+ ?min(utes?)?|\d+ ?min(utes?)? (de lecture|read)
        (bouton )?(retour|revenir) (en|au) (haut( de (la )?page)?|sommaire|menu)
        back to (the )?top( of (the )?page)?
        aller au (contenu|menu)( principal)?|skip to (main )?content
        (chargement|loading)( en cours)? ?(…|\.{3})
        (agrandir|zoomer)( (l'image|la photo))?|click to enlarge
        """,
    messages.RULE_MORE: r"""
        (more|read more|lire (la suite|plus|l'article( complet)?)|en savoir plus)( ?[»›→>]+| ?…)?
        (voir plus|continue reading|continuer la lecture)( ?[»›→>]+| ?…)?
        voir tous les articles[^.?!]{0,40}
        [«‹←<]* ?(article|page|billet) (precedente?|suivante?) ?[»›→>]*
        [«‹←<]* ?(previous|next) (article|page|post) ?[»›→>]*
        [«‹←<]+ ?(precedent|previous)|(suivant|next) ?[»›→>]+
        """,
    messages.RULE_RELATED: r"""
        ((a )?(lire|voir|decouvrir) (aussi|egalement)|read also|see also|related)( ?: ?.{0,120})?
        sur le meme (sujet|theme)( ?:)?|dans la meme (rubrique|categorie)( ?:)?
        (articles?|sujets?|billets?|contenus?) (lies?|similaires?|connexes?|associes?)( ?:)?
        (articles?|sujets?|billets?|contenus?) (recents?|populaires?|recommandes?|en relation)( ?:)?
        (related|recent|popular|similar) (posts?|articles?|stories|topics)( ?:)?
        vous (aimerez|pourriez|devriez) (peut-etre )?(aussi|egalement)( (aimer|lire))?[ .:!…]*
        you (may|might) also (like|enjoy)[ .:!…]*
        (tags?|etiquettes?|mots[- ]cles?|categories?|filed under|tagged) ?: ?[^.?!]{0,120}
        """,
    messages.RULE_MENU: r"""
        mentions legales|plan du site|politique de confidentialite|donnees personnelles
        conditions generales (de vente|d'utilisation)|gestion des cookies|sitemap
        (privacy|cookie) policy|terms (of (use|service)|and conditions)
        (qui sommes[- ]nous|nous contacter|contact us|about us) ?\??
        (accueil|home) ?[>›»/|].{0,150}
        (fermer|ouvrir|afficher|open|close|toggle) (le |la )?(menu|recherche|navigation)
        """,
    messages.RULE_LEGAL: r"""
        (©|\(c\)).{0,120}|copyright ?(©|\(c\)|\d{4}).{0,120}
        [^.?!]{0,60}(tous droits reserves|all rights reserved)[^?]{0,40}
        """,
    messages.RULE_PROMOTION: r"""
        je (m'inscris|m'abonne|telecharge|reserve)( (gratuitement|maintenant|ici))*( ?[!>»→])?
        je m'(inscris|abonne) a la (newsletter|lettre)( ?[!>»→])?
        (inscrivez|abonnez)-vous( (gratuitement|maintenant|ici))*( ?[!>»→.])?
        ((inscrivez|abonnez)-vous|s'(inscrire|abonner)) a (la|notre|ma) (news|info)?lett[^?]{0,60}
        (recevez|recevoir) (la|notre|nos|mes) [^?]{0,80}(newsletter|infolettre|e-?mail)[^?]{0,40}
        (subscribe|sign up)( (now|today|here))?( ?[!>»→.])?
        (subscribe|sign up) (to|for) (our|my|the) [^?]{0,60}
        publicite|advertisement|sponsored|sponsorise|contenu sponsorise
        (telechargez|download) (gratuitement |now |our |notre |le |the )+OFFER[^?]{0,60}
        """,
    messages.RULE_PLACEHOLDER: r"""
        (no (items?|results?|posts?|articles?)|nothing) found[.]?
        aucun (element|resultat|article)( trouve)?[.]?
        (en partenariat|in partnership) (avec|with)( ?:)?
        (sponsorise|sponsored|presente) (par|by)( ?:)?|avec le soutien de( ?:)?
        lorem ipsum\b.*|image (non disponible|manquante)|your browser does not support .*
        votre navigateur ne (supporte|prend pas en charge) .*
        (veuillez )?activer javascript[^?]*|please enable javascript[^?]*
        """,
    messages.RULE_FILE_NAME: r"""
        [\w().\[\] -]{1,80}\.(png|jpe?g|gif|webp|svg|bmp|avif|tiff?|mp4|mp3)
        [^\W_]+(-[^\W_]+)*(_[^\W_]+(-[^\W_]+)*)+( ?[\[(]\d+[\])])?
        """,
    messages.RULE_CAPTION: r"""
        (photo|image|logo|icone|avatar)( de profil)? NETWORK
        (credits?( photos?)?|photos?|photographies?|legende) ?(:|©|\(c\)) ?[^.?!]{1,100}
        (capture d'ecran|screenshot)( [^.?!]{1,60})?
        """,
    messages.RULE_SEPARATOR: r"""
        ([-–—_=*~#·•.] ?){2,}
        """,
    messages.RULE_ADDRESS: r"""
        <?(https?://|www\.)\S+>?
        """,
}
