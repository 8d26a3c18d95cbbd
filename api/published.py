"""What everybody may read without a token: the rules, and what was published."""

from collections.abc import Iterator

from starlette.responses import Response

from api.answers import EVERYBODY, answer
from api.operations import Call, Operation
from api.verdicts import RulesSaid, rules_said
from domain.rules.catalogue import RULES


def operations() -> Iterator[Operation]:
    yield Operation(
        method="GET",
        path="/rules",
        id="rules",
        tag="about",
        summary="The rules by which projects are judged",
        description="Each with its sources, the days on which it is law, and what it asks for.",
        handle=_rules,
        answer=RulesSaid,
        public=True,
    )


async def _rules(_: Call) -> Response:
    return answer(rules_said(RULES), cache=EVERYBODY)
