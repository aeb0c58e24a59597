"""The municipal hydrological service of a drill: its forecasts come in at their times."""

from datetime import datetime

from anlan.operations.drills.rules.scenario import Bulletin, Scenario
from anlan.operations.forecasts.actions import NewOfficial, record_official
from anlan.operations.people.actions import PLATFORM
from anlan.vocabulary import clock
from anlan.vocabulary.datum import Datum


class Bulletins:
    """Records each bulletin of the scenario when its time has come."""

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._waiting = scenario.issues()

    def next_at(self) -> datetime | None:
        return self._waiting[0][0] if self._waiting else None

    def issue_due(self) -> None:
        while self._waiting and self._waiting[0][0] <= clock.now():
            self._issue(*self._waiting.pop(0))

    def _issue(self, issued_at: datetime, bulletin: Bulletin) -> None:
        stages = self._scenario.foretold(bulletin, issued_at)
        record_official(
            PLATFORM,
            NewOfficial(
                station_code=bulletin.station, issued_at=issued_at,
                datum=self._datum(bulletin.station), at=tuple(at for at, _metres in stages),
                stage_m=tuple(metres for _at, metres in stages), source=bulletin.source,
            ),
        )  # fmt: skip

    def _datum(self, station: str) -> Datum:
        return next(i.datum for i in self._scenario.inputs if i.station == station and i.datum)
