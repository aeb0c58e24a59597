"""Orders to vehicles: what may be ordered, by whom, and what the page says of the answers."""

import pytest

from anlan.operations.people.actions import PLATFORM
from anlan.operations.people.models import AuditEntry
from anlan.operations.sensing.actions import order_device, record_frames
from anlan.operations.sensing.queries import open_commands, orders
from anlan.protocols.jt808.settings import RESULT_WORDS
from anlan.vocabulary.frames import CommandAnswer
from anlan.vocabulary.readings import Outcome
from anlan.vocabulary.transitions import Refused

from .conftest import START
from .test_pages import log_in
from .test_tracks import BUS, bus  # noqa: F401

pytestmark = [pytest.mark.django_db(databases="__all__"), pytest.mark.usefixtures("bus")]


def test_only_what_leaves_the_terminal_reachable_may_be_ordered():
    allowed = [
        ("say", {"words": "前方积水，请绕行"}), ("control", {"command": "4"}),
        ("set_parameter", {"code": "0055", "value": "80"}), ("ask_parameters", {}),
    ]  # fmt: skip
    for verb, given in allowed:
        order_device(PLATFORM, "bus-1", verb, given=given)
    assert [(c.verb, dict(c.arguments)) for c in open_commands("jt808")] == allowed
    refused = [
        ("say", {"words": " "}), ("say", {"words": "长" * 201}), ("control", {"command": "3"}),
        ("set_parameter", {"code": "0055", "value": "900"}),
        ("set_parameter", {"code": "0013", "value": "1"}), ("set_clock", {}),
    ]  # fmt: skip
    for verb, given in refused:
        with pytest.raises(Refused):
            order_device(PLATFORM, "bus-1", verb, given=given)


def test_the_duty_officer_speaks_and_only_who_may_set_devices_changes_them(client):
    officer = log_in(client, role="duty_officer", area_code="500106")
    page = officer.get("/stations/bus-1").content.decode()
    assert "对驾驶员喊话" in page
    assert "set_parameter" not in page
    assert "set_clock" not in page
    say = {"verb": "say", "key": "k1", "words": "前方积水"}
    officer.post("/stations/bus-1/order", say)
    officer.post("/stations/bus-1/order", say)
    restart = {"verb": "control", "key": "k2", "command": "4"}
    assert officer.post("/stations/bus-1/order", restart).status_code == 403
    parting = {"verb": "close_radio", "key": "k3"}
    assert officer.post("/stations/bus-1/order", parting).status_code == 403
    (row,) = orders("bus-1")
    assert AuditEntry.objects.filter(verb="sensing.order_device").count() == 2  # one repeated
    record_frames([CommandAnswer(BUS, row.code, START, Outcome.OK, (RESULT_WORDS[0],))])
    page = officer.get("/stations/bus-1").content.decode()
    assert "前方积水" in page
    assert "成功/确认" in page
    head = log_in(client, role="section_head", area_code="500106")
    assert "set_parameter" in head.get("/stations/bus-1").content.decode()
    assert head.post("/stations/bus-1/order", restart).status_code == 302
    head.post("/stations/bus-1/order", parting)  # without the tick
    head.post("/stations/bus-1/order", parting | {"sure": "1"})
    head.post("/stations/gauge-1/order", parting | {"sure": "1", "key": "k4"})
    assert [row.verb for row in orders("bus-1")].count("close_radio") == 1
    assert "关闭全部无线通信" in head.get("/stations/bus-1").content.decode()
