"""What can be wrong and what to do about it, in two languages."""

from collections.abc import Mapping

SAYS: Mapping[str, tuple[str, str]] = {
    # code.variant: what is wrong, in English and in Dutch
    "changed-body": (
        "the body does not have the hash that its entry gives",
        "de inhoud heeft niet de hash die in de regel van het logboek staat",
    ),
    "changed-body.shown": (
        "the body that the service shows does not have the hash that the log holds",
        "de inhoud die de dienst toont heeft niet de hash die in het logboek staat",
    ),
    "swapped-bodies": (
        "the body is the one that belongs to position {other}",
        "de inhoud is die welke bij positie {other} hoort",
    ),
    "changed-column": (
        "the service shows another {column} than the log holds",
        "de dienst toont een andere {column} dan in het logboek staat",
    ),
    "changed-entry": (
        "the entry is not the one under the signed root",
        "de regel is niet degene die onder de ondertekende wortel ligt",
    ),
    "changed-entry.range": (
        "one or more of these entries are not those under the signed root, and their tile was changed"
        " with them",
        "een of meer van deze regels liggen niet onder de ondertekende wortel, en hun tegel is mee"
        " veranderd",
    ),
    "changed-entry.proof": (
        "the entry is not the one that this proof was made for",
        "de regel is niet degene waarvoor dit bewijs is gemaakt",
    ),
    "changed-entry.form": (
        "the entry is not in the form of Kringboek: {why}",
        "de regel heeft niet de vorm van Kringboek: {why}",
    ),
    "changed-leaf": (
        "the leaf in {tile} is not the hash of the entry, which does lie under the signed root",
        "het blad in {tile} is niet de hash van de regel, die wel onder de ondertekende wortel ligt",
    ),
    "missing": (
        "the entry that lies here under the signed root is not in the bundles",
        "de regel die hier onder de ondertekende wortel ligt staat niet in de bundels",
    ),
    "missing.version": (
        "version {versions} of aggregate {aggregate} is not in the log before this event",
        "versie {versions} van aggregaat {aggregate} staat niet in het logboek voor deze gebeurtenis",
    ),
    "missing.body": (
        "the export holds no line for the body of this event",
        "de export heeft geen regel voor de inhoud van deze gebeurtenis",
    ),
    "missing.file": (
        "from here on there are neither bundles nor tiles, for so long that reading on was stopped",
        "vanaf hier zijn er bundels noch tegels, zo lang dat het lezen is gestopt",
    ),
    "missing.proof": (
        "the part has no {what} for this event",
        "het deel heeft geen {what} voor deze gebeurtenis",
    ),
    "inserted": (
        "an entry stands here that is not under the signed root",
        "hier staat een regel die niet onder de ondertekende wortel ligt",
    ),
    "inserted.version": (
        "aggregate {aggregate} already has a version {versions}",
        "aggregaat {aggregate} heeft al een versie {versions}",
    ),
    "inserted.body": (
        "the export holds a body line that belongs to no event",
        "de export heeft een regel inhoud die bij geen gebeurtenis hoort",
    ),
    "reordered": (
        "the entry that stands here belongs at position {other}",
        "de regel die hier staat hoort op positie {other}",
    ),
    "reordered.version": (
        "version {versions} of aggregate {aggregate} comes after a later one",
        "versie {versions} van aggregaat {aggregate} komt na een latere",
    ),
    "reordered.time": (
        "was recorded before the event that precedes it",
        "is eerder vastgelegd dan de gebeurtenis die eraan voorafgaat",
    ),
    "reordered.receipt": (
        "the event of the receipt for this position stands at position {other}",
        "de gebeurtenis van het ontvangstbewijs voor deze positie staat op positie {other}",
    ),
    "wrong-root": (
        "the entries do not lead to the signed root, and nothing in them tells which",
        "de regels leiden niet tot de ondertekende wortel, en niets erin zegt welke niet",
    ),
    "shrunk": (
        "the log now has {size:,} entries, and had {kept:,} when this checkpoint was signed",
        "het logboek heeft nu {size:,} regels, en had er {kept:,} toen dit controlepunt werd ondertekend",
    ),
    "stale-checkpoint": (
        "a checkpoint of {kept:,} entries was published and its tiles are here; this one is of {size:,}",
        "een controlepunt van {kept:,} regels is gepubliceerd en de tegels ervan zijn hier; dit is er"
        " een van {size:,}",
    ),
    "forked": (
        "the log signed two roots for {size:,} entries: two readers were shown two records",
        "het logboek ondertekende twee wortels voor {size:,} regels: twee lezers kregen twee versies",
    ),
    "re-signed": (
        "the first {kept:,} entries are not those that this checkpoint was signed for: the past was"
        " rewritten and signed again",
        "de eerste {kept:,} regels zijn niet die waarvoor dit controlepunt werd ondertekend: het verleden"
        " is herschreven en opnieuw ondertekend",
    ),
    "re-signed.source": (
        "{count} checkpoints that the log itself published contradict it, the first at {kept:,}"
        " entries: the past was rewritten and signed again",
        "{count} controlepunten die het logboek zelf publiceerde spreken het tegen, het eerste bij {kept:,}"
        " regels: het verleden is herschreven en opnieuw ondertekend",
    ),
    "re-signed.key": (
        "is signed with another key of the name {name} than the one that you gave",
        "is ondertekend met een andere sleutel van de naam {name} dan die u opgaf",
    ),
    "bad-signature": (
        "the signature of {name} is false",
        "de handtekening van {name} is vals",
    ),
    "bad-signature.none": (
        "is not signed with a key that is known here; there are signatures of: {names}",
        "is niet ondertekend met een sleutel die hier bekend is; er zijn handtekeningen van: {names}",
    ),
    "bad-note": (
        "is not a signed note: {why}",
        "is geen ondertekende notitie: {why}",
    ),
    "bad-checkpoint": (
        "is not a checkpoint: {why}",
        "is geen controlepunt: {why}",
    ),
    "bad-checkpoint.name": (
        "is the checkpoint of {size:,} entries, not of the number that it is named after",
        "is het controlepunt van {size:,} regels, niet van het aantal waarnaar het heet",
    ),
    "bad-receipt": (
        "is not a receipt: {why}",
        "is geen ontvangstbewijs: {why}",
    ),
    "bad-receipt.time": (
        "gives {said} as the moment of recording, and the entry {held}",
        "noemt {said} als moment van vastleggen, en de regel {held}",
    ),
    "bad-proof": (
        "is not a proof: {why}",
        "is geen bewijs: {why}",
    ),
    "bad-proof.path": (
        "the hashes in it do not lead from the entry to its checkpoint",
        "de hashes erin leiden niet van de regel naar het controlepunt",
    ),
    "bad-timestamp": (
        "is not a timestamp of this checkpoint: {why}",
        "is geen tijdstempel van dit controlepunt: {why}",
    ),
    "other-log": (
        "is of {origin}, and this log is {expected}",
        "is van {origin}, en dit logboek is {expected}",
    ),
    "other-log.key": (
        "calls itself {origin}, and the key is that of {expected}",
        "noemt zich {origin}, en de sleutel is die van {expected}",
    ),
    "quorum-not-met": (
        "the quorum of the policy ({quorum}) is not met: cosigned by {who}",
        "het quorum van het beleid ({quorum}) is niet gehaald: medeondertekend door {who}",
    ),
    "quorum-not-met.yet": (
        "the quorum ({quorum}) is met up to position {until:,}, not yet for the events after it",
        "het quorum ({quorum}) is gehaald tot en met positie {until:,}, nog niet voor wat erna komt",
    ),
    "quorum-not-met.proof": (
        "the checkpoint in this proof does not meet the quorum ({quorum})",
        "het controlepunt in dit bewijs haalt het quorum ({quorum}) niet",
    ),
    "unknown-key": (
        "has a signature of {name}, a key that is known neither to you nor to the policy",
        "heeft een handtekening van {name}, een sleutel die u niet kent en het beleid evenmin",
    ),
    "unsupported-key": (
        "has a signature of {name} (ML-DSA-44) that this installation cannot check",
        "heeft een handtekening van {name} (ML-DSA-44) die deze installatie niet kan controleren",
    ),
    "no-key": (
        "there is no key to check the signature with",
        "er is geen sleutel om de handtekening mee te controleren",
    ),
    "bad-tile": ("is not the tile of this tree: {why}", "is niet de tegel van deze boom: {why}"),
    "bad-bundle": ("is not a bundle of this log: {why}", "is geen bundel van dit logboek: {why}"),
    "bad-export": ("the export is not whole: {why}", "de export is niet heel: {why}"),
    "dropped-after-receipt": (
        "the log promised to hold this event, and holds another one in its place",
        "het logboek beloofde deze gebeurtenis te bevatten, en heeft op die plaats een andere",
    ),
    "dropped-after-receipt.end": (
        "the log promised to hold this event, recorded at {moment}, and ends at position {size:,}",
        "het logboek beloofde deze gebeurtenis, vastgelegd op {moment}, en eindigt bij {size:,}",
    ),
    "not-yet-published": (
        "the event of this receipt is younger than the newest checkpoint",
        "de gebeurtenis van dit ontvangstbewijs is jonger dan het nieuwste controlepunt",
    ),
}
CURES: Mapping[str, tuple[str, str]] = {
    "changed-body": (
        "Ask the operator for the body with its salt from a backup, and verify that.",
        "Vraag de beheerder om de inhoud met het zout uit een reservekopie, en controleer die.",
    ),
    "swapped-bodies": (
        "Both are in the record, each in the wrong place: ask who put them there.",
        "Beide staan in het boek, elk op de verkeerde plaats: vraag wie ze daar zette.",
    ),
    "changed-column": (
        "Believe the log, not the service; ask for `kringboek doctor` to be run.",
        "Geloof het logboek, niet de dienst; laat `kringboek doctor` draaien.",
    ),
    "changed-entry": (
        "Lay the bundle beside an older copy or a proof of this position, and ask for an explanation.",
        "Leg de bundel naast een oudere kopie of een bewijs van deze positie, en vraag om uitleg.",
    ),
    "changed-leaf": (
        "Nothing recorded is lost: the tile can be made again from the entries.",
        "Er is niets verloren: de tegel kan opnieuw worden gemaakt uit de regels.",
    ),
    "missing": (
        "Ask for the entry: its hash is still signed for.",
        "Vraag om de regel: zijn hash is nog altijd ondertekend.",
    ),
    "inserted": (
        "Do not rely on this entry: it came afterwards.",
        "Steun niet op deze regel: die is er later in gezet.",
    ),
    "reordered": (
        "Do not rely on the order here; ask for an older copy.",
        "Steun niet op de volgorde hier; vraag om een oudere kopie.",
    ),
    "wrong-root": (
        "Lay it beside an older copy; each checkpoint that you kept (--checkpoint) narrows it down.",
        "Leg het naast een oudere kopie; elk bewaard controlepunt (--checkpoint) maakt het preciezer.",
    ),
    "shrunk": (
        "Keep both checkpoints: together they prove it. A restored backup does this; what came after"
        " must be recorded again. From a running service, ask once more first.",
        "Bewaar beide controlepunten: samen bewijzen ze het. Een teruggezette reservekopie doet dit; wat"
        " erna kwam moet opnieuw worden vastgelegd. Vraag het een lopende dienst eerst nog eens.",
    ),
    "stale-checkpoint": (
        "Verify again in a minute; if it stays so, ask for the newest to be put in its place.",
        "Controleer over een minuut opnieuw; blijft het zo, laat dan het nieuwste erop zetten.",
    ),
    "forked": (
        "Keep both checkpoints: together they prove it to anybody. Show them to the witnesses.",
        "Bewaar beide controlepunten: samen bewijzen ze het aan iedereen. Toon ze de getuigen.",
    ),
    "re-signed": (
        "Keep both checkpoints: together they prove it to anybody. Ask for the earlier record.",
        "Bewaar beide controlepunten: samen bewijzen ze het aan iedereen. Vraag om het eerdere boek.",
    ),
    "bad-signature": (
        "Rely on nothing that it says. Check that you have the right key.",
        "Steun op niets wat erin staat. Ga na of u de goede sleutel hebt.",
    ),
    "bad-note": (
        "Fetch the file again; if it stays so, rely on nothing in it.",
        "Haal het bestand opnieuw op; blijft het zo, steun dan op niets erin.",
    ),
    "bad-timestamp": (
        "Rely on no time that it gives.",
        "Steun niet op de tijd die erin staat.",
    ),
    "other-log": (
        "Give what belongs to this log, or the log to which this belongs.",
        "Geef wat bij dit logboek hoort, of het logboek waar dit bij hoort.",
    ),
    "quorum-not-met": (
        "That nobody was shown another record is not shown by this; ask the witnesses.",
        "Dat niemand een ander boek te zien kreeg blijkt hier niet uit; vraag het de getuigen.",
    ),
    "unknown-key": (
        "It counts for nothing here, for or against.",
        "Die telt hier niet mee, voor noch tegen.",
    ),
    "unsupported-key": (
        "Install a newer `cryptography` to check it.",
        "Installeer een nieuwere `cryptography` om die te controleren.",
    ),
    "no-key": (
        "Give it with --key; get it from the operator by another way than the log.",
        "Geef die met --key; vraag de beheerder erom langs een andere weg dan het logboek.",
    ),
    "bad-tile": (
        "If the entries are right, the tile can be made again from them.",
        "Zijn de regels goed, dan kan de tegel eruit opnieuw worden gemaakt.",
    ),
    "bad-bundle": (
        "Fetch it again; if it stays so, ask for an older copy.",
        "Haal hem opnieuw op; blijft het zo, vraag dan om een oudere kopie.",
    ),
    "bad-export": (
        "Ask for a new export.",
        "Vraag om een nieuwe export.",
    ),
    "dropped-after-receipt": (
        "Keep the receipt: with the checkpoint it proves that the promise was broken. If this copy was"
        " made before that moment, take a newer one.",
        "Bewaar het ontvangstbewijs: met het controlepunt bewijst het dat de belofte is gebroken. Is deze"
        " kopie van voor dat moment, neem dan een nieuwere.",
    ),
    "not-yet-published": (
        "Verify again in a minute.",
        "Controleer over een minuut opnieuw.",
    ),
}
"""What to do, by code; those not here are answered as `SAME_CURE` says."""
SAME_CURE = {
    "bad-checkpoint": "bad-note", "bad-receipt": "bad-note", "bad-proof": "bad-note",
}  # fmt: skip
