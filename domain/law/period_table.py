"""Numbers of the periods (termijnen): what the law gives bidders, and when answers are due."""

from datetime import date

from domain.law.parameter_keys import ParameterKey as K
from domain.law.parameter_keys import Tag, Unit
from domain.law.parameter_rows import AW_2012, Row, default, law, reading, text

_ARW = "ARW 2016, nieuweaanbestedingswet.nl/termijnen"

PERIODS = (
    law(
        K.TENDER_OPEN_EU,
        Unit.CALENDAR_DAYS,
        text("inschrijving, Europees openbaar", "tenders, European open procedure"),
        "TML-01",
        Row(45, "Aw 2.71(1)"),
    ),
    law(
        K.TENDER_RESTRICTED_EU,
        Unit.CALENDAR_DAYS,
        text("inschrijving, Europees niet-openbaar", "tenders, European restricted procedure"),
        "TML-01",
        Row(40, "Aw 2.71(4)"),
    ),
    law(
        K.REQUEST_EU,
        Unit.CALENDAR_DAYS,
        text("verzoek tot deelneming, Europees", "requests to participate, European"),
        "TML-02",
        Row(30, "Aw 2.71(2)-(3)"),
    ),
    law(
        K.E_SUBMISSION_REDUCTION,
        Unit.CALENDAR_DAYS,
        text("korting bij elektronisch inschrijven", "reduction for electronic submission"),
        "TML-01",
        Row(5, "Aw 2.74b"),
    ),
    law(
        K.DOCS_OFFLINE_EXTRA,
        Unit.CALENDAR_DAYS,
        text("extra als stukken niet online staan", "extra when documents are not online"),
        "TML-01",
        Row(5, "Aw 2.72"),
    ),
    law(
        K.PRIOR_NOTICE_TENDER,
        Unit.CALENDAR_DAYS,
        text("inschrijving na vooraankondiging", "tenders after a prior information notice"),
        "TML-01",
        Row(29, "Aw 2.71(5)"),
    ),
    law(
        K.PRIOR_NOTICE_FLOOR,
        Unit.CALENDAR_DAYS,
        text("ondergrens na vooraankondiging", "never less, after a prior information notice"),
        "TML-01",
        Row(22, "Aw 2.71(5)"),
    ),
    law(
        K.PRIOR_NOTICE_AT_LEAST,
        Unit.CALENDAR_DAYS,
        text("vooraankondiging, ten minste vooraf", "prior information notice, at least before"),
        "TML-01",
        Row(52, "Aw 2.71(6)"),
    ),
    law(
        K.PRIOR_NOTICE_AT_MOST,
        Unit.MONTHS,
        text("vooraankondiging, ten hoogste vooraf", "prior information notice, at most before"),
        "TML-01",
        Row(12, "Aw 2.71(6)"),
    ),
    law(
        K.URGENT_REQUEST,
        Unit.CALENDAR_DAYS,
        text("verzoek tot deelneming bij urgentie", "requests to participate when urgent"),
        "TML-02",
        Row(15, "Aw 2.74"),
    ),
    law(
        K.URGENT_OPEN,
        Unit.CALENDAR_DAYS,
        text("inschrijving bij urgentie, openbaar", "tenders when urgent, open procedure"),
        "TML-01",
        Row(15, "Aw 2.74"),
    ),
    law(
        K.URGENT_RESTRICTED,
        Unit.CALENDAR_DAYS,
        text("inschrijving bij urgentie, niet-openbaar", "tenders when urgent, restricted"),
        "TML-01",
        Row(10, "Aw 2.74"),
    ),
    law(
        K.TENDER_OPEN_NATIONAL,
        Unit.CALENDAR_DAYS,
        text("inschrijving, nationaal openbaar", "tenders, national open procedure"),
        "TML-01",
        Row(32, f"{_ARW}, ch. 2", Tag.V2),
    ),
    law(
        K.TENDER_RESTRICTED_NATIONAL,
        Unit.CALENDAR_DAYS,
        text("inschrijving, nationaal niet-openbaar", "tenders, national restricted procedure"),
        "TML-01",
        Row(21, f"{_ARW}, ch. 3", Tag.V2),
    ),
    law(
        K.REQUEST_NATIONAL,
        Unit.CALENDAR_DAYS,
        text("verzoek tot deelneming, nationaal", "requests to participate, national"),
        "TML-02",
        Row(17, f"{_ARW}, ch. 3", Tag.V2),
    ),
    default(
        K.TENDER_MULTI_PRIVATE,
        Unit.CALENDAR_DAYS,
        text("redelijke termijn meervoudig onderhands", "reasonable period, private procedure"),
        "TML-06",
        reading(15, "reading of Gids 3.6"),
    ),
    default(
        K.HOLIDAY_SHARE,
        Unit.BASIS_POINTS,
        text("deel van de termijn in vakantietijd", "share of the period in holiday season"),
        "TML-06",
        reading(5_000, "reading of Aw 1.10(2)(e) and 1.13(2)(e)"),
    ),
    law(
        K.NVI_EUROPEAN,
        Unit.CALENDAR_DAYS,
        text("laatste nota van inlichtingen, Europees", "last answers to questions, European"),
        "TML-04 TML-05 INF-02",
        Row(6, "Aw 2012 before its amendment; PIANOo", Tag.V2, AW_2012, date(2016, 6, 30)),
        Row(10, "Aw 2.54(1)"),
    ),
    law(
        K.NVI_URGENT,
        Unit.CALENDAR_DAYS,
        text("laatste nota van inlichtingen bij urgentie", "last answers to questions when urgent"),
        "TML-04 TML-05 INF-02",
        Row(4, "Aw 2.54(2)"),
    ),
    law(
        K.NVI_NATIONAL,
        Unit.CALENDAR_DAYS,
        text("laatste nota van inlichtingen, nationaal", "last answers to questions, national"),
        "TML-04 TML-05 INF-02",
        Row(6, _ARW, Tag.V2),
    ),
    default(
        K.NVI_MULTI_PRIVATE,
        Unit.CALENDAR_DAYS,
        text(
            "laatste nota van inlichtingen, meervoudig onderhands",
            "last answers to questions, private procedure",
        ),
        "TML-04 TML-05 INF-02",
        reading(6, "policy, after the ARW 2016"),
    ),
    default(
        K.EXTENSION_AFTER_DEADLINE,
        Unit.CALENDAR_DAYS,
        text("verlenging: na de oude termijn", "extension: after the old deadline"),
        "TML-05",
        reading(1, "reading of Aw 2.73(2)"),
    ),
    default(
        K.EXTENSION_AFTER_CHANGE,
        Unit.CALENDAR_DAYS,
        text("verlenging: na de wijziging", "extension: after the change"),
        "TML-05",
        reading(5, "reading of Aw 2.73(2)"),
    ),
    default(
        K.INVITATION_SPREAD,
        Unit.HOURS,
        text("spreiding van uitnodigingen", "spread between invitations"),
        "TML-08 INF-02",
        reading(1, "reading of Aw 1.8, 1.12 and 1.15"),
    ),
)
