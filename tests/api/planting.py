"""Marked values, planted through every command that takes a confidential text, and looked for."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from application.aggregates import AGGREGATES
from application.sealing.sealer import confidential
from domain.member.access import AccessRole
from domain.terms import Sealed
from tests.api.in_process import NOORDERDAM, Doors, organisation

MARK = "Zéphyr\u2013Amarant"
"""Stands in every value that is to be forgotten: found in any spelling, one was not."""
STAYS = "Bléssing\u2013Blijvend"
"""Stands in what was said by and about others."""
PUBLIC = "Überlingen\u2013Oever"
"""Stands where everybody may read it: a search that does not find this one is no search."""


def spellings(text: str) -> Iterator[bytes]:
    """How `text` can stand in a file, an answer or a log, also in the midst of something longer."""
    plain = text.encode()
    yield plain
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield text.encode("latin-1", "replace")
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    for escaped in (text.encode("unicode-escape"), _json_escaped(text)):
        yield escaped
        yield escaped.upper().replace(b"\\U", b"\\u")
    yield quote(text, safe="").encode()
    yield quote(text, safe="").lower().encode()
    for before in range(3):  # wherever it begins within the three bytes of a base64 group
        whole = b64encode(bytes(before) + plain)
        inside = whole[4 if before else 0 : len(whole) - 4]
        yield inside
        yield inside.replace(b"+", b"-").replace(b"/", b"_")


def _json_escaped(text: str) -> bytes:
    return "".join(each if each.isascii() else f"\\u{ord(each):04x}" for each in text).encode()


def found(text: str, places: Iterable[tuple[str, bytes]]) -> dict[str, list[bytes]]:
    """Where `text` stands, and in which spelling."""
    wanted = tuple(dict.fromkeys(spellings(text)))
    hits = {name: [each for each in wanted if each in data] for name, data in places}
    return {name: each for name, each in hits.items() if each}


@dataclass
class Garden:
    """One authority with its circle, mission, project and firm, in which values are planted."""

    at: Doors
    values: dict[str, str] = field(default_factory=dict)
    keys: dict[str, UUID] = field(default_factory=dict)
    positions: dict[str, int] = field(default_factory=dict)
    sealed: dict[str, tuple[Sealed, UUID]] = field(default_factory=dict)
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    authority: Any = None
    circle: Any = None
    mission: Any = None
    project: Any = None
    firm: Any = None

    def value(self, of: str) -> str:
        mark = STAYS if of.startswith("Kees ") else MARK
        self.values[of] = f"{of} {mark}-{next(self.numbers):02} {uuid4().hex}"
        return self.values[of]

    async def made(self) -> "Garden":
        at = self.at
        self.authority = await at.authority(NOORDERDAM, f"Gemeente {PUBLIC}")
        token = {role: await at.token(role, self.authority, name=f"{role}") for role in AccessRole}
        self.token = token
        officer = token[AccessRole.OFFICER]
        await self.give(officer, "members", self.authority, "adopt-parameters", adoptions=[
            {"parameter": each, "value": 0, "validFrom": "2020-01-01", "reason": "toets"}
            for each in ("retention-minutes", "retention-project")
        ])  # fmt: skip
        self.circle = await at.circle(officer, self.authority, f"Kring {PUBLIC}")
        self.project = await at.project(officer, self.authority, f"Kade {PUBLIC}")
        firm = await at.give(officer, "/members", organisation(f"Duinweg {PUBLIC} BV"))
        self.firm = firm.json()["id"]
        head, _ = await at.house.ledger.head()
        assert await at.house.views.wait_for(head, within=10)
        mission = await at.give(
            token[AccessRole.FACILITATOR], "/missions",
            {"title": f"Missie {PUBLIC}", "problem": "uitstoot", "circle": str(self.circle),
             "goal": None},
        )  # fmt: skip
        assert mission.is_success, mission.text
        self.mission = mission.json()["id"]
        return self

    async def give(self, token: str, plural: str, stream: Any, command: str, /, **said: Any) -> int:
        """The position of the last event of the command."""
        events = await self.at.house.ledger.load(UUID(str(stream)))
        given = await self.at.give(
            token, f"/{plural}/{stream}/{command}", said, version=events[-1].version
        )
        assert given.is_success, (command, given.text)
        position: int = given.json()["position"]
        return position

    async def planted(self, person: str, *, few: bool = False) -> None:
        """One value for every confidential field of every command there is; or just a few."""
        officer, facilitator = self.token[AccessRole.OFFICER], self.token[AccessRole.FACILITATOR]
        circle: tuple[str, Any] = ("circles", self.circle)
        done: set[str] = set()

        async def plant(
            token: str, where: tuple[str, Any], command: str, *fields: str, **said: Any
        ) -> None:
            texts: dict[str, Any] = {
                each: self.value(f"{person} {command} {each}") for each in fields
            }
            last = await self.give(token, *where, command, **(texts | said))
            done.add(command)
            for each in fields:
                self.positions[f"{person} {command} {each}"] = last - 1

        meeting = f"{person}-1"
        agenda = [{"kind": "klaagpaal", "title": "Klaagpaal", "project": None}]
        await self.give(
            facilitator, *circle, "hold-meeting", meeting=meeting, agenda=agenda, attendance=[],
            competitionStatement=True,
        )  # fmt: skip
        await self.give(
            facilitator, *circle, "raise-topic", topic=f"O-{person}", title="Asfalt",
            kind="improve", level="tactical", aspects=[], theme=None, known=None,
        )  # fmt: skip
        joined = await self.at.give(officer, "/members", organisation("Nieuwkomer BV"))
        newcomer = joined.json()["id"]
        await self.give(facilitator, *circle, "join-circle", member=newcomer)
        await self.give(
            facilitator, *circle, "make-agreement", agreement=f"A-{person}", subject="schoon",
            parties=[newcomer, self.firm], until=None,
        )  # fmt: skip
        code, agreement = f"V-{person}", f"A-{person}"
        await plant(
            facilitator, circle, "answer-intake", "answer", member=self.firm, question="needs"
        )
        await plant(facilitator, circle, "request-leave", "reason", member=newcomer, leavesOn=None)
        await plant(
            facilitator, circle, "discuss-topic", "conclusion", topic=f"O-{person}", meeting=meeting
        )
        await plant(facilitator, circle, "raise-complaint", "text", complaint=f"K-{person}")
        await plant(
            facilitator,
            circle,
            "discuss-complaint",
            "text",
            complaint=f"K-{person}",
            meeting=meeting,
        )
        await plant(
            facilitator,
            circle,
            "table-proposal",
            "text",
            decision=code,
            subject="s",
            member=self.firm,
        )
        await plant(facilitator, circle, "add-option", "text", decision=code, option="1")
        if few:
            return
        await plant(
            facilitator,
            circle,
            "raise-objection",
            "text",
            decision=code,
            objection="b",
            member=self.firm,
        )
        await plant(
            facilitator,
            circle,
            "answer-objection",
            "how",
            decision=code,
            objection="b",
            outcome="integrated",
        )
        await plant(
            facilitator,
            circle,
            "find-free-rider",
            "text",
            agreement=agreement,
            finding="f",
            member=newcomer,
        )
        await plant(
            facilitator, circle, "impose-sanction", "text", agreement=agreement, finding="f",
            kind="warning",
        )  # fmt: skip
        await plant(facilitator, circle, "note-sensitive-talk", "subject", meeting=meeting)
        await plant(
            facilitator, circle, "answer-leave", "terms", member=newcomer, outcome="granted",
            penalty=0,
        )  # fmt: skip
        await plant(
            facilitator,
            circle,
            "settle-finding",
            "how",
            agreement=agreement,
            finding="f",
            upheld=False,
        )
        await plant(
            facilitator,
            circle,
            "hold-reflection",
            "text",
            reflection=f"R-{person}",
            meeting=None,
            practice=None,
        )
        await plant(
            officer,
            ("members", self.firm),
            "introduce-person",
            "name",
            "contact",
            person=str(self.at.person(person)),
        )
        await plant(
            officer,
            ("members", self.firm),
            "declare-interest",
            "interest",
            project=str(self.project),
            conflict=True,
        )
        work: tuple[str, Any] = ("convenant-projects", self.project)
        await plant(
            officer,
            work,
            "sign-declaration",
            "detail",
            person=str(self.at.person(person)),
            interest=True,
        )
        await plant(
            officer,
            work,
            "hear-stakeholders",
            "said",
            group="bewoners",
            kind="residents",
            phase="design",
            how="avond",
            outcome=None,
        )
        await plant(
            officer,
            work,
            "report-safety",
            "account",
            report=f"S-{person}",
            event="near-miss",
            lostDays=0,
        )
        await plant(
            officer,
            work,
            "keep-site-record",
            "text",
            record=f"D-{person}",
            kind="daily-report",
            writtenBy=self.firm,
            lostDays=0,
        )
        await plant(officer, work, "settle-site-record", "how", record=f"D-{person}")
        await plant(
            facilitator,
            ("missions", self.mission),
            "monitor-mission",
            "reflections",
            method="process-monitoring",
            tookPart=[],
            adjusted=None,
        )
        sole = await self.at.give(officer, "/members", {
            "name": self.value(f"{person} register-member name"), "kind": "contractor",
            "legalForm": "sole-trader",
        })  # fmt: skip
        assert sole.is_success, sole.text
        self.positions[f"{person} register-member name"] = sole.json()["position"] - 1
        done.add("register-member")
        known = {
            name for each in AGGREGATES for name, its in each.commands.items() if confidential(its)
        }
        assert done == known, known ^ done

    def of(self, person: str) -> dict[str, int]:
        """Position by name, of what was planted for one person."""
        return {each: at for each, at in self.positions.items() if each.startswith(f"{person} ")}
