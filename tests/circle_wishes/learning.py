"""Commands about improving, learning and passing knowledge on."""

from datetime import date

from domain.circle import (
    exchange,
    improvements,
    learning,
    topics,
)
from domain.terms import Code
from tests.circle_told import (
    ACTION,
    ALBA,
    BERK,
    COMPLAINT,
    MEETING,
    MET,
    NOORDERDAM,
    PLANNED,
    RAISED,
    SEALED,
    TOPIC,
    TOPIC_RAISED,
)
from tests.circle_wishes.wish import Wish
from tests.given import CIRCLE, at

SIGNAL = exchange.MarketSignalGiven(
    occurred_at=at("2026-01-02"),
    signal=Code("s-1"),
    kind=exchange.SignalKind.DELIVERY,
    text="levertijden van kabel verdubbelden",
)
EXEMPLARY = learning.ExemplaryPracticeNamed(
    occurred_at=at("2026-01-02"), practice=Code("p-1"), title="Eén keet", why="minder verkeer"
)

WISHES = (
    Wish(
        command=improvements.PlanImprovement,
        fact=improvements.ImprovementPlanned,
        said={
            "improvement": ACTION,
            "agenda": improvements.ActionAgenda.LEARNING,
            "kind": topics.TopicKind.IMPROVE,
            "title": "Samen calculeren",
            "owner": ALBA,
            "due_on": date(2026, 12, 1),
            "supporters": (NOORDERDAM,),
            "wanted_by": BERK,
            "topic": TOPIC,
            "complaint": COMPLAINT,
        },
        given=(TOPIC_RAISED, RAISED),
        again="circle.improvement-known",
    ),
    Wish(
        command=improvements.MoveImprovement,
        fact=improvements.ImprovementMoved,
        said={"improvement": ACTION, "due_on": date(2027, 1, 1), "reason": "ziekte"},
        given=(PLANNED,),
    ),
    Wish(
        command=improvements.FinishImprovement,
        fact=improvements.ImprovementDone,
        said={
            "improvement": ACTION,
            "kind": improvements.ResultKind.PROCESS,
            "result": "staat in de uitvraag",
        },
        given=(PLANNED,),
        again="circle.improvement-ended",
    ),
    Wish(
        command=improvements.DropImprovement,
        fact=improvements.ImprovementDropped,
        said={"improvement": ACTION, "reason": "niet meer nodig"},
        given=(PLANNED,),
        again="circle.improvement-ended",
    ),
    Wish(
        command=improvements.NameCondition,
        fact=improvements.ConditionNamed,
        said={
            "condition": Code("geld"),
            "improvement": ACTION,
            "kind": improvements.ConditionKind.MONEY,
            "member": ALBA,
            "text": "een vergoeding per uitvraag",
        },
        given=(PLANNED,),
        again="circle.condition-known",
    ),
    Wish(
        command=improvements.NoteSmallWin,
        fact=improvements.SmallWinNoted,
        said={"win": Code("w-1"), "title": "de eerste uitvraag", "improvement": ACTION},
        given=(PLANNED,),
        again="circle.win-known",
    ),
    Wish(
        command=learning.HoldReflection,
        fact=learning.ReflectionHeld,
        said={
            "reflection": Code("r-1"),
            "text": SEALED,
            "meeting": MEETING,
            "practice": Code("p-1"),
        },
        given=(MET, EXEMPLARY),
        again="circle.reflection-known",
    ),
    Wish(
        command=learning.ReviewPhase,
        fact=learning.PhaseReviewed,
        said={
            "phase": Code("verkennen"),
            "right_things": True,
            "right_effect": True,
            "reasons": "de agenda is gedeeld",
            "next_phase": Code("doen"),
        },
    ),
    Wish(
        command=learning.CheckHealth,
        fact=learning.HealthChecked,
        said={
            "check": Code("2026"),
            "member": ALBA,
            "answers": tuple(
                learning.HealthAnswer(question=each, degree=learning.HealthDegree.LARGELY)
                for each in learning.HealthQuestion
            ),
        },
        again="circle.health-answered",
    ),
    Wish(
        command=learning.NameExemplaryPractice,
        fact=learning.ExemplaryPracticeNamed,
        said={"practice": Code("p-1"), "title": "Eén keet", "why": "rustig", "project": None},
        again="circle.practice-known",
    ),
    Wish(
        command=exchange.HoldWorkshop,
        fact=exchange.WorkshopHeld,
        said={
            "workshop": Code("i-1"),
            "kind": exchange.WorkshopKind.INFRALOKAAL,
            "theme": topics.CircleTheme.NUISANCE,
            "title": "BLVC voor beginners",
            "host": NOORDERDAM,
            "participants": 22,
        },
        again="circle.workshop-known",
    ),
    Wish(
        command=exchange.GiveMarketSignal,
        fact=exchange.MarketSignalGiven,
        said={
            "signal": Code("s-1"),
            "kind": exchange.SignalKind.PRICES,
            "text": "staal werd schaars",
        },
        again="circle.signal-known",
    ),
    Wish(
        command=exchange.PassOnMarketSignal,
        fact=exchange.MarketSignalPassedOn,
        said={"signal": Code("s-1"), "to": "de landelijke vereniging"},
        given=(SIGNAL,),
    ),
    Wish(
        command=exchange.PassKnowledge,
        fact=exchange.KnowledgePassed,
        said={"knowledge": Code("n-1"), "to": CIRCLE, "subject": "Eén keet", "url": None},
        again="circle.knowledge-known",
    ),
    Wish(
        command=exchange.ReceiveKnowledge,
        fact=exchange.KnowledgeReceived,
        said={
            "source": CIRCLE,
            "knowledge": Code("n-1"),
            "subject": "Eén keet",
            "use": "in het volgende bestek",
        },
        again="circle.knowledge-received",
    ),
)
