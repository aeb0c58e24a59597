"""The checks of loss statistics, one by one (the rule book's section 5)."""

import pytest

from anlan.operations.incidents.rules.loss import FINAL_NEEDS, check, check_parts, figures


def rules_broken(now, previous=None, final=False):
    before = None if previous is None else figures(previous)
    return {f.rule for f in check(figures(now), before, final=final)}


def test_blank_figures_break_no_rule():
    assert rules_broken({}) == set()


def test_a_word_that_is_no_figure_is_an_error_of_the_caller():
    with pytest.raises(KeyError):
        figures({"aliens": 3})


def test_the_moved_are_those_in_shelters_and_those_with_family():
    moved = {"relocated": 6873, "relocated_shelter": 4116, "relocated_own": 2757}
    assert rules_broken(moved) == set()
    assert rules_broken({**moved, "relocated_own": 2756}) == {"sum"}


def test_a_sum_with_an_unknown_part_is_not_judged():
    assert rules_broken({"relocated": 10, "relocated_shelter": 4}) == set()


def test_the_loss_is_the_sum_of_its_five_parts():
    parts = {"loss_homes": "1.5", "loss_farming": 2, "loss_industry": 3,
             "loss_infrastructure": 4, "loss_public": "0.25"}  # fmt: skip
    assert rules_broken({"loss_total": "10.75", **parts}) == set()
    assert rules_broken({"loss_total": "10.76", **parts}) == {"sum"}


def test_the_dead_missing_and_injured_are_among_the_affected():
    assert rules_broken({"affected": 3, "dead": 1, "missing": 1, "injured": 1}) == set()
    assert rules_broken({"affected": 2, "dead": 1, "missing": 1, "injured": 1}) == {"affected"}


@pytest.mark.parametrize(
    ("hit", "damaged", "lost", "broken"),
    [(5, 3, 1, False), (5, 5, 5, False), (5, 6, 1, True), (5, None, 6, True)],
)
def test_crops_hit_damaged_lost_fall_in_this_order(hit, damaged, lost, broken):
    found = rules_broken({"crops_hit": hit, "crops_damaged": damaged, "crops_lost": lost})
    assert ("crops" in found) is broken


def test_collapsed_houses_cost_something():
    assert rules_broken({"houses_collapsed": 1, "loss_total": 0}) == {"loss"}
    assert rules_broken({"rooms_collapsed": 2, "loss_total": 0}) == {"loss"}
    assert rules_broken({"houses_collapsed": 0, "loss_total": 0}) == set()


def test_a_figure_below_zero_is_refused():
    assert rules_broken({"aid_urgent": -1}) == {"negative"}


def test_a_drop_needs_a_reason_and_so_does_blanking_a_figure():
    assert rules_broken({"missing": 0}, {"missing": 1}) == {"drop"}
    assert rules_broken({}, {"missing": 1}) == {"drop"}


def test_a_rise_by_more_than_half_needs_a_reason():
    assert rules_broken({"affected": 150}, {"affected": 100}) == set()
    assert rules_broken({"affected": 151}, {"affected": 100}) == {"jump"}


def test_the_first_figure_after_zero_is_no_jump():
    assert rules_broken({"affected": 900}, {"affected": 0}) == set()


def test_a_reason_is_asked_and_not_a_correction():
    (drop,) = check(figures({"dead": 0}), figures({"dead": 1}))
    assert not drop.fatal


def test_a_final_report_leaves_no_main_figure_blank():
    assert rules_broken({}, final=True) == {"final"}
    assert rules_broken(dict.fromkeys(FINAL_NEEDS, 0), final=True) == set()


def test_the_district_is_the_sum_of_its_townships():
    parts = {"500106004": figures({"affected": 10}), "500106005": figures({"affected": 5})}
    assert check_parts(figures({"affected": 15}), parts) == []
    (off,) = check_parts(figures({"affected": 16}), parts)
    assert off.fields == ("affected",)


def test_a_township_that_knows_nothing_yet_is_no_contradiction():
    assert check_parts(figures({"affected": 15}), {"500106004": figures({})}) == []
