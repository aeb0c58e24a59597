"""Substances by UN and CAS number, and the hazardous processes under key supervision."""

import re

from anlan.vocabulary.transitions import Refused
from anlan.vocabulary.words import N_, NP_

UN = re.compile(r"[0-9]{4}")
CAS = re.compile(r"([0-9]{2,7})-([0-9]{2})-([0-9])")
STAGE_WORDS = {
    "production": NP_("chain stage", "Production"),
    "storage": NP_("chain stage", "Storage"),
    "use": NP_("chain stage", "Use"),
    "sale": NP_("chain stage", "Sale"),
    "transport": NP_("chain stage", "Transport"),
    "disposal": NP_("chain stage", "Disposal"),
}
UNIT_WORDS = {
    "t": NP_("chemical unit", "t"),
    "kg": NP_("chemical unit", "kg"),
    "m3": NP_("chemical unit", "m³"),
    "L": NP_("chemical unit", "L"),
}
# 重点监管的危险化工工艺, 安监总管三〔2009〕116 号 (15) and 〔2013〕3 号 (3).
PROCESS_WORDS = {
    "phosgenation": NP_("key process", "Phosgene and phosgenation"),
    "electrolysis": NP_("key process", "Electrolysis (chlor-alkali)"),
    "chlorination": NP_("key process", "Chlorination"),
    "nitration": NP_("key process", "Nitration"),
    "ammonia": NP_("key process", "Ammonia synthesis"),
    "cracking": NP_("key process", "Cracking"),
    "fluorination": NP_("key process", "Fluorination"),
    "hydrogenation": NP_("key process", "Hydrogenation"),
    "diazotization": NP_("key process", "Diazotization"),
    "oxidation": NP_("key process", "Oxidation"),
    "peroxidation": NP_("key process", "Peroxidation"),
    "amination": NP_("key process", "Amination"),
    "sulfonation": NP_("key process", "Sulfonation"),
    "polymerization": NP_("key process", "Polymerization"),
    "alkylation": NP_("key process", "Alkylation"),
    "coal": NP_("key process", "New coal chemistry"),
    "carbide": NP_("key process", "Calcium carbide"),
    "azo": NP_("key process", "Azo coupling"),
}


def check_numbers(un: str, cas: str) -> None:
    """Raises `Refused` for a UN number that is none, or a CAS number whose check digit is wrong.

    >>> check_numbers("1017", "7782-50-5")
    """
    if un and not UN.fullmatch(un):
        raise Refused(N_("A UN number has four digits."))
    found = CAS.fullmatch(cas)
    if cas and (found is None or _check_digit(found[1] + found[2]) != int(found[3])):
        raise Refused(N_("A CAS number is written as 7782-50-5, its last digit checks it."))


def _check_digit(digits: str) -> int:
    return sum(int(one) * place for place, one in enumerate(reversed(digits), start=1)) % 10
