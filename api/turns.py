"""How many answers that walk the whole record go out at once: exports, and what it holds of somebody.

Each reads as fast as the disk and its reader allow.
"""

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from http import HTTPStatus

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from api.problems import Problem
from domain.terms import PersonRef

MOST = 4
"""In one process. These answers are in no hurry, and whoever records something meanwhile is."""
MOST_OF_ONE = 2
"""Of one person: a download that broke off unnoticed does not stand in the way of the next."""
_AGAIN = {"Retry-After": "30"}


class Turns:
    """One for each process and kind of answer; what another process sends out counts there.

    `code` begins the codes of its refusals, `word` is what these answers are called.
    """

    def __init__(self, code: str, word: str) -> None:
        self._code = code
        self._word = word
        self._taken: Counter[PersonRef] = Counter()

    def take(self, person: PersonRef) -> None:
        """Raises `Problem` (429, 503); `give_back` has to follow when it does not."""
        if self._taken[person] >= MOST_OF_ONE:
            raise Problem(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"{self._code}.two-at-once",
                f"{MOST_OF_ONE} {self._word} of yours are going out; ask again when one has come",
                headers=_AGAIN,
            )
        if self._taken.total() >= MOST:
            raise Problem(
                HTTPStatus.SERVICE_UNAVAILABLE,
                f"{self._code}.too-many",
                f"{MOST} {self._word} are going out, and no more at once; ask again",
                headers=_AGAIN,
            )
        self._taken[person] += 1

    def give_back(self, person: PersonRef) -> None:
        self._taken[person] -= 1
        self._taken += Counter()  # Who has none left is not remembered.


class InTurn(StreamingResponse):
    """An answer for which a turn was taken: given back when it went out, or nobody wants it more."""

    def __init__(
        self,
        pieces: AsyncIterator[bytes],
        turns: Turns,
        person: PersonRef,
        *,
        media_type: str,
        headers: Mapping[str, str],
    ) -> None:
        super().__init__(pieces, media_type=media_type, headers=headers)
        turns.take(person)
        self._turns = turns
        self._person = person

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._turns.give_back(self._person)
