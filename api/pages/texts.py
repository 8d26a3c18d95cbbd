"""What the pages say that no fact or rule says: headings, labels, buttons, in two languages."""

from collections.abc import Callable, Mapping

from domain.terms import Language, Text

_ROWS: Mapping[str, tuple[str, str]] = {
    "site.name": ("Kringboek", "Kringboek"),
    "site.tagline": (
        "Het boek van de kenniskring: wie wist wat, en wanneer",
        "The record of the knowledge circle: who knew what, and when",
    ),
    "site.skip": ("Naar de inhoud", "Skip to content"),
    "site.sandbox": (
        "Dit is een oefenomgeving met verzonnen gegevens.",
        "This is a sandbox with invented data.",
    ),
    "site.other-language": ("English", "Nederlands"),
    "site.api": ("API", "API"),
    "site.rules": ("Regels", "Rules"),
    "site.checkpoint": ("Stand van het grootboek", "State of the ledger"),
    "sign-in.offer": ("Meld u aan als voorbeeldauditor", "Sign in as the sample auditor"),
    "sign-in.why": (
        "Zonder aanmelding ziet u alleen wat openbaar is gemaakt.",
        "Without signing in you see only what was made public.",
    ),
    "sign-in.as": ("Aangemeld als", "Signed in as"),
    "sign-out": ("Afmelden", "Sign out"),
    "front.circles": ("Kenniskringen", "Knowledge circles"),
    "front.projects": ("Projecten", "Projects"),
    "front.missions": ("Missies", "Missions"),
    "front.none": ("Er is nog niets openbaar.", "Nothing is public yet."),
    "list.project": ("Project", "Project"),
    "list.authority": ("Opdrachtgever", "Contracting authority"),
    "list.step": ("Stap", "Step"),
    "list.procedure": ("Procedure", "Procedure"),
    "list.region": ("Regio", "Region"),
    "list.members": ("Deelnemers", "Members"),
    "list.meetings": ("Bijeenkomsten", "Meetings"),
    "circle.members": ("Deelnemers", "Members"),
    "circle.meetings": ("Bijeenkomsten en verslagen", "Meetings and reports"),
    "circle.since": ("Sinds", "Since"),
    "circle.organisation": ("Organisatie", "Organisation"),
    "circle.meeting": ("Bijeenkomst", "Meeting"),
    "circle.held": ("Gehouden", "Held"),
    "circle.report": ("Verslag", "Report"),
    "circle.no-report": ("nog geen verslag", "no report yet"),
    "circle.projects": ("Projecten van deze kring", "Projects of this circle"),
    "circle.timeline": ("Wat er gebeurde", "What happened"),
    "project.as-of": ("Stand op", "As of"),
    "project.as-of.button": ("Toon deze stand", "Show this state"),
    "project.as-of.now": ("Terug naar nu", "Back to now"),
    "project.position": ("positie", "position"),
    "project.public-only": (
        "U ziet alleen wat openbaar is gemaakt. Oordelen en verstrekkingen ziet u na aanmelding.",
        "You see only what was made public. Verdicts and disclosures show after signing in.",
    ),
    "project.authority": ("Opdrachtgever", "Contracting authority"),
    "project.object": ("Object", "Object"),
    "project.location": ("Locatie", "Location"),
    "project.kind": ("Soort opdracht", "Kind of contract"),
    "project.cpv": ("CPV", "CPV"),
    "project.estimate": ("Raming", "Estimate"),
    "project.procedure": ("Verklaarde procedure", "Declared procedure"),
    "project.regime": ("Berekend regime", "Computed regime"),
    "project.opening": ("Aankondiging of uitnodiging", "Notice or invitation"),
    "project.deadline": ("Sluiting", "Close of tenders"),
    "project.cutoff": ("Laatste dag voor informatie", "Last day for information"),
    "project.circles": ("Kenniskring", "Knowledge circle"),
    "summary.title": ("Het oordeel in het kort", "The verdicts in short"),
    "summary.caption": ("Oordelen per uitkomst", "Verdicts by outcome"),
    "summary.outcome": ("Uitkomst", "Outcome"),
    "summary.count": ("Aantal regels", "Number of rules"),
    "steps.title": ("De dertien stappen", "The thirteen steps"),
    "steps.caption": ("Stappen van het convenantproject", "Steps of the convenant project"),
    "steps.step": ("Stap", "Step"),
    "steps.reached": ("Bereikt op", "Reached on"),
    "steps.not-yet": ("nog niet", "not yet"),
    "matrix.title": ("Wie wist wat, en wanneer", "Who knew what, and when"),
    "matrix.picture": (
        "Elke stip is de dag waarop een partij een relevant stuk voor het eerst kon kennen",
        "Each dot is the day on which a party could first know a relevant document",
    ),
    "matrix.caption": (
        "Per document en partij de dag van eerste kennisneming",
        "Per document and party the day of first knowledge",
    ),
    "matrix.document": ("Document", "Document"),
    "matrix.everybody": ("Iedereen", "Everybody"),
    "matrix.never": ("nooit", "never"),
    "matrix.public": ("openbaar", "public"),
    "matrix.given": ("verstrekt", "given"),
    "matrix.early": ("voor de anderen", "before the others"),
    "matrix.late": ("te laat", "too late"),
    "matrix.none": ("Er zijn nog geen documenten.", "There are no documents yet."),
    "matrix.legend": (
        "▲ voor de anderen · ● tijdig · ▼ na de laatste dag voor informatie · ✕ nooit",
        "▲ before the others · ● in time · ▼ after the last day for information · ✕ never",
    ),
    "party.bidder": ("inschrijver", "tenderer"),
    "party.invited": ("genodigd", "invited"),
    "party.involved": ("betrokken", "involved"),
    "party.winner": ("gegund", "awarded"),
    "party.member": ("lid", "member"),
    "timeline.title": ("Tijdlijn", "Timeline"),
    "timeline.more": ("gelijke handelingen", "more of the same"),
    "timeline.recorded": ("vastgelegd op", "recorded on"),
    "verdicts.title": ("Alle oordelen", "All verdicts"),
    "verdicts.rule": ("Regel", "Rule"),
    "verdicts.source": ("Bron", "Source"),
    "verdicts.evidence": ("Bewijs", "Evidence"),
    "verdicts.remedy": ("Herstel", "Remedy"),
    "verdicts.judged-at": ("Beoordeeld naar de stand op", "Judged as of"),
    "verdicts.parameters": ("Vingerafdruk van de parameters", "Fingerprint of the parameters"),
    "verdicts.law": ("zekerheid van de bron", "certainty of the source"),
    "outcome.violation": ("Overtreding", "Violation"),
    "outcome.warn": ("Waarschuwing", "Warning"),
    "outcome.indeterminate": ("Niet te bepalen", "Indeterminate"),
    "outcome.pass": ("In orde", "In order"),
    "outcome.not-applicable": ("Niet van toepassing", "Not applicable"),
    "severity.blocker": ("blokkerend", "blocker"),
    "severity.major": ("ernstig", "major"),
    "severity.minor": ("licht", "minor"),
    "severity.advisory": ("advies", "advisory"),
    "regime.european": ("Europees", "European"),
    "regime.european-principles": ("Europese beginselen", "European principles"),
    "regime.national": ("nationaal met aankondiging", "national with notice"),
    "regime.multi-private": ("meervoudig onderhands", "private, several invited"),
    "regime.single": ("enkelvoudig onderhands", "private, one invited"),
    "chart.opening": ("aankondiging", "notice"),
    "chart.cutoff": ("laatste dag", "last day"),
    "chart.deadline": ("sluiting", "close"),
    "mission.line": ("Standlijn", "Line"),
    "error.title": ("Dat ging niet", "That did not work"),
    "error.not-found": (
        "Deze pagina bestaat niet, of is niet openbaar.",
        "This page does not exist, or is not public.",
    ),
    "error.as-of": (
        "Schrijf een datum als 2026-04-14, of een positie als position:120.",
        "Write a date as 2026-04-14, or a position as position:120.",
    ),
}


def teller(language: Language) -> Callable[[str], str]:
    """`t("steps.title")` in one language; `KeyError` for words that nobody wrote."""

    def tell(key: str) -> str:
        nl, en = _ROWS[key]
        return nl if language is Language.NL else en

    return tell


def said(text: Text, language: Language) -> str:
    return text.nl if language is Language.NL else text.en
