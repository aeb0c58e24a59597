"""Rights and words of the registers of chemicals, as the field says them."""

from anlan.vocabulary.words import NP_

VIEW, KEEP = "chemicals.view", "chemicals.keep"
# The authorities' alone: no enterprise sees what is held against it or others.
ILLEGAL = "chemicals.illegal"
# Whom what is late climbs to: the regulator, its leader, the committee office.
REGULATE = "safety.regulate"
CHAIN = (REGULATE, "safety.countersign", "safety.supervise")
VERB_WORDS = {
    "enter": NP_("chemicals verb", "entered it"),
    "correct": NP_("chemicals verb", "corrected it"),
    "withdraw": NP_("chemicals verb", "withdrew it"),
}
# GB 5085 and the national list of hazardous waste 国家危险废物名录.
HAZARD_WORDS = {
    "T": NP_("waste hazard", "Toxic (T)"),
    "C": NP_("waste hazard", "Corrosive (C)"),
    "I": NP_("waste hazard", "Ignitable (I)"),
    "R": NP_("waste hazard", "Reactive (R)"),
    "In": NP_("waste hazard", "Infectious (In)"),
}
PRODUCED, HANDED, DISPOSED, COUNTED = "produced", "handed", "disposed", "counted"
MOVE_WORDS = {
    PRODUCED: NP_("waste movement", "Produced"),
    HANDED: NP_("waste movement", "Handed to a licensed unit"),
    DISPOSED: NP_("waste movement", "Disposed of by itself"),
    COUNTED: NP_("waste movement", "Stock taken"),
}
