"""The notices that the tests read, and how a test changes one."""

from pathlib import Path

from application.notices.notice import Awarded, Notice, NoticeRefused, RemarkCode
from infrastructure.notices import read_notice

FOLDER = Path(__file__).parents[2] / "data" / "notices"
PUBLISHED = tuple(sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("ted/*.xml")))
"""The real notices, without the persons that they name."""
EXAMPLES = tuple(
    sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("eforms-sdk/*.xml"))
)

CAN29 = "ted/eforms_can29_waterschap-rivierenland_2024-OJS065-00191536.xml"
CN10 = "ted/eforms_cn10_defensie_2024-OJS044-00127505.xml"
CN15 = "ted/eforms_cn15_tennet_2024-OJS048-00140913.xml"
CAN_MINIMAL = "eforms-sdk/can_24_minimal.xml"
CN_MINIMAL = "eforms-sdk/cn_24_minimal.xml"
CONSULTATION = "eforms-sdk/E1_minimal.xml"
F01_CALL = "ted/ted209_117314-2021.xml"
F01_LOT = "ted/ted209_369221-2022.xml"
F02 = "ted/ted209_278505-2021.xml"
F03 = "ted/ted209_396198_2018.xml"
F03_RANGE = "ted/ted209_429559_2016.xml"
F03_UNTYPED = "ted/ted209_083598-2018.xml"
F15 = "ted/ted209_022374-2022.xml"
F21 = "ted/ted209_083743-2018.xml"
F25 = "ted/ted209_440872-2021.xml"
F25_NONE = "ted/ted209_580879-2021.xml"


def data(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def edited(name: str, *edits: tuple[str, str]) -> bytes:
    """The notice with each (old, new) carried out everywhere; an `old` that is not there fails."""
    text = data(name).decode("utf-8")
    for old, new in edits:
        assert old in text, f"{name} does not say {old!r}"
        text = text.replace(old, new)
    return text.encode("utf-8")


def read(name: str, *edits: tuple[str, str]) -> Notice:
    return read_notice(edited(name, *edits))


def refusal(of: bytes) -> NoticeRefused:
    """The refusal of these bytes; reading them is a failure."""
    try:
        read_notice(of)
    except NoticeRefused as refused:
        return refused
    raise AssertionError("the notice was read")


def codes(notice: Notice) -> list[RemarkCode]:
    return [remark.code for remark in notice.remarks]


def awarded(notice: Notice) -> Awarded:
    """The first award, which must be one with a winner."""
    award = notice.awards[0]
    assert isinstance(award, Awarded)
    return award
