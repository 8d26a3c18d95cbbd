"""The audit of a log that goes on meanwhile: what is tidied up is not missed."""

from pathlib import Path

from application.auditing.published import published
from infrastructure.audit_files import AuditFiles
from infrastructure.tile_folder import TileFolder
from tests.infrastructure.test_tile_folder import KEY, note


def test_an_old_checkpoint_that_goes_while_it_is_looked_for_is_no_finding(tmp_path: Path) -> None:
    folder = TileFolder(tmp_path)
    for size in (3, 5, 9):
        folder.publish(size, note(size))

    class Meanwhile(AuditFiles):
        def read(self, path: str) -> bytes | None:
            folder.forget("checkpoints/5")
            return super().read(path)

    found = published(Meanwhile(tmp_path), key=None, origin=KEY.name)
    assert found.told.findings == []
    assert [each.path for each in found.kept] == ["checkpoints/3", "checkpoints/9"]
    (tmp_path / "checkpoints/3").write_bytes(b"")
    emptied = published(AuditFiles(tmp_path), key=None, origin=KEY.name)
    assert [each.code for each in emptied.told.findings] == ["bad-checkpoint"]
