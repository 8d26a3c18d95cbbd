"""Numbers of value, choice of procedure, information, award, modification and circle.

With the periods of `period_table` these are all the numbers that rules judge by.
"""

from domain.law.parameter_keys import ParameterKey as K
from domain.law.parameter_keys import Tag, Unit
from domain.law.parameter_rows import Row, default, law, reading, seed, text
from domain.law.period_table import PERIODS
from domain.law.retention_table import RETENTION

_VALUE_AND_CHOICE = (
    law(
        K.LOT_EXEMPT_WORKS,
        Unit.EURO_CENTS,
        text("vrij perceel, werken: ten hoogste", "exempt lot of works: at most"),
        "THR-04",
        Row(1_000_000_00, "Aw 2.18"),
    ),
    law(
        K.LOT_EXEMPT_OTHER,
        Unit.EURO_CENTS,
        text(
            "vrij perceel, leveringen en diensten: ten hoogste",
            "exempt lot of supplies or services: at most",
        ),
        "THR-04",
        Row(80_000_00, "Aw 2.18"),
    ),
    law(
        K.LOT_EXEMPT_SHARE,
        Unit.BASIS_POINTS,
        text("vrije percelen samen: ten hoogste", "exempt lots together: at most"),
        "THR-04",
        Row(2_000, "Aw 2.18"),
    ),
    default(
        K.SPLITTING_WINDOW,
        Unit.MONTHS,
        text("venster waarin splitsing wordt gezocht", "window searched for splitting"),
        "THR-05",
        reading(12, "reading of Aw 2.14"),
    ),
    default(
        K.INVITED_AT_LEAST,
        Unit.COUNT,
        text("uitgenodigden, ten minste", "firms invited, at least"),
        "PRC-04",
        Row(3, "practice under ARW 2016 and Gids; hethogeland.nl, ru.nl", Tag.V2),
    ),
    default(
        K.INVITED_AT_MOST,
        Unit.COUNT,
        text("uitgenodigden, ten hoogste", "firms invited, at most"),
        "PRC-04",
        Row(5, "practice under ARW 2016 and Gids; hethogeland.nl, ru.nl", Tag.V2),
    ),
    default(
        K.INVITEE_MIX_WINDOW,
        Unit.MONTHS,
        text("venster voor de mix van genodigden", "window for the mix of invitees"),
        "PRC-11",
        reading(24, "reading of Aw 1.4(1)(b) and 1.15"),
    ),
    default(
        K.INVITEE_MIX_SHARE,
        Unit.BASIS_POINTS,
        text("aandeel kringleden, ten hoogste", "share of circle members, at most"),
        "PRC-11",
        reading(6_000, "reading of Aw 1.4(1)(b) and 1.15"),
    ),
    default(
        K.INVITEE_MIX_STREAK,
        Unit.COUNT,
        text("opeenvolgende uitnodigingen die opvallen", "consecutive invitations that stand out"),
        "PRC-11",
        reading(4, "reading of Aw 1.4(1)(b) and 1.15"),
    ),
    default(
        K.MULTI_PRIVATE_CEILING,
        Unit.EURO_CENTS,
        text(
            "plafond meervoudig onderhands, werken (grens inbegrepen)",
            "ceiling of meervoudig onderhands for works (limit included)",
        ),
        "CNV-16 MOD-08",
        seed(1_500_000_00, "F0:140-142"),
    ),
    law(
        K.TURNOVER_CAP,
        Unit.BASIS_POINTS,
        text("omzeteis, ten hoogste deel van de raming", "turnover requirement, at most"),
        "PRO-01",
        Row(30_000, "Aw 2.90(5)"),
    ),
    default(
        K.TURNOVER_CAUTION,
        Unit.BASIS_POINTS,
        text("omzeteis waarboven Europees wordt gewaarschuwd", "turnover that warns in Europe"),
        "PRO-01",
        Row(20_000, "Directive 2014/24/EU art. 58(3)", Tag.K),
    ),
)

_EVEN_FIELD_AND_AWARD = (
    default(
        K.BACKLOG_TERM,
        Unit.WORKING_DAYS,
        text("achterstandspakket na toetreding", "backlog package after joining"),
        "INF-04",
        reading(5),
    ),
    default(
        K.LEAVER_LOOK_BACK,
        Unit.MONTHS,
        text("terugblik op vertrokken deelnemers", "look-back on members that left"),
        "INF-05",
        reading(24, "reading of Aw 2.51(1)"),
    ),
    default(
        K.ANNOUNCEMENT_LEAD,
        Unit.CALENDAR_DAYS,
        text("voorsprong op openbare vermelding", "lead over the first public mention"),
        "INF-12",
        reading(30, "reading of Aw 1.9(2)"),
    ),
    default(
        K.HEARING_TERM,
        Unit.CALENDAR_DAYS,
        text("termijn om tegenbewijs te leveren", "term to prove the contrary"),
        "INV-05",
        reading(7, "reading of Aw 2.51(4)"),
    ),
    default(
        K.WEIGHTS_SUM,
        Unit.BASIS_POINTS,
        text("som van de wegingen", "sum of the weights"),
        "AWC-02",
        reading(10_000, "reading of Aw 2.115(4)"),
    ),
    default(
        K.AWARD_LETTER_SPREAD,
        Unit.CALENDAR_DAYS,
        text("spreiding van gunningsbrieven", "spread between award letters"),
        "AWD-01",
        reading(0, "reading of Aw 2.130"),
    ),
    law(
        K.STANDSTILL,
        Unit.CALENDAR_DAYS,
        text("opschortende termijn", "standstill period"),
        "AWD-02 AWD-04",
        Row(20, "Aw 2.127"),
    ),
    law(
        K.AWARD_NOTICE,
        Unit.CALENDAR_DAYS,
        text("aankondiging gegunde opdracht", "contract award notice"),
        "AWD-06",
        Row(30, "Aw 2.134(1); counted from signature, Directive 2014/24/EU art. 50"),
    ),
    law(
        K.FILE_RETENTION,
        Unit.YEARS,
        text("bewaren van het aanbestedingsdossier", "keeping the procurement file"),
        "MOT-03",
        Row(3, "Aw 2.56(2)"),
    ),
    default(
        K.FORMER_EMPLOYER,
        Unit.MONTHS,
        text("vorige werkgever van een beoordelaar", "former employer of an evaluator"),
        "INT-03",
        reading(12, "reading of ARW 2016, scheiding van belang"),
    ),
    law(
        K.MODIFICATION_SMALL_WORKS,
        Unit.BASIS_POINTS,
        text("kleine wijziging van werken, lager dan", "small modification of works, below"),
        "MOD-01",
        Row(1_500, "Aw 2.163b(1)"),
    ),
    law(
        K.MODIFICATION_SMALL_OTHER,
        Unit.BASIS_POINTS,
        text(
            "kleine wijziging van leveringen en diensten, lager dan",
            "small modification of supplies or services, below",
        ),
        "MOD-01",
        Row(1_000, "Aw 2.163b(1)"),
    ),
    law(
        K.MODIFICATION_INCREASE,
        Unit.BASIS_POINTS,
        text(
            "prijsstijging per wijziging, ten hoogste", "price increase per modification, at most"
        ),
        "MOD-03",
        Row(5_000, "Aw 2.163d and 2.163e"),
    ),
)

_CIRCLE = (
    default(
        K.SME_SEATS_AT_LEAST,
        Unit.COUNT,
        text("mkb-zetels, ten minste", "SME seats, at least"),
        "CIR-01",
        seed(7, "F1:685"),
    ),
    default(
        K.SME_SEATS_AT_MOST,
        Unit.COUNT,
        text("mkb-zetels, ten hoogste", "SME seats, at most"),
        "CIR-01",
        seed(8, "F1:685"),
    ),
    default(
        K.MUNICIPAL_SEATS_AT_LEAST,
        Unit.COUNT,
        text("gemeentelijke zetels, ten minste", "municipal seats, at least"),
        "CIR-03",
        seed(3, "F1:687"),
    ),
    default(
        K.MUNICIPAL_SEATS_AT_MOST,
        Unit.COUNT,
        text("gemeentelijke zetels, ten hoogste", "municipal seats, at most"),
        "CIR-03",
        seed(5, "F1:687"),
    ),
    default(
        K.SEAT_ROTATION,
        Unit.MONTHS,
        text("roulatie van een mkb-zetel", "rotation of an SME seat"),
        "CIR-07",
        reading(24, "reading of founding documents, F1:703"),
    ),
    default(
        K.REPORT_PUBLICATION,
        Unit.WORKING_DAYS,
        text("publicatie van het verslag", "publication of the report"),
        "CIR-08",
        reading(20, "reading of founding documents, F1:705"),
    ),
    default(
        K.ENTRY_ANSWER,
        Unit.CALENDAR_DAYS,
        text("antwoord op een toetredingsverzoek", "answer to an entry request"),
        "CIR-09",
        reading(30, "reading of founding documents, F0:165-167"),
    ),
)

DEFINITIONS = {
    each.key: each
    for each in (*_VALUE_AND_CHOICE, *PERIODS, *_EVEN_FIELD_AND_AWARD, *_CIRCLE, *RETENTION)
}
