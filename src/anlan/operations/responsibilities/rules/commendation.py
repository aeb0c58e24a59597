"""Whom a commendation is of, and who gave it."""

from anlan.vocabulary.words import NP_

COMMEND = "responsibilities.commend"
WHOM_WORDS = {
    "person": NP_("commendation", "Person"),
    "unit": NP_("commendation", "Unit"),
}
LEVEL_WORDS = {
    "national": NP_("commendation", "National"),
    "city": NP_("commendation", "Municipal"),
    "district": NP_("commendation", "District"),
    "bureau": NP_("commendation", "Bureau or department"),
}
