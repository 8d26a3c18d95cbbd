"""The words of the commands about forgetting; who carries them out is not imported for them."""

import argparse
from collections.abc import Callable
from typing import Any

Command = Callable[[Any, str, str, str], argparse.ArgumentParser]


def erase(commands: Any, command: Command) -> None:
    parser = command(
        commands,
        "erase",
        "forget a person, as was granted",
        "Carry out what was granted: destroy the keys of a person's sealed texts, record every\n"
        "destruction, and remove the account where the whole person goes. What was cut off goes on\n"
        "where it was. A request is recorded and decided over HTTP, by two people; --dry-run lists\n"
        "what a request would mean, and what must stay with its ground. See docs/forgetting.md.",
    )
    parser.add_argument("--person", required=True, metavar="ID", help="a pseudonym of the record")
    parser.add_argument("--circle", metavar="ID", help="in this circle alone")
    parser.add_argument("--dry-run", action="store_true", help="only say what would go and stay")
    parser.add_argument("--json", action="store_true", help="what goes and what stays, as JSON")
    _of_authority(parser)


def person(commands: Any, command: Command) -> None:
    parser = command(
        commands,
        "person",
        "everything that the record holds about a person",
        "Print what the record holds about a person (inzage, GDPR art. 15), with the sealed texts\n"
        "that are about that person. Every opening of a text is logged, without the text.",
    )
    parser.add_argument("person", metavar="ID", help="a pseudonym of the record")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="of the sentences")
    parser.add_argument(
        "--named-as",
        metavar="FILE",
        help="also look into every sealed text for these names, one a line; - reads them from"
        " standard input, so that they stand in no history",
    )
    parser.add_argument("--json", action="store_true", help="as JSON, one event a line")


def retention(commands: Any, command: Command) -> None:
    parser = command(
        commands,
        "retention",
        "what is due to be forgotten",
        "List the retention periods (bewaartermijnen) of an authority, and the sealed texts whose\n"
        "period ended. Exit code 1 when something is due.",
    )
    parser.add_argument("--by", metavar="DAY", help="due on this day at the latest; today")
    parser.add_argument("--lang", choices=("nl", "en"), default="nl", help="of the words")
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    _of_authority(parser)


def vault(commands: Any, command: Command) -> None:
    parser = command(
        commands,
        "vault",
        "the epochs of the vault of keys",
        "Turn the epochs of the vault (kluis). `rotate` wraps every living key under a new epoch\n"
        "key; when the backups of before have expired, `end-epoch N` destroys the old one, after\n"
        "which no copy of the vault from its time opens anything. See docs/forgetting.md.",
    )
    parser.add_argument("do", choices=("status", "rotate", "end-epoch"))
    parser.add_argument("number", nargs="?", type=int, metavar="N", help="which epoch to end")
    parser.add_argument("--json", action="store_true", help="the epochs as JSON")


def _of_authority(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--authority",
        metavar="KVK",
        help="the contracting authority, by its KvK number; needed when there is not exactly one",
    )


FORGETTING = (erase, person, retention, vault)
