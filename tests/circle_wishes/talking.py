"""Commands about meetings, topics and the klaagpaal."""

from datetime import date

from domain.circle import (
    klaagpaal,
    meetings,
    topics,
)
from domain.terms import Code
from tests.circle_told import (
    ACTION,
    COMPLAINT,
    MEETING,
    MET,
    PLANNED,
    RAISED,
    SEALED,
    TOPIC,
    TOPIC_RAISED,
)
from tests.circle_wishes.wish import Wish
from tests.given import at

ON_THE_CALENDAR = meetings.MeetingPlanned(
    occurred_at=at("2026-01-02"),
    meeting=Code("2026-09"),
    planned_on=date(2026, 9, 1),
    place="Stadskantoor",
)

WISHES = (
    Wish(
        command=meetings.PlanMeeting,
        fact=meetings.MeetingPlanned,
        said={"meeting": MEETING, "planned_on": date(2027, 1, 21), "place": "Stadskantoor"},
    ),
    Wish(
        command=meetings.CallOffMeeting,
        fact=meetings.MeetingCalledOff,
        said={"meeting": Code("2026-09"), "reason": "storm"},
        given=(ON_THE_CALENDAR,),
        again="circle.unplanned-meeting",
    ),
    Wish(
        command=meetings.HoldMeeting,
        fact=meetings.MeetingHeld,
        said={
            "meeting": Code("2026-09"),
            "agenda": (),
            "attendance": (),
            "competition_statement": True,
        },
        given=(ON_THE_CALENDAR,),
        again="circle.meeting-known",
    ),
    Wish(
        command=meetings.NoteSensitiveTalk,
        fact=meetings.SensitiveTalkNoted,
        said={"meeting": MEETING, "subject": SEALED},
        given=(MET,),
    ),
    Wish(
        command=meetings.PublishReport,
        fact=meetings.ReportPublished,
        said={"meeting": MEETING, "url": "https://noorderdam.example/1", "projects": ()},
        given=(MET,),
    ),
    Wish(
        command=topics.RaiseTopic,
        fact=topics.TopicRaised,
        said={
            "topic": TOPIC,
            "title": "Rekenvergoeding",
            "kind": topics.TopicKind.IMPROVE,
            "level": topics.TopicLevel.TACTICAL,
            "aspects": (topics.CircleAspect.PROCESSES,),
            "theme": topics.CircleTheme.PROCUREMENT,
            "known": topics.KnownTopic.CALCULATION_FEE,
        },
        again="circle.topic-known",
    ),
    Wish(
        command=topics.DiscussTopic,
        fact=topics.TopicDiscussed,
        said={"topic": TOPIC, "meeting": MEETING, "conclusion": SEALED},
        given=(MET, TOPIC_RAISED),
    ),
    Wish(
        command=topics.CloseTopic,
        fact=topics.TopicClosed,
        said={"topic": TOPIC, "result": "staat in het bestek", "project": None},
        given=(TOPIC_RAISED,),
        again="circle.topic-closed",
    ),
    Wish(
        command=klaagpaal.RaiseComplaint,
        fact=klaagpaal.ComplaintRaised,
        said={"complaint": COMPLAINT, "text": SEALED},
        again="circle.complaint-known",
    ),
    Wish(
        command=klaagpaal.DiscussComplaint,
        fact=klaagpaal.ComplaintDiscussed,
        said={"complaint": COMPLAINT, "meeting": MEETING, "text": SEALED},
        given=(MET, RAISED),
    ),
    Wish(
        command=klaagpaal.SettleComplaint,
        fact=klaagpaal.ComplaintSettled,
        said={
            "complaint": COMPLAINT,
            "outcome": klaagpaal.ComplaintOutcome.IMPROVEMENT,
            "became": ACTION,
        },
        given=(RAISED, PLANNED),
        again="circle.complaint-settled",
    ),
)
