"""What is filed with a case beside its papers: photos of the site, evidence, signed receipts."""

from collections.abc import Mapping

from anlan.vocabulary.words import NP_, Term

SITE = "site"
KIND_WORDS: Mapping[str, Term] = {
    SITE: NP_("exhibit", "Photo of the site"),
    "evidence": NP_("exhibit", "Evidence"),
    "receipt": NP_("exhibit", "Signed service receipt"),
}
MOST_A_CASE = 100
