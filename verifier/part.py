"""One subject's part."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from verifier.bodies import BodyLine
from verifier.differences import body_findings, version_findings
from verifier.entries import ENTRY, problem_of
from verifier.files import PUBLISHED, TIMESTAMP_FILE, first_few, known_files
from verifier.findings import Malformed, Report
from verifier.notes import open_note
from verifier.signed import Checkpoint, ProofFile, Receipt
from verifier.sizes import LARGEST_BODIES, LARGEST_NOTE
from verifier.sources import Source
from verifier.stamps import check_timestamp
from verifier.tree import leaf_hash, verify_inclusion
from verifier.trust import Given, Trust, open_checkpoint, optional, told_signatures

_OF_PART = re.compile(r"(?:entries|bodies|proofs)/([1-9]\d{0,17})(?:\.tlog-proof)?")
_KNOWN_IN_PART = re.compile(
    r"(?:entries|bodies)/[1-9]\d{0,17}|proofs/[1-9]\d{0,17}\.tlog-proof"
    r"|(?:timestamps/(?:0|[1-9]\d{0,17})\.tsr|checkpoints/(?:0|[1-9]\d{0,17}))"
)


class Part:
    """An export of one subject: its events, each with a proof of its own."""

    def __init__(
        self,
        *,
        source: Source,
        given: Given,
        trusted: Trust,
        checkpoint: Checkpoint,
        manifest: Mapping[str, Any],
        report: Report,
    ) -> None:
        self.source = source
        self.given = given
        self.trusted = trusted
        self.checkpoint = checkpoint
        subject = manifest.get("subject")
        self.subject = str(subject.get("id") if isinstance(subject, dict) else subject)
        self.events = subject.get("events") if isinstance(subject, dict) else None
        self.report = report
        self.leaves: dict[int, bytes] = {}
        self.opened: dict[bytes, Checkpoint | None] = {}
        self.off: list[tuple[int, str, str]] = []
        self.bodies = self.withheld = 0

    def verify(self, names: Sequence[str]) -> None:
        positions = sorted({int(found[1]) for name in names if (found := _OF_PART.fullmatch(name))})
        versions: dict[bytes, int] = {}
        jumps: list[tuple[int, bytes, int, int]] = []
        moment = b""
        for position in positions:
            entry = self._entry(position)
            if entry is None:
                continue
            self._proof(position, entry)
            why = problem_of(entry)
            read = ENTRY.fullmatch(entry)
            if why is not None or read is None:
                self.report.tell("changed-entry.form", position=position, why=why)
                continue
            aggregate, version = read[1], int(read[2])
            if aggregate.decode() != self.subject:
                why = f"it is of {aggregate.decode()}, and the part of {self.subject}"
                self.report.tell(
                    "bad-export", path=f"entries/{position}", position=position, why=why
                )
            expected = versions.get(aggregate, 0) + 1
            if version != expected:
                jumps.append((position, aggregate, expected, version))
            versions[aggregate] = max(version, expected - 1)
            if read[4] < moment:
                self.report.tell("reordered.time", position=position)
            moment = read[4]
            self._body(position, read[3].decode())
        for finding in (*version_findings(jumps), *body_findings(self.off, shown=False)):
            self.report.add(finding)
        if self.events not in (None, len(positions)):
            why = f"{len(positions)} events are here, and the manifest says {self.events}"
            self.report.tell("bad-export", path="manifest.json", why=why)
        self._published(names)
        self._kept()
        self._sum_up(names, len(positions))

    def _read(self, path: str, limit: int, code: str, position: int) -> bytes | None:
        try:
            data = self.source.read(path, limit)
        except Malformed as malformed:
            self.report.tell("bad-export", path=path, position=position, why=str(malformed))
            return None
        if data is None:
            self.report.tell("missing.proof", position=position, path=path, what=code)
        return data

    def _entry(self, position: int) -> bytes | None:
        return self._read(f"entries/{position}", 65_535, "entry", position)

    def _proof(self, position: int, entry: bytes) -> None:
        path = f"proofs/{position}.tlog-proof"
        data = self._read(path, LARGEST_NOTE, "proof", position)
        if data is None:
            return
        try:
            proof = ProofFile.parse(data)
        except Malformed as malformed:
            self.report.tell("bad-proof", path=path, position=position, why=str(malformed))
            return
        if proof.checkpoint not in self.opened:
            found = open_checkpoint(proof.checkpoint, path, self.trusted, self.report, quiet=True)
            self.opened[proof.checkpoint] = None if found is None else found[0]
        kept = self.opened[proof.checkpoint]
        if kept is None:
            return
        leaf = self.leaves[position] = leaf_hash(entry)
        if kept != self.checkpoint:
            self.report.tell(
                "bad-proof",
                path=path,
                position=position,
                why="it is of another checkpoint than the part's",
            )
        elif proof.index != position - 1:
            self.report.tell("reordered", path=path, position=position, other=proof.index + 1)
        elif not verify_inclusion(leaf, proof.index, kept.size, proof.hashes, kept.root):
            self.report.tell("changed-entry.proof", position=position, path=f"entries/{position}")

    def _body(self, position: int, expected: str) -> None:
        path = f"bodies/{position}"
        data = self._read(path, LARGEST_BODIES, "body", position)
        if data is None:
            return
        try:
            if not data.endswith(b"\n"):
                raise Malformed("no newline at its end")
            line = BodyLine.parse(data[:-1])
        except Malformed as malformed:
            self.report.tell("bad-bundle", path=path, position=position, why=str(malformed))
            return
        if line.position != position:
            self.report.tell(
                "bad-bundle", path=path, position=position, why=f"it is of position {line.position}"
            )
        if line.hash is None:
            self.withheld += 1
        elif line.hash == expected:
            self.bodies += 1
        else:
            self.off.append((position, expected, line.hash))

    def _published(self, names: Sequence[str]) -> None:
        """Earlier checkpoints that came along: their signatures, as there is no tree."""
        count = 0
        for name in names:
            data = optional(self.source, name) if PUBLISHED.fullmatch(name) else None
            if data is None:
                continue
            found = open_checkpoint(data, name, self.trusted, self.report, quiet=True)
            if found is not None:
                count += 1
                if found[0].size == self.checkpoint.size and found[0].root != self.checkpoint.root:
                    self.report.tell("forked", path=name, size=found[0].size)
        if count:
            self.report.leave("only-signed", count=count)

    def _kept(self) -> None:
        """Without the tree only a checkpoint of the same size can be compared, and receipts."""
        for path, data in self.given.checkpoints:
            found = open_checkpoint(data, path, self.trusted, self.report)
            if found is None:
                continue
            kept = found[0]
            if kept.origin != self.checkpoint.origin:
                self.report.tell(
                    "other-log", path=path, origin=kept.origin, expected=self.checkpoint.origin
                )
            elif kept.size > self.checkpoint.size:
                self.report.tell("shrunk", path=path, size=self.checkpoint.size, kept=kept.size)
            elif kept.size == self.checkpoint.size and kept.root != self.checkpoint.root:
                self.report.tell("forked", path=path, size=kept.size)
            elif kept.size == self.checkpoint.size:
                self.report.check("kept", path=path, size=kept.size)
            else:
                self.report.leave("uncompared", path=path)
        for path, data in self.given.receipts:
            self._receipt(path, data)

    def _receipt(self, path: str, data: bytes) -> None:
        try:
            opened = open_note(data, self.trusted.logs)
            receipt = Receipt.parse(opened.text)
        except Malformed as malformed:
            self.report.tell("bad-receipt", path=path, why=str(malformed))
            return
        if not told_signatures(opened, data, path, self.trusted, self.report, quiet=True):
            return
        position = receipt.index + 1
        if self.leaves.get(position) == receipt.leaf:
            self.report.check("receipt", path=path, position=position)
        elif position in self.leaves:
            self.report.tell("dropped-after-receipt", path=path, position=position)
        else:
            self.report.leave("not-in-part", path=path, position=position)

    def _sum_up(self, names: Sequence[str], count: int) -> None:
        report = self.report
        report.checked.insert(0, ("part", {"count": count, "subject": self.subject}))
        if self.bodies:
            report.checked.insert(1, ("bodies", {"count": self.bodies}))
        if self.withheld:
            report.leave("withheld", count=self.withheld)
        policy = self.trusted.policy
        data = optional(self.source, "checkpoint") or b""
        if policy is not None:
            signed = open_note(data, self.trusted.keys).verified
            if policy.met(signed):
                report.check("quorum", quorum=policy.name)
            else:
                who = (
                    ", ".join(key.name for key in signed if key in policy.witnesses.values()) or "-"
                )
                report.tell("quorum-not-met", path="checkpoint", quorum=policy.name, who=who)
        for name in names:
            if found := TIMESTAMP_FILE.fullmatch(name):
                over = (
                    data
                    if int(found[1]) == self.checkpoint.size
                    else optional(self.source, f"checkpoints/{found[1]}")
                )
                token = optional(self.source, name) or b""
                check_timestamp(
                    name,
                    token,
                    over,
                    logs=self.trusted.logs,
                    trusted=self.given.authorities,
                    report=report,
                )
        known = known_files(self.given)
        other = [name for name in names if name not in known and not _KNOWN_IN_PART.fullmatch(name)]
        if other:
            report.leave("files", count=len(other), paths=first_few(other))
        report.leave("part-only")
