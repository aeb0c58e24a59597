"""Scenes at a gateway on a drill's clock."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.gateways.house import NOW, House, Play, open_house

from anlan.gateways.limits import Limits
from anlan.vocabulary import clock
from anlan.vocabulary.clock import DrillClock


@pytest.fixture
def played(tmp_path: Path) -> Callable[..., None]:
    clock.use(DrillClock(NOW))

    def play(scene: Play, limits: Limits | None = None, kind: type[House] = House) -> None:
        async def run() -> None:
            async with asyncio.timeout(30), open_house(tmp_path, limits or Limits(), kind) as house:
                await scene(house)

        asyncio.run(run())

    return play
