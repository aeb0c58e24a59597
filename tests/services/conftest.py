import pytest

from .house import House
from .servers import Nats, Postgres, postgres_bin


@pytest.fixture
def bus(tmp_path):
    folder = tmp_path / "nats"
    folder.mkdir()
    server = Nats(folder)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def database():
    if postgres_bin() is None:
        pytest.skip("PostgreSQL is not installed here")
    server = Postgres()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def house(tmp_path, database, bus):
    standing = House(tmp_path / "home", database, bus)
    yield standing
    for part in (standing.gateway, *standing.recorders):
        part.kill()
