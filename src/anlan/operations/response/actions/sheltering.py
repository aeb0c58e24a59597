"""Who goes to which shelter: the capacitated assignment over the forecast's communities."""

import numpy as np

from anlan.logistics.walking import distances_m
from anlan.operations.forecasts.queries import run
from anlan.operations.people.actions import PLATFORM, Actor, act
from anlan.operations.resources.queries import ShelterRow, shelters
from anlan.operations.response.actions.files import hold, write
from anlan.operations.response.actions.start import locked
from anlan.operations.response.actions.tasks import give_tasks
from anlan.operations.response.models import Activation, ShelterPlan, ShelterShare
from anlan.operations.response.queries.plans import plan_text
from anlan.operations.response.queries.scene import hit_communities, scene_of, water_codes
from anlan.operations.response.rules.plan import Owner
from anlan.operations.response.rules.states import RUNNING
from anlan.operations.response.rules.tasks import Community, Opening
from anlan.operations.territory.queries import areas
from anlan.terrain.crs import to_metric
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

# An open shelter is preferred over opening another up to this far, metres [practice, verify].
CLOSED_PENALTY_M = 200.0


def assign_shelters(activation_id: int, actor: Actor = PLATFORM) -> int | None:
    """Assign the people whom the forecast puts in water to dry shelters; returns the plan's id.

    Every shelter that the forecast leaves dry takes part; open ones are preferred, and those that
    get people but are closed become tasks to open them. Who finds no room is kept as unplaced,
    with an empty shelter code. None when the forecast hits nobody or the response is over.
    """
    row = Activation.objects.select_related("plan").get(pk=activation_id)
    if row.state not in RUNNING:
        return None
    found = run(row.run_id) if row.run_id else None
    needs = [c for c in hit_communities(found).values() if c.people]
    refuges = [s for s in shelters(None) if s.code not in water_codes(found) and s.capacity > 0]
    if not needs:
        return None
    plan, shares = _solve(row, needs, refuges)
    with act("response.assign_shelters", actor) as this:
        row = locked(activation_id)
        plan.save()
        for share in shares:
            share.plan = plan
        ShelterShare.objects.bulk_create(shares)
        given = give_tasks(
            row, plan_text(row.plan), scene_of(row, _openings(shares, refuges)), {Owner.SHELTER}
        )
        text = N_("Shelters assigned: %(assigned)d of %(people)d people")
        write(row, actor, text, assigned=plan.assigned, people=plan.people)
        hold(row)
        this.on("response", row.pk, str(row))
        this.detail |= {
            "assigned": plan.assigned, "people": plan.people, "gap": plan.gap, "tasks": given,
            "left_out": plan.left_out,
        }  # fmt: skip
    return plan.pk


def _solve(
    row: Activation, needs: list[Community], refuges: list[ShelterRow]
) -> tuple[ShelterPlan, list[ShelterShare]]:
    from anlan.logistics.shelters import assign  # the solver is slow to load; few turns need it

    people = np.array([c.people or 0 for c in needs], dtype=np.int64)
    capacity = np.array([s.capacity for s in refuges], dtype=np.int64)
    distance = _distances(needs, refuges)
    closed = np.array([0.0 if s.open else CLOSED_PENALTY_M for s in refuges])
    flow, unassigned, gap = np.zeros(distance.shape, dtype=np.int64), people, 0.0
    if refuges:
        solved = assign(people, capacity, distance + closed, split=True)
        flow, unassigned, gap = solved.flow, solved.unassigned, solved.gap
    shares = []
    for i, community in enumerate(needs):
        for j in np.flatnonzero(flow[i]):
            shares.append(
                ShelterShare(
                    community_code=community.code, shelter_code=refuges[j].code,
                    people=int(flow[i, j]), distance_m=round(float(distance[i, j]), 1),
                )
            )  # fmt: skip
        if unassigned[i]:
            left = int(unassigned[i])
            shares.append(ShelterShare(community_code=community.code, people=left))
    placed = [s for s in shares if s.shelter_code]
    assigned = sum(s.people for s in placed)
    walked = sum(s.people * (s.distance_m or 0.0) for s in placed)
    used = {s.shelter_code for s in placed}
    plan = ShelterPlan(
        activation=row, made_at=clock.now(), run_id=row.run_id, people=int(people.sum()),
        assigned=assigned, capacity=sum(s.capacity for s in refuges if s.code in used),
        mean_distance_m=round(walked / assigned, 1) if assigned else None,
        gap=float(gap),
        left_out=sorted(s.community_code for s in shares if not s.shelter_code),
    )  # fmt: skip
    return plan, shares


def _distances(needs: list[Community], refuges: list[ShelterRow]) -> np.ndarray:
    """Estimated walking metres [communities, shelters] from the middle of each community."""
    places = {a.code: (a.lon, a.lat) for a in areas("community")}
    x, y = to_metric(*np.array([places[c.code] for c in needs]).T)
    there_x, there_y = to_metric([s.lon for s in refuges], [s.lat for s in refuges])
    return distances_m(np.column_stack([x, y]), np.column_stack([there_x, there_y]))


def _openings(shares: list[ShelterShare], refuges: list[ShelterRow]) -> list[Opening]:
    people: dict[str, int] = {}
    for share in shares:
        if share.shelter_code:
            people[share.shelter_code] = people.get(share.shelter_code, 0) + share.people
    return [
        Opening(s.code, s.name, s.area_code, people[s.code]) for s in refuges if s.code in people
    ]
