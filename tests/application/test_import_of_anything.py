"""Whatever a notice that can be read says: it becomes a whole project, or leaves nothing behind."""

import asyncio
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from application.compliance import judge_project
from application.notices.notice import NoticeRefused
from application.scanned_registers import ScannedRegisters
from domain.decider import Refused
from infrastructure.notices import read_notice
from tests.application.imports import ACCEPTED, remembered
from tests.infrastructure.notices.samples import data
from tests.memory_ledger import MemoryLedger, MemoryVault
from tests.thoroughness import examples

WORDS = ("", "1", "-1", "0.50", "999999999999", "1990-01-01", "2100-12-31", "2026-11-21", "20261121",
         "eenmanszaak", "Jansen", "open", "LOT-0000", "NL", "3" * 19_000)  # fmt: skip


@given(
    name=st.sampled_from(ACCEPTED),
    seed=st.integers(0, 2**32),
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
    lost=st.integers(0, 2),
)
@settings(max_examples=examples(25), deadline=None)
def test_it_becomes_a_project_that_can_be_judged_or_nothing(
    name: str, seed: int, words: list[str], lost: int
) -> None:
    chance, root = Random(seed), etree.fromstring(data(name))  # noqa: S311 - not a secret
    for word in words:
        leaves = [each for each in root.iter("*") if len(each) == 0]
        chance.choice(leaves).text = word
    for _ in range(lost):
        each = chance.choice([each for each in root.iter("*") if each.getparent() is not None])
        parent = each.getparent()
        assert parent is not None
        parent.remove(each)
    try:
        notice = read_notice(etree.tostring(root))
    except NoticeRefused:
        return
    ledger, vault = MemoryLedger(), MemoryVault()

    async def story() -> None:
        try:
            imported = await remembered(ledger, notice, vault)
        except (NoticeRefused, Refused):
            assert ledger.events == []
            assert vault._keys == {}
            return
        verdicts = await judge_project(
            ledger, ScannedRegisters(ledger), imported.project, position=imported.position
        )
        assert len(verdicts.judgements) > 0
        assert (await remembered(ledger, notice, vault)).added == 0
        assert len(ledger.events) == imported.added

    asyncio.run(story())
