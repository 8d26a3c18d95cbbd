"""What is made of what was seen: a point for each, with what differs and the cure."""

from collections.abc import Sequence
from datetime import timedelta

from application.auditing.whole import Audited
from application.doctor.kept_states import Compared
from application.doctor.observed import (
    Clocks,
    Disk,
    KeyFile,
    SealedKeys,
    Setting,
    VaultKey,
    ViewRows,
)
from application.doctor.point import Point, differs, ok
from application.transparency.ports import Refusal
from application.views.asking import Health
from domain.terms import Text

LEAST_FREE = 1 << 30
"""Bytes that a folder needs to go on for a while."""
LEAST_SHARE = 0.05
MOST_APART = timedelta(seconds=2)
YOUNG = timedelta(hours=1)
"""A key this young may belong to a command that is still being carried out."""

_MIGRATE = Text(nl="Voer uit: kringboek migrate", en="Run: kringboek migrate")
_REBUILD = Text(nl="Voer uit: kringboek rebuild", en="Run: kringboek rebuild")


def schema(found: Sequence[str]) -> Point:
    if not found:
        return ok("schema", "het schema is dat van deze versie", "the schema is that of this build")
    what = Text(
        nl="het schema is niet dat van deze versie", en="the schema is not that of this build"
    )
    return differs("schema", what, _MIGRATE, *found)


def rights(found: Sequence[str]) -> Point:
    if not found:
        return ok(
            "rights",
            "rollen, rechten en sloten zijn zoals migrate ze maakt",
            "roles, grants and locks are as migrate makes them",
        )
    what = Text(
        nl="rollen, rechten of sloten zijn veranderd",
        en="roles, grants or locks were changed",
    )
    cure = Text(
        nl="Zet ze terug als beheerder van de database, en voer daarna kringboek verify uit: wie de"
        " sloten opende kan ook rijen hebben veranderd",
        en="Put them back as the database's administrator, and run kringboek verify afterwards:"
        " whoever opened the locks may have changed rows as well",
    )
    return differs("rights", what, cure, *found)


def settings(found: Sequence[Setting]) -> Point:
    if not found:
        return ok("settings", "de instellingen kloppen", "the settings are right")
    what = Text(
        nl="het grootboek kan zo gebeurtenissen verliezen",
        en="the ledger could lose events like this",
    )
    cure = Text(nl="Zie bij elke instelling", en="See with each setting")
    return differs(
        "settings", what, cure, *(f"{each.what} {each.why}. {each.cure}" for each in found)
    )


# ---------------------------------------------------------------------------------- the record


def ledger(found: Audited) -> Point:
    if not found.told:
        return ok(
            "ledger",
            f"{found.size} gebeurtenissen, bladeren en bestanden van het logboek kloppen",
            f"{found.size} events, their leaves and the log's files are right",
        )
    what = Text(
        nl="het grootboek of zijn logboek is buiten het systeem om veranderd",
        en="the ledger or its log was changed behind the system's back",
    )
    cure = Text(
        nl="Bewaar wat er ligt, leg het naast een bewaard controlepunt (kringboek verify --kept),"
        " en zet een kopie terug",
        en="Keep what lies there, hold it to a checkpoint kept elsewhere (kringboek verify --kept),"
        " and put a backup back",
    )
    more = (f"... {found.told.untold}",) if found.told.untold else ()
    return differs("ledger", what, cure, *map(str, found.told.findings), *more)


def publication(found: Audited, refused: Refusal | None) -> Point:
    waiting = found.size - (found.published or 0)
    if refused is not None:
        what = Text(nl="het logboek staat stil", en="the log stands still")
        cure = Text(nl="Doe wat de weigering zegt", en="Do what the refusal says")
        why = f"{refused.code}: {refused.why}. {refused.cure}"
        return differs("publication", what, cure, why)
    if found.published is None and found.size:
        what = Text(
            nl=f"van {found.size} gebeurtenissen is niets gepubliceerd",
            en=f"of {found.size} events nothing was published",
        )
        cure = Text(nl="Start de dienst: kringboek serve", en="Start the service: kringboek serve")
        return differs("publication", what, cure)
    return ok(
        "publication",
        f"{found.published or 0} gepubliceerd, {max(0, waiting)} wachten",
        f"{found.published or 0} published, {max(0, waiting)} waiting",
    )


# ----------------------------------------------------------------------------- what is derived


def views(health: Sequence[Health], wanted: Sequence[str], head: int) -> Point:
    known = {each.view: each for each in health}
    wrong = [f"{name}: never built by this build" for name in wanted if name not in known]
    wrong += [
        f"{each.view}: stopped before position {each.failed_at}: {each.failure}"
        for each in health
        if each.failure
    ]
    wrong += [
        f"{each.view}: is ahead, at position {each.position} of {head}"
        for each in health
        if each.position > head
    ]
    behind = [each for each in health if each.position < head and not each.failure]
    if wrong:
        what = Text(nl="overzichten kloppen niet", en="views are not right")
        return differs("views", what, _REBUILD, *wrong)
    last = f", {len(behind)} achter op {head}" if behind else f" tot positie {head}"
    late = f", {len(behind)} behind position {head}" if behind else f" up to position {head}"
    return ok("views", f"{len(health)} overzichten{last}", f"{len(health)} views{late}")


def view_rows(found: Sequence[ViewRows]) -> Point:
    wrong = [f"{each.view}: {row}" for each in found for row in each.wrong]
    compared = sum(each.compared for each in found)
    if not wrong:
        return ok(
            "view-rows",
            f"{compared} rijen zijn wat de gebeurtenissen geven",
            f"{compared} rows are what the events give",
        )
    what = Text(
        nl="rijen van overzichten zijn niet wat de gebeurtenissen geven",
        en="rows of views are not what the events give",
    )
    return differs("view-rows", what, _REBUILD, *wrong)


def snapshots(found: Compared) -> Point:
    if not found.wrong:
        return ok(
            "snapshots",
            f"{found.all} momentopnamen, {found.ours} van deze versie, {found.compared} vergeleken",
            f"{found.all} snapshots, {found.ours} of this build, {found.compared} compared",
        )
    what = Text(
        nl="momentopnamen zijn niet wat de gebeurtenissen geven",
        en="snapshots are not what the events give",
    )
    return differs("snapshots", what, _REBUILD, *found.wrong)


# ------------------------------------------------------------------------------------ the keys


def keys(
    sealed: SealedKeys, vault: Sequence[VaultKey], epochs: Sequence[str], now: Clocks
) -> Point:
    """Texts and their keys, keys and their facts, keys and the epoch that wraps them."""
    by_id = {each.kid: each for each in vault}
    living = {each.kid for each in vault if not each.destroyed}
    wrong = [
        f"{each}: seals a text, and is not in the vault" for each in sealed.sealing - by_id.keys()
    ]
    wrong += [
        f"{each}: was destroyed according to the record, and lives in the vault"
        for each in sealed.destroyed & living
    ]
    wrong += [
        f"{each}: is destroyed in the vault, and the record does not say why"
        for each in (sealed.created & by_id.keys()) - living - sealed.destroyed
    ]
    wrong += [
        f"{each.kid}: lives, and no event uses it"
        for each in vault
        if each.kid in living - sealed.sealing - sealed.created
        and now.database - each.created_at > YOUNG
    ]
    wrong += [
        f"{each.kid}: its epoch key {each.epoch} is not in the folder of keys"
        for each in vault
        if not each.destroyed and each.epoch not in epochs
    ]
    if not wrong:
        return ok(
            "keys",
            f"{len(living)} levende sleutels, {len(vault) - len(living)} vernietigd,"
            f" {len(epochs)} tijdperken",
            f"{len(living)} living keys, {len(vault) - len(living)} destroyed,"
            f" {len(epochs)} epochs",
        )
    what = Text(
        nl="kluis en grootboek spreken elkaar tegen", en="the vault and the ledger disagree"
    )
    cure = Text(
        nl="Een sleutel die had moeten verdwijnen: start de dienst, die maakt het wissen af. Een"
        " sleutel of tijdperk dat ontbreekt: zet de kluis of de map met sleutels terug",
        en="A key that should be gone: start the service, which finishes the erasure. A key or epoch"
        " that is missing: put back the vault, or the folder of keys",
    )
    return differs("keys", what, cure, *sorted(wrong))


def key_files(found: Sequence[KeyFile]) -> Point:
    wrong = [
        f"{each.path}: mode {each.mode:04o}, should be {each.wanted:04o}"
        for each in found
        if each.mode & ~each.wanted
    ]
    if not wrong:
        return ok(
            "key-files",
            f"{len(found)} bestanden zijn alleen voor dit account",
            f"{len(found)} files are for this account alone",
        )
    what = Text(nl="anderen kunnen bij sleutels", en="others can reach keys")
    cure = Text(
        nl="chmod, en vervang de sleutels die anderen konden lezen",
        en="chmod, and replace the keys that others could read",
    )
    return differs("key-files", what, cure, *wrong)


# --------------------------------------------------------------------------------- the machine


def disks(found: Sequence[Disk]) -> Point:
    wrong = [
        f"{each.folder}: {each.free >> 20} MiB"
        for each in found
        if each.free < LEAST_FREE or each.free < each.size * LEAST_SHARE
    ]
    least = min((each.free for each in found), default=0) >> 30
    if not wrong:
        return ok("disk", f"minstens {least} GiB vrij", f"at least {least} GiB free")
    what = Text(nl="de schijf is bijna vol", en="the disk is nearly full")
    return differs("disk", what, Text(nl="Maak ruimte", en="Make room"), *wrong)


def clock(found: Clocks, *, sandbox: bool) -> Point:
    apart = abs(found.here - found.database)
    wrong = []
    if apart > MOST_APART:
        wrong.append(
            f"this machine {found.here.isoformat()}, database {found.database.isoformat()}"
        )
    if not sandbox and found.newest is not None and found.newest > found.database + MOST_APART:
        wrong.append(f"the newest event is of {found.newest.isoformat()}, which is yet to come")
    if not wrong:
        return ok("clock", "de klokken lopen gelijk", "the clocks agree")
    what = Text(nl="de klokken lopen niet gelijk", en="the clocks do not agree")
    cure = Text(nl="Zet tijdsynchronisatie aan (NTP)", en="Turn on time synchronisation (NTP)")
    return differs("clock", what, cure, *wrong)
