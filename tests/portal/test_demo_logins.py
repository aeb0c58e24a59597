"""Everybody who has something to do in the demonstration can log in and do it."""

import tomllib
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "src/anlan/districts/shapingba"


def read(name):
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def test_the_department_of_every_demo_enterprise_has_a_login_and_a_leader_with_one():
    sectors = {one["sector"] for one in read("safety.toml")["enterprise"]}
    units = {one["code"] for one in read("organisations.toml")["organisation"]
             if one["kind"] == "department" and one.get("sector") in sectors}  # fmt: skip
    logins = {(one["organisation_code"], one["role"]) for one in read("accounts.toml")["account"]}
    lacking = {(unit, role) for unit in units for role in ("department", "department_leader")
               if (unit, role) not in logins}  # fmt: skip
    assert "grain" in units  # the commerce commission
    without = {("fire", "department"), ("fire", "department_leader")}  # the brigade has none yet
    assert lacking <= without, lacking
