"""The terms of the field: Dutch ; English ; meaning ; the module where it is at home.

The first Dutch form is the term, further ones after a slash are other forms that occur. A test looks
for terms that the domain uses and this table has not, and for terms that stand nowhere.
"""

TERMS = """
kenniskring ; circle ; platform of a contracting authority on which it and regional contractors exchange what they know, decide and prepare works ; domain.circle
vragen vooraf ; intake questions ; seven questions asked before a circle is begun ; domain.circle.founding
onafhankelijk begeleider ; facilitator ; who guides a circle without a stake in it, and keeps it a safe place ; domain.circle.founding
evaluatie ; evaluation ; looking back, by those who were there, on a circle, a project or a mission ; domain.circle.founding
convenant ; open convenant ; what a city and its contractors promise each other; anybody may join and stop at any moment ; domain.circle.convenant
ambitie ; ambition ; something of the city's policy that a circle takes up ; domain.circle.convenant
college ; municipal executive ; the mayor and aldermen (burgemeester en wethouders) ; domain.circle.convenant
aansluiten ; join ; becoming a party to a convenant ; domain.circle.convenant
stoppen ; stop ; ending to be a party to a convenant ; domain.circle.convenant
verzoek tot toetreding ; entry request ; an organisation asks to join a circle ; domain.circle.membership
verzoek tot uittreding ; leave request ; a member asks to leave a circle ; domain.circle.membership
zetel / zetels ; seat ; a place at the table, held by a person for an organisation ; domain.circle.seats
roulatie ; rotation ; a seat is handed over according to the schedule ; domain.circle.seats
roulatieschema ; rotation schedule ; the order in which seats are handed over ; domain.circle.seats
inhoudelijk adviseur op afroep ; adviser on call ; somebody with a field of knowledge who comes when asked ; domain.circle.seats
bijeenkomst ; meeting ; a circle sits together, with an agenda and attendance ; domain.circle.meetings
verslag ; report ; what was said in a meeting, published on the municipality's website ; domain.circle.meetings
onderwerp / onderwerpen ; topic ; something a circle talks about, to improve what is there or to innovate ; domain.circle.topics
klaagpaal ; complaint post ; room in every meeting for what chafes, in safety; kept in Dutch as a term of art ; domain.circle.klaagpaal
voorstel ; proposal ; what a circle is asked to decide ; domain.circle.decisions
optie ; option ; another way to decide a proposal ; domain.circle.decisions
bezwaar ; objection ; a member's reason against a proposal; it is met, withdrawn, overruled, or stands ; domain.circle.decisions
stemming ; vote ; the votes on a proposal were counted ; domain.circle.decisions
besluit / besluiten ; decision ; what a circle resolved, how, and when it looks at it again ; domain.circle.decisions
herziening ; review ; a circle looks again at a decision ; domain.circle.decisions
afspraak / afspraken ; agreement ; what members of a circle promise each other, for one year or for more ; domain.circle.agreements
handhaving ; enforcement ; seeing, in the office and on the work, whether an agreement is kept ; domain.circle.agreements
sanctie ; sanction ; what follows when an agreement or a line is not kept ; domain.mission.enforcement
verbeteractie ; improvement action ; something to do better, with an owner and a day ; domain.circle.improvements
verbeteragenda ; improvement agenda ; the actions of a circle and how far they are ; domain.circle.improvements
leeragenda ; learning agenda ; what a circle sets out to learn ; domain.circle.improvements
conditie ; condition ; what an action takes: money, means, time, investment ; domain.circle.improvements
small win ; small win ; a small step that was taken, kept so that it is not forgotten ; domain.circle.improvements
reflectie ; reflection ; a circle looks at what it experienced, and what follows from it ; domain.circle.learning
procesmonitoring ; process monitoring ; at the end of a phase: what went well, and is it time for the next ; domain.circle.learning
toets van slagen ; health check ; four questions that tell whether a circle succeeds ; domain.circle.learning
exemplarische praktijk ; exemplary practice ; a way of working held up as an example ; domain.circle.learning
doorwerking ; carry-over ; knowledge is carried over into one's own organisation ; domain.circle.exchange
workshop ; workshop ; people learn something together, on the work or beside it ; domain.circle.exchange
infralokaal ; infralokaal ; open classroom in which circles pass on what they know ; domain.circle.exchange
marktsignaal ; market signal ; the market tells what it feels: prices, deliveries, labour ; domain.circle.exchange
deelnemer ; member ; an organisation that the record knows, inside a circle or not ; domain.member
aanbestedende dienst ; contracting authority ; a public body that must follow procurement law ; domain.member.organisation
opdrachtgever ; client ; who has a work made ; domain.convenant_project.preparation
aannemer ; contractor ; an organisation that makes works ; domain.member.organisation
mkb ; small or medium-sized enterprise ; independent firm below the European bounds of size ; domain.member.organisation
inkoopmatrix ; table of procedures by value ; an authority's own bands: which procedure from which value ; domain.member.policy
enkelvoudig onderhands ; single private ; one firm is asked for a tender ; domain.member.policy
meervoudig onderhands ; private with several ; some firms are asked for a tender, without a notice ; domain.member.policy
competentie ; competence ; what an organisation is good at and others can use ; domain.member.practice
capaciteit ; capacity ; how many people an organisation has for a kind of work in a period ; domain.member.practice
gedeelde hulpbron ; shared resource ; equipment, space or people that others may use ; domain.member.practice
praktijkgericht onderzoek ; applied research ; research that answers a question from practice ; domain.member.training
hogeschool ; university of applied sciences ; where students of the trade learn, and research is done ; domain.member.training
onderhands ; private ; without a notice, by invitation only ; domain.rules.time_limits.tender_period
gemeente / gemeenten ; municipality ; the local authority, known by its code in the register TOOI on the days it was there ; domain.municipalities
convenantproject ; convenant project ; a work prepared with a circle, in thirteen steps from search to shared results ; domain.convenant_project
uitvraag ; request ; what the market is asked: focus points, contract form, selection criteria, weighting ; domain.convenant_project.preparation
expertgroep ; expert group ; members of a circle who help to draft a request ; domain.convenant_project.preparation
raming ; estimate ; what a work is expected to cost, without VAT, by which the procedure is chosen ; domain.convenant_project.contract_design
percelen ; lots ; parts in which a work is tendered ; domain.convenant_project.contract_design
clusterverbod ; ban on combining ; contracts may not be combined without need (Aw 1.5) ; domain.rules.procedure.choice
motivering ; motivation ; the written reasons for a choice, given when it is made ; domain.convenant_project.contract_design
geschiktheidseis ; suitability requirement ; what a tenderer must meet to be considered ; domain.convenant_project.contract_design
aanbestedingsstukken ; tender documents ; all that tenderers are told by ; domain.convenant_project.procedure
belangenconflict ; conflict of interest ; who has influence on a procedure has something to gain by it ; domain.convenant_project.interests
monitoringsprogramma ; monitoring programme ; what is measured during and after a work ; domain.convenant_project.preparation
uitdagingen ; challenges ; what an authority is open about beforehand ; domain.convenant_project.early_market
consultatieplan ; consultation plan ; who of the market is asked, what, and when ; domain.convenant_project.early_market
marktconsultatie ; market consultation ; the market is asked before a procedure begins ; domain.convenant_project.early_market
bouwteam ; building team ; client and contractor design together before the price is agreed ; domain.convenant_project.early_market
onderscheidend vermogen ; room to stand out ; five ways: technical, qualitative, financial, innovative, in process ; domain.convenant_project.early_market
gezamenlijke risicoanalyse ; joint risk analysis ; client and contractors look for risks together ; domain.convenant_project.risks
risicoanalyse ; risk analysis ; which risks there are, and what is done about them ; domain.convenant_project.risks
beheersmaatregel ; risk measure ; what is done against a risk, who bears it and what it costs ; domain.convenant_project.risks
omgeving ; surroundings ; the street and its people: residents, firms, passers-by ; domain.convenant_project.surroundings
BLVC / BLVC-plan ; nuisance plan ; accessibility, liveability, safety and communication during a work ; domain.convenant_project.surroundings
V&G-plan ; safety and health plan ; how safety and health are kept during a work ; domain.convenant_project.surroundings
SROI ; social return ; part of the price spent on people far from work, and on training ; domain.convenant_project.surroundings
BIM ; building information model ; the work as data that all parties share ; domain.convenant_project.information_exchange
VISI ; VISI ; standard for formal messages between parties in a work ; domain.convenant_project.information_exchange
nulmeting ; baseline ; the value of an indicator before anything was done ; domain.convenant_project.monitoring
streefwaarde ; target ; the value that an indicator should reach ; domain.convenant_project.monitoring
meting ; measurement ; the value of an indicator on a day ; domain.convenant_project.monitoring
bouwplaats ; site ; where the work is made; what was written down there ; domain.convenant_project.site
faalkosten ; failure costs ; what is spent in preparation and execution on what had to be done again ; domain.convenant_project.lessons
eerlijke prijs ; fair price ; a price that client and contractor can both explain ; domain.convenant_project.lessons
opslag ; surcharge ; what electric equipment costs more ; domain.convenant_project.lessons
geleerde ; lesson ; what a project learned, cited by the later project that uses it ; domain.convenant_project.lessons
gelijk aan de streep ; level at the line ; who helped to prepare and who did not start with the same knowledge ; domain.convenant_project.knowledge
verstrekking ; disclosure ; a version of a document was given to somebody, with proof ; domain.convenant_project.knowledge
wezenlijk ; substantial ; so important that it changes the tender documents ; domain.convenant_project.knowledge
aankondiging ; notice ; the announcement by which a procedure begins ; domain.convenant_project.provenance
Publicatieblad ; Official Journal ; where European notices are published ; domain.convenant_project.provenance
herkomst ; provenance ; from which notice a project was read ; domain.convenant_project.provenance
vooraankondiging ; prior information notice ; announcement of a procedure to come ; domain.law.periods
aanbestedingsprocedure ; award procedure ; the way in which a work is put to the market ; domain.convenant_project.procedure
rectificatie ; correction ; what was wrong in a notice, set right in another ; domain.convenant_project.procedure
uitnodiging ; invitation ; a firm is asked for a tender ; domain.convenant_project.tendering
gegadigde / gegadigden ; candidate ; a firm known to be interested ; domain.convenant_project.tendering
inschrijving ; tender ; a bid for the work ; domain.convenant_project.tendering
gunningscriteria ; award criteria ; by what tenders are compared, with their weights ; domain.convenant_project.tendering
nota van inlichtingen / nota's van inlichtingen ; information notice ; answers to all questions, for everybody at once ; domain.convenant_project.questions
inzage ter plaatse ; on the spot only ; documents that cannot be sent ; domain.convenant_project.procedure
uitsluiting ; exclusion ; a tenderer is shut out, after it was heard ; domain.convenant_project.tendering
BPKV ; best price-quality ratio ; award by more than the lowest price ; domain.convenant_project.tendering
gunningsbeslissing ; award decision ; to whom the authority means to award ; domain.convenant_project.award
mededeling van de gunningsbeslissing ; award letter ; each tenderer is told the decision and its reasons ; domain.convenant_project.award
opschortende termijn ; standstill ; the days between award letter and signature ; domain.convenant_project.award
kort geding ; injunction proceedings ; a tenderer asks the court to stop an award ; domain.convenant_project.award
proces-verbaal ; award report ; the record of the whole procedure (Aw 2.132) ; domain.convenant_project.award
overeenkomst ; contract ; what authority and contractor sign ; domain.convenant_project.award
aankondiging van de gegunde opdracht ; award notice ; announcement of what was awarded ; domain.convenant_project.award
betrokken inschrijvers ; tenderers concerned ; those who must be told of the award before it is signed ; domain.rules.award.period
uitvoering ; execution ; the work is being made ; domain.convenant_project.execution
oplevering ; delivery ; the work was handed over ; domain.convenant_project.execution
wijziging ; modification ; the contract is changed after it was signed ; domain.convenant_project.execution
missie ; mission ; working towards an aim of society, such as emission-free works, in treads ; domain.mission
maatschappelijk probleem ; problem of society ; what a mission is about ; domain.mission.purpose
doelbeeld ; aim ; what a mission is to bring about ; domain.mission.purpose
prioritering ; ranking ; problems in order of priority ; domain.mission.purpose
oplossing ; solution ; a way to solve the problem: pursued, kept open or set aside ; domain.mission.purpose
divergentie ; divergence ; more than one way is kept open as long as that helps ; domain.mission.purpose
analyse van beschikbaarheid en haalbaarheid ; feasibility analysis ; what can be had, done and paid ; domain.mission.purpose
innovatiestappen ; functions of a mission ; nine, in three groups, each judged again and again ; domain.mission.functions
in hoeverre of in welke mate ; to what extent ; how a function is judged: by degree ; domain.mission.functions
standlijn ; line ; the level of technology that everybody keeps to from a day on, as both sides agreed ; domain.mission.line
trede ; tread ; the next raise of the line, announced with time to prepare ; domain.mission.line
TRL ; technology readiness level ; how far a technology is, from 1 to 9 ; domain.mission.line
randvoorwaarde / randvoorwaarden / randvoorwaarde benoemd ; mission condition ; what must be in place for the line, with an owner ; domain.mission.conditions
eigenaar ; owner ; who sees to it that a condition is met ; domain.mission.conditions
vervuld ; met ; the condition is in place ; domain.mission.conditions
vervallen ; lapsed ; a condition that was met no longer is ; domain.mission.conditions
moederbestek ; mother specification ; the standard texts from which specifications are made ; domain.mission.conditions
pilotproject ; pilot ; something tried out before it is asked of everybody ; domain.mission.market
experiment ; experiment ; trying out, with leave to fail ; domain.mission.market
marktcreatie ; market creation ; making a market for the new ; domain.mission.market
destabilisatie ; destabilisation ; ending what keeps the old alive ; domain.mission.market
middelen / allocatie van middelen ; resources ; money, people and means given to a mission ; domain.mission.market
budgettaire ruimte ; budget ; money set apart for a mission ; domain.mission.market
lineaire praktijken ; linear practice ; old ways of working that are phased out ; domain.mission.market
legitimiteit ; legitimacy ; why one may count on the other: clear policy, agreements for years, enforcement ; domain.mission.legitimacy
samenwerkingsovereenkomst ; cooperation agreement ; an agreement for several years (SOK) ; domain.mission.legitimacy
inzetgarantie ; guaranteed deployment ; equipment is there when the work asks for it, in return for continuity ; domain.mission.legitimacy
controle ; check ; whether the line is kept in a project ; domain.mission.enforcement
bevinding ; finding ; the line was not kept ; domain.mission.enforcement
freerider / geen freeriders ; free rider ; who profits from what others do and does not do it ; domain.mission.enforcement
ontheffing ; waiver ; leave to stay below the line in one project ; domain.mission.enforcement
gevolg-actie / gevolg-acties ; follow-up action ; what a mission asks besides the line: charging, zones, next treads ; domain.mission.follow_up
meetbaar maken ; making measurable ; saying by which indicator an ambition is measured ; domain.mission.follow_up
monitoring ; monitoring ; following together how a mission goes ; domain.mission.follow_up
bijsturen ; steering ; changing course in time ; domain.mission.follow_up
bereikt ; reached ; the aim of the mission is there ; domain.mission.ending
afgesloten ; closed ; the mission ended ; domain.mission.ending
drempel / drempelbedragen ; European threshold ; the value from which European law holds in full ; domain.law.thresholds
centrale overheid ; central government ; ministries and their services, with thresholds of their own ; domain.law.thresholds
gedelegeerde verordening ; delegated regulation ; the European act by which thresholds are set every two years ; domain.law.thresholds
raamovereenkomst ; framework agreement ; an agreement under which contracts are given for years ; domain.rules.estimate.threshold
oogmerk ; intent ; the purpose of splitting, which only people can find ; domain.rules.estimate.splitting
minimumtermijnen ; minimum periods ; the days a tenderer must have ; domain.law.periods
termijn / termijnen ; term ; a period counted in Dutch calendar days ; domain.terms
algemeen erkende feestdagen ; recognised holidays ; days on which no term ends ; domain.law.holidays
Algemene termijnenwet ; General Extension of Time-Limits Act ; terms that end on a weekend or holiday run on (Atw) ; domain.law.calendar
marge ; range ; a weight given as from and to ; domain.rules.criteria
scheiding van belang ; separation of interests ; who speaks for the market does not judge it ; domain.rules.involvement
oordelen ; verdicts ; what a rule says of a case: five, among them unknown ; domain.rules.rule
vaststellen van een parameter ; adoption of a parameter ; an authority takes a number for its own ; domain.law.adoption
zekerheid ; certainty ; how sure a number of a rule is ; domain.law.parameter_keys
persoonsgegevens ; personal data ; what tells who somebody is; sealed, and left out of the chain of hashes ; domain.rules.privacy
kluis ; vault ; where the keys of sealed values are; a key destroyed is a value forgotten ; domain.terms
betrokkene ; data subject ; the person whom a text or a datum is about ; domain.sealing
bewaartermijn / bewaartermijnen / bewaartermijn verstreken ; retention period ; how long a kind of text is kept before it is forgotten ; domain.law.retention
selectielijst ; selection list ; what an archivist keeps and destroys, per process ; domain.law.retention_table
soorten stukken ; kinds of record ; what has a retention period of its own ; domain.sealing
privacyfunctionaris ; privacy officer ; who sees to it, for an authority, that people can be forgotten and know what is held about them ; domain.member.access
sleutel ; key ; what one command's confidential texts are sealed under ; domain.sealing
vernietigd ; destroyed ; of a key: gone for ever, and with it what it sealed ; domain.sealing
grond voor wissing ; ground for erasure ; why somebody is forgotten ; domain.sealing
grond om te bewaren ; ground for keeping ; why a text is kept although somebody asks to be forgotten ; domain.member.erasure
gegevenswissing ; erasure ; an authority forgets a person, where no ground keeps a text ; domain.member.erasure
wortel ; root ; one hash that stands for everything recorded ; domain.tree
transparantielogboek ; transparency log ; the hashes of all events in order, published, which can only grow ; application.transparency
controlepunt ; checkpoint ; size and root of the transparency log, signed: what an auditor keeps ; application.transparency.checkpoint
medeondertekening ; cosignature ; a witness's signature under a checkpoint, with the time ; application.transparency.cosignature
getuige ; witness ; an organisation outside that cosigns a checkpoint after a proof that the log only grew ; application.transparency.witnessing
vertrouwensbeleid ; trust policy ; whose keys count for who relies on the log, and how many of them ; application.transparency.policy
ontvangstbewijs ; receipt ; the log's signed promise that it holds an event at its place ; application.transparency.receipt
bewijsbestand ; proof file ; what an auditor keeps of one event, to check without a network ; application.transparency.proof_file
tijdstempel / tijdstempels ; timestamp ; the word of an authority outside the house that a checkpoint was there at a moment ; application.transparency.timestamping
opnemen in het logboek ; integration ; the newest events of the ledger come under a signed checkpoint ; application.transparency.integrate
exportbundel ; export bundle ; the log in one file, for an auditor or for another Kringboek ; application.export
"""
