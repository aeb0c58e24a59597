"""What the people of a post must know and hold, in the words of the field."""

from anlan.vocabulary.words import NP_

MEET, KEEP = "posts.meet", "posts.keep"
# Whom a late item climbs to.
CHAIN = ("safety.regulate", "safety.countersign", "safety.supervise")
CARD_WORDS = {
    "know": NP_("post card", "What to know"),
    "emergency": NP_("post card", "What to do in an emergency"),
}
# 特种作业 (AQ 30), 安全管理 (AQF 27), 特种设备作业: the kinds that a post may ask for.
CERTIFICATE_WORDS = {
    "principal": NP_("certificate", "Principal of the enterprise"),
    "manager": NP_("certificate", "Safety manager"),
    "electrician": NP_("certificate", "Electrician"),
    "welder": NP_("certificate", "Welding and cutting"),
    "height": NP_("certificate", "Work at height"),
    "refrigeration": NP_("certificate", "Refrigeration"),
    "chemical": NP_("certificate", "Hazardous chemical process"),
    "forklift": NP_("certificate", "Forklift (special equipment)"),
    "lifting": NP_("certificate", "Lifting gear (special equipment)"),
    "boiler": NP_("certificate", "Boiler (special equipment)"),
    "vessel": NP_("certificate", "Pressure vessel (special equipment)"),
    "filling": NP_("certificate", "Gas filling (special equipment)"),
}
EXPIRES_SOON_DAYS = 30  # [pv]: the holder's enterprise is told so many days before
