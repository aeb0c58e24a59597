"""Connections hand their lines in together; what becomes of them is told to each by itself."""

import asyncio
import logging
from pathlib import Path

import pytest

from anlan.backbone.spool import Spool
from anlan.gateways.spooling import Spooling


@pytest.mark.parametrize("open_", [True, False])
def test_who_fails_when_told_hurts_only_itself(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, open_: bool
) -> None:
    spool, told = Spool(tmp_path), []

    def fails(fault: BaseException | None) -> None:
        raise LookupError("its line is gone")

    async def hand_in() -> None:
        spooling, last = Spooling(spool), asyncio.Event()
        spooling.put([b"one"], lambda fault: told.append(("one", fault is None)))
        spooling.put([b"two"], fails)
        spooling.put([b"three"], lambda fault: (told.append(("three", fault is None)), last.set()))
        async with asyncio.timeout(5):
            await last.wait()

    if not open_:
        spool.close()
    with caplog.at_level(logging.ERROR):
        asyncio.run(hand_in())
    assert told == [("one", open_), ("three", open_)]
    assert [str(record.exc_info[1]) for record in caplog.records if record.exc_info] == [
        "its line is gone"
    ]
    if open_:
        assert [line for _number, line in spool.read(0)] == [b"one", b"two", b"three"]
        spool.close()
