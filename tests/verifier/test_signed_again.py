"""Whoever holds the key of the log rewrites the past: what was kept betrays it."""

import shutil
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.verifier.verified import codes, named, uncovered, verified, written, wrong
from tests.verifier.written_log import (
    LOG,
    ORIGIN,
    Event,
    Log,
    Signer,
    bought,
    checkpoint,
    note,
    proof,
    receipt,
    renumbered,
    story,
    write_tiles,
)

STRANGER = Signer(ORIGIN, seed="of somebody else")


def forged(log: Log, events: list[Event], *signers: Signer) -> Log:
    """The same log with another past, as whoever holds the key of the log can make it."""
    folder = log.folder.with_name("forged")
    shutil.rmtree(folder, ignore_errors=True)
    return Log(folder, events, bodies=True, signers=signers or (LOG,)).write()


def test_a_rewritten_past_contradicts_a_checkpoint_that_was_kept(log: Log) -> None:
    kept = checkpoint(log.entries[:400])
    events = list(log.events)
    events[299] = bought(events[299])
    made = forged(log, events)
    assert not verified(made.folder).wrong, "nobody can see this without having kept something"
    report = verified(made.folder, checkpoints=(kept,))
    assert named(report) == {("re-signed", 1)}
    narrower = (checkpoint(log.entries[:290]), checkpoint(log.entries[:310]), kept)
    found = wrong(verified(made.folder, checkpoints=narrower))
    assert {each.code for each in found} == {"re-signed"}
    assert {(each.position, each.until) for each in found} == {(291, 310)}


@pytest.mark.parametrize(
    "change",
    [
        lambda events: events[:299] + events[300:],
        lambda events: [*events[:299], bought(events[10]), *events[299:]],
        lambda events: [*events[:9], events[10], events[9], *events[11:]],
    ],
    ids=["deleted", "inserted", "reordered"],
)
def test_a_past_with_events_removed_added_or_moved_and_signed_again_is_found(
    log: Log, change: object
) -> None:
    made = forged(log, renumbered(change(log.events)))  # type: ignore[operator]
    assert not verified(made.folder).wrong
    assert "re-signed" in codes(verified(made.folder, checkpoints=(checkpoint(log.entries[:400]),)))
    assert "forked" in codes(
        verified(made.folder, checkpoints=(checkpoint(log.entries[: len(made.events)]),))
    ) or len(made.events) > len(log.events)


def test_a_careless_forger_leaves_gaps_repeats_and_moments_that_go_back(log: Log) -> None:
    gone = log.events[299]
    made = forged(log, log.events[:299] + log.events[300:])
    (found,) = wrong(verified(made.folder))
    assert found.says == "missing.version"
    assert found.particulars["aggregate"] == str(gone.aggregate)
    made = forged(log, [*log.events[:300], replace(bought(gone)), *log.events[300:]])
    assert codes(verified(made.folder)) == {"inserted"}
    later = next(n for n in range(300, 600) if log.events[n].aggregate == gone.aggregate)
    events = list(log.events)
    events[299], events[later] = events[later], events[299]
    made = forged(log, events)
    assert codes(verified(made.folder)) == {"reordered"}


def test_checkpoints_that_the_log_itself_published_betray_it(tmp_path: Path) -> None:
    log = written(tmp_path, published=(100, 280, 310, 500))
    events = list(log.events)
    events[299] = bought(events[299])
    write_tiles(log.folder, [event.entry for event in events])
    log.put("checkpoint", checkpoint([event.entry for event in events]))
    found = [each for each in wrong(verified(log.folder)) if each.code == "re-signed"]
    assert [(each.position, each.until) for each in found] == [(281, 310)]


def test_a_log_signed_with_another_key_of_the_same_name_is_named(tmp_path: Path) -> None:
    log = written(tmp_path, signers=(STRANGER,), keys=(STRANGER.vkey,))
    assert codes(verified(log.folder)) == {"re-signed", "bad-signature"}
    report = verified(log.folder, keys=())
    assert not report.wrong
    assert "self-vouched" in uncovered(report)


def test_two_views_of_one_size_prove_that_the_log_forked(log: Log) -> None:
    shown_to_another = checkpoint([event.entry for event in story(600, seed=2)])
    report = verified(log.folder, checkpoints=(shown_to_another,))
    assert codes(report) == {"forked"}


def test_a_restored_backup_is_smaller_than_what_was_kept(tmp_path: Path) -> None:
    backup = written(tmp_path / "backup", length=450)
    kept = checkpoint([event.entry for event in story(600)])
    report = verified(backup.folder, checkpoints=(kept,))
    (found,) = wrong(report)
    assert (found.code, found.position, found.until) == ("shrunk", 451, 600)
    backup.put("checkpoints/600", kept)
    assert codes(verified(backup.folder)) == {"shrunk"}


def test_a_checkpoint_that_was_not_put_in_its_place_yet_is_no_loss(tmp_path: Path) -> None:
    log = written(tmp_path, published=(450,))
    log.put("checkpoint", checkpoint(log.entries[:450]))
    report = verified(log.folder)
    assert not report.wrong
    assert [each.code for each in report.findings] == ["stale-checkpoint"]
    (log.folder / "tile/0/002.p/88").unlink()
    assert codes(verified(log.folder)) == {"shrunk"}


def test_a_checkpoint_of_another_log_is_no_evidence(log: Log) -> None:
    elsewhere = Signer("elsewhere.example/log")
    kept = checkpoint(log.entries, LOG, origin="elsewhere.example/log")
    assert codes(verified(log.folder, checkpoints=(kept,))) == {"other-log"}
    unsigned = checkpoint(log.entries, elsewhere)
    assert codes(verified(log.folder, checkpoints=(unsigned,))) == {"bad-signature"}


def test_the_checkpoint_of_a_key_is_that_of_its_own_log(tmp_path: Path) -> None:
    log = written(tmp_path, length=20)
    log.put("checkpoint", checkpoint(log.entries, LOG, origin="elsewhere.example/log"))
    assert "other-log" in codes(verified(log.folder))


def test_a_size_that_nobody_can_have_written_does_not_keep_the_verifier_busy(log: Log) -> None:
    text = f"{ORIGIN}\n{10**15}\n{b64encode(bytes(32)).decode()}\n"
    log.put("checkpoint", note(text, LOG))
    report = verified(log.folder)
    assert "missing" in codes(report)
    assert len(report.findings) < 1_000


# --------------------------------------------------------------------------------------- receipts


def test_a_receipt_is_kept_or_the_promise_was_broken(log: Log) -> None:
    good = receipt(log.events[299], 299)
    assert not verified(log.folder, receipts=(good,)).wrong
    events = [*log.events[:299], *log.events[300:]]
    made = forged(log, renumbered(events))
    assert named(verified(made.folder, receipts=(good,))) == {("dropped-after-receipt", 300)}
    swapped = [*log.events[:298], log.events[299], log.events[298], *log.events[300:]]
    made = forged(log, swapped)
    report = verified(made.folder, receipts=(good,))
    assert ("reordered", 300) in named(report)


def test_an_event_dropped_from_the_end_is_named_by_its_receipt(tmp_path: Path) -> None:
    events = story(600)
    short = written(tmp_path, length=580)
    report = verified(short.folder, receipts=(receipt(events[589], 589),))
    assert named(report) == {("dropped-after-receipt", 590)}


def test_a_receipt_of_this_very_minute_may_still_be_published(log: Log) -> None:
    young = replace(log.events[0], moment=datetime.now(UTC) - timedelta(seconds=2))
    report = verified(log.folder, receipts=(receipt(young, 600),))
    assert not report.wrong
    assert [each.code for each in report.findings] == ["not-yet-published"]


def test_a_receipt_that_is_none_or_signed_by_another_proves_nothing(log: Log) -> None:
    event = log.events[0]
    assert codes(verified(log.folder, receipts=(receipt(event, 0, STRANGER),))) == {"bad-signature"}
    assert codes(verified(log.folder, receipts=(checkpoint(log.entries),))) == {"bad-receipt"}
    assert codes(verified(log.folder, receipts=(b"not a note",))) == {"bad-receipt"}
    said = (
        receipt(event, 0)
        .decode()
        .partition("\n\n")[0]
        .replace(event.recorded_at, "2020-01-01T00:00:00.000000Z")
    )
    assert codes(verified(log.folder, receipts=(note(said + "\n", LOG),))) == {"bad-receipt"}
    no_day = said.replace("2020-01-01", "2026-02-30")
    assert codes(verified(log.folder, receipts=(note(no_day + "\n", LOG),))) == {"bad-receipt"}


# ------------------------------------------------------------------------------------ proof files


def test_a_proof_that_was_kept_still_holds_or_names_what_changed(log: Log) -> None:
    kept = proof(log.entries[:400], 299)
    assert not verified(log.folder, proofs=(kept,)).wrong
    events = list(log.events)
    events[299] = bought(events[299])
    made = forged(log, events)
    assert {("changed-entry", 300)} < named(verified(made.folder, proofs=(kept,)))
    assert "re-signed" in codes(verified(made.folder, proofs=(kept,)))


def test_a_proof_file_that_was_changed_is_no_proof(log: Log) -> None:
    kept = proof(log.entries[:400], 299)
    for spoilt in (
        kept.replace(b"index 299", b"index 298"),
        kept.replace(b"index 299\n", b"index 299\n" + b"A" * 43 + b"=\n"),
    ):
        assert codes(verified(log.folder, proofs=(spoilt,))) == {"bad-proof"}
    assert codes(verified(log.folder, proofs=(kept[:50],))) == {"bad-proof"}
