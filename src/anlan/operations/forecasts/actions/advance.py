"""Moving runs on: hand out, take back, and give another try to what a dead worker held."""

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from anlan.backbone.jobs import Finished, Jobs
from anlan.operations.forecasts.actions.finish import fail, finish, refuse
from anlan.operations.forecasts.actions.first import first_answer
from anlan.operations.forecasts.actions.inputs import arguments_of, fixed_arguments, folder_of
from anlan.operations.forecasts.actions.stages import PREFIX as STAGES
from anlan.operations.forecasts.actions.stages import keep_stages
from anlan.operations.forecasts.models import ForecastRun, Reach
from anlan.operations.forecasts.rules.run_states import RunState
from anlan.operations.people.actions import PLATFORM, act
from anlan.vocabulary import clock
from anlan.vocabulary.words import N_

FUNCTION = "anlan.operations.forecasts.rules.reach.compute"
PREFIX = "forecast"
ATTEMPTS, LEASE_S = 3, 180.0
LOST = N_("the worker was lost")


def _nobody(_finished: Finished) -> int:
    return 0


def advance_runs(jobs: Jobs, others: Callable[[Finished], int] = _nobody) -> int:
    """One step of every run that can make one; returns how many did. At rest one query.

    A pool hands an answer out once: what is no forecast's is given to `others`.
    """
    done = sum(_take_back(finished, others) for finished in jobs.finished())
    open_runs = ForecastRun.objects.filter(state__in=[RunState.QUEUED, RunState.RUNNING])
    if not open_runs.exists():
        return done
    waiting = list(open_runs.defer("hydrograph", "flood").order_by("requested_at", "pk"))
    carried = jobs.running()
    for run in waiting:
        if run.state == RunState.QUEUED:
            done += _hand_out(run, jobs)
        elif job_key(run) in carried:
            _hold(run)
        elif run.lease_until is None or run.lease_until < clock.now():
            done += give_another_try(run, LOST)
    return done


def job_key(run: ForecastRun) -> str:
    """The name of a run's attempt in the pool."""
    return f"{PREFIX}:{run.pk}:{run.attempt}"


def _hand_out(run: ForecastRun, jobs: Jobs) -> int:
    """Claim a queued run and give it to the pool; of several platforms one claims it."""
    with transaction.atomic():
        claimed = ForecastRun.objects.filter(pk=run.pk, state=RunState.QUEUED).update(
            state=RunState.RUNNING, attempt=F("attempt") + 1, started_at=clock.now(),
            lease_until=clock.now() + timedelta(seconds=_lease_s(run)),
        )  # fmt: skip
        if not claimed:
            return 0
        run.refresh_from_db()
        if run.arguments is None:
            run.arguments = fixed_arguments(run)
        run.folder = folder_of(run)
        run.save(update_fields=["arguments", "folder"])
    jobs.submit(job_key(run), FUNCTION, arguments_of(run))
    ForecastRun.objects.filter(pk=run.pk).update(first=first_answer(run))
    return 1


def runs_out(jobs: Jobs) -> bool:
    """Whether the pool carries a forecast; the stage library is nothing to wait for."""
    return any(key.startswith(f"{PREFIX}:") for key in jobs.running())


def _hold(run: ForecastRun) -> None:
    """Our pool still carries it: renew the lease once half of it is gone."""
    half = timedelta(seconds=_lease_s(run) / 2)
    if run.lease_until is None or run.lease_until < clock.now() + half:
        ForecastRun.objects.filter(pk=run.pk, state=RunState.RUNNING).update(
            lease_until=clock.now() + 2 * half
        )


def _take_back(finished: Finished, others: Callable[[Finished], int]) -> int:
    """An answer from the pool; an answer to a run that is no longer waiting for it is dropped."""
    kind, _, rest = finished.key.partition(":")
    if kind == STAGES:
        return keep_stages(finished)
    if kind != PREFIX:
        return others(finished)
    run = ForecastRun.objects.filter(pk=int(rest.split(":")[0]), state=RunState.RUNNING).first()
    if run is None:
        return 0
    if finished.answer is None:
        return give_another_try(run, finished.fault)
    if "refused" in finished.answer:
        return refuse(run, finished.answer["refused"])
    return finish(run, finished.answer)


def give_another_try(run: ForecastRun, fault: str) -> int:
    """Put a lost or broken attempt back into the queue, or give the run up after the last."""
    if run.attempt >= _setting(run, "attempts", ATTEMPTS):
        return fail(run, fault)
    with act("forecasts.retry_run", PLATFORM) as this:
        ForecastRun.objects.filter(pk=run.pk, state=RunState.RUNNING, attempt=run.attempt).update(
            state=RunState.QUEUED, lease_until=None, fault=fault[:2000]
        )
        this.on("forecast", run.pk, run.key)
        this.detail = {"attempt": run.attempt, "fault": fault[:500]}
    return 1


def _lease_s(run: ForecastRun) -> float:
    return _setting(run, "lease_s", LEASE_S)


def _setting(run: ForecastRun, name: str, default: float) -> float:
    table = Reach.objects.filter(code=run.reach).values_list("settings", flat=True).first() or {}
    return float(table.get(name, default))
