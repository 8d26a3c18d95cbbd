"""The one way in which this room says no to whoever installs or starts Kringboek."""


class Unusable(Exception):
    """Something outside the record is not as it must be, and a person can put it right.

    `code` is stable and fit for a search; `what` names the setting, file or folder; `cure` says
    what to do. Nothing was changed unless `why` says so.
    """

    def __init__(self, code: str, what: str, why: str, cure: str) -> None:
        super().__init__(f"{what}: {why}. {cure}. [{code}]")
        self.code = code
        self.what = what
        self.why = why
        self.cure = cure
