"""Rights and words of insurance and services, as the field says them."""

from anlan.vocabulary.words import NP_

VIEW, KEEP, MANAGE = "insurance.view", "insurance.keep", "insurance.manage"
# Whom a policy that ended climbs to: the regulator, its leader, the committee office.
CHAIN = ("safety.regulate", "safety.countersign", "safety.supervise")
DISTRICT_CHAIN = (MANAGE, "safety.supervise")
LIABILITY, CATASTROPHE = "liability", "catastrophe"
KIND_WORDS = {
    LIABILITY: NP_("policy kind", "Work-safety liability insurance"),
    CATASTROPHE: NP_("policy kind", "Catastrophe insurance"),
}
VERB_WORDS = {
    "enter": NP_("policy verb", "entered it"),
    "correct": NP_("policy verb", "corrected it"),
    "withdraw": NP_("policy verb", "withdrew it"),
}
# 安全生产技术服务: what a provider may offer, and what it is engaged for.
SERVICE_WORDS = {
    "evaluation": NP_("safety service", "Safety evaluation"),
    "testing": NP_("safety service", "Inspection and testing"),
    "training": NP_("safety service", "Safety training"),
    "standardisation": NP_("safety service", "Standardisation review"),
    "prevention": NP_("safety service", "Accident prevention of the insurer"),
    "trusteeship": NP_("safety service", "Safety trusteeship"),
}
SIDE_WORDS = {
    "enterprise": NP_("rating side", "Enterprise"),
    "regulator": NP_("rating side", "Regulator"),
}
