"""What may happen at a risk point: the 20 types of accident of GB 6441."""

from anlan.vocabulary.words import NP_

ACCIDENT_WORDS = {
    "01": NP_("accident type", "Struck by an object"),
    "02": NP_("accident type", "Vehicle injury"),
    "03": NP_("accident type", "Machine injury"),
    "04": NP_("accident type", "Lifting injury"),
    "05": NP_("accident type", "Electric shock"),
    "06": NP_("accident type", "Drowning"),
    "07": NP_("accident type", "Burn or corrosion"),
    "08": NP_("accident type", "Fire"),
    "09": NP_("accident type", "Fall from height"),
    "10": NP_("accident type", "Collapse"),
    "11": NP_("accident type", "Roof fall or rib spalling"),
    "12": NP_("accident type", "Water inrush"),
    "13": NP_("accident type", "Blasting"),
    "14": NP_("accident type", "Explosion of explosives"),
    "15": NP_("accident type", "Gas explosion in a mine"),
    "16": NP_("accident type", "Boiler explosion"),
    "17": NP_("accident type", "Vessel explosion"),
    "18": NP_("accident type", "Other explosion"),
    "19": NP_("accident type", "Poisoning or suffocation"),
    "20": NP_("accident type", "Other injury"),
}
