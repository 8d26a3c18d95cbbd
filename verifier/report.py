"""The report."""

from base64 import b64encode
from collections.abc import Sequence
from typing import Any

from verifier.findings import Line, Report
from verifier.lines import LINES, in_language

REPORT = "kringboek-verification/v1"
NOT_PROVEN: Sequence[Line] = (("never-submitted", {}), ("true", {}), ("finer-time", {}))


def said(line: Line, language: str) -> str:
    """A line of the report; a particular that is itself a line is said in the same language."""
    name, particulars = line
    told = {
        key: in_language(LINES[value[1]], language, {}) if isinstance(value, tuple) and value[1]
        else "" if isinstance(value, tuple) else value
        for key, value in particulars.items()
    }  # fmt: skip
    return in_language(LINES[name], language, told)


def plain(report: Report, language: str) -> dict[str, Any]:
    """The report for a program: codes, positions and paths are stable, sentences are for people."""
    return {
        "format": REPORT,
        "source": report.source,
        "origin": report.origin,
        "size": report.size,
        "root": None if report.root is None else b64encode(report.root).decode(),
        "right": not report.wrong,
        "findings": [
            {
                "code": each.code,
                "severity": "note" if each.is_note else "error",
                "position": each.position,
                "until": each.until,
                "path": each.path,
                "says": each.sentence(language),
                "cure": each.cure(language),
            }
            for each in report.findings
        ],
        "untold": report.untold,
        "checked": [said(line, language) for line in report.checked],
        "notCovered": [said(line, language) for line in report.uncovered],
        "notProven": [said(line, language) for line in NOT_PROVEN],
        "seconds": round(report.seconds, 3),
    }


def written(report: Report, language: str) -> str:
    """The report for a person. Its first lines are those of a checkpoint, to lay beside one."""
    lines = []
    if report.root is not None:
        lines += [str(report.origin), str(report.size), b64encode(report.root).decode(), ""]
    wrong = sum(not each.is_note for each in report.findings) + report.untold
    for each in sorted(report.findings, key=lambda each: each.is_note):
        where, note = each.where(language), in_language(LINES["note"], language, {})
        head = f"{note}: {each.code}" if each.is_note else each.code
        lines += [f"{head}: {where}" if where else head]
        lines += [f"    {each.sentence(language)}.", f"    {each.cure(language)}"]
    if report.untold:
        lines.append(in_language(LINES["untold"], language, {"count": report.untold}))
    if report.findings:
        lines.append("")
    for title, told in (
        ("checked", report.checked),
        ("uncovered", report.uncovered),
        ("unproven", NOT_PROVEN),
    ):
        if told:
            lines.append(in_language(LINES[title], language, {}) + ":")
            lines += [f"  - {said(line, language)}" for line in told]
    verdict = "wrong" if report.wrong else "right"
    lines += ["", in_language(LINES[verdict], language, {"count": wrong})]
    return "\n".join(lines) + "\n"
