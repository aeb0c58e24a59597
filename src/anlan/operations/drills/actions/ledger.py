"""What a drill measures in real seconds: kept apart, because it differs from run to run."""

from dataclasses import dataclass, field

from anlan.vocabulary import clock


@dataclass(slots=True)
class Ledger:
    """Real-time marks of one drill (seconds of `clock.stopwatch`)."""

    began: float = field(default_factory=clock.stopwatch)
    sent_at: float | None = None
    alarm_s: list[float] = field(default_factory=list)
    first_alarm_at: float | None = None
    draft_s: list[float] = field(default_factory=list)

    def seconds(self) -> float:
        """Since the drill began."""
        return clock.stopwatch() - self.began

    def frame_sent(self) -> None:
        self.sent_at = clock.stopwatch()

    def alarm_raised(self) -> None:
        """From the newest frames' first byte to the alarm's reactions."""
        now = clock.stopwatch()
        if self.sent_at is not None:
            self.alarm_s.append(now - self.sent_at)
        if self.first_alarm_at is None:
            self.first_alarm_at = now

    def alert_drafted(self) -> None:
        """From the alarm that started the forecast to the draft."""
        if self.first_alarm_at is not None:
            self.draft_s.append(clock.stopwatch() - self.first_alarm_at)
            self.first_alarm_at = None


_open: Ledger | None = None


def open_ledger() -> Ledger:
    """Begin measuring; reactions write into the ledger that is open."""
    global _open
    _open = Ledger()
    return _open


def open_now() -> Ledger | None:
    return _open
