"""`anlan drill run`: a process of its own, its clock fixed before anything else is loaded."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from anlan.portal.cli.language import _
from anlan.portal.cli.trouble import Trouble

if TYPE_CHECKING:
    from anlan.portal.exercise import Playing

FOLLOWED = 60.0


def run(asked: argparse.Namespace) -> int:
    from anlan.portal import exercise

    scenario = exercise.find_scenario(asked.district, asked.scenario)
    scenario = exercise.moved(scenario, asked.shift_hours, asked.raise_m)
    plan = exercise.Playing(
        scenario=scenario,
        district=asked.district,
        households=asked.households,
        port=None if asked.headless else asked.port,
        speed=speed(asked.pace, None if asked.headless else FOLLOWED),
        by_hand=frozenset(word for word in asked.by_hand.split(",") if word),
        out=asked.out or reports(scenario.name),
        shift_hours=asked.shift_hours,
        raise_m=asked.raise_m,
    )
    return play(plan)


def play(plan: "Playing") -> int:
    """Play a drill in a house of its own; 0 when it ended as it should."""
    from anlan.portal import exercise
    from anlan.portal.cli import framework

    if plan.port:
        exercise.refuse_taken_port(plan.port)
    with exercise.throw_away_house(
        plan.scenario, plan.port, fresh=plan.households is not None
    ) as house:
        framework.start()
        from anlan.portal import stage

        return stage.perform(plan, house)


def speed(text: str | None, default: float | None) -> float | None:
    """Virtual seconds a real second; None is full speed (``max``)."""
    if not text:
        return default
    if text == "max":
        return None
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if value <= 0:
        raise Trouble(_("--pace takes a number above 0, or max"), 2)
    return value


def reports(name: str) -> Path:
    """Where the reports of a scenario go unless told otherwise."""
    from anlan.backbone.home import home

    return home() / "drills" / name
