"""An enterprise checks itself in a cellar: no signal, the tab killed, then exactly one record."""

from anlan.vocabulary import clock

TASK = ".al-fw-row[data-about^=t]"
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
