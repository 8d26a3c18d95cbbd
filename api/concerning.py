"""The events that are about one thing, page by page: those that name it, and what came of these."""

from bisect import bisect_right
from collections.abc import Sequence
from uuid import UUID

from api.operations import Call, Span
from api.paging import LOOKS, Rows, cursor_at, limit_of, start_of
from api.registers import May, changes
from application.views import timeline, timeline_threads
from application.views.asking import MOST_ENTRIES, Place
from application.views.timeline import TimelineRow


async def concerning(call: Call, subject: UUID, may: May) -> Rows[TimelineRow]:
    """One page of the events about `subject`, in order, without those that are not for the reader.

    Raises `Problem` for a cursor or a limit that is none.
    """
    limit = limit_of(call)
    moment, place = await start_of(call)
    after = 0 if place is None else place.born
    threaded = await _threaded(call, subject, moment.position)
    positions = [each.position for each in threaded]
    found: list[TimelineRow] = []
    for _ in range(LOOKS):
        page = await call.house.views.page(
            timeline.view,
            timeline.of(subject),
            as_of=moment.position,
            after=_after(after),
            limit=limit,
        )
        end = moment.position if page.next is None else page.entries[-1].born
        between = threaded[bisect_right(positions, after) : bisect_right(positions, end)]
        events = {each.position: each for each in between}
        events |= {each.row.position: each.row for each in page.entries}
        for position in sorted(events):
            after, event = position, events[position]
            if await may(event):
                found.append(event)
            if len(found) == limit:
                more = page.next is not None or position < max(events)
                following = cursor_at(moment, _after(after)) if more else None
                return Rows(as_of=moment, rows=found, next=following)
        after = end
        if page.next is None:
            return Rows(as_of=moment, rows=found, next=None)
    return Rows(as_of=moment, rows=found, next=cursor_at(moment, _after(after)))


def _after(position: int) -> Place:
    return Place(born=position, key=timeline.event(position))


async def _threaded(call: Call, subject: UUID, position: int) -> Sequence[TimelineRow]:
    """The events of all threads in which `subject` is named, each once, in order."""
    found: dict[int, TimelineRow] = {}
    after: Place | None = None
    while True:
        page = await call.house.views.page(
            timeline_threads.view,
            timeline_threads.of(subject),
            as_of=position,
            after=after,
            limit=MOST_ENTRIES,
        )
        for thread in (each.row for each in page.entries):
            for event in thread.events:
                found[event.position] = TimelineRow(
                    position=event.position,
                    aggregate=thread.aggregate,
                    subject=thread.subject,
                    fact=event.fact,
                    in_confidence=False,
                    names=(),
                )
        if (after := page.next) is None:
            return [found[each] for each in sorted(found)]


async def versions_of(call: Call, subject: UUID, span: Span) -> Sequence[int]:
    """The positions at which there came to be more about `subject`."""
    named = await changes(call, timeline.view, timeline.of(subject), span)
    threads = await changes(call, timeline_threads.view, timeline_threads.of(subject), span)
    return span.of([*named, *threads])
