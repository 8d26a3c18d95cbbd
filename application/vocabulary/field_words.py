"""Words of the field that no closed set of a fact holds: value -> (Dutch, English).

They come from the two documents on which Kringboek stands. Texts of facts (a theme, a goal, a role)
are written in them, so that circles in different places say the same with the same word.
"""

Words = dict[str, tuple[str, str]]

CONTRIBUTION_KINDS: Words = {
    "sustainable-circular": (
        "duurzaamheid en circulariteit in ontwerp, uitvoering en beheer",
        "sustainability and circularity in design, execution and maintenance",
    ),
    "climate-proof": ("klimaatbestendig inrichten", "climate-proof layout"),
    "safety-health": ("veiligheid en gezondheid", "safety and health"),
    "digitalisation": ("digitalisering, BIM en VISI", "digitalisation, BIM and VISI"),
    "failure-costs": (
        "inzicht in faalkosten in voorbereiding en uitvoering",
        "insight into failure costs in preparation and execution",
    ),
    "youth": (
        "een branche die de jeugd aantrekt, en elkaars competenties en capaciteit",
        "a trade that attracts the young, and each other's competence and capacity",
    ),
    "social-return": ("SROI, scholen en opleidingen", "social return, schools and training"),
    "local-employment": ("lokale werkgelegenheid", "local employment"),
    "collaboration": (
        "samenwerken van opdrachtnemers en opdrachtgevers",
        "collaboration of contractors and clients",
    ),
}
"""What a contractor can contribute (bijdragen), in the order of the open convenant."""

MATTERS: Words = {
    "technology": ("technologische vernieuwing", "new technology"),
    "circular-building": ("circulaire bouw", "circular building"),
    "reused-materials": ("(her)gebruikte materialen", "reused materials"),
    "materials": ("materialen", "materials"),
    "machines": ("machines", "machines"),
    "emission-free-machines": ("emissievrije machines", "emission-free machines"),
    "emissions": ("emissies", "emissions"),
    "zero-emission": ("zero-emissie", "zero emission"),
    "above-ground": ("bovengrond", "above ground"),
    "underground": ("ondergrond", "underground"),
    "public-space": ("openbare ruimte", "public space"),
    "neighbourhood": ("buurt", "neighbourhood"),
    "green": ("groen", "green"),
    "maintenance": ("onderhoud", "maintenance"),
    "climate-control": ("klimaatbeheersing", "climate control"),
    "energy-saving": ("energiezuinig", "saving energy"),
    "water-saving": ("waterbesparend", "saving water"),
    "off-gas": ("van het gas af", "off natural gas"),
    "labour-market": ("arbeidsmarkt", "labour market"),
    "labour-mobility": ("arbeidsmobiliteit", "labour mobility"),
    "scarce-labour": ("krapte op de arbeidsmarkt", "scarce labour"),
    "sustainable-buying": ("duurzaam inkopen", "sustainable buying"),
    "information-management": ("informatiemanagement", "information management"),
    "time-and-budget": ("tijd en budget", "time and budget"),
}
"""What a circle speaks about (vraagstukken), finer than its themes."""

ROLES: Words = {
    "municipal-engineer": ("stadsingenieur", "municipal engineer"),
    "developer": ("ontwikkelaar", "developer"),
    "lead-buyer": ("lead buyer", "lead buyer"),
    "buyer": ("inkoper", "buyer"),
    "budget-holder": ("budgethouder", "budget holder"),
    "expert": ("expert", "expert"),
    "administrator": ("bestuurder", "administrator"),
    "circle-fellow": ("kringgenoot", "fellow in a circle"),
    "process-adviser": ("procesadviseur", "process adviser"),
    "climate-adviser": ("klimaatadviseur", "climate adviser"),
    "researcher": ("onderzoeker", "researcher"),
    "student": ("student", "student"),
    "resident": ("inwoner", "resident"),
    "municipal-executive": ("college van B en W", "municipal executive"),
}
"""Roles beside those of a seat, which are the closed set `seat-role`."""

SERVICES: Words = {
    "advice": ("advies", "advice"),
    "finance": ("financiën", "finance"),
    "procurement": ("inkoop", "procurement"),
    "control": ("control", "control"),
    "ict": ("ICT", "IT"),
    "work-preparation": ("werkvoorbereiding", "preparation of works"),
    "supervision": ("toezicht", "supervision"),
    "spatial-planning": ("ruimtelijke ordening", "spatial planning"),
    "city-maintenance": ("stadsbeheer", "city maintenance"),
    "living-environment": ("fysieke leefomgeving", "physical living environment"),
    "neighbourhood-affairs": ("wijkzaken", "neighbourhood affairs"),
    "engineering": ("ingenieursbureau", "engineering office"),
}
"""Services (diensten) within a municipality that an agreement has to reach."""

GOALS: Words = {
    "liveability": ("leefbaarheid en economische ontwikkeling", "liveability and growth"),
    "better-collaboration": ("betere onderlinge samenwerking", "better collaboration"),
    "from-cost-to-value": ("van kosten naar waarden", "from cost to value"),
    "employment": ("(lokale) werkgelegenheid", "local employment"),
    "knowledge-in-region": (
        "kennis delen, behouden en doorontwikkelen in de regio",
        "knowledge shared, kept and developed in the region",
    ),
    "better-processes": ("betere bouwprocessen en kwaliteit", "better processes and quality"),
    "sustainable-surroundings": ("duurzame leefomgeving", "sustainable surroundings"),
    "strong-city": (
        "economisch sterke, duurzame en innovatieve stad",
        "an economically strong, sustainable and innovative city",
    ),
    "less-waste": (
        "kosten terugdringen, slimmer werken, verspilling tegengaan",
        "lower cost, smarter work, less waste",
    ),
    "less-nuisance": ("minder hinder voor inwoners en bedrijven", "less nuisance"),
    "mutual-trust": ("wederzijds vertrouwen", "mutual trust"),
    "whole-process": ("samenwerken in het gehele bouwproces", "collaboration all the way"),
    "more-value": ("meer waarde voor een euro", "more value for a euro"),
    "fewer-failure-costs": ("minder faalkosten, meer kwaliteit", "fewer failure costs"),
    "better-requests": ("kwalitatief betere uitvragen", "better requests"),
    "market-knowledge": ("kennis en innovatie uit de markt", "knowledge from the market"),
    "continuity-of-resources": (
        "continuïteit in vakkundig personeel en middelen",
        "continuity of skilled people and means",
    ),
    "lasting-renewal": ("vernieuwing die blijft", "renewal that lasts"),
    "long-life": (
        "duurzaamheid, samenwerking, innovatie en levensduur bij aanbestedingen",
        "sustainability, collaboration, innovation and life span in tendering",
    ),
    "from-policy-to-practice": ("van beleid naar uitvoering", "from policy to practice"),
    "regional-network": ("regionale kennisinfrastructuur", "a regional network of knowledge"),
    "improve-and-renew": ("verbetering én vernieuwing", "improvement and renewal"),
    "attainable-bar": ("een haalbare en betaalbare lat", "a bar that can be reached and paid"),
    "co2-reduction": ("CO2-reductie", "less CO2"),
    "market-conditions": ("marktcondities creëren", "creating market conditions"),
    "meaning-for-streets": (
        "betekenis voor mensen in straten en buurten",
        "what it means for people in streets and neighbourhoods",
    ),
    "reciprocity": ("wederzijdse aantrekkelijkheid", "attractive to both sides"),
    "faster-projects": ("projectversnelling", "faster projects"),
}
"""What all of it is for (doelen): goals of the convenant, the circle and its projects."""

AIMS: Words = {
    "successful-projects": (
        "succesvolle voorbereiding en uitvoering",
        "successful preparation and execution",
    ),
    "market-approach": ("gemeentelijke marktbenadering", "how the municipality meets the market"),
    "yield": ("rendement voor opdrachtgever en markt", "yield for client and market"),
    "complementary-competence": ("complementaire competenties", "complementary competence"),
}
"""The four aims of a circle (doelen van de kenniskring)."""

CHANCES: Words = {
    "better-result": ("beter gezamenlijk eindresultaat", "a better result together"),
    "faster-processes": ("processen versnellen en verbeteren", "faster, better processes"),
    "savings": ("kostenbesparing aan beide kanten", "savings on both sides"),
    "pleasure": ("meer plezier in het werk", "more pleasure in work"),
    "ambitions": ("ambities waarmaken", "ambitions come true"),
    "continuity": ("continuïteit en optimale arbeidsinzet", "continuity and use of labour"),
    "investment": (
        "investeringskracht in kennis, opleiding en vakmanschap",
        "power to invest in knowledge, training and craft",
    ),
    "societal-yield": ("maatschappelijk rendement", "yield for society"),
}
"""The eight chances (kansen) that a circle offers."""

PRINCIPLES: Words = {
    "non-discrimination": ("non-discriminatie", "non-discrimination"),
    "equal-treatment": ("gelijke behandeling", "equal treatment"),
    "transparency": ("transparantie", "transparency"),
    "proportionality": ("proportionaliteit", "proportionality"),
    "good-administration": (
        "algemene beginselen van behoorlijk bestuur",
        "general principles of good administration",
    ),
}
"""Principles of procurement (aanbestedingsbeginselen); the source adds "onder andere"."""

SOURCES: Words = {
    "aw-2012": ("Aanbestedingswet 2012", "Public Procurement Act 2012"),
    "directive-2014-24": ("Richtlijn 2014/24/EU", "Directive 2014/24/EU"),
    "arw-2016": ("Aanbestedingsreglement Werken 2016", "Works Procurement Regulations 2016"),
    "proportionality-guide": ("Gids Proportionaliteit", "Proportionality Guide"),
    "own-policy": ("inkoop- en aanbestedingsbeleid", "the authority's procurement policy"),
    "own-matrix": ("inkoopmatrix", "the authority's table of procedures by value"),
}
"""Where rules come from (kaders)."""

GUIDELINES: Words = {
    "cluster": ("integraal en clustergewijs benaderen", "works taken together in clusters"),
    "bundle": ("activiteiten bundelen", "activities bundled"),
    "made-to-measure": ("beleid op maat", "policy made to measure"),
    "not-from-above": ("zoeken en creëren, niet uitvaardigen", "sought together, not decreed"),
    "regional-preference": (
        "waar mogelijk door regionale bedrijven",
        "where possible by firms of the region",
    ),
    "steer-on-interaction": ("sturen op wederzijdse interactie", "steering by interaction"),
    "room-for-talk": ("ruimte voor het gesprek", "room to talk"),
    "vertical-for-horizontal": (
        "verticaal sturen op horizontaal samenwerken",
        "steering vertically for collaboration across",
    ),
    "small-steps": ("kleine stappen", "small steps"),
    "call-to-account": ("elkaar aanspreken op houding en gedrag", "calling each other to account"),
    "demand-driven-innovation": ("vraaginnovatie", "innovation driven by demand"),
    "carry-over": ("doorwerking in de eigen organisatie", "carrying over into one's own house"),
    "chain-work": ("ketengericht werken", "working along the chain"),
    "company-as-knowledge": ("het bedrijf als kennisomgeving", "the firm as a place of knowledge"),
    "applicable-knowledge": ("toepasbaar maken van kennis", "making knowledge applicable"),
    "linked-levels": ("verbonden leren tussen niveaus", "learning linked between levels"),
}
"""How a regional approach works (richtlijnen)."""

QUESTIONS: Words = {
    "who-wants-what": ("wie wil wat?", "who wants what?"),
    "who-does-what": ("wie doet wat?", "who does what?"),
    "who-supports": ("wie ondersteunt?", "who supports?"),
    "market-answer": (
        "hoe speelt de markt in op beleidsuitdagingen?",
        "how does the market meet the challenges of policy?",
    ),
    "meaning-for-practice": (
        "wat betekent beleid voor de uitvoering?",
        "what does policy mean for practice?",
    ),
    "can-and-must": ("wat kan en wat moet?", "what can be done, and what must?"),
}
"""Questions (vragen) that circles keep asking."""

PROGRAMMES: Words = {
    "climate-proof-city": (
        "programma Klimaatbestendige stad en Duurzaam GWW",
        "programme Climate-proof City and Sustainable Civil Works",
    ),
    "future-proof-district": (
        "programma Toekomstgerichte wijk, procesaanpak beleidsdoorwerking",
        "programme Future-proof District, process approach to policy",
    ),
    "outdoor-space": ("initiatief Buiten Ruimte", "initiative Outdoor Space"),
    "knowledge-portal": ("kennisportaal", "knowledge portal"),
    "knowledge-alliance": ("kennisgedreven regionale alliantie", "regional knowledge alliance"),
}
"""Programmes (programma's) under which circles and convenants are begun."""

DOCUMENTS: Words = {
    "open-convenant": (
        "Programma Klimaatbestendige stad en Duurzaam GWW: open convenant",
        "Climate-proof City and Sustainable Civil Works: open convenant",
    ),
    "regional-alliances": (
        "Regionale kennisgedreven allianties (mei 2023), zonder subtitel",
        "Regional knowledge-driven alliances (May 2023), without a subtitle",
    ),
}
"""The two documents on which Kringboek stands."""

CHAPTERS: Words = {
    "perspectives": ("inhoudelijke verkenning", "exploration"),
    "intake": ("vragen vooraf", "questions beforehand"),
    "can-and-must": ("wat er kan en wat er moet", "what can be done, and what must"),
    "regional-economy": ("regionaal economisch verband", "the economy of a region"),
    "klaagpaal": ("klaagpaal", "klaagpaal (complaints)"),
    "learning": ("ontwikkelen en leren", "developing and learning"),
    "innovating": ("verbeteren en vernieuwen", "improving and innovating"),
    "electrification": ("elektrificeren als voorbeeld", "electrification as an example"),
    "mission": ("missiegedreven innovatie", "innovation driven by a mission"),
    "composition": ("samenstelling van een kring", "composition of a circle"),
    "interview": ("interview over het nut van de kring", "interview on the use of a circle"),
    "legal-framework": ("juridisch kader marktconsultatie", "law of market consultation"),
    "framework": ("kaders", "framework"),
    "principle": ("principe van kring en convenant", "principle of circle and convenant"),
    "early-market": ("vroegtijdig de markt betrekken", "involving the market early"),
    "organisation": ("interne organisatievernieuwing", "renewal within the municipality"),
    "challenges": ("maatschappelijke uitdagingen", "challenges of society"),
}
"""Chapters of the exploration (invalshoeken), under which what a circle knows can be ordered."""

ANOMALIES: Words = {
    "calculation-fee-twice": (
        "rekenvergoeding staat twee keer in de lijst van onderwerpen",
        "the calculation fee stands twice in the list of topics",
    ),
    "evaluation-without-unit": (
        "'na 1-2 evaluatie' zonder eenheid",
        "'evaluation after 1-2' without a unit",
    ),
    "natura-2002": ("'natura 2002', bedoeld is wel Natura 2000", "'natura 2002', for Natura 2000"),
    "nineteen-kw-without-operator": (
        "'alles van 19 kW' zonder vanaf of tot",
        "'everything of 19 kW' without from or up to",
    ),
    "scheme-missing": (
        "het schema van procedures ontbreekt",
        "the scheme of procedures is missing",
    ),
    "tenderned-for-private": (
        "TenderNed ook genoemd voor meervoudig onderhands",
        "TenderNed named for private tenders too",
    ),
    "roles-and-seats": (
        "vijf rollen tegenover drie tot vijf zetels",
        "five roles against three to five seats",
    ),
    "regional-against-equal": (
        "regionale voorkeur tegenover non-discriminatie",
        "regional preference against non-discrimination",
    ),
}
"""Eight oddities of the source documents, kept visible; nobody has set them right in silence."""
