"""What others made of the log, as figures: who cosigned how far, who failed, when it was stamped."""

from collections.abc import Iterator

from api.metrics import Gauge
from application.transparency.log import Log
from application.transparency.standing import witnessing
from application.transparency.timestamping import timestamped


def outside_figures(log: Log) -> Iterator[Gauge]:
    """Blocks for as long as three small files take. Nothing where no others are asked."""
    stamped = timestamped(log.published)
    if stamped is not None:
        yield Gauge(
            name="kringboek_log_timestamped_size",
            help="Events under the newest checkpoint that an authority put a timestamp on.",
            value=stamped.size,
        )
    if log.policy is None:
        return
    told = witnessing(log.published, log.policy)
    yield Gauge(
        name="kringboek_log_witnessed_size",
        help="Events under the newest checkpoint that the quorum of witnesses cosigned.",
        value=told.size,
    )
    for each in told.standings:
        yield Gauge(
            name="kringboek_witness_size",
            help="The largest size that each witness was seen to cosign.",
            value=each.size,
            labels={"witness": each.name},
        )
    for each in told.standings:
        yield Gauge(
            name="kringboek_witness_alarm",
            help="1 for a witness about which a person should look; see docs/witness.md.",
            value=float(each.condition.is_alarm),
            labels={"witness": each.name, "condition": each.condition},
        )
    for each in told.standings:
        for code, count in sorted(each.failures.items()):
            yield Gauge(
                name="kringboek_witness_failures",
                help="How often each witness gave no cosignature that counts, by code.",
                value=count,
                labels={"witness": each.name, "code": code},
            )
