"""A report is made part by part, survives a lost worker, and is shown to who asked for it alone."""

import io

from openpyxl import load_workbook

from anlan.backbone.jobs import Finished
from anlan.backbone.reports import draw
from anlan.operations.statistics.actions import advance_reports, count_months, take_report
from anlan.operations.statistics.models import Report


class Pool:
    """Draws when asked for what came back; `lost` jobs come back as a fault."""

    def __init__(self):
        self.out, self.lost = {}, 0

    def submit(self, key, function, arguments, *, spare=False):
        assert function == "anlan.backbone.reports.draw"
        self.out[key] = arguments

    def running(self):
        return set(self.out)

    def finished(self, wait_s=0.0):
        back, self.out = self.out, {}
        for key, arguments in back.items():
            if self.lost:
                self.lost -= 1
                yield Finished(key, None, "the worker process died")
            else:
                yield Finished(key, draw(arguments))


def settle(pool):
    for _turn in range(200):
        if not advance_reports(pool) and not sum(map(take_report, pool.finished())):
            return


def test_a_report_is_made_with_progress_and_taken_along(checks, browsers):
    while count_months():
        pass
    pool, page = Pool(), browsers["street"]
    pool.lost = 1
    there = page.post("/statistics/reports?period=2026").headers["Location"]
    assert page.post("/statistics/reports?period=2026").headers["Location"] == there
    assert page.get(f"{there}/pdf").status_code == 404
    assert "<progress" in page.get(there).content.decode()
    advance_reports(pool)
    assert Report.objects.get().done > 0
    settle(pool)
    row = Report.objects.get()
    assert (row.state, row.attempt) == ("done", 2)
    assert page.get(f"{there}/pdf").content.startswith(b"%PDF")
    sheet = load_workbook(io.BytesIO(page.get(f"{there}/workbook").content)).active
    words = {str(one) for line in sheet.values for one in line if one}
    assert "磁器口街道" in words
    assert not words & {"沙坪坝街道", "井口街道"}
    for who in ("officer", "industry"):
        for part in ("", "/pdf", "/workbook"):
            assert browsers[who].get(there + part).status_code == 404
    assert browsers["street"].post(
        "/statistics/reports?area_code=500106002"
    ).status_code == 404  # fmt: skip
    assert browsers["grid"].post("/statistics/reports").status_code == 403


def test_a_report_whose_worker_is_lost_each_time_is_given_up(dangers, browsers):
    pool = Pool()
    pool.lost = 9
    there = browsers["officer"].post("/statistics/reports").headers["Location"]
    settle(pool)
    assert Report.objects.get().state == "failed"
    assert "<progress" not in browsers["officer"].get(there).content.decode()
