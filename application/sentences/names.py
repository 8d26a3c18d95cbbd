"""What ids are called in a sentence."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from domain.terms import Text


class Names(Protocol):
    """The name of an organisation, circle, project or mission; a short id where it has none."""

    def __call__(self, subject: UUID, /) -> str: ...


def listed(names: Names, ids: Iterable[UUID]) -> Text:
    """`A, B en C` / `A, B and C`, in alphabetical order."""
    found = sorted(names(each) for each in ids)
    if len(found) < 2:  # noqa: PLR2004 - one name needs no conjunction
        return Text(nl="".join(found), en="".join(found))
    head = ", ".join(found[:-1])
    return Text(nl=f"{head} en {found[-1]}", en=f"{head} and {found[-1]}")
