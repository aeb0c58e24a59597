"""Every message has its Chinese, written as a district duty office writes it."""

import re

import pytest

from anlan.portal import words

PLACE = re.compile(r"\{[^}]*\}")  # {value!r} is no exclamation
SHUNNED = ("请您", "温馨提示", "系统繁忙", "操作失败", "！", "!")


@pytest.fixture(scope="module")
def faults():
    return words.missing()


@pytest.mark.parametrize("app", sorted(words.homes()))
def test_no_message_is_without_chinese(app, faults):
    mine = [str(fault) for fault in faults if fault.app == app]
    assert not mine, "\n" + "\n".join(mine)


@pytest.mark.parametrize("app", sorted(words.homes()))
def test_no_message_is_polite_noise(app):
    catalogue = words._catalogue(words.homes()[app])
    for entry in catalogue:
        text = entry.string if isinstance(entry.string, str) else "".join(entry.string)
        found = [word for word in SHUNNED if word in PLACE.sub("", text)]
        assert not (entry.id and found), f"{app}: {text}"


def test_a_word_that_two_rooms_say_otherwise_is_named(monkeypatch):
    """Catalogues are merged: of the two, one room's would win everywhere."""
    said = {"hotline": "写明举报内容", "safety": "写明隐患内容"}
    word = words.Word("Say what is wrong.", None, None, "here")
    catalogues = {}
    for room, chinese in said.items():
        catalogues[words.homes()[room]] = words.Catalog(locale=words.LOCALE)
        catalogues[words.homes()[room]].add(word.message, chinese)
    monkeypatch.setattr(words, "extract", lambda: {room: [word] for room in said})
    monkeypatch.setattr(words, "_catalogue", catalogues.get)
    assert [str(fault) for fault in words.missing()] == [
        "safety: 写明隐患内容, but 写明举报内容 in hotline: 'Say what is wrong.' (here)"
    ]


def test_a_call_in_code_and_a_tag_in_a_template_are_both_heard(tmp_path, monkeypatch):
    monkeypatch.setattr(words, "SOURCE", tmp_path)
    (tmp_path / "portal" / "templates").mkdir(parents=True)
    (tmp_path / "portal" / "a.py").write_text(
        'x = _("one %(n)s")\ny = NP_("stage", "level")\nz = pgettext("alert", "level")\n'
        'w = ngettext("a", "b", 2)\nno = _(variable)\n'
    )
    (tmp_path / "portal" / "templates" / "a.html").write_text(
        '{% extends "b" %}\n  {% translate "two" context "verb" %} <b>it\'s '
        '{% blocktranslate with n=1 %}{{ n }} "three"\nlines'
        '{% endblocktranslate %}</b>{{ _("four") }}'
        "{% blocktranslate count n=k %}{{ n }} house{% plural %}{{ n }} houses"
        "{% endblocktranslate %}"
    )
    found = {(word.message, word.context) for word in words.extract()["portal"]}
    assert found == {
        ("one %(n)s", None), ("level", "stage"), ("level", "alert"), ("a", None),
        ("two", "verb"), ('%(n)s "three"\nlines', None), ("four", None), ("%(n)s house", None),
    }  # fmt: skip


@pytest.fixture
def small_house(tmp_path, monkeypatch):
    """A house with one app that says two things, and a catalogue to be filled."""
    monkeypatch.setattr(words, "SOURCE", tmp_path)
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "a.py").write_text('_("%(n)s households")\nNP_("alert", "Red")\n')
    catalogue = tmp_path / "portal" / words.INSIDE
    catalogue.parent.mkdir(parents=True)

    def write(text):
        catalogue.write_text(
            'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + text
        )
        return [(fault.word.message, fault.why) for fault in words.missing()]

    return write


def test_what_is_absent_empty_fuzzy_or_wrongly_filled_is_told(small_house):
    said = 'msgctxt "alert"\nmsgid "Red"\nmsgstr "红色"\n\n'
    household = 'msgid "%(n)s households"\nmsgstr '
    assert small_house(said + household + '"%(n)s 户"\n') == []
    assert small_house(said) == [("%(n)s households", "absent from the catalogue")]
    assert small_house(said + household + '""\n') == [("%(n)s households", "without Chinese")]
    assert small_house(said + "#, fuzzy\n" + household + '"%(n)s 户"\n') == [
        ("%(n)s households", "fuzzy")
    ]
    [(_, why)] = small_house(said + household + '"%(m)s 户"\n')
    assert "places to fill differ" in why


def test_what_nobody_says_any_more_is_told(small_house):
    said = 'msgctxt "alert"\nmsgid "Red"\nmsgstr "红色"\n\n'
    said += 'msgid "%(n)s households"\nmsgstr "%(n)s 户"\n'
    assert small_house(said + '\nmsgctxt "level"\nmsgid "Red"\nmsgstr "红"\n') == [
        ("Red", "nobody says it any more")
    ]


def test_a_call_within_a_formatted_text_is_heard(small_house):
    source = words.SOURCE / "portal" / "a.py"
    source.write_text("x = f\"{_('Unit')}: {pgettext('stage', 'Level')} {_(name)}\"\n")
    heard = {(word.message, word.context) for word in words.extract()["portal"]}
    assert heard == {("Unit", None), ("Level", "stage")}


def test_new_messages_are_added_at_the_end_and_nothing_else_is_touched(small_house):
    small_house('# by hand\nmsgctxt "alert"\nmsgid "Red"\nmsgstr "红色"\n')
    path = words.homes()["portal"] / words.INSIDE
    before = path.read_text()
    assert words.add_new("portal") == 1
    assert path.read_text().startswith(before)
    assert words.add_new("portal") == 0
    assert [fault.why for fault in words.missing()] == ["without Chinese"]


def test_a_catalogue_is_compiled_once_until_it_changes(small_house):
    small_house('msgctxt "alert"\nmsgid "Red"\nmsgstr "红色"\n')
    assert words.compile_catalogues(only_stale=True) == 1
    assert words.compile_catalogues(only_stale=True) == 0
    compiled = (words.homes()["portal"] / words.INSIDE).with_suffix(".mo").read_bytes()
    assert "红色".encode() in compiled
    assert re.match(b"\xde\x12\x04\x95", compiled), "the magic number of .mo files"


def test_a_half_written_catalogue_does_not_stop_the_house(small_house):
    path = words.homes()["portal"] / words.INSIDE
    path.write_text('msgid "Red"\nmsgstr "红\n<<<<<<<\n')
    assert words.compile_catalogues(only_stale=True) == 0
