"""The four aggregates and the commands that each of them takes, under the names used at the doors.

A command's name at the doors is its class in kebab-case: `DiscloseDocuments` is
`disclose-documents`. HTTP paths, scenarios and the documentation all read this one table.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

from domain.circle import CircleCommand, circle
from domain.convenant_project import ProjectCommand, convenant_project
from domain.decider import Decider
from domain.member import MemberCommand, member
from domain.mission import MissionCommand, mission
from domain.terms import Command, Text


@dataclass(frozen=True, kw_only=True)
class Aggregate:
    """`plural` is the word in paths, `title` the word on the page."""

    plural: str
    title: Text
    decider: Decider[Any, Any, Any]
    taken: tuple[type[Command], ...]

    @property
    def name(self) -> str:
        return self.decider.name

    @cached_property
    def commands(self) -> Mapping[str, type[Command]]:
        """Name at the doors -> class, in the order of a project's life."""
        return {kebab(command.__name__): command for command in self.taken}


def kebab(name: str) -> str:
    """`DiscloseDocuments` -> `disclose-documents`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


CIRCLE = Aggregate(
    plural="circles",
    title=Text(nl="kenniskring", en="circle"),
    decider=circle,
    taken=get_args(CircleCommand),
)
MEMBER = Aggregate(
    plural="members",
    title=Text(nl="deelnemer", en="member"),
    decider=member,
    taken=get_args(MemberCommand),
)
CONVENANT_PROJECT = Aggregate(
    plural="convenant-projects",
    title=Text(nl="convenantproject", en="convenant project"),
    decider=convenant_project,
    taken=get_args(ProjectCommand),
)
MISSION = Aggregate(
    plural="missions",
    title=Text(nl="missie", en="mission"),
    decider=mission,
    taken=get_args(MissionCommand),
)

AGGREGATES = (CIRCLE, MEMBER, CONVENANT_PROJECT, MISSION)
