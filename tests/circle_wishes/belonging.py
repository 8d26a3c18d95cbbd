"""Commands about the circle itself, its convenant, who is in it and who sits in it."""

from datetime import date

from domain.circle import (
    convenant,
    founding,
    membership,
    seats,
    topics,
)
from domain.terms import Code, Euro
from tests.circle_told import (
    ALBA,
    BERK,
    HAVEN,
    NOORDERDAM,
    SEALED,
    seated,
)
from tests.circle_wishes.wish import Wish
from tests.given import at, person

INSIDE = membership.MemberJoined(occurred_at=at("2023-02-01"), member=ALBA)
ASKED = membership.EntryRequested(occurred_at=at("2026-01-02"), member=BERK, meets_condition=True)
LEAVING = membership.LeaveRequested(occurred_at=at("2026-01-02"), member=ALBA)
SIGNED = convenant.ConvenantSigned(
    occurred_at=at("2023-03-01"), parties=(ALBA, NOORDERDAM), open_entry=True, open_exit=True
)
LISTED = seats.AdviserListed(
    occurred_at=at("2024-01-01"),
    adviser=Code("klimaat"),
    member=HAVEN,
    person=person("adviser"),
    expertise=seats.Expertise.CLIMATE,
)
OFFERED = seats.OptionSeatOffered(occurred_at=at("2024-01-01"), seat=Code("haven"), member=HAVEN)

WISHES = (
    Wish(
        command=founding.AppointFacilitator,
        fact=founding.FacilitatorAppointed,
        said={"facilitator": BERK},
    ),
    Wish(
        command=founding.AnswerIntake,
        fact=founding.IntakeAnswered,
        said={
            "member": ALBA,
            "question": founding.IntakeQuestion.PERSONAL_INTEREST,
            "answer": SEALED,
        },
    ),
    Wish(
        command=founding.EvaluateCircle,
        fact=founding.CircleEvaluated,
        said={
            "evaluation": Code("e-1"),
            "since": date(2024, 1, 1),
            "until": date(2025, 12, 31),
            "conclusions": "de uitvragen werden beter",
        },
        again="circle.evaluation-known",
    ),
    Wish(
        command=founding.CloseCircle,
        fact=founding.CircleClosed,
        said={"reason": "opgegaan in de regionale kring"},
        again="circle.closed",
    ),
    Wish(
        command=convenant.SignConvenant,
        fact=convenant.ConvenantSigned,
        said={"parties": (ALBA,), "open_entry": True, "open_exit": True},
    ),
    Wish(
        command=convenant.WriteConvenantSection,
        fact=convenant.ConvenantSectionWritten,
        said={"section": convenant.ConvenantSection.ARGUMENTS, "text": "gelijk aan de streep"},
    ),
    Wish(
        command=convenant.SetAmbition,
        fact=convenant.AmbitionSet,
        said={
            "ambition": Code("emissieloos"),
            "theme": topics.CircleTheme.EMISSION_FREE,
            "text": "in 2030 emissieloos",
            "source": "coalitieakkoord",
        },
        again="circle.ambition-known",
    ),
    Wish(
        command=convenant.JoinConvenant,
        fact=convenant.ConvenantPartyJoined,
        said={"member": BERK},
        given=(SIGNED,),
        again="circle.convenant-party-known",
    ),
    Wish(
        command=convenant.LeaveConvenant,
        fact=convenant.ConvenantPartyLeft,
        said={"member": ALBA},
        given=(SIGNED,),
        again="circle.convenant-party-unknown",
    ),
    Wish(
        command=membership.RequestEntry,
        fact=membership.EntryRequested,
        said={"member": BERK, "meets_condition": True},
    ),
    Wish(
        command=membership.GiveEntryEvidence,
        fact=membership.EntryEvidenceGiven,
        said={
            "member": BERK,
            "work": "Havenstraat",
            "municipality_code": "gm9999",
            "completed_on": date(2025, 5, 1),
            "url": None,
        },
        given=(ASKED,),
    ),
    Wish(
        command=membership.AnswerEntry,
        fact=membership.EntryAnswered,
        said={
            "member": BERK,
            "outcome": membership.EntryOutcome.ADMITTED,
            "ground": membership.EntryGround.WORKED_IN_MUNICIPALITY,
            "reason": "één werk",
        },
        given=(ASKED,),
        again="circle.no-entry-request",
    ),
    Wish(
        command=membership.JoinCircle,
        fact=membership.MemberJoined,
        said={"member": BERK},
        again="circle.member-known",
    ),
    Wish(
        command=membership.LeaveCircle,
        fact=membership.MemberLeft,
        said={"member": ALBA},
        given=(INSIDE,),
        again="circle.member-unknown",
    ),
    Wish(
        command=membership.RequestLeave,
        fact=membership.LeaveRequested,
        said={"member": ALBA, "leaves_on": date(2026, 12, 31), "reason": SEALED},
        given=(INSIDE,),
        again="circle.leave-requested",
    ),
    Wish(
        command=membership.AnswerLeave,
        fact=membership.LeaveAnswered,
        said={
            "member": ALBA,
            "outcome": membership.LeaveOutcome.GRANTED,
            "penalty": Euro(0),
            "terms": SEALED,
        },
        given=(INSIDE, LEAVING),
        again="circle.no-leave-request",
    ),
    Wish(
        command=seats.ChooseSeatHolders,
        fact=seats.SeatHoldersChosen,
        said={
            "members": (ALBA, BERK),
            "chosen_by": seats.SeatChooser.MARKET,
            "method": "stemming onder de bedrijven",
        },
    ),
    Wish(
        command=seats.TakeSeat,
        fact=seats.SeatTaken,
        said={
            "seat": Code("sme-1"),
            "side": seats.Side.SME,
            "member": ALBA,
            "person": person("directeur"),
            "roles": (seats.SeatRole.DIRECTOR,),
        },
        again="circle.seat-known",
    ),
    Wish(
        command=seats.VacateSeat,
        fact=seats.SeatVacated,
        said={"seat": Code("sme-1"), "ground": seats.SeatEndGround.STOPPED},
        given=(seated(1),),
        again="circle.unknown-seat",
    ),
    Wish(
        command=seats.ScheduleRotation,
        fact=seats.RotationScheduled,
        said={"order": (ALBA, BERK), "review_months": 24},
    ),
    Wish(
        command=seats.ListAdviser,
        fact=seats.AdviserListed,
        said={
            "adviser": Code("ict"),
            "member": HAVEN,
            "person": person("adviser"),
            "expertise": seats.Expertise.ICT,
        },
        again="circle.adviser-known",
    ),
    Wish(
        command=seats.CallAdviser,
        fact=seats.AdviserCalled,
        said={"adviser": Code("klimaat"), "question": "wat vraagt hittestress van verharding"},
        given=(LISTED,),
    ),
    Wish(
        command=seats.ReleaseAdviser,
        fact=seats.AdviserReleased,
        said={"adviser": Code("klimaat")},
        given=(LISTED,),
        again="circle.unknown-adviser",
    ),
    Wish(
        command=seats.OfferOptionSeat,
        fact=seats.OptionSeatOffered,
        said={"seat": Code("water"), "member": HAVEN},
        again="circle.seat-known",
    ),
    Wish(
        command=seats.WithdrawOptionSeat,
        fact=seats.OptionSeatWithdrawn,
        said={"seat": Code("haven")},
        given=(OFFERED,),
        again="circle.unknown-option-seat",
    ),
)
