"""What an enterprise may be: sector, scale, what makes it dangerous (四涉一有限), its standard."""

from datetime import timedelta

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
    "process": NP_("enterprise trait", "Hazardous process under key supervision"),
    "pipeline": NP_("enterprise trait", "Pipelines of hazardous chemicals"),
    "waste": NP_("enterprise trait", "Makes hazardous waste"),
    "lived_in": NP_("enterprise trait", "People live where it works or stores"),
}
# Grades of work-safety standardisation (安全生产标准化); small and micro ones have their own.
STANDARD_WORDS = {
    "1": NP_("standardisation", "Grade one"),
    "2": NP_("standardisation", "Grade two"),
    "3": NP_("standardisation", "Grade three"),
    "small": NP_("standardisation", "Small and micro"),
}
STANDARD_ENDS_SOON = timedelta(days=90)
LEVEL_WORDS = {
    "1": NP_("risk level", "Red"),
    "2": NP_("risk level", "Orange"),
    "3": NP_("risk level", "Yellow"),
    "4": NP_("risk level", "Blue"),
}
# 三个必须: an enterprise has a regulator of each kind; where it lacks one is a blind spot.
REGULATOR_WORDS = {
    "sector_regulator": NP_("enterprise", "Sector regulator"),
    "general_regulator": NP_("enterprise", "General regulator"),
    "local_regulator": NP_("enterprise", "Local regulator"),
}
