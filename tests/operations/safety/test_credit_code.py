"""GB 32100-2015's own example, and every single wrong letter of it."""

from anlan.operations.safety.rules.credit_code import LETTERS, valid


def test_the_standards_example_holds_and_no_single_wrong_letter_does():
    code = "91350100M000100Y43"
    assert valid(code)
    for place in range(18):
        for letter in LETTERS:
            if letter != code[place]:
                assert not valid(code[:place] + letter + code[place + 1 :])
