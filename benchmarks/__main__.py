"""`python -m benchmarks [row ...]`: every row on one durable cluster, made for it and thrown away.

Prints the ratios and writes them to `build/bench.json`. Ends with status 1 when a target does not
hold, so that CI can tell.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

import uvloop

from benchmarks import (
    append,
    asof,
    audit,
    http,
    lag,
    load,
    moving,
    proof,
    publishing,
    rebuild,
    verify,
)
from benchmarks.ratios import Ratio
from infrastructure import embedded_postgres
from infrastructure.embedded_postgres import Cluster
from infrastructure.migrate import migrate

DATABASE = "bench"
ROWS = (
    "append",
    "load",
    "http",
    "rebuild",
    "asof",
    "lag",
    "proof",
    "publishing",
    "audit",
    "moving",
    "verify",
)
REPORT = Path("build") / "bench.json"


async def measure(cluster: Cluster, folder: Path, given: argparse.Namespace) -> list[Ratio]:
    cluster.ensure_database(DATABASE)
    await migrate(cluster.dsn(DATABASE), origin="bench.example", sandbox=False)
    found: list[Ratio] = []
    for row in given.rows or ROWS:
        match row:
            case "append":
                found += await append.measure(
                    cluster, DATABASE, folder, given.rounds, given.seconds
                )
            case "load":
                found += await load.measure(cluster, DATABASE, given.rounds)
            case "http":
                found += await http.measure(cluster, DATABASE, folder, given.rounds, given.seconds)
            case "rebuild":
                found += await rebuild.measure(cluster, folder, given.rounds)
            case "asof":
                found += await asof.measure(cluster, given.rounds)
            case "lag":
                found += await lag.measure(cluster, given.rounds)
            case "proof":
                found += await proof.measure(folder, given.rounds)
            case "publishing":
                found += await publishing.measure(cluster, folder, given.rounds, given.seconds)
            case "audit":
                found += await audit.measure(
                    cluster, folder, given.rounds, given.events or audit.EVENTS
                )
            case "moving":
                found += await moving.measure(
                    cluster, folder, given.rounds, given.events or audit.EVENTS
                )
            case "verify":
                found += await verify.measure(folder, given.rounds, given.events or verify.EVENTS)
            case _:
                sys.exit(f"there is no row {row}; there are: {', '.join(ROWS)}")
    return found


def main() -> None:
    words = argparse.ArgumentParser(description="Ratios against the limits of docs and peers.")
    words.add_argument("rows", nargs="*", help=f"some of: {', '.join(ROWS)}")
    words.add_argument("--rounds", type=int, default=5)
    words.add_argument("--seconds", type=float, default=3, help="of every rate in every round")
    words.add_argument(
        "--events", type=int, help="of the ledgers of audit and moving, and of the export to verify"
    )
    given = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="kringboek-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL runs as nobody when root runs the bench
        with embedded_postgres.start(folder / "cluster") as cluster:
            # The service runs on uvloop too.
            found = uvloop.run(measure(cluster, folder, given))
    for each in found:
        print(each)
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps([each.plain() for each in found], indent=1) + "\n", "utf-8")
    sys.exit(0 if all(each.holds for each in found) else 1)


if __name__ == "__main__":
    main()
