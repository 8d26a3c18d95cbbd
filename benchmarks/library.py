"""The peer: eventsourcing 9.5.6 on the same cluster, used as its documentation says.

One application in one process, a thread per caller, the default PostgreSQL recorder.
"""

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from psycopg.conninfo import conninfo_to_dict

from infrastructure.embedded_postgres import Cluster

_SAVED_AT_ONCE = 20


class Diary(Aggregate):
    """An aggregate of the library whose events are about as long as ours."""

    def __init__(self) -> None:
        self.last = ""

    @event("Noted")
    def note(self, text: str) -> None:
        self.last = text


class Library:
    def __init__(self, cluster: Cluster, database: str) -> None:
        told = conninfo_to_dict(cluster.dsn(database))
        self._application: Application[UUID] = Application(
            env={
                "PERSISTENCE_MODULE": "eventsourcing.postgres",
                "POSTGRES_DBNAME": database,
                "POSTGRES_HOST": str(told["host"]),
                "POSTGRES_PORT": "5432",
                "POSTGRES_USER": str(told["user"]),
                "POSTGRES_PASSWORD": "",
            }
        )

    def rate(self, callers: int, seconds: float, text: str) -> float:
        """Saves of one event each per second, of so many closed-loop callers."""
        until = time.perf_counter() + seconds

        def call() -> int:
            diary, count = Diary(), 0
            self._application.save(diary)
            while time.perf_counter() < until:
                diary.note(text)
                self._application.save(diary)
                count += 1
            return count

        begun = time.perf_counter()
        with ThreadPoolExecutor(callers) as threads:
            counts = [each.result() for each in [threads.submit(call) for _ in range(callers)]]
        return sum(counts) / (time.perf_counter() - begun)

    def diary_of(self, events: int, text: str) -> UUID:
        """A diary with so many events, the first of which begins it.

        Saved in parts: one save of a thousand events sometimes waits for ever (psycopg's pipeline
        and the server each think that the other is to speak).
        """
        diary = Diary()
        for count in range(2, events + 1):
            diary.note(text)
            if count % _SAVED_AT_ONCE == 0:
                self._application.save(diary)
        self._application.save(diary)
        return diary.id

    def get(self, diary: UUID) -> Diary:
        found: Diary = self._application.repository.get(diary)
        return found

    def close(self) -> None:
        self._application.close()
