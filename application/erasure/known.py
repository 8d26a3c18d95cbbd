"""Whether what is said about forgetting speaks of texts in the record of the authority that says it.

A key that is not there would change nothing, and whoever reads the decision would think that it
did. One of another authority is refused in the same words: nobody finds out here what others hold.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from application.erasure.plan import Planner
from application.ports import Ledger
from application.views import sealed_texts
from application.views.asking import ViewBehind, Views
from domain.decider import require
from domain.member.erasure import GrantErasure, NamePersons, RequestErasure, TextAt
from domain.sealing import KeyId
from domain.terms import Command, MemberId

_CAUGHT_UP_WITHIN = 2.0
"""Seconds that an order waits for the views: a text of just now may be spoken of at once."""


class KnownTexts:
    """`wake` tells the follower of this process that somebody waits for it."""

    def __init__(
        self, planner: Planner, ledger: Ledger, views: Views, wake: Callable[[], None]
    ) -> None:
        self._planner = planner
        self._ledger = ledger
        self._views = views
        self._wake = wake

    async def require(self, stream: UUID, command: Command) -> None:
        """Raises `Refused` (`member.unknown-key`, `member.unknown-text`), and `ViewBehind`."""
        authority = MemberId(stream)
        match command:
            case NamePersons():
                await self._require_keys(authority, [command.kid], "kid")
            case GrantErasure() if command.kept:
                await self._require_keys(authority, [each.kid for each in command.kept], "kept")
            case RequestErasure() if command.texts:
                await self._require_texts(authority, command.texts)
            case _:
                return

    async def _require_keys(self, authority: MemberId, kids: Iterable[KeyId], field: str) -> None:
        wanted = dict.fromkeys(kids)
        known = await self._planner.own(authority, wanted, as_of=await self._caught_up())
        missed = [each for each in wanted if each not in known]
        require(
            not missed,
            "member.unknown-key",
            f"nothing in the record of this authority was sealed under {_first(missed)}; take the"
            " `kid` of a sealed text, or of the plan",
            field=field,
        )

    async def _require_texts(self, authority: MemberId, texts: Iterable[TextAt]) -> None:
        as_of = await self._caught_up()
        missed = []
        for text in dict.fromkeys(texts):
            kids = await self._planner.keys_at(text, as_of=as_of)
            if not kids or not kids <= await self._planner.own(authority, kids, as_of=as_of):
                missed.append(f"{text.position}/{text.field}")
        require(
            not missed,
            "member.unknown-text",
            f"no sealed text in the record of this authority stands at {_first(missed)}; look up"
            " the position of its event, and its field as in JSON",
            field="texts",
        )

    async def _caught_up(self) -> int:
        head, _ = await self._ledger.head()
        self._wake()
        if not await self._views.wait_for(head, within=_CAUGHT_UP_WITHIN):
            raise ViewBehind(sealed_texts.view.name, head, await self._views.position())
        return head


def _first(missed: list[KeyId] | list[str]) -> str:
    more = f" and {len(missed) - 1} more" if len(missed) > 1 else ""
    return f"{missed[0]}{more}" if missed else ""
