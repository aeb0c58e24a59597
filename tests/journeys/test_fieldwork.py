"""An enterprise works in a cellar: no signal, the tab killed, then exactly one record of each
check, of each danger that is reported and of each that is rectified."""

import io

from PIL import Image

from anlan.vocabulary import clock

TASK = ".al-fw-row[data-about^=t]"
FIND, BROKEN = ".al-fw-row[data-about^=n]", ".al-fw-row[data-about^=d]"
WAITING, RECEIVED = "[data-state=waiting]", "[data-state=received]"
LOST = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch")


def anew(one):
    """The tab is gone; another one opens the page."""
    one.page.close()
    one.page = one.context.new_page()
    one.page.set_default_timeout(20_000)
    one.page.goto("/fieldwork")


def answer(page):
    """Key items one by one, the rest together; the first one is not normal."""
    page.locator(".al-fw-foot button").wait_for()  # the form stands once its draft was read
    keys = page.locator(".al-fw > .al-fw-item")
    for n in range(keys.count()):
        keys.nth(n).locator("[data-choice=ok]").click()
    keys.first.locator("[data-choice=not_ok]").click()
    keys.first.locator("textarea").fill("东侧安全出口堆了纸箱")
    page.locator(".al-fw-rest").click()


def usual(one):
    """All is normal: key items one by one, the rest together, a second look; taps and seconds."""
    page, begun = one.page, clock.stopwatch()
    page.locator(TASK).first.click()
    keys = page.locator(".al-fw > .al-fw-item")
    page.locator(".al-fw-foot button").wait_for()
    asked = keys.count()
    for n in range(asked):
        keys.nth(n).locator("[data-choice=ok]").click()
    rest = page.locator(".al-fw-rest")
    shown = rest.count()
    for press in (*[rest] * shown, *[page.locator(".al-fw-foot button")] * 2):
        press.click()
    page.locator("[data-state=received]").wait_for()
    taps = 1 + asked + shown + 2
    return taps, clock.stopwatch() - begun


def test_a_check_made_without_a_signal_arrives_once(person):
    one = person("qiye", size=(390, 844))
    before = one.get("/api/v1/checks")["count"]
    one.page.goto("/fieldwork")
    one.page.locator("html[data-kept=yes]").wait_for()
    taps, seconds = usual(one)
    print(f"a usual self-check: {taps} taps, {seconds:.1f} s with the machine's own hands")
    assert taps <= 12
    one.context.set_offline(True)
    anew(one)
    one.page.locator(TASK).last.click()
    answer(one.page)
    one.page.wait_for_timeout(300)
    anew(one)
    one.page.locator(TASK).last.click()
    one.page.locator(".al-fw-foot button").click()
    one.page.locator(".al-fw-foot button").click()
    one.page.locator("[data-state=waiting]").wait_for()
    anew(one)
    one.page.locator("[data-state=waiting]").wait_for()
    one.context.clear_cookies()
    one.context.set_offline(False)
    one.page.locator("a[href^='/login']").wait_for(timeout=40_000)
    one.log_in("qiye")
    one.page.wait_for_url(lambda address: "/login" not in address)
    one.complaints[:] = [c for c in one.complaints if not any(lost in c for lost in LOST)]
    for _look in range(2):
        anew(one)
        received = one.page.locator("[data-state=received]", has_text="隐患")
        received.wait_for()
        assert one.get("/api/v1/checks")["count"] == before + 2


def photo(colour):
    """What a camera gives: larger than what is sent."""
    sink = io.BytesIO()
    Image.new("RGB", (3200, 2400), colour).save(sink, "JPEG")
    return {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": sink.getvalue()}


def shoot(page, moment, colour):
    place = page.locator(f"[data-code={moment}]")
    place.locator("input[type=file]").set_input_files(photo(colour))
    place.locator("img").wait_for()


def report(one, title):
    """Written half, the tab killed, then finished out of the draft."""
    one.page.locator(FIND).click()
    one.page.locator(".al-fw-field .form-control").nth(0).fill(title)
    shoot(one.page, "before", "red")
    one.page.wait_for_timeout(300)
    anew(one)
    one.page.locator(FIND, has_text=title).click()
    one.page.locator(".al-fw-shots img").wait_for()
    one.page.locator(".al-fw-field .form-control").nth(1).fill("地下一层配电间")
    one.page.locator("[data-grade=GENERAL]").click()
    one.page.locator(".al-fw-foot button").click()
    one.page.locator(WAITING, has_text=title).wait_for()


def rectify(page):
    """The first danger of the list, with a photo before and one after; its title."""
    row = page.locator(BROKEN).first
    title = row.locator("b").inner_text()
    row.click()
    assert page.locator(".al-fw-foot button").is_disabled()
    shoot(page, "before", "orange")
    shoot(page, "after", "green")
    page.locator("textarea").fill("已清空通道，划线")
    page.locator(".al-fw-foot button").click()
    page.locator(WAITING, has_text=title).wait_for()
    return title


def answers_lost(route):
    """The platform has it, the phone does not hear of it."""
    route.fetch()
    route.abort()


def dangers(one, title):
    """The files of all dangers of a title, with their steps and photos."""
    rows = one.get("/api/v1/dangers")["rows"]
    found = [each["id"] for each in rows if each["title"] == title]
    return [one.get(f"/api/v1/dangers/{pk}") for pk in found]


def back(one, username):
    """There is a signal again, and somebody logs in on this phone.

    The page is left first: an answer under way would set the cookies of who was there before.
    """
    one.page.goto("about:blank")
    one.context.clear_cookies()
    one.context.set_offline(False)
    one.log_in(username)
    one.page.wait_for_url(lambda address: "/login" not in address, timeout=60_000)
    one.page.goto("/fieldwork")


def test_dangers_written_without_a_signal_arrive_once(person):
    one, find = person("qiye", size=(390, 844)), "电缆沟盖板破损"
    one.page.goto("/fieldwork")
    one.page.locator("html[data-kept=yes]").wait_for()
    one.context.set_offline(True)
    anew(one)
    report(one, find)
    broken = rectify(one.page)
    anew(one)
    one.page.locator(WAITING).nth(1).wait_for()
    assert one.page.locator(BROKEN, has_text=broken).count() == 0
    back(one, "wangge")
    one.page.get_by_text("2 份记录是别的账号填的").wait_for()
    assert one.page.locator(f"{WAITING}, {RECEIVED}").count() == 0
    assert one.page.locator(f"{FIND}, {BROKEN}").count() == 0
    sent = "**/fieldwork/dangers"
    one.context.route(sent, answers_lost)
    back(one, "qiye")
    one.until(lambda: dangers(one, find), "the platform has the danger")
    one.page.locator(WAITING, has_text=find).wait_for()
    one.context.unroute(sent)
    for _look in range(2):
        anew(one)
        for title in (find, broken):
            one.page.locator(RECEIVED, has_text=title).wait_for()
        assert one.page.locator(WAITING).count() == 0
        (new,), (old,) = dangers(one, find), dangers(one, broken)
        assert [each["moment"] for each in new["photos"]] == ["before"]
        assert new["photos"][0]["size"] < 200_000
        assert new["steps"][0]["said"]["suggested"] == "GENERAL"
        assert sorted(each["moment"] for each in old["photos"]) == ["after", "before"]
        assert [each["verb"] for each in old["steps"]][-2:] == ["begin", "submit"]
        assert old["danger"]["state"] == "SUBMITTED"
    one.complaints[:] = [c for c in one.complaints if not any(lost in c for lost in LOST)]
