"""The whole log."""

from collections.abc import Sequence

from verifier.checked import BODY_FILES, NO_BODIES, SHOWN_EVENTS
from verifier.checkpoints import check_kept, check_published
from verifier.judging import judge, tell_bodies, tell_wrong_root
from verifier.passing import pass_over
from verifier.promises import check_proof, check_receipt
from verifier.quorum import check_policy
from verifier.remaining import check_other_files, check_timestamps
from verifier.sizes import LARGEST_FILE, WIDTH
from verifier.sources import Service
from verifier.tiles import read_bundle
from verifier.tree import Tree
from verifier.whole_log import WholeLog

REFUSED = (401, 403)


def verify_whole(log: WholeLog, names: Sequence[str] | None) -> None:
    opaque = _is_opaque(log)
    bodies = NO_BODIES if opaque else _where_bodies_are(log, names)
    log.passed = pass_over(log.source, log.size, bodies, opaque=opaque, given=log.given)
    passed = log.passed
    if passed.ends_at is not None:
        log.report.tell("missing.file", position=passed.ends_at + 1, until=log.size)
        for finding in passed.findings:
            log.report.add(finding)
        return
    log.entries = Tree(passed.roots, passed.tail)
    roots = [passed.other_roots.get(at, root) for at, root in enumerate(passed.roots)]
    if passed.other_roots or passed.other_tail is not None:
        log.tiles = Tree(roots, passed.other_tail or passed.tail)
    else:
        log.tiles = log.entries
    shifted = judge(log)
    tell_bodies(log, shifted)
    if names is not None:
        check_published(log, names)
    check_policy(log, names)
    check_kept(log)
    for path, data in log.given.receipts:
        check_receipt(log, path, data)
    for path, data in log.given.proofs:
        check_proof(log, path, data)
    if names is not None:
        check_timestamps(log, names)
        check_other_files(log, names, bodies)
    if log.good is None:
        tell_wrong_root(log)
    _sum_up_whole(log, bodies, opaque=opaque)


def _is_opaque(log: WholeLog) -> bool:
    """Whether the entries are of another log than ours: none of the first is in our form."""
    if not log.size:
        return False
    _, entries, _ = read_bundle(log.source, 0, min(WIDTH, log.size))
    return bool(entries) and not any(each.startswith(b'{"') for each in entries or ())


def _where_bodies_are(log: WholeLog, names: Sequence[str] | None) -> str:
    if isinstance(log.source, Service):
        status, data = log.source.ask("v1/events?after=0&limit=1", LARGEST_FILE, "application/json")
        if status == 200 and data.lstrip().startswith(b"{"):  # noqa: PLR2004
            return SHOWN_EVENTS
        log.report.leave("no-token" if status in REFUSED else "no-events", why=f"HTTP {status}")
        return NO_BODIES
    if log.is_export or any(name.startswith("bodies/") for name in names or ()):
        return BODY_FILES
    return NO_BODIES


def _sum_up_whole(log: WholeLog, bodies: str, *, opaque: bool) -> None:
    report, passed = log.report, log.passed
    report.checked.insert(0, ("tree", {"size": log.size}))
    if opaque:
        report.leave("opaque")
    else:
        report.checked.insert(1, ("form", {"streams": len(passed.versions)}))
    if passed.bodies:
        line = "shown" if bodies == SHOWN_EVENTS else "bodies"
        count = passed.bodies + (passed.withheld if bodies == SHOWN_EVENTS else 0)
        report.checked.insert(2, (line, {"count": count}))
    if passed.withheld:
        report.leave("withheld", count=passed.withheld)
    seen = passed.bodies + passed.withheld + len(passed.off_bodies)
    if bodies == SHOWN_EVENTS and seen < log.size:
        report.leave("not-shown", count=log.size - seen)
    if bodies == NO_BODIES and not opaque and log.size and not log.source.is_service:
        report.leave("no-bodies")
    if not log.given.checkpoints:
        report.leave("no-kept")
