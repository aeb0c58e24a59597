"""How complete an enterprise's chain of risks is, R-204."""

import pytest
from tests.operations.risks.conftest import RATED

from anlan.operations.risks import actions
from anlan.operations.risks.models import RiskPoint

pytestmark = pytest.mark.django_db(databases="__all__")


def test_the_one_map_says_what_its_risk_points_lack(people, works, principal):
    page = f"/enterprises/{works}/risks"
    browser = people["street"].browser
    assert "完整度" not in browser.get(page).content.decode()
    actions.identify_risk(*principal.rater, works, RATED)
    RiskPoint.objects.create(
        enterprise_id=works, unit="鑫源五金厂", area_code="500106004001", sector="industry",
        name="喷漆房", kind="place", hazards="漆雾", controls={"training": "岗前"},
        found_at="2026-03-01T08:00:00+08:00",
    )  # fmt: skip
    shown = browser.get(page).content.decode()
    # Of twelve parts: the press lacks a confirmation and its place on the plan; the paint room its
    # rating, confirmation, emergency measure, whoever answers for it, and its place.
    assert "风险链完整度 42 分" in shown
    assert "评级未确认或待复评：2 个" in shown
    assert "无责任人：1 个" in shown
    assert "无管控措施" not in shown
