"""The other lines of the report, in two languages."""

import re
from collections.abc import Mapping
from typing import Any

ENGLISH, DUTCH = "en", "nl"
LINES: Mapping[str, tuple[str, str]] = {
    "right": ("RIGHT: nothing that was checked is wrong.", "GOED: niets van wat is gecontroleerd is fout."),
    "wrong": ("WRONG: {count} findings.", "FOUT: {count} bevindingen."),
    "untold": ("and {count:,} more findings", "en nog {count:,} bevindingen"),
    "at": ("position {position:,}", "positie {position:,}"),
    "range": ("positions {position:,} to {until:,}", "posities {position:,} tot en met {until:,}"),
    "note": ("note", "opmerking"),
    "checked": ("Checked", "Gecontroleerd"),
    "uncovered": ("NOT covered", "NIET gedekt"),
    "unproven": ("Not proven, by this or by anything else here", "Niet bewezen, hierdoor noch door iets anders hier"),
    "progress": ("Events: {done:,} of {total:,}", "Gebeurtenissen: {done:,} van {total:,}"),
    # checked
    "tree": (
        "{size:,} entries, every leaf, tile and root recomputed, against the signed root",
        "{size:,} regels, elk blad, elke tegel en elke wortel herberekend, tegen de ondertekende wortel",
    ),
    "form": (
        "every entry: canonical JSON with exactly its ten keys, moments that never go back, and the"
        " versions of {streams:,} aggregates from 1 on without a gap",
        "elke regel: canonieke JSON met precies zijn tien sleutels, momenten die nooit teruglopen, en"
        " de versies van {streams:,} aggregaten vanaf 1 zonder gat",
    ),
    "bodies": (
        "{count:,} bodies against the hash in their entry",
        "{count:,} inhouden tegen de hash in hun regel",
    ),
    "shown": (
        "{count:,} events as the service shows them, field by field, against their entry",
        "{count:,} gebeurtenissen zoals de dienst ze toont, veld voor veld, tegen hun regel",
    ),
    "signature": (
        "the checkpoint is signed by {names}",
        "het controlepunt is ondertekend door {names}",
    ),
    "cosigned": (
        "cosigned by {name} at {moment}",
        "medeondertekend door {name} op {moment}",
    ),
    "quorum": ("the quorum of the policy ({quorum}) is met", "het quorum van het beleid ({quorum}) is gehaald"),
    "kept": (
        "{path}: the log of then ({size:,} entries) is where this one begins",
        "{path}: het logboek van toen ({size:,} regels) is het begin van dit",
    ),
    "published": (
        "{count:,} earlier checkpoints of the source, each with its signature and its root",
        "{count:,} eerdere controlepunten van de bron, elk met handtekening en wortel",
    ),
    "receipt": ("{path}: the event stands at position {position:,}", "{path}: de gebeurtenis staat op positie {position:,}"),
    "proof": ("{path}: proves position {position:,}", "{path}: bewijst positie {position:,}"),
    "timestamp": (
        "{path}: {who} saw this checkpoint at {moment}{chain}",
        "{path}: {who} zag dit controlepunt op {moment}{chain}",
    ),
    "chain": (", by a certificate of the CA that you gave", ", met een certificaat van de CA die u gaf"),
    "part": (
        "{count:,} events of {subject}, each by its proof; their versions from 1 on without a gap",
        "{count:,} gebeurtenissen van {subject}, elk met zijn bewijs; hun versies vanaf 1 zonder gat",
    ),
    # not covered
    "self-vouched": (
        "WHO signed: the key came from the source itself, which vouched for itself. Give --key",
        "WIE ondertekende: de sleutel kwam van de bron zelf, die voor zichzelf instond. Geef --key",
    ),
    "own-policy": (
        "whose witnesses count: the policy came from the source itself. Give --policy",
        "wiens getuigen tellen: het beleid kwam van de bron zelf. Geef --policy",
    ),
    "no-policy": (
        "that everybody is shown this same record: there is no policy of witnesses",
        "dat iedereen ditzelfde boek te zien krijgt: er is geen beleid met getuigen",
    ),
    "no-kept": (
        "that nothing was rewritten before today: you gave no checkpoint that you kept. Keep this one",
        "dat er voor vandaag niets is herschreven: u gaf geen bewaard controlepunt. Bewaar dit",
    ),
    "no-bodies": (
        "what the events say: there are no bodies here, only their hashes",
        "wat de gebeurtenissen zeggen: hier is geen inhoud, alleen de hashes ervan",
    ),
    "no-events": (
        "what the service shows: its /v1/events answers {why}",
        "wat de dienst toont: /v1/events antwoordt {why}",
    ),
    "no-token": (
        "what the service shows: it wants an access token ({why}). Give --token",
        "wat de dienst toont: die vraagt om een toegangstoken ({why}). Geef --token",
    ),
    "not-shown": (
        "{count:,} events that the service did not show, or not any more",
        "{count:,} gebeurtenissen die de dienst niet toonde, of niet meer",
    ),
    "withheld": (
        "{count:,} bodies that are withheld; their hashes are in the log",
        "{count:,} inhouden die zijn achtergehouden; hun hashes staan in het logboek",
    ),
    "opaque": (
        "what the entries are: they are not in the form of Kringboek, so tree and signatures only",
        "wat de regels zijn: ze hebben niet de vorm van Kringboek, dus alleen boom en handtekeningen",
    ),
    "unread": (
        "the entries of positions {position:,} to {until:,}: only their hashes were readable",
        "de regels van posities {position:,} tot en met {until:,}: alleen de hashes waren leesbaar",
    ),
    "unwitnessed": (
        "positions {position:,} to {until:,} are not under a checkpoint with a quorum yet",
        "posities {position:,} tot en met {until:,} vallen nog niet onder een controlepunt met quorum",
    ),
    "beyond": (
        "{count:,} files of tiles or bundles beyond the signed size, or wider than it: {paths}",
        "{count:,} tegels of bundels voorbij de ondertekende omvang, of breder: {paths}",
    ),
    "files": ("{count:,} other files: {paths}", "{count:,} andere bestanden: {paths}"),
    "own-notes": (
        "what the service keeps for itself beside the log: {paths}",
        "wat de dienst voor zichzelf bijhoudt naast het logboek: {paths}",
    ),
    "lines": (
        "signatures of unknown keys, byte for byte",
        "handtekeningen van onbekende sleutels, byte voor byte",
    ),
    "container": (
        "the bookkeeping of the zip itself (dates, order, compression) and its manifest's other words",
        "de boekhouding van de zip zelf (data, volgorde, compressie) en de andere woorden in het manifest",
    ),
    "tsa-chain": (
        "{path}: whether its certificate is of an authority that you trust. Give --tsa-ca, or run:"
        " openssl ts -verify -in {path} -data DATA -CAfile CA.pem, DATA being {what}",
        "{path}: of het certificaat van een autoriteit is die u vertrouwt. Geef --tsa-ca, of draai:"
        " openssl ts -verify -in {path} -data DATA -CAfile CA.pem, met als DATA {what}",
    ),
    "tsa-signature": (
        "{path}: its signature ({why}). Run: openssl ts -verify -in {path} -data DATA -CAfile CA.pem",
        "{path}: de handtekening ({why}). Draai: openssl ts -verify -in {path} -data DATA -CAfile CA.pem",
    ),
    "part-only": (
        "events of this subject after the last one here, and all of other subjects: this is a part",
        "gebeurtenissen van dit onderwerp na de laatste hier, en alle andere onderwerpen: dit is een deel",
    ),
    "only-signed": (
        "{count:,} earlier checkpoints in this part, but for their signatures: it has no tree",
        "{count:,} eerdere controlepunten in dit deel, op hun handtekening na: het heeft geen boom",
    ),
    "uncompared": (
        "{path}: a part has no tree to compare it with",
        "{path}: een deel heeft geen boom om het mee te vergelijken",
    ),
    "not-in-part": (
        "{path}: position {position:,} is not in this part",
        "{path}: positie {position:,} zit niet in dit deel",
    ),
    # not proven
    "never-submitted": (
        "an event that was never submitted",
        "een gebeurtenis die nooit is ingediend",
    ),
    "true": ("that what was recorded is true", "dat waar is wat is vastgelegd"),
    "finer-time": (
        "a time finer than a witness or timestamp authority gives: recordedAt is the operator's clock",
        "een tijd preciezer dan die van getuige of tijdstempelaar: recordedAt is de klok van de beheerder",
    ),
    # not understood
    "no-source": ("cannot read {what}: {why}", "kan {what} niet lezen: {why}"),
    "not-a-key": ("--key is no key: {why}", "--key is geen sleutel: {why}"),
    "not-a-policy": ("{what} is no policy: {why}", "{what} is geen beleid: {why}"),
    "whole-file": ("that file itself", "dat bestand zelf"),
    "text-only": ("its text without the blank line and signatures", "de tekst zonder witregel en handtekeningen"),
    "text-and-log": ("its text with the log's own signature alone", "de tekst met alleen de handtekening van het logboek"),
}  # fmt: skip


def in_language(pair: tuple[str, str], language: str, particulars: Mapping[str, Any]) -> str:
    said = pair[language == DUTCH].format(**particulars)
    if language == DUTCH and any(isinstance(each, int) for each in particulars.values()):
        said = re.sub(r"(?<=\d),(?=\d{3}\b)", ".", said)
    return said
