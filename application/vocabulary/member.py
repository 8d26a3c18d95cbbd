"""The words of organisations: value -> (Dutch, English)."""

from application.vocabulary.rows import Rows
from domain.member import AccessRole, LegalForm, LinkBasis, OrganisationKind, PolicyBand

ROWS: Rows = {
    AccessRole: {
        "auditor": ("auditor", "auditor"),
        "officer": ("ambtenaar", "officer"),
        "facilitator": ("begeleider", "facilitator"),
        "member": ("deelnemer", "member"),
        "administrator": ("beheerder", "administrator"),
    },
    LegalForm: {
        "private-limited": ("besloten vennootschap", "private limited company"),
        "public-limited": ("naamloze vennootschap", "public limited company"),
        "sole-trader": ("eenmanszaak", "sole trader"),
        "general-partnership": ("vennootschap onder firma", "general partnership"),
        "professional-partnership": ("maatschap", "professional partnership"),
        "cooperative": ("coöperatie", "cooperative"),
        "foundation": ("stichting", "foundation"),
        "association": ("vereniging", "association"),
        "public-body": ("publiekrechtelijke rechtspersoon", "public body"),
        "foreign": ("buitenlandse rechtsvorm", "foreign legal form"),
        "unknown": ("rechtsvorm niet bekend", "legal form not known"),
    },
    LinkBasis: {
        "group": ("concern", "group"),
        "shareholding": ("deelneming", "shareholding"),
        "shared-director": ("gedeelde bestuurder", "shared director"),
    },
    OrganisationKind: {
        "contractor": ("aannemer", "contractor"),
        "contracting-authority": ("aanbestedende dienst", "contracting authority"),
        "facilitator": ("begeleider", "facilitator"),
        "other-client": ("andere opdrachtgever", "other client"),
        "adviser": ("adviseur", "adviser"),
        "knowledge-institute": ("kennisinstelling", "knowledge institute"),
        "trade-association": ("brancheorganisatie", "trade association"),
    },
    PolicyBand: {
        "single": ("enkelvoudig onderhands", "private, one invited"),
        "multi-private": ("meervoudig onderhands", "private, several invited"),
        "national": ("nationaal", "national"),
    },
}
