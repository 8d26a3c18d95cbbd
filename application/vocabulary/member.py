"""The words of organisations: value -> (Dutch, English)."""

from application.vocabulary.rows import Rows
from domain.member.access import AccessRole
from domain.member.organisation import (
    LegalForm,
    LinkBasis,
    OrganisationKind,
    RetirementGround,
)
from domain.member.people import PersonRole
from domain.member.policy import PolicyBand
from domain.member.practice import SharedResourceKind
from domain.member.training import PlacementKind

ROWS: Rows = {
    AccessRole: {
        "auditor": ("auditor", "auditor"),
        "officer": ("ambtenaar", "officer"),
        "facilitator": ("begeleider", "facilitator"),
        "member": ("deelnemer", "member"),
        "administrator": ("beheerder", "administrator"),
        "privacy-officer": ("privacyfunctionaris", "privacy officer"),
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
    RetirementGround: {
        "ceased": ("gestaakt", "ceased"),
        "bankrupt": ("failliet", "bankrupt"),
        "merged": ("gefuseerd", "merged"),
        "recorded-twice": ("dubbel ingeschreven", "recorded twice"),
    },
    PersonRole: {
        "director": ("directeur", "director"),
        "operations-manager": ("manager bedrijfsvoering", "operations manager"),
        "project-leader": ("projectleider", "project leader"),
        "work-planner": ("werkvoorbereider", "work planner"),
        "site-manager": ("uitvoerder", "site manager"),
        "supervisor": ("toezichthouder", "supervisor"),
        "buyer": ("inkoper", "buyer"),
        "lead-buyer": ("lead buyer", "lead buyer"),
        "city-engineer": ("stadsingenieur", "city engineer"),
        "budget-holder": ("budgethouder", "budget holder"),
        "adviser": ("inhoudelijk adviseur", "adviser"),
        "process-adviser": ("procesadviseur", "process adviser"),
    },
    SharedResourceKind: {
        "equipment": ("materieel", "equipment"),
        "charging": ("laadvoorziening", "charging point"),
        "depot": ("depot", "depot"),
        "people": ("vakmensen", "skilled people"),
        "knowledge": ("kennis", "knowledge"),
        "space": ("ruimte", "space"),
        "system": ("digitaal systeem", "digital system"),
    },
    PlacementKind: {
        "internship": ("stage", "internship"),
        "graduation": ("afstudeerstage", "graduation placement"),
        "project": ("studentenproject", "student project"),
        "apprenticeship": ("leerwerkplek", "apprenticeship"),
    },
    PolicyBand: {
        "single": ("enkelvoudig onderhands", "private, one invited"),
        "multi-private": ("meervoudig onderhands", "private, several invited"),
        "national": ("nationaal", "national"),
    },
}
