"""What is said at the terminal, and where: answers on standard output, the rest beside it."""

import sys
from uuid import UUID


class Said(Exception):
    """The command ends here, with this sentence and exit code 1."""


def tell(sentence: str, end: str = "\n") -> None:
    """For the person at the terminal."""
    print(sentence, end=end, file=sys.stderr, flush=True)


def give(text: str) -> None:
    """For whoever asked, person or program."""
    print(text, flush=True)


class ProgressLine:
    """One line that is written over while something goes on; only on a terminal."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._seen = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        if self._seen:
            tell(f"\r{self._what}: {done:,} of {total:,}", end="" if done < total else "\n")
        elif done == total:
            tell(f"{self._what}: {total:,}")


def an_id(text: str, what: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Said(f"{text!r} is not the id of a {what}") from None
