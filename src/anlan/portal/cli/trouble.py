"""What a command says when it cannot go on: one line that tells what to do, and an exit code."""


class Trouble(Exception):
    """The whole story in one sentence, already in the reader's language."""

    def __init__(self, sentence: str, code: int = 1) -> None:
        super().__init__(sentence)
        self.code = code
