"""Commands about decisions and agreements."""

from datetime import date

from domain.circle import (
    agreements,
    decisions,
)
from domain.terms import Code
from tests.circle_told import (
    AGREED,
    AGREEMENT,
    ALBA,
    ANSWER,
    BERK,
    DECISION,
    FREE_RIDER,
    OBJECTED,
    SEALED,
    TABLED,
    decided,
)
from tests.circle_wishes.wish import Wish
from tests.given import at

OPTION = decisions.OptionAdded(
    occurred_at=at("2026-01-22"), decision=DECISION, option=Code("A"), text=SEALED
)

WISHES = (
    Wish(
        command=decisions.TableProposal,
        fact=decisions.ProposalTabled,
        said={"decision": DECISION, "subject": "Keten", "member": ALBA, "text": SEALED},
        again="circle.decision-known",
    ),
    Wish(
        command=decisions.AddOption,
        fact=decisions.OptionAdded,
        said={"decision": DECISION, "option": Code("A"), "text": SEALED},
        given=(TABLED,),
        again="circle.option-known",
    ),
    Wish(
        command=decisions.RaiseObjection,
        fact=decisions.ObjectionRaised,
        said={"decision": DECISION, "objection": Code("1"), "member": BERK, "text": SEALED},
        given=(TABLED,),
        again="circle.objection-known",
    ),
    Wish(
        command=decisions.AnswerObjection,
        fact=decisions.ObjectionAnswered,
        said={
            "decision": DECISION,
            "objection": Code("1"),
            "outcome": decisions.ObjectionOutcome.INTEGRATED,
            "how": ANSWER,
        },
        given=(TABLED, OBJECTED),
    ),
    Wish(
        command=decisions.CountVotes,
        fact=decisions.VotesCounted,
        said={
            "decision": DECISION,
            "present": 9,
            "quorum": 7,
            "in_favour": 6,
            "against": 2,
            "abstained": 1,
        },
        given=(TABLED,),
    ),
    Wish(
        command=decisions.TakeDecision,
        fact=decisions.DecisionTaken,
        said={
            "decision": DECISION,
            "subject": "Keten",
            "method": decisions.DecisionMethod.VOTE,
            "outcome": decisions.DecisionOutcome.ADOPTED,
            "reasons": "minder verkeer",
            "review_on": date(2027, 1, 1),
            "option": Code("A"),
        },
        given=(TABLED, OPTION),
        again="circle.decision-known",
    ),
    Wish(
        command=decisions.ReviewDecision,
        fact=decisions.DecisionReviewed,
        said={
            "decision": DECISION,
            "outcome": decisions.ReviewOutcome.REVISED,
            "reasons": "het kon eenvoudiger",
            "replaced_by": Code("b-2"),
            "review_on": None,
        },
        given=(decided(), decided(Code("b-2"))),
    ),
    Wish(
        command=agreements.MakeAgreement,
        fact=agreements.AgreementMade,
        said={
            "agreement": AGREEMENT,
            "subject": "Elektrisch materieel",
            "parties": (ALBA, BERK),
            "until": date(2029, 12, 31),
        },
        again="circle.agreement-known",
    ),
    Wish(
        command=agreements.ExtendAgreement,
        fact=agreements.AgreementExtended,
        said={"agreement": AGREEMENT, "until": date(2031, 12, 31)},
        given=(AGREED,),
    ),
    Wish(
        command=agreements.CheckEnforcement,
        fact=agreements.EnforcementChecked,
        said={
            "check": Code("c-1"),
            "agreement": AGREEMENT,
            "place": agreements.EnforcementPlace.WORK,
            "kept": False,
            "project": None,
            "member": BERK,
        },
        given=(AGREED,),
        again="circle.check-known",
    ),
    Wish(
        command=agreements.FindFreeRider,
        fact=agreements.FreeRiderFound,
        said={
            "agreement": AGREEMENT,
            "finding": Code("f-1"),
            "member": BERK,
            "text": SEALED,
        },
        given=(AGREED,),
        again="circle.finding-known",
    ),
    Wish(
        command=agreements.ImposeSanction,
        fact=agreements.SanctionImposed,
        said={
            "agreement": AGREEMENT,
            "finding": Code("f-1"),
            "kind": agreements.SanctionKind.WARNING,
            "text": SEALED,
        },
        given=(AGREED, FREE_RIDER),
    ),
    Wish(
        command=agreements.SettleFinding,
        fact=agreements.FindingSettled,
        said={"agreement": AGREEMENT, "finding": Code("f-1"), "upheld": True, "how": ANSWER},
        given=(AGREED, FREE_RIDER),
        again="circle.finding-settled",
    ),
    Wish(
        command=agreements.EndAgreement,
        fact=agreements.AgreementEnded,
        said={
            "agreement": AGREEMENT,
            "ground": agreements.AgreementEndGround.REPLACED,
            "reason": "er kwam een raamovereenkomst",
        },
        given=(AGREED,),
        again="circle.agreement-ended",
    ),
)
