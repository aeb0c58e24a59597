"""One story from the first draft to a household that has confirmed, in the order it happens."""

import os
import re
from pathlib import Path

import pytest

PHONE = (390, 844)
WALL = (1920, 1080)
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "command-screen.png"
MOST_BYTES = 400_000
ROLES = {
    "chenli": "值班员", "zhoumin": "科长", "helan": "带班领导", "luoyuan": "区领导",
    "shuili": "行业部门", "ciqikou": "镇街", "wangge": "网格员", "qiye": "企业安全管理员",
}  # fmt: skip


def alert_that(one, state, patience_s=120.0):
    """The newest alert in this state, once there is one."""
    path = f"/api/v1/alerts?state={state}"
    return one.until(lambda: one.get(path), f"an alert that is {state}", patience_s)[0]


@pytest.mark.parametrize("username", ROLES)
def test_each_role_enters_and_is_named(person, username):
    page = person(username).page
    assert ROLES[username] in page.locator(".al-me").first.inner_text()


def test_a_wrong_password_is_told_and_lets_nobody_in(person):
    one = person().log_in("chenli", "not the password")
    one.page.locator("#refusal").wait_for()
    assert "不对" in one.page.locator("#refusal").inner_text()
    one.complaints.clear()  # the browser notes the 401 itself
    one.page.goto("/alerts")
    assert "/login" in one.page.url


def test_the_desk_brings_the_draft_by_itself(person):
    """Nothing is reloaded: the item appears on the reviewer's desk when the drafter is done."""
    one = person("zhoumin")
    link = one.page.locator("#desk-part .al-work a", has_text="预警")
    link.first.wait_for(timeout=150_000)
    assert one.page.locator(".al-exercise").is_visible()


ONE_LIVE_SWAP = """part => new Promise(done => {
  part.addEventListener("htmx:afterSettle", done, { once: true });
  document.body.dispatchEvent(new CustomEvent("live"));
}).then(() => null)"""
ENTER_DURING_A_LIVE_SWAP = """part => {
  part.addEventListener("htmx:afterSwap", () => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  }, { once: true });
  document.body.dispatchEvent(new CustomEvent("live"));
}"""


def choose_the_draft(one):
    """K to the top, J, J … to the alert that waits for review and stays until somebody does."""
    one.page.locator("#desk-part .al-work a[href*='/alerts/']").first.wait_for(timeout=150_000)
    rows = one.page.locator("[data-row]").count()
    for key in "k" * rows + "j" * rows:
        one.page.keyboard.press(key)
        chosen = one.page.locator("[data-row][aria-selected=true] a[href]").first
        if "/alerts/" in (opens := chosen.get_attribute("href")):
            return opens
    raise AssertionError("no alert waits on this desk")


def test_the_keyboard_alone_walks_the_desk(person):
    one = person("zhoumin")
    draft = choose_the_draft(one)
    one.page.keyboard.press("Enter")
    one.page.wait_for_url(f"**{draft}")
    one.page.keyboard.press("?")
    assert one.page.locator("dialog#al-keys").is_visible()
    one.page.keyboard.press("Escape")
    one.page.keyboard.press("g")
    one.page.keyboard.press("d")
    one.page.wait_for_url(re.compile(r"/$"))
    assert choose_the_draft(one) == draft
    one.page.locator("#desk-part").evaluate(ONE_LIVE_SWAP)
    chosen = one.page.locator("[data-row][aria-selected=true] a[href]").first
    assert chosen.get_attribute("href") == draft


def test_enter_during_a_live_swap_still_opens_the_chosen_row(person):
    one = person("zhoumin")
    draft = choose_the_draft(one)
    one.page.locator("#desk-part").evaluate(ENTER_DURING_A_LIVE_SWAP)
    one.page.wait_for_url(f"**{draft}")


def test_another_person_reviews_on_the_map(person):
    """The drafter sees why not; the section head presses once."""
    drafter = person("chenli")
    alert = alert_that(drafter, "DRAFT")
    drafter.page.goto(f"/alerts/{alert['id']}")
    assert drafter.page.get_by_role("button", name="审核通过").count() == 0
    one = person("zhoumin")
    one.page.goto(f"/alerts/{alert['id']}")
    one.page.locator("#alert-map[data-ready=yes]").wait_for(timeout=60_000)
    one.page.locator("main .btn-primary").click()
    one.until(lambda: one.get(f"/api/v1/alerts/{alert['id']}")["state"] == "REVIEWED", "the review")


def test_the_wall_follows_from_the_signature_to_the_alert_in_force(person):
    """The leader holds two seconds; the command screen, opened before, changes without reload."""
    wall = person("chenli", size=WALL)
    wall.page.goto("/command")
    wall.page.locator("#wall-map[data-ready=yes]").wait_for(timeout=90_000)
    wall.page.evaluate("window.opened = 'once'")
    before = wall.page.locator("#wall-left .al-hero b").inner_text()
    assert wall.page.locator("#wall-left .al-alert").count() == 0
    leader = person("luoyuan")
    alert = alert_that(leader, "REVIEWED")
    leader.page.goto(f"/alerts/{alert['id']}")
    _press_and_let_go(leader)
    assert leader.get(f"/api/v1/alerts/{alert['id']}")["state"] == "REVIEWED"
    _hold(leader)
    alert_that(leader, "PUBLISHED")
    wall.page.locator("#wall-left .al-alert").wait_for(timeout=60_000)
    wall.until(
        lambda: wall.page.locator("#wall-left .al-hero b").inner_text() != before, "a new stage"
    )
    assert wall.page.evaluate("window.opened") == "once"
    assert "磁器口" in wall.page.locator("#al-sentence").inner_text(), "the sentence was lost"
    assert "何岚" in wall.page.locator(".al-who").first.inner_text(), "who is on duty was lost"
    assert "预警" in wall.page.locator("#wall-left .al-alert").inner_text()


def _press_and_let_go(leader):
    """Half a second is no signature."""
    button = leader.page.locator("button[data-hold]").first
    button.scroll_into_view_if_needed()
    button.hover()
    leader.page.mouse.down()
    leader.page.wait_for_timeout(500)
    leader.page.mouse.up()
    leader.page.wait_for_timeout(1000)


def _hold(leader):
    """Hold until the button itself says that it has sent: two seconds, more on a slow machine."""
    button = leader.page.locator("button[data-hold]").first
    button.hover()
    leader.page.mouse.down()
    with leader.page.expect_navigation(timeout=30_000):
        leader.page.wait_for_timeout(2000)
    leader.page.mouse.up()


def test_the_receipts_board_fills(person):
    one = person("luoyuan")
    alert = alert_that(one, "PUBLISHED")
    receipts = f"/api/v1/alerts/{alert['id']}/receipts"
    one.until(lambda: one.get(receipts)["delivered"] > 0, "receipts of the telephones", 90.0)
    one.page.goto(f"/alerts/{alert['id']}")
    one.page.locator("#late").wait_for()
    assert "回执" in one.page.locator("main").inner_text()
    one.page.goto(f"/alerts/{alert['id']}")
    assert one.page.locator("button[data-hold][data-main]").count() == 0


def household_link(one):
    """The newest link sent to a household: its page tells people to leave."""
    letters = one.until(lambda: _to_households(one.drill), "a message to a household", 90.0)
    return letters[-1]["link"]


def _to_households(drill):
    return [letter for letter in drill.letters() if "住户" in letter["text"]]


def test_a_household_confirms_once_with_one_press(person):
    watcher = person("chenli")
    alert = alert_that(watcher, "PUBLISHED")

    def answered():
        return watcher.get(f"/api/v1/alerts/{alert['id']}/receipts")["acked"]

    family = person(size=PHONE)
    link = household_link(family)
    before = answered()
    family.page.goto(link)
    family.page.wait_for_timeout(1500)
    assert answered() == before, "looking at the page answered it"
    assert "演练" in family.page.locator(".al-exercise").inner_text()
    family.page.get_by_role("button", name="收到").click()
    family.page.locator(".al-said").wait_for()
    watcher.until(lambda: answered() == before + 1, "the answer")
    again = person(size=PHONE)
    again.page.goto(link)
    assert again.page.locator(".al-said").is_visible()
    assert again.page.get_by_role("button", name="收到").count() == 0
    said = again.context.request.post(link, form={"answer": "ok"})
    assert "已经" in said.text()
    assert answered() == before + 1


def test_the_phone_page_fits_the_hand(person):
    one = person(size=PHONE)
    one.page.goto(household_link(one))
    wide = one.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0
    for button in one.page.locator("form .al-button").all():
        box = button.bounding_box()
        assert box["height"] >= 48
    words = one.page.locator(".al-why").first
    assert words.evaluate("one => parseFloat(getComputedStyle(one).fontSize)") >= 17


def test_a_link_that_is_not_ours_is_turned_away(person):
    one = person(size=PHONE)
    forged = household_link(one)[:-3] + "xyz"
    answer = one.page.goto(forged)
    assert answer.status == 404
    one.complaints.clear()  # the browser notes the 404 itself
    assert one.page.get_by_role("button").filter(has_text="收到").count() == 0


def test_the_command_screen_answers_the_five_questions(person):
    """Where the documentation's picture is taken, when asked to."""
    one = person("chenli", size=WALL)
    one.page.goto("/command")
    one.page.locator("#wall-map[data-ready=yes]").wait_for(timeout=90_000)
    text = one.page.locator("body").inner_text()
    for question in ("发生了什么", "影响谁", "在做什么", "什么晚了"):
        assert question in text
    assert one.page.evaluate("document.documentElement.scrollHeight - innerHeight") <= 0
    if os.environ.get("ANLAN_PICTURES"):
        one.page.locator("#wall-time [role=slider]").press("End")  # the crest, with its flood
        one.page.wait_for_timeout(6000)
        _save(one.page.screenshot(), PICTURE)


def _save(png, path):
    """Quantised until it is small enough for a repository."""
    import io

    from PIL import Image

    picture = Image.open(io.BytesIO(png)).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    for colours in (256, 128, 64, 32):
        few = picture.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= MOST_BYTES:
            return
    raise AssertionError(f"{path.name} is still {path.stat().st_size} bytes")
