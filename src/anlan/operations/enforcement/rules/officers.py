"""What qualifies an enforcement officer (K-12): a degree in the field, a licence, or experience."""

from collections.abc import Mapping

from anlan.vocabulary.words import NP_, Term

QUALIFIED_WORDS: Mapping[str, Term] = {
    "degree": NP_("qualification", "Degree in work safety"),
    "licence": NP_("qualification", "Professional licence"),
    "experience": NP_("qualification", "Experience in work safety"),
}
