"""What the page for a second organisation shows can be typed as it stands."""

import re
import shlex
from pathlib import Path

from api.cli import _parser
from application.transparency.keys import Kind, VerifierKey
from application.transparency.policy import Policy
from application.transparency.standing import Condition

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "witness.md").read_text(encoding="utf-8")
BLOCKS = dict(reversed(re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)))


def test_the_command_is_understood_and_names_the_key_of_a_log() -> None:
    words = shlex.split(BLOCKS["sh"].replace("\\\n", " "))
    assert words[0] == "kringboek"
    said = _parser(verifying=False).parse_args(words[1:])
    assert said.command == "witness"
    assert [VerifierKey.parse(each).kind for each in said.log] == [Kind.ED25519]


def test_the_policy_is_one_and_two_of_three_meet_it() -> None:
    policy = Policy.parse(BLOCKS["text"].encode())
    names = [each.name for each in policy.witnesses]
    assert [policy.is_met(names[:count]) for count in range(4)] == [False, False, True, True]
    assert all(each.url for each in policy.witnesses)


def test_every_condition_is_explained() -> None:
    rows = re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
    told = {each for row in rows for each in re.findall(r"`([\w-]+)`", row)}
    assert told == set(Condition) - {Condition.NOT_ASKED}
