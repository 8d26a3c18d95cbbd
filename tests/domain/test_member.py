"""What is recorded of organisations, and what is refused because it cannot be."""

from datetime import date
from uuid import UUID

import pytest

from domain.convenant_project.preparation import ContractKind
from domain.member import member
from domain.member.access import AccessGranted, AccessRole, GrantAccess, WithdrawAccess
from domain.member.organisation import (
    LegalForm,
    LinkBasis,
    LinkUndertaking,
    MemberRegistered,
    OrganisationKind,
    RegisterMember,
    UndertakingLinked,
)
from domain.member.people import StateEmployment
from domain.member.policy import (
    AdoptBandSet,
    Adoption,
    AdoptParameters,
    BandRow,
    ParameterAdopted,
    PolicyBand,
)
from domain.terms import Euro, Sealed, member_id_of_kvk
from tests.given import NOW, at, given, person
from tests.given import member as named


def registered(
    kind: OrganisationKind = OrganisationKind.CONTRACTOR,
) -> MemberRegistered:
    return MemberRegistered(
        occurred_at=at("2023-01-01"),
        kvk_number="90000017",
        name="Alba Infra BV",
        kind=kind,
        legal_form=LegalForm.PRIVATE_LIMITED,
        small_or_medium=True,
        municipality_code=None,
    )


def registering(
    *,
    kvk_number: str | None = "90000017",
    name: str | Sealed = "Alba Infra BV",
    legal_form: LegalForm = LegalForm.PRIVATE_LIMITED,
) -> RegisterMember:
    return RegisterMember(
        kvk_number=kvk_number,
        name=name,
        kind=OrganisationKind.CONTRACTOR,
        legal_form=legal_form,
        small_or_medium=True,
        municipality_code=None,
        occurred_at=at("2023-01-01"),
    )


SECRET = Sealed(kid=UUID(int=1), field="name", nonce="AA==", ciphertext="AA==")
AUTHORITY = registered(OrganisationKind.CONTRACTING_AUTHORITY)


def test_the_same_kvk_number_is_the_same_organisation() -> None:
    assert member_id_of_kvk("90000017") == member_id_of_kvk("90000017")
    assert member_id_of_kvk("90000017") != member_id_of_kvk("90000025")


def test_an_organisation_is_registered_once() -> None:
    given(member).when(registering()).then(registered())
    given(member, registered()).when(registering()).then_refused("member.known")


@pytest.mark.parametrize("number", ["1234567", "123456789", "1234567a", ""])
def test_a_kvk_number_has_eight_digits(number: str) -> None:
    given(member).when(registering(kvk_number=number)).then_refused(
        "member.kvk-number", field="kvkNumber"
    )


def test_the_name_of_a_sole_trader_is_sealed() -> None:
    trader = LegalForm.SOLE_TRADER
    given(member).when(registering(kvk_number=None, legal_form=trader)).then_refused(
        "member.personal-name", field="name"
    )
    sealed = given(member).when(registering(kvk_number=None, name=SECRET, legal_form=trader))
    assert sealed.refused is None


def test_the_kvk_number_of_a_sole_trader_is_not_recorded() -> None:
    given(member).when(registering(name=SECRET, legal_form=LegalForm.SOLE_TRADER)).then_refused(
        "member.personal-number", field="kvkNumber"
    )


def test_an_organisation_of_unknown_form_has_an_open_name_or_no_number() -> None:
    unknown = LegalForm.UNKNOWN
    assert given(member).when(registering(legal_form=unknown)).refused is None
    assert given(member).when(registering(kvk_number=None, name=SECRET, legal_form=unknown)).facts
    given(member).when(registering(name=SECRET, legal_form=unknown)).then_refused(
        "member.personal-number", field="kvkNumber"
    )


def test_nothing_is_said_of_an_organisation_that_nobody_registered() -> None:
    link = LinkUndertaking(other=named("Holding"), basis=LinkBasis.GROUP, since=date(2024, 1, 1))
    given(member).when(link).then_refused("member.unknown")
    given(member, registered()).when(link).then(
        UndertakingLinked(
            occurred_at=NOW, other=named("Holding"), basis=LinkBasis.GROUP, since=date(2024, 1, 1)
        )
    )


def test_employment_does_not_end_before_it_starts() -> None:
    given(member, registered()).when(
        StateEmployment(person=person("x"), since=date(2025, 1, 2), until=date(2025, 1, 1))
    ).then_refused("member.employment-ends-before-it-starts", field="until")


def adopting(parameter: str, value: int = 5) -> AdoptParameters:
    return AdoptParameters(
        adoptions=(
            Adoption(
                parameter=parameter, value=value, valid_from=date(2023, 1, 1), reason="policy"
            ),
        )
    )


def test_an_authority_adopts_a_number_that_the_law_leaves_open() -> None:
    given(member, AUTHORITY).when(adopting("backlog-term")).then(
        ParameterAdopted(
            occurred_at=NOW,
            parameter="backlog-term",
            value=5,
            valid_from=date(2023, 1, 1),
            reason="policy",
        )
    )


def test_an_authority_cannot_adopt_away_the_law_or_what_does_not_exist() -> None:
    given(member, AUTHORITY).when(adopting("standstill")).then_refused("parameter.fixed-by-law")
    given(member, AUTHORITY).when(adopting("no-such-number")).then_refused("parameter.unknown")
    given(member, AUTHORITY).when(adopting("backlog-term", -1)).then_refused("parameter.negative")


def test_only_an_authority_sets_policy() -> None:
    given(member, registered()).when(adopting("backlog-term")).then_refused(
        "member.not-an-authority"
    )


ROWS = (
    BandRow(band=PolicyBand.SINGLE, below=Euro(100_000_00)),
    BandRow(band=PolicyBand.MULTI_PRIVATE, below=Euro(1_500_000_00)),
    BandRow(band=PolicyBand.NATIONAL),
)


@pytest.mark.parametrize(
    "rows",
    [
        (),
        (ROWS[0], ROWS[1]),
        (ROWS[1], ROWS[0], ROWS[2]),
        (ROWS[0], ROWS[0], ROWS[2]),
        (ROWS[2], ROWS[0]),
        (ROWS[0], BandRow(band=PolicyBand.MULTI_PRIVATE), ROWS[2]),
    ],
    ids=["none", "no open end", "falling", "twice", "open first", "open in the middle"],
)
def test_a_table_of_bands_gives_every_estimate_one_procedure(rows: tuple[BandRow, ...]) -> None:
    table = AdoptBandSet(
        kind=ContractKind.WORKS, rows=rows, valid_from=date(2024, 1, 1), source_decision="B&W"
    )
    given(member, AUTHORITY).when(table).then_refused("member.bands", field="rows")


def test_a_rising_table_is_adopted() -> None:
    table = AdoptBandSet(
        kind=ContractKind.WORKS, rows=ROWS, valid_from=date(2024, 1, 1), source_decision="B&W"
    )
    assert given(member, AUTHORITY).when(table).refused is None


def test_access_is_granted_once_and_withdrawn_once() -> None:
    grant = GrantAccess(person=person("auditor"), role=AccessRole.AUDITOR)
    granted = AccessGranted(
        occurred_at=NOW, person=person("auditor"), role=AccessRole.AUDITOR, circle=None
    )
    given(member, AUTHORITY).when(grant).then(granted)
    given(member, AUTHORITY, granted).when(grant).then()
    given(member, AUTHORITY).when(
        WithdrawAccess(person=person("auditor"), role=AccessRole.AUDITOR)
    ).then_refused("member.access-not-granted", field="person")
