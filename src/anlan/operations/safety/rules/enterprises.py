"""What an enterprise may be: sector, scale, and what makes it dangerous (四涉一有限)."""

from anlan.vocabulary.words import NP_

# By the keys of the district's organisations: its safety offices and departments [pv].
SECTOR_WORDS = {
    "industry": NP_("sector", "Industry and trade"),
    "chemical": NP_("sector", "Hazardous chemicals"),
    "building": NP_("sector", "Construction"),
    "fire": NP_("sector", "Fire safety"),
    "traffic": NP_("sector", "Transport"),
    "commerce": NP_("sector", "Commerce"),
    "gas": NP_("sector", "Gas and power"),
    "tourism": NP_("sector", "Culture and tourism"),
    "equipment": NP_("sector", "Special equipment"),
    "waste": NP_("sector", "Hazardous waste"),
    "city": NP_("sector", "City operation"),
    "education": NP_("sector", "Education"),
    "health": NP_("sector", "Health"),
    "water": NP_("sector", "Water"),
    "geology": NP_("sector", "Geology"),
    "forest": NP_("sector", "Forest"),
    "other": NP_("sector", "Other"),
}
SCALE_WORDS = {
    "micro": NP_("enterprise scale", "Micro"),
    "small": NP_("enterprise scale", "Small"),
    "medium": NP_("enterprise scale", "Medium"),
    "large": NP_("enterprise scale", "Large"),
}
STATE_WORDS = {
    "open": NP_("enterprise state", "Operating"),
    "paused": NP_("enterprise state", "Paused"),
    "closed": NP_("enterprise state", "Closed"),
}
TRAIT_WORDS = {
    "dust": NP_("enterprise trait", "Explosive dust"),
    "coal_gas": NP_("enterprise trait", "Metallurgical gas"),
    "molten": NP_("enterprise trait", "Molten metal"),
    "ammonia": NP_("enterprise trait", "Ammonia"),
    "confined": NP_("enterprise trait", "Confined space"),
}
LEVEL_WORDS = {
    "1": NP_("risk level", "Red"),
    "2": NP_("risk level", "Orange"),
    "3": NP_("risk level", "Yellow"),
    "4": NP_("risk level", "Blue"),
}
REGULATOR_WORDS = {
    "sector_regulator": NP_("enterprise", "Sector regulator"),
    "general_regulator": NP_("enterprise", "General regulator"),
    "local_regulator": NP_("enterprise", "Local regulator"),
}
