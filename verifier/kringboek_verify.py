#!/usr/bin/env python3
"""The verifier (controleprogramma) of a Kringboek: trusts files and a key, and nobody.

    python kringboek_verify.py SOURCE --key KEY [--checkpoint KEPT] [--receipt RECEIPT] ...

SOURCE is the address of a running service, a folder of tiles, or an export (a zip, or the folder
that it was unpacked to). Needs Python 3.11 or later and the package `cryptography` (42 or later); no
database, and none of the code that wrote the record: the formats are written down here a second time,
on purpose, so that a slip of the writer does not excuse itself. The formats are those of c2sp.org:
signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature, tlog-policy, tlog-proof; the tree is that
of RFC 6962; an entry is RFC 8785 JSON.

It writes nothing, and reads no more of a file than such a file can hold. Exit codes: 0 everything
that was checked is right; 1 something is wrong, and named; 2 the words were not understood, or there
was nothing to read. What is wrong has a stable code and a position (counted from 1) or a path.

Memory grows by some 160 bytes per 256 events, 250 per aggregate, and a zip's own directory.

The file tells one story: words; decoding; keys and notes; what is signed; timestamps; the tree;
sources; the form of an entry; one range of the log; the whole log; what went wrong, and where; what
the auditor kept; one subject's part; the report; the command line.
"""

import argparse
import gzip
import hashlib
import io
import json
import math
import operator
import os
import re
import struct
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import zipfile
import zlib
from base64 import b64decode, b64encode
from binascii import unhexlify
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.x509.oid import ExtendedKeyUsageOID

RIGHT, WRONG, NOT_UNDERSTOOD = 0, 1, 2
REPORT = "kringboek-verification/v1"
EXPORT = "kringboek-export/v1"
MOST_FINDINGS = 200
"""Findings that are told one by one; a log with more than that needs no longer list."""
WIDTH = 256
"""Hashes in a full tile, entries in a full bundle (tlog-tiles)."""
TILES_PER_RANGE = 64
"""Tiles that a worker checks in one go: 16,384 events, a perfect subtree."""
HASH = 32
LARGEST_NOTE = 1 << 20
LARGEST_BUNDLE = WIDTH * (2 + 65_535)
LARGEST_BODIES = 256 << 20
LARGEST_FILE = 64 << 20
UNREADABLE = b"\0" * HASH
"""Stands for the root of a subtree that could not be made: no SHA-256 that anybody knows gives it."""

# ------------------------------------------------------------------------------------------- words

ENGLISH, DUTCH = "en", "nl"

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


class Malformed(Exception):
    """Something is not in its form. The message says what, in English, for whoever repairs it."""


class Unusable(Exception):
    """There is nothing to verify, or no way to: exit code 2. Holds a key of `LINES`."""

    def __init__(self, line: str, **particulars: object) -> None:
        super().__init__(in_language(LINES[line], ENGLISH, particulars))
        self.line = line
        self.particulars = particulars

    def __reduce__(self) -> tuple[Any, ...]:
        """For the way back from a worker."""
        return _unusable, (self.line, self.particulars)


def _unusable(line: str, particulars: Mapping[str, Any]) -> Unusable:
    return Unusable(line, **particulars)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something wrong, or (`is_note`) worth knowing. `says` is a key of `SAYS`, its head the code."""

    says: str
    position: int | None = None
    until: int | None = None
    path: str | None = None
    particulars: Mapping[str, Any] = field(default_factory=dict)
    is_note: bool = False

    @property
    def code(self) -> str:
        return self.says.partition(".")[0]

    def where(self, language: str) -> str:
        said = []
        if self.position is not None:
            line = "at" if self.until in (None, self.position) else "range"
            particulars = {"position": self.position, "until": self.until}
            said.append(in_language(LINES[line], language, particulars))
        if self.path is not None:
            said.append(self.path)
        return ", ".join(said)

    def sentence(self, language: str) -> str:
        return in_language(SAYS[self.says], language, self.particulars)

    def cure(self, language: str) -> str:
        return in_language(CURES[SAME_CURE.get(self.code, self.code)], language, {})


# ---------------------------------------------------------------------------------------- decoding


def strict_base64(text: str) -> bytes:
    """Standard base64 in its one spelling: padded, no spaces, no stray bits at the end."""
    try:
        raw = b64decode(text.encode("ascii"), validate=True)
    except ValueError:
        raise Malformed("not base64") from None
    if b64encode(raw).decode() != text:
        raise Malformed("base64 in another spelling than its own")
    return raw


def strict_decimal(text: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text):
        raise Malformed(f"{text[:30]!r} is not a decimal number")
    return int(text)


def strict_hash(text: str) -> bytes:
    raw = strict_base64(text)
    if len(raw) != HASH:
        raise Malformed(f"a hash has {HASH} bytes, and this one {len(raw)}")
    return raw


def canonical(value: Any) -> bytes:
    """RFC 8785. Raises Malformed for what has no canonical form."""
    try:
        return _canonical(value).encode("utf-8")
    except UnicodeEncodeError:
        raise Malformed("a text with half a character") from None


def _canonical(value: Any) -> str:
    match value:
        case None | True | False | str() | int():
            return json.dumps(value, ensure_ascii=False)
        case float():
            return _number(value)
        case list():
            return f"[{','.join(map(_canonical, value))}]"
        case dict():
            in_order = sorted(value.items(), key=lambda item: item[0].encode("utf-16-be"))
            members = (f"{_canonical(name)}:{_canonical(each)}" for name, each in in_order)
            return f"{{{','.join(members)}}}"
        case _:
            raise Malformed(f"{type(value).__name__} has no place in JSON")


_FIXED_UP_TO, _FIXED_FROM = 21, -6
"""ECMAScript writes a number without exponent where its point lies between these."""


def _number(value: float) -> str:
    """A number as ECMAScript writes it: the shortest digits that read back as the same number."""
    if not math.isfinite(value):
        raise Malformed("a number that is none")
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    mantissa, _, exponent = f"{abs(value)!r}".partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    point = len(whole) + int(exponent or 0)
    digits = (whole + fraction).lstrip("0")
    point -= len(whole + fraction) - len(digits)
    digits = digits.rstrip("0")
    if len(digits) <= point <= _FIXED_UP_TO:
        return sign + digits.ljust(point, "0")
    if 0 < point <= _FIXED_UP_TO:
        return f"{sign}{digits[:point]}.{digits[point:]}"
    if _FIXED_FROM < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{tail}e{point - 1:+d}"


# ---------------------------------------------------------------------------------- keys and notes

ED25519, COSIGNATURE, ML_DSA_44 = 0x01, 0x04, 0x06
KEY_LENGTHS = {ED25519: 32, COSIGNATURE: 32, ML_DSA_44: 1312}
MOST_SIGNATURES = 64
LATEST = (1 << 63) - 1


class Unsupported(Exception):
    """This installation cannot check such a signature."""


@dataclass(frozen=True)
class Key:
    """A verifier key: who, with what algorithm, and the public key. `id` is on each signature."""

    name: str
    kind: int
    material: bytes

    @property
    def id(self) -> bytes:
        said = self.name.encode() + b"\n" + bytes([self.kind]) + self.material
        return sha256(said).digest()[:4]

    @classmethod
    def parse(cls, vkey: str) -> "Key":
        """From `<name>+<id>+<base64>` (signed-note). Raises Malformed."""
        parts = vkey.strip("\n").split("+", 2)
        if len(parts) != 3:  # noqa: PLR2004
            raise Malformed("a key is written <name>+<id>+<base64>")
        name, said, encoded = parts
        _require_name(name)
        raw = strict_base64(encoded)
        if not raw or KEY_LENGTHS.get(raw[0]) != len(raw) - 1:
            raise Malformed("a key of an unknown kind, or of the wrong length")
        key = cls(name, raw[0], raw[1:])
        if key.id.hex() != said:
            raise Malformed(f"the id in the key is {said[:20]}, and should be {key.id.hex()}")
        return key

    def verify(self, text: bytes, signature: bytes) -> int | None:
        """Returns the time (POSIX seconds) of a cosignature, None for a signature without one.

        Raises InvalidSignature or Unsupported.
        """
        if self.kind == ED25519:
            Ed25519PublicKey.from_public_bytes(self.material).verify(signature, text)
            return None
        moment = int.from_bytes(signature[:8], "big")
        if len(signature) < 8 or moment > LATEST:  # noqa: PLR2004
            raise InvalidSignature
        if self.kind == COSIGNATURE:
            message = b"cosignature/v1\ntime %d\n" % moment + text
            Ed25519PublicKey.from_public_bytes(self.material).verify(signature[8:], message)
        else:
            _verify_ml_dsa(self, text, moment, signature[8:])
        return moment


def _verify_ml_dsa(key: Key, text: bytes, moment: int, signature: bytes) -> None:
    try:
        from cryptography.hazmat.primitives.asymmetric.mldsa import (  # noqa: PLC0415
            MLDSA44PublicKey,
        )
    except ImportError:
        raise Unsupported from None
    try:
        checkpoint = Checkpoint.parse(text)
    except Malformed:
        raise InvalidSignature from None
    name, origin = key.name.encode(), checkpoint.origin.encode()
    message = b"".join(
        (
            b"subtree/v1\n\0",
            bytes([len(name)]) + name,
            struct.pack(">Q", moment),
            bytes([len(origin)]) + origin,
            struct.pack(">QQ", 0, checkpoint.size),
            checkpoint.root,
        )
    )
    try:
        MLDSA44PublicKey.from_public_bytes(key.material).verify(signature, message)
    except UnsupportedAlgorithm:
        raise Unsupported from None


def _require_name(name: str) -> None:
    if not name or "+" in name or any(each.isspace() for each in name):
        raise Malformed("the name of a key is not empty and has no space or plus")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A note whose signatures were checked against the keys that are known."""

    text: bytes
    verified: Mapping[Key, int | None]
    """Whose signature is right, and the time of a cosignature."""
    false: tuple[Key, ...]
    unsupported: tuple[Key, ...]
    unknown: tuple[str, ...]


def open_note(data: bytes, keys: Iterable[Key]) -> Opened:
    """Read a signed note. Raises Malformed; a false signature is told, not raised."""
    text, lines = _note_parts(data)
    known = {(key.name, key.id): key for key in keys}
    verified: dict[Key, int | None] = {}
    false, unsupported, unknown = [], [], []
    for line in lines:
        name, key_id, signature = _signature(line)
        key = known.get((name, key_id))
        if key is None:
            unknown.append(name)
            continue
        try:
            verified[key] = key.verify(text, signature)
        except (InvalidSignature, ValueError):
            false.append(key)
        except Unsupported:
            unsupported.append(key)
    return Opened(
        text=text,
        verified=verified,
        false=tuple(false),
        unsupported=tuple(unsupported),
        unknown=tuple(unknown),
    )


def _note_parts(data: bytes) -> tuple[bytes, list[str]]:
    if len(data) > LARGEST_NOTE:
        raise Malformed("longer than a note can be")
    try:
        said = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    if any(each < " " and each != "\n" for each in said):
        raise Malformed("a control character in it")
    text, blank, signatures = said.rpartition("\n\n")
    if not blank or not text:
        raise Malformed("no blank line between text and signatures")
    if not signatures.endswith("\n"):
        raise Malformed("no signature, or no newline at the end")
    lines = signatures[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise Malformed(f"more than {MOST_SIGNATURES} signatures")
    return f"{text}\n".encode(), lines


def _signature(line: str) -> tuple[str, bytes, bytes]:
    dash, _, rest = line.partition(" ")
    name, space, encoded = rest.partition(" ")
    if dash != "\N{EM DASH}" or not space:
        raise Malformed("a signature is a dash, a name and base64")
    _require_name(name)
    raw = strict_base64(encoded)
    if len(raw) < 5:  # noqa: PLR2004
        raise Malformed("a signature of no length")
    return name, raw[:4], raw[4:]


# ---------------------------------------------------------------------------------- what is signed


@dataclass(frozen=True)
class Checkpoint:
    """A tree head (controlepunt): the log's name, how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    @classmethod
    def parse(cls, text: bytes) -> "Checkpoint":
        """From the text of a note (tlog-checkpoint). Raises Malformed."""
        lines = text.decode("utf-8").split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):  # noqa: PLR2004
            raise Malformed("at least three lines, none of them empty")
        origin, size, root = lines[:3]
        read = cls(origin, strict_decimal(size), strict_hash(root))
        if read.size == 0 and read.root != sha256().digest():
            raise Malformed("no entries, and not the root of none")
        return read


RECEIPT = "kringboek-receipt/v1"


@dataclass(frozen=True)
class Receipt:
    """What the service promised for one event (ontvangstbewijs)."""

    origin: str
    index: int
    leaf: bytes
    recorded_at: str

    @classmethod
    def parse(cls, text: bytes) -> "Receipt":
        lines = text.decode("utf-8").split("\n")
        if len(lines) != 6 or lines[0] != RECEIPT or lines[5]:  # noqa: PLR2004
            raise Malformed(f"five lines, of which the first is {RECEIPT}")
        _, origin, index, leaf, moment, _ = lines
        if (
            not origin
            or not MOMENT.fullmatch(moment.encode())
            or not is_a_second(moment[:19].encode())
        ):
            raise Malformed("no origin, or a moment in another form")
        return cls(origin, strict_decimal(index), strict_hash(leaf), moment)


PROOF = "c2sp.org/tlog-proof@v1"
LONGEST_PROOF = 63


@dataclass(frozen=True)
class ProofFile:
    """A proof (tlog-proof) that an entry is under a checkpoint; `extra` is signed by nobody."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None

    @classmethod
    def parse(cls, data: bytes) -> "ProofFile":
        """Raises Malformed. The checkpoint in it is not looked at."""
        if len(data) > LARGEST_NOTE:
            raise Malformed("longer than a proof can be")
        head, blank, checkpoint = data.partition(b"\n\n")
        try:
            lines = head.decode("utf-8").split("\n")
        except UnicodeDecodeError:
            raise Malformed("not UTF-8") from None
        if not blank or lines.pop(0) != PROOF:
            raise Malformed(f"the first line is not {PROOF}")
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = strict_base64(lines.pop(0).removeprefix("extra "))
        if not lines or not lines[0].startswith("index "):
            raise Malformed("no line with the index")
        index = strict_decimal(lines.pop(0).removeprefix("index "))
        if len(lines) > LONGEST_PROOF:
            raise Malformed(f"more than {LONGEST_PROOF} hashes")
        return cls(index, tuple(map(strict_hash, lines)), checkpoint, extra)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """Whose signatures count, and how many (tlog-policy)."""

    logs: tuple[Key, ...]
    witnesses: Mapping[bytes, Key]
    groups: Mapping[bytes, tuple[int, tuple[bytes, ...]]]
    quorum: bytes

    @classmethod
    def parse(cls, data: bytes) -> "Policy":
        """Raises Malformed."""
        return _read_policy(data)

    @property
    def name(self) -> str:
        return self.quorum.decode("utf-8", "replace")

    def met(self, signed: Iterable[Key]) -> bool:
        """Whether the witnesses that signed make the quorum."""
        if self.quorum == b"none":
            return True
        present = set(signed)

        def witnessed(name: bytes) -> bool:
            if name in self.witnesses:
                return self.witnesses[name] in present
            needed, members = self.groups[name]
            return sum(map(witnessed, members)) >= needed

        return witnessed(self.quorum)


def _read_policy(data: bytes) -> Policy:
    if any((each < 0x20 and each not in b"\t\n") or each == 0x7F for each in data):  # noqa: PLR2004
        raise Malformed("a control character in it")
    logs: list[Key] = []
    witnesses: dict[bytes, Key] = {}
    groups: dict[bytes, tuple[int, tuple[bytes, ...]]] = {}
    quorums: list[bytes] = []
    members: set[bytes] = set()
    for number, line in enumerate(data.split(b"\n"), 1):
        words = [word for word in re.split(rb"[ \t]+", line) if word]
        if not words or words[0].startswith(b"#"):
            continue
        try:
            match words:
                case [b"log", key] | [b"log", key, _]:
                    logs.append(_policy_key(key, logs, (ED25519, ML_DSA_44)))
                case [b"witness", name, key] | [b"witness", name, key, _]:
                    _require_new(name, witnesses, groups)
                    witnesses[name] = _policy_key(key, witnesses.values(), (COSIGNATURE, ML_DSA_44))
                case [b"group", name, needed, *named] if named:
                    _require_new(name, witnesses, groups)
                    _require_members(named, witnesses, groups, members)
                    groups[name] = (_threshold(needed, len(named)), tuple(named))
                case [b"quorum", name]:
                    if name != b"none" and name not in witnesses and name not in groups:
                        raise Malformed("the quorum names nobody")
                    quorums.append(name)
                case _:
                    raise Malformed("neither log, witness, group nor quorum")
        except Malformed as malformed:
            raise Malformed(f"line {number}: {malformed}") from None
    if len(quorums) != 1:
        raise Malformed(f"{len(quorums)} quorum lines, where there is one")
    return Policy(logs=tuple(logs), witnesses=witnesses, groups=groups, quorum=quorums[0])


def _policy_key(said: bytes, others: Iterable[Key], kinds: Sequence[int]) -> Key:
    try:
        key = Key.parse(said.decode("utf-8"))
    except UnicodeDecodeError:
        raise Malformed("a key that is not UTF-8") from None
    if key.kind not in kinds:
        raise Malformed("a key of a kind that does not sign this")
    if any(other.material == key.material for other in others):
        raise Malformed("a key that was given before")
    return key


def _require_new(name: bytes, *known: Mapping[bytes, object]) -> None:
    if name == b"none" or any(name in each for each in known):
        raise Malformed("a name that is taken")


def _require_members(
    named: Sequence[bytes],
    witnesses: Mapping[bytes, Key],
    groups: Mapping[bytes, object],
    taken: set[bytes],
) -> None:
    for name in named:
        if name not in witnesses and name not in groups:
            raise Malformed("a member that was not named before")
        if name in taken:
            raise Malformed("a member that is in a group already")
        taken.add(name)


def _threshold(said: bytes, members: int) -> int:
    match said:
        case b"any":
            return 1
        case b"all":
            return members
        case _:
            pass
    needed = strict_decimal(said.decode("ascii", "replace"))
    if not 1 <= needed <= members:
        raise Malformed(f"{needed} of {members} members")
    return needed


# -------------------------------------------------------------------------------------- timestamps


class Der(NamedTuple):
    """One element of a DER encoding: its tag, its content, and the whole of it."""

    tag: int
    content: bytes
    whole: bytes

    def children(self) -> list["Der"]:
        found, at = [], 0
        while at < len(self.content):
            element = read_der(self.content, at)
            found.append(element)
            at += len(element.whole)
        return found


SEQUENCE, SET, INTEGER, OCTETS, OID, GENERALIZED_TIME = 0x30, 0x31, 0x02, 0x04, 0x06, 0x18
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TST_INFO = bytes.fromhex("2a864886f70d0109100104")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910022f")
DIGESTS: Mapping[bytes, tuple[str, hashes.HashAlgorithm]] = {
    bytes.fromhex("608648016503040201"): ("sha256", hashes.SHA256()),
    bytes.fromhex("608648016503040202"): ("sha384", hashes.SHA384()),
    bytes.fromhex("608648016503040203"): ("sha512", hashes.SHA512()),
}
GRANTED = (0, 1)


def read_der(data: bytes, at: int = 0) -> Der:
    """The element that begins at `at`. Raises Malformed where there is no whole one."""
    try:
        tag, length = data[at], data[at + 1]
        start = at + 2
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[start : start + count], "big")
            start += count
            if not 1 <= count <= 4:  # noqa: PLR2004
                raise Malformed("a length that DER does not have")
    except IndexError:
        raise Malformed("cut off") from None
    if start + length > len(data):
        raise Malformed("cut off")
    return Der(tag, data[start : start + length], data[at : start + length])


@dataclass(frozen=True, kw_only=True)
class Timestamp:
    """An RFC 3161 token: the hash that it is over, when, and by whose certificate."""

    algorithm: str
    imprint: bytes
    moment: datetime
    signer: x509.Certificate
    others: tuple[x509.Certificate, ...]
    unchecked: str | None
    """Why its signature could not be checked; None where it was, and is right."""

    @classmethod
    def parse(cls, data: bytes) -> "Timestamp":
        """From a TimeStampResp. Raises Malformed, also for a false signature."""
        try:
            return _read_timestamp(data)
        except Malformed:
            raise
        except Exception as unexpected:  # noqa: BLE001  a library's word for bytes from outside
            raise Malformed(f"not in its form ({type(unexpected).__name__})") from None

    def chain_problem(self, trusted: Sequence[x509.Certificate]) -> str | None:
        """Why no chain of certificates leads from the signer to one of `trusted`."""
        here = self.signer
        for _ in range(8):
            if not here.not_valid_before_utc <= self.moment <= here.not_valid_after_utc:
                return "a certificate was not valid at that moment"
            if here in trusted:
                return None
            issuer = next((each for each in (*trusted, *self.others) if _issued(each, here)), None)
            if issuer is None:
                return "its certificate does not lead to the CA that you gave"
            here = issuer
        return "its chain of certificates is too long"


def _issued(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        constraints = issuer.extensions.get_extension_for_class(x509.BasicConstraints)
        certificate.verify_directly_issued_by(issuer)
    except (x509.ExtensionNotFound, InvalidSignature, ValueError, TypeError):
        return False
    return constraints.value.ca


def _read_timestamp(data: bytes) -> Timestamp:
    whole = read_der(data)
    if len(whole.whole) != len(data):
        raise Malformed("bytes after its end")
    status, *token = whole.children()
    if int.from_bytes(status.children()[0].content, "big") not in GRANTED or not token:
        raise Malformed("the authority refused it")
    kind, wrapped = token[0].children()
    if kind.content != SIGNED_DATA:
        raise Malformed("no signed data in it")
    signed = wrapped.children()[0].children()
    content = signed[2].children()
    if content[0].content != TST_INFO:
        raise Malformed("the signed data is no timestamp")
    info = content[1].children()[0].content
    fields = read_der(info).children()
    algorithm, imprint = fields[2].children()
    moment = next(each for each in fields[3:] if each.tag == GENERALIZED_TIME)
    loaded = [
        x509.load_der_x509_certificate(each.whole)
        for group in signed[3:]
        if group.tag == 0xA0  # noqa: PLR2004  the certificates
        for each in group.children()
        if each.tag == SEQUENCE
    ]
    signers = signed[-1].children()
    if len(signers) != 1:
        raise Malformed(f"{len(signers)} signers, where there is one")
    parts = signers[0].children()
    signer = _signer(parts[1], loaded)
    digest = algorithm.children()[0].content
    if digest not in DIGESTS:
        raise Malformed("a hash that is not of the SHA-2 family")
    return Timestamp(
        algorithm=DIGESTS[digest][0],
        imprint=imprint.content,
        moment=_generalized_time(moment.content.decode("ascii")),
        signer=signer,
        others=tuple(each for each in loaded if each != signer),
        unchecked=_check_token(parts, signer, info),
    )


def _generalized_time(said: str) -> datetime:
    if not re.fullmatch(r"\d{14}(?:\.\d{1,6})?Z", said):
        raise Malformed("a moment in another form")
    whole, _, fraction = said[:-1].partition(".")
    moment = datetime.strptime(whole, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return moment.replace(microsecond=int(fraction.ljust(6, "0")) if fraction else 0)


def _signer(sid: Der, loaded: Sequence[x509.Certificate]) -> x509.Certificate:
    issuer, serial = sid.children()
    for each in loaded:
        same = each.issuer.public_bytes() == issuer.whole
        if same and each.serial_number == int.from_bytes(serial.content, "big"):
            return each
    raise Malformed("the certificate of its signer is not in it")


def _check_token(parts: Sequence[Der], signer: x509.Certificate, info: bytes) -> str | None:
    """Check the signature over the token; gives why that is not possible here."""
    digest, attributes, algorithm, signature = parts[2:6]
    if attributes.tag != 0xA0:  # noqa: PLR2004  the signed attributes
        raise Malformed("nothing in it is signed")
    name, hashing = DIGESTS.get(digest.children()[0].content, ("", None))
    if hashing is None:
        return "its hash is not of the SHA-2 family"
    said = {
        each.children()[0].content: each.children()[1].children()[0]
        for each in attributes.children()
    }
    if said[MESSAGE_DIGEST].content != hashlib.new(name, info).digest():
        raise Malformed("what was signed is not this timestamp")
    certificate_hash = said.get(SIGNING_CERTIFICATE)
    if certificate_hash is not None:
        first = certificate_hash.children()[0].children()[0].children()
        octets = next(each for each in first if each.tag == OCTETS)
        named = first[0].children()[0].content if first[0].tag == SEQUENCE else None
        hashed, algorithm_of = (
            signer.public_bytes(serialization.Encoding.DER),
            DIGESTS.get(named or b"", ("sha256", None)),
        )
        if octets.content != hashlib.new(algorithm_of[0], hashed).digest():
            raise Malformed("it names another certificate than its signer's")
    usage = signer.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if ExtendedKeyUsageOID.TIME_STAMPING not in usage:
        raise Malformed("its certificate is not for timestamps")
    message = bytes([SET]) + attributes.whole[1:]
    key = signer.public_key()
    try:
        if isinstance(key, rsa.RSAPublicKey):
            if algorithm.children()[0].content == bytes.fromhex("2a864886f70d01010a"):
                return "RSA-PSS"
            key.verify(signature.content, message, padding.PKCS1v15(), hashing)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature.content, message, ec.ECDSA(hashing))
        else:
            return "neither RSA nor ECDSA"
    except InvalidSignature:
        raise Malformed("its signature is false") from None
    return None


# ---------------------------------------------------------------------------------------- the tree


def leaf_hash(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def root_of(row: Sequence[bytes]) -> bytes:
    """The root over a row of hashes, which are leaves or the roots of equal perfect subtrees."""
    if not row:
        return sha256().digest()
    level = list(row)
    while len(level) > 1:
        odd = level[-1:] if len(level) & 1 else []
        pairs = zip(level[::2], level[1::2], strict=False)
        level = [sha256(b"\1" + left + right).digest() for left, right in pairs] + odd
    return level[0]


def hashes_in(joined: bytes) -> list[bytes]:
    return [joined[at : at + HASH] for at in range(0, len(joined), HASH)]


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether `path` shows that `leaf` is number `index` under `root` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or any(len(each) != HASH for each in (leaf, *path)):
        return False
    here, last, made = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            made = node_hash(sibling, made)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            made = node_hash(made, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and made == root


def verify_consistency(
    old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether `path` shows that the tree of `new` begins with that of `old` (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    steps = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not steps or any(len(each) != HASH for each in steps):
        return False
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    old_made = new_made = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            old_made, new_made = node_hash(sibling, old_made), node_hash(sibling, new_made)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            new_made = node_hash(new_made, sibling)
        here, last = here >> 1, last >> 1
    return last == 0 and old_made == old_root and new_made == new_root


class Tree:
    """The tree above the tiles of level 0: one root per full tile, and the leaves after them."""

    def __init__(self, roots: Sequence[bytes], tail: Sequence[bytes]) -> None:
        self.size = WIDTH * len(roots) + len(tail)
        self.tail = list(tail)
        self._rows = [list(roots)]
        while len(self._rows[-1]) > 1:
            row = self._rows[-1]
            pairs = zip(row[::2], row[1::2], strict=False)
            self._rows.append([node_hash(left, right) for left, right in pairs])

    def root(self, size: int, part: Sequence[bytes]) -> bytes:
        """The root of the first `size` leaves, of which `part` are those after the full tiles."""
        tiles = size // WIDTH
        peaks, start = [], 0
        for level in reversed(range(tiles.bit_length())):
            if tiles >> level & 1:
                peaks.append(self._rows[level][start >> level])
                start += 1 << level
        if part or not peaks:
            peaks.append(root_of(part))
        made = peaks.pop()
        while peaks:
            made = node_hash(peaks.pop(), made)
        return made

    def whole(self) -> bytes:
        return self.root(self.size, self.tail)

    def row(self, level: int, start: int, count: int) -> list[bytes]:
        """Hashes of a tile of `level` (1 or more)."""
        return self._rows[8 * (level - 1)][start : start + count]


# ----------------------------------------------------------------------------------------- sources


def in_path(number: int) -> str:
    """1234067 -> x001/x234/067 (tlog-tiles)."""
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.append(f"x{number % 1000:03}")
    return "/".join(reversed(groups))


def wide_path(kind: str, number: int, width: int) -> str:
    return f"{kind}/{in_path(number)}" + (f".p/{width}" if width < WIDTH else "")


_TILE = re.compile(
    r"tile/(entries|0|[1-9]|[1-5][0-9]|6[0-3])/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?"
)


def parse_tile_path(path: str) -> tuple[str, int, int] | None:
    """The level (or `entries`), number and width of a path; None for what is no such path."""
    found = _TILE.fullmatch(path)
    if found is None:
        return None
    level, said, wide = found.groups()
    number = int(said.replace("x", "").replace("/", ""))
    width = int(wide) if wide else WIDTH
    if in_path(number) != said or (wide and width >= WIDTH):
        return None
    return level, number, width


class Source(Protocol):
    """Where the log is read from. `path` is as in a log's folder: `tile/0/000`."""

    label: str
    is_service: bool

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes | None:
        """The whole of it; None where it is not there. Raises Malformed beyond `limit` bytes."""

    def names(self) -> Sequence[str] | None:
        """Every path in it; None where it does not tell."""

    def again(self) -> tuple[Any, ...]:
        """What another process opens it with, see `open_again`."""


class Folder:
    """A folder of tiles, or an export that was unpacked."""

    is_service = False

    def __init__(self, place: str) -> None:
        self.label = place
        self._root = Path(place)

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes | None:
        try:
            with (self._root / path).open("rb", buffering=0) as file:
                # To ask for more than there is would make room for all that was asked.
                size = min(os.fstat(file.fileno()).st_size, limit)
                data = file.read(size + 1) or b""
                while len(data) <= limit and (more := file.read(limit + 1 - len(data))):
                    data += more
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as failed:
            raise Unusable("no-source", what=path, why=failed.strerror) from None
        return _at_most(data, limit)

    def names(self) -> Sequence[str]:
        found = []
        for folder, _, files in os.walk(self._root):
            under = Path(folder).relative_to(self._root).as_posix()
            found += [name if under == "." else f"{under}/{name}" for name in files]
        return found

    def again(self) -> tuple[Any, ...]:
        return ("folder", self.label)


class Export:
    """An export in a zip, read where it is."""

    is_service = False

    def __init__(self, place: str) -> None:
        self.label = place
        try:
            self._zip = zipfile.ZipFile(place)
        except Exception as failed:  # noqa: BLE001  a library's word for bytes from outside
            raise Unusable("no-source", what=place, why=str(failed)) from None

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes | None:
        try:
            with self._zip.open(path) as file:
                return _at_most(file.read(limit + 1), limit)
        except KeyError:
            return None
        except Malformed:
            raise
        except Exception as bad:  # noqa: BLE001  as above
            raise Malformed(f"cannot be read from the zip ({bad})") from None

    def names(self) -> Sequence[str]:
        return [each.filename for each in self._zip.infolist() if not each.is_dir()]

    def again(self) -> tuple[Any, ...]:
        return ("export", self.label)


class Service:
    """A running service, over HTTP. Follows no redirect: a token goes to nobody else."""

    is_service = True
    WAITS = (0.2, 0.5, 1.0, 2.0)
    SECONDS = 30

    def __init__(self, address: str, token: str | None = None) -> None:
        self.label = address.rstrip("/")
        self._token = token
        self._opener = urllib.request.build_opener(_NoRedirect)

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes | None:
        status, data = self.ask(path, limit)
        if status == 200:  # noqa: PLR2004
            return data
        if status in (404, 410):
            return None
        raise Unusable("no-source", what=f"{self.label}/{path}", why=f"HTTP {status}")

    def ask(self, path: str, limit: int, accept: str = "*/*") -> tuple[int, bytes]:
        """The status and the body. Tries again when the service is busy or away."""
        headers = {"Accept": accept, "Accept-Encoding": "identity"}
        if self._token is not None and path.startswith("v1/"):
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(f"{self.label}/{path}", headers=headers)  # noqa: S310
        why = ""
        for wait in (*self.WAITS, None):
            try:
                with self._opener.open(request, timeout=self.SECONDS) as answer:
                    data = _at_most(answer.read(limit + 1), limit)
                    if answer.headers.get("Content-Encoding") == "gzip":
                        with gzip.GzipFile(fileobj=io.BytesIO(data)) as unpacked:
                            data = _at_most(unpacked.read(limit + 1), limit)
                    return answer.status, data
            except urllib.error.HTTPError as refused:
                refused.close()
                if refused.code < 500 and refused.code != 429:  # noqa: PLR2004
                    return refused.code, b""
                why = f"HTTP {refused.code}"
            except (OSError, EOFError, zlib.error, urllib.error.URLError) as failed:
                why = str(failed)
            if wait is not None:
                time.sleep(wait)
        raise Unusable("no-source", what=f"{self.label}/{path}", why=why)

    def names(self) -> None:
        return None

    def again(self) -> tuple[Any, ...]:
        return ("service", self.label, self._token)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _at_most(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise Malformed(f"longer than {limit} bytes")
    return data


def open_source(place: str, token: str | None) -> Source:
    """Raises Unusable."""
    if re.match(r"https?://", place):
        return Service(place, token)
    if "://" in place:
        raise Unusable("no-source", what=place, why="only http and https")
    if Path(place).is_dir():
        return Folder(place)
    return Export(place)


def open_again(said: tuple[Any, ...]) -> Source:
    """In a worker: a source of its own, as a file handle is not to be shared."""
    makers: Mapping[str, Callable[..., Source]] = {
        "folder": Folder, "export": Export, "service": Service,
    }  # fmt: skip
    return makers[said[0]](*said[1:])


def read_wide(
    source: Source, kind: str, number: int, width: int, limit: int
) -> tuple[str, bytes | None]:
    """A tile or bundle of `width`, and its path; or a wider one that took its place."""
    path = wide_path(kind, number, width)
    data = source.read(path, limit)
    if data is not None or width == WIDTH:
        return path, data
    widths = (WIDTH,) if source.is_service else (WIDTH, *range(width + 1, WIDTH))
    for wider in widths:
        data = source.read(wide_path(kind, number, wider), limit)
        if data is not None:
            return wide_path(kind, number, wider), data
    return path, None


def read_tile(
    source: Source, level: int, number: int, width: int
) -> tuple[str, list[bytes] | None, str]:
    """The path, hashes and, where there are none, what is wrong with a tile."""
    try:
        path, data = read_wide(source, f"tile/{level}", number, width, WIDTH * HASH)
    except Malformed as malformed:
        return wide_path(f"tile/{level}", number, width), None, str(malformed)
    if data is None:
        return path, None, "it is not there"
    expected = parse_tile_path(path)
    if expected is None or len(data) != expected[2] * HASH:
        return path, None, f"{len(data)} bytes, where a hash has {HASH}"
    return path, hashes_in(data[: width * HASH]), ""


def read_bundle(source: Source, number: int, width: int) -> tuple[str, list[bytes] | None, str]:
    """The path and entries of a bundle, however many there are, or what is wrong with it."""
    try:
        path, data = read_wide(source, "tile/entries", number, width, LARGEST_BUNDLE)
    except Malformed as malformed:
        return wide_path("tile/entries", number, width), None, str(malformed)
    if data is None:
        return path, None, "it is not there"
    entries, at = [], 0
    while at + 2 <= len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if end > len(data):
            break
        entries.append(data[at + 2 : end])
        at = end
    if at != len(data):
        return path, None, "its lengths do not add up"
    wider = path != wide_path("tile/entries", number, width)
    return path, entries[:width] if wider else entries, ""


def edge_root(source: Source, size: int) -> bytes | None:
    """The root that the tiles at the right edge of a tree lead to; None where one is not there."""
    peaks: list[bytes] = []
    for level in reversed(range(8)):
        count = size >> 8 * level
        width = count % WIDTH
        if not width:
            continue
        _, row, _ = read_tile(source, level, count // WIDTH, width)
        if row is None:
            return None
        start = 0
        for bit in reversed(range(8)):
            if width >> bit & 1:
                peaks.append(root_of(row[start : start + (1 << bit)]))
                start += 1 << bit
    made = peaks.pop() if peaks else root_of(())
    while peaks:
        made = node_hash(peaks.pop(), made)
    return made


# --------------------------------------------------------------------------- the form of an entry

_UUID = rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z")


ENTRY = re.compile(
    rb'\{"actor":"' + _UUID + rb'","aggregate":"(' + _UUID + rb')","aggregateVersion":'
    rb'([1-9]\d{0,17}),"body":"([0-9a-f]{64})","command":"' + _UUID + rb'","event":"'
    rb'[a-z][a-z0-9.-]*","eventVersion":[1-9]\d{0,8},"policy":"[0-9a-f]{64}","recordedAt":"('
    + MOMENT.pattern + rb')","schemaVersion":1\}'
)  # fmt: skip
"""The form of an entry; groups are aggregate, version, hash of the body, and moment."""
IN_BUNDLE = re.compile(
    rb'(..)(\{"actor":"(.{36})","aggregate":"(.{36})","aggregateVersion":([1-9]\d{0,17}),'
    rb'"body":"(.{64})","command":"(.{36})","event":"[a-z][a-z0-9.-]*","eventVersion":[1-9]\d{0,8},'
    rb'"policy":"(.{64})","recordedAt":"(.{27})","schemaVersion":1\})',
    re.DOTALL,
)
"""An entry with its length before it, twice as fast, for what it leaves open: `_rows` sees for a
whole bundle at once that the matches fill it, and that ids, hashes and moments have their form."""
_HEX = b"0123456789abcdef"
_SHAPES = bytes.maketrans(b"h" + _HEX, b"?" + b"h" * 16)
_UUID_SHAPE = b"hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh"
_DIGIT_SHAPES = bytes.maketrans(b"d0123456789", b"?dddddddddd")
_MOMENT_SHAPE = b"dddd-dd-ddTdd:dd:dd.ddddddZ"

KEYS: Mapping[str, str] = {
    "actor": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "aggregate": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "aggregateVersion": r"[1-9][0-9]{0,17}",
    "body": r"[0-9a-f]{64}",
    "command": r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "event": r"[a-z][a-z0-9.-]*",
    "eventVersion": r"[1-9][0-9]{0,8}",
    "policy": r"[0-9a-f]{64}",
    "recordedAt": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z",
    "schemaVersion": r"1",
}


def problem_of(entry: bytes) -> str | None:
    """What is not in its form in an entry; None for a good one. The slow way, to say why."""
    found = ENTRY.fullmatch(entry)
    if found is not None:
        return None if is_a_second(found[4][:19]) else "recordedAt is on no day"
    try:
        said = json.loads(entry, object_pairs_hook=_once)
    except (ValueError, RecursionError, Malformed) as malformed:
        return f"not JSON, or a key twice ({str(malformed)[:60]})"
    if not isinstance(said, dict):
        return "not an object"
    wrong = [f"without {key}" for key in KEYS if key not in said]
    wrong += [f"{key!r:.40} is no key of an entry" for key in said if key not in KEYS]
    for key, form in KEYS.items():
        value = said.get(key)
        number = key.endswith("Version")
        right = type(value) is (int if number else str) and re.fullmatch(form, str(value))
        if key in said and not right:
            wrong.append(f"{key} is in another form")
    if not wrong:
        wrong.append("not in canonical form, or a moment that is none")
    return "; ".join(wrong)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Malformed("a key twice")
    return made


def is_a_second(said: bytes) -> bool:
    """Whether the calendar and the clock have it: 2026-03-01T11:00:00."""
    try:
        datetime.fromisoformat(said.decode("ascii"))
    except ValueError:
        return False
    return True


BODY_LINE = re.compile(rb'\{"body":(.*),"position":([1-9]\d{0,17}),"salt":(null|"[0-9a-f]{64}")\}')
_LINE_START, _LINE_END = b'{"body":', b'"}'
_SALT_AT = -64 - len(_LINE_END)


class BodyLine(NamedTuple):
    """A body with its salt, or neither where it is withheld."""

    position: int
    hash: str | None

    @classmethod
    def parse(cls, line: bytes) -> "BodyLine":
        """Raises Malformed."""
        found = BODY_LINE.fullmatch(line)
        if found is None:
            raise Malformed("a line that is not body, position and salt")
        body, position, salt = found.groups()
        if salt == b"null":
            if body != b"null":
                raise Malformed("a body without salt")
            return cls(int(position), None)
        return cls(int(position), sha256(unhexlify(salt[1:-1]) + body).hexdigest())


# ------------------------------------------------------------------------------- one range of the log

NO_BODIES, BODY_FILES, SHOWN_EVENTS = "none", "files", "shown"
PAGE = WIDTH
"""Events that are asked of the service at a time: one tile."""


@dataclass(frozen=True, kw_only=True)
class Range:
    """Tiles `start` up to `stop` of a log of `size` entries, and what is to be looked at."""

    start: int
    stop: int
    size: int
    bodies: str
    opaque: bool


@dataclass(kw_only=True)
class Checked:
    """What came of one range."""

    range: Range
    roots: bytearray = field(default_factory=bytearray)
    """Per full tile the root over its entries, or over its tile where those cannot be read."""
    tail: list[bytes] = field(default_factory=list)
    """The leaves of a last tile that is not full."""
    other_roots: dict[int, bytes] = field(default_factory=dict)
    """Where a tile of level 0 differs from the entries: its own root."""
    other_tail: list[bytes] | None = None
    unread: list[int] = field(default_factory=list)
    """Tiles of which only the hashes could be read."""
    findings: list[Finding] = field(default_factory=list)
    off_bodies: list[tuple[int, str, str]] = field(default_factory=list)
    """Position, hash that the entry gives, hash of the body."""
    first: dict[bytes, tuple[int, int]] = field(default_factory=dict)
    """Per aggregate its first version in this range, and where."""
    last: dict[bytes, int] = field(default_factory=dict)
    jumps: list[tuple[int, bytes, int, int]] = field(default_factory=list)
    """Position, aggregate, version that should come, version that came."""
    moments: tuple[bytes, bytes] | None = None
    bodies: int = 0
    withheld: int = 0
    absent: int = 0
    """Tiles of which neither leaves nor entries are there."""


_source: Source | None = None


def _begin_worker(said: tuple[Any, ...]) -> None:
    global _source  # noqa: PLW0603  one per process, which is what a worker is
    _source = open_again(said)


def _check_in_worker(asked: Range) -> Checked:
    if _source is None:
        raise RuntimeError("a worker without a source")
    return check_range(_source, asked)


def check_range(source: Source, asked: Range) -> Checked:
    """Recompute one range. Reads each of its files once where all is well."""
    done = Checked(range=asked)
    for tile in range(asked.start, asked.stop):
        width = min(WIDTH, asked.size - tile * WIDTH)
        _check_tile(source, asked, tile, width, done)
    return done


def _check_tile(source: Source, asked: Range, tile: int, width: int, done: Checked) -> None:
    path, entries, why = None, None, ""
    rows = _rows(source, tile, width) if not asked.opaque else None
    if rows is None:
        path, entries, why = read_bundle(source, tile, width)
        if entries is None:
            done.findings.append(_of_tile("bad-bundle", path, tile, width, why))
    else:
        entries = list(rows[1])
    tile_path, kept, wrong = read_tile(source, 0, tile, width)
    if kept is None:
        done.findings.append(_of_tile("bad-tile", tile_path, tile, width, wrong))
    done.absent += kept is None and entries is None
    leaves = kept if entries is None else [sha256(b"\0" + each).digest() for each in entries]
    if entries is None:
        done.unread.append(tile)
    _hold(done, tile, width, leaves, leaves if kept is None else kept)
    if entries is None or asked.opaque:
        return
    if rows is None:
        rows = _rows_one_by_one(entries, tile, done)
    _follow(rows, done)
    if asked.bodies == BODY_FILES:
        _check_body_file(source, tile, width, rows[4], done)
    elif asked.bodies == SHOWN_EVENTS:
        _check_shown(source, tile, entries, done)


def _of_tile(code: str, path: str, tile: int, width: int, why: str) -> Finding:
    first = tile * WIDTH + 1
    return Finding(
        says=code, position=first, until=first + width - 1, path=path, particulars={"why": why}
    )


def _hold(
    done: Checked, tile: int, width: int, leaves: list[bytes] | None, kept: list[bytes] | None
) -> None:
    """Note the leaves by the entries, and where the tile says something else, those too."""
    whole = leaves is not None and len(leaves) == width
    if width < WIDTH:
        done.tail = leaves if whole and leaves is not None else [UNREADABLE] * width
        if kept is not None and kept != done.tail:
            done.other_tail = kept
        return
    root = root_of(leaves) if whole and leaves is not None else UNREADABLE
    done.roots += root
    if kept is not None and kept is not leaves and kept != leaves:
        done.other_roots[tile] = root_of(kept)


Rows = tuple[
    Sequence[Any],
    Sequence[bytes],
    Sequence[bytes],
    Sequence[bytes],
    Sequence[bytes],
    Sequence[bytes],
]
"""Columns: length or position, entry, aggregate, version, hash of the body, moment."""


def _rows(source: Source, tile: int, width: int) -> Rows | None:
    """The fast way: a bundle in which everything fits its form, in one expression."""
    try:
        _, data = read_wide(source, "tile/entries", tile, width, LARGEST_BUNDLE)
    except Malformed:
        return None
    found = IN_BUNDLE.findall(data) if data is not None else []
    if data is None or len(found) != width:
        return None
    lengths, entries, actors, aggregates, versions, bodies, commands, policies, moments = zip(
        *found, strict=True
    )
    sizes = tuple(map(len, entries))
    whole = sum(sizes) + 2 * width == len(data)
    if not whole or b"".join(lengths) != struct.pack(f">{width}H", *sizes):
        return None
    ids = b"".join((*actors, *aggregates, *commands)).translate(_SHAPES)
    if ids != _UUID_SHAPE * (3 * width) or b"".join((*bodies, *policies)).translate(None, _HEX):
        return None
    if b"".join(moments).translate(_DIGIT_SHAPES) != _MOMENT_SHAPE * width:
        return None
    if not all(map(is_a_second, {each[:19] for each in moments})):
        return None
    return (
        range(tile * WIDTH + 1, tile * WIDTH + 1 + width),
        entries, aggregates, versions, bodies, moments,
    )  # fmt: skip


def _rows_one_by_one(entries: Sequence[bytes], tile: int, done: Checked) -> Rows:
    """The slow way: what is in its form goes on, what is not is named."""
    kept = []
    for number, entry in enumerate(entries):
        position = tile * WIDTH + 1 + number
        why = problem_of(entry)
        found = ENTRY.fullmatch(entry)
        if why is not None or found is None:
            done.findings.append(
                Finding(says="changed-entry.form", position=position, particulars={"why": why})
            )
            continue
        kept.append((position, entry, *found.groups()))
    if not kept:
        return (), (), (), (), (), ()
    positions, *columns = zip(*kept, strict=True)
    return positions, *columns  # type: ignore[return-value]


def _follow(rows: Rows, done: Checked) -> None:
    """The order of moments, and the versions of each aggregate."""
    positions, _, aggregates, versions, _, moments = rows
    if not positions:
        return
    last = done.last
    for at, (aggregate, said) in enumerate(zip(aggregates, versions, strict=True)):
        version = int(said)
        before = last.get(aggregate)
        if before == version - 1:
            last[aggregate] = version
        elif before is None:
            done.first[aggregate] = (version, positions[at])
            last[aggregate] = version
        else:
            done.jumps.append((positions[at], aggregate, before + 1, version))
            last[aggregate] = max(before, version)
    before_all = done.moments[1] if done.moments is not None else moments[0]
    if moments[0] < before_all or not all(map(operator.le, moments, moments[1:])):
        for at, moment in enumerate(moments):
            if moment < (moments[at - 1] if at else before_all):
                done.findings.append(Finding(says="reordered.time", position=positions[at]))
    done.moments = (done.moments[0] if done.moments else moments[0], moments[-1])


# ---- bodies that lie beside the log


def body_paths(tile: int, width: int) -> tuple[str, ...]:
    path = wide_path("bodies", tile, width)
    return (path,) if width == WIDTH else (f"bodies/{in_path(tile)}", path)


def _check_body_file(
    source: Source, tile: int, width: int, expected: Sequence[bytes], done: Checked
) -> None:
    path, data = "", None
    for path in body_paths(tile, width):
        try:
            data = source.read(path, LARGEST_BODIES)
        except Malformed as malformed:
            done.findings.append(_of_tile("bad-bundle", path, tile, width, str(malformed)))
            return
        if data is not None:
            break
    if data is None:
        done.findings.append(_of_tile("missing.body", body_paths(tile, width)[0], tile, width, ""))
        return
    first = tile * WIDTH + 1
    made = _body_hashes(data, first, width) if len(expected) == width else None
    if made is not None and made == unhexlify(b"".join(expected)):
        done.bodies += width
    else:
        _check_body_lines(path, data, first=first, width=width, expected=expected, done=done)


def _body_hashes(data: bytes, first: int, width: int) -> bytes | None:
    """The fast way: the hash of every body, one after another; None when a line is otherwise."""
    digits = len(str(first))
    lines = data.split(b"\n")
    if lines.pop() or len(lines) != width or len(str(first + width - 1)) != digits:
        return None
    middle = b',"position":%d,"salt":"'
    cut = _SALT_AT - len(middle % first)
    if (
        [line[: len(_LINE_START)] for line in lines] != [_LINE_START] * width
        or [line[-len(_LINE_END) :] for line in lines] != [_LINE_END] * width
        or [line[cut:_SALT_AT] for line in lines]
        != list(map(middle.__mod__, range(first, first + width)))
    ):
        return None
    salts = b"".join([line[_SALT_AT : -len(_LINE_END)] for line in lines])
    if salts.translate(None, _HEX):
        return None
    raw, start = unhexlify(salts), len(_LINE_START)
    return b"".join(
        [
            sha256(raw[at : at + HASH] + line[start:cut]).digest()
            for at, line in zip(range(0, len(raw), HASH), lines, strict=True)
        ]
    )


def _check_body_lines(
    path: str, data: bytes, *, first: int, width: int, expected: Sequence[bytes], done: Checked
) -> None:
    """The slow way, which names what is wrong."""
    lines = data.split(b"\n")
    if lines.pop():
        done.findings.append(
            Finding(says="bad-bundle", path=path, particulars={"why": "no newline at its end"})
        )
    hashes_of = {first + at: each.decode() for at, each in enumerate(expected)}
    whole = len(expected) == width
    seen: set[int] = set()
    for number, line in enumerate(lines):
        try:
            read = BodyLine.parse(line)
        except Malformed as malformed:
            done.findings.append(
                Finding(
                    says="bad-bundle",
                    position=first + number,
                    path=path,
                    particulars={"why": str(malformed)},
                )
            )
            seen.add(first + number)
            continue
        if read.position in seen or not first <= read.position < first + width:
            done.findings.append(Finding(says="inserted.body", position=read.position, path=path))
            continue
        seen.add(read.position)
        if read.position != first + number and len(lines) == width:
            done.findings.append(
                Finding(
                    says="bad-bundle", position=read.position, path=path,
                    particulars={"why": f"its line stands where that of position {first + number} should"},
                )
            )  # fmt: skip
        if read.hash is None:
            done.withheld += 1
        elif whole and read.hash != hashes_of[read.position]:
            done.off_bodies.append((read.position, hashes_of[read.position], read.hash))
        elif whole:
            done.bodies += 1
    done.findings += [
        Finding(says="missing.body", position=position, path=path)
        for position in range(first, first + width)
        if position not in seen
    ]


# ---- what a running service shows


def _check_shown(source: Source, tile: int, entries: Sequence[bytes], done: Checked) -> None:
    if not isinstance(source, Service):
        return
    after = tile * WIDTH
    status, data = source.ask(
        f"v1/events?after={after}&limit={PAGE}", LARGEST_FILE, "application/json"
    )
    path = f"v1/events?after={after}"
    if status != 200:  # noqa: PLR2004
        return  # What is not shown is counted in the end: a token may have run out.
    try:
        shown = json.loads(data)["events"][: len(entries)]
        numbers = [int(each["id"]) for each in shown]
    except (ValueError, KeyError, TypeError, RecursionError) as malformed:
        done.findings.append(
            Finding(says="bad-bundle", path=path, particulars={"why": str(malformed)[:80]})
        )
        return
    if numbers != list(range(after + 1, after + 1 + len(numbers))):
        done.findings.append(
            Finding(
                says="bad-bundle", path=path, particulars={"why": "not every position, in order"}
            )
        )
        return
    for event, entry, position in zip(shown, entries, numbers, strict=False):
        _check_event(event, entry, position, done)


def _check_event(event: Mapping[str, Any], entry: bytes, position: int, done: Checked) -> None:
    if problem_of(entry) is not None:
        return  # That was told, and there is nothing to compare with.
    held = json.loads(entry)
    expected = {
        "id": str(position),
        "sequence": position,
        "type": f"nl.kringboek.{held['event']}.v{held['eventVersion']}",
        "subject": held["aggregate"],
        "time": held["recordedAt"],
        "aggregateversion": held["aggregateVersion"],
        "actor": held["actor"],
        "command": held["command"],
        "policyhash": held["policy"],
        "bodyhash": held["body"],
    }
    done.findings += [
        Finding(says="changed-column", position=position, particulars={"column": name})
        for name, value in expected.items()
        if event.get(name) != value
    ]
    if "data" not in event:
        done.withheld += 1
        return
    try:
        made = sha256(unhexlify(event["salt"]) + canonical(event["data"])).hexdigest()
    except (ValueError, KeyError, TypeError, RecursionError, Malformed):
        made = ""
    if made == held["body"]:
        done.bodies += 1
    else:
        done.off_bodies.append((position, held["body"], made))


# ------------------------------------------------------------------------------------ the whole log


@dataclass(frozen=True, kw_only=True)
class Given:
    """What the auditor brings. Texts are (name, bytes)."""

    keys: tuple[Key, ...] = ()
    policy: Policy | None = None
    checkpoints: tuple[tuple[str, bytes], ...] = ()
    receipts: tuple[tuple[str, bytes], ...] = ()
    proofs: tuple[tuple[str, bytes], ...] = ()
    authorities: tuple[x509.Certificate, ...] = ()
    workers: int = 1
    progress: Callable[[int, int], None] | None = None


Line = tuple[str, Mapping[str, Any]]
"""A key of `LINES` with its particulars."""


@dataclass(kw_only=True)
class Report:
    """What was checked, what is wrong, and what was not covered."""

    source: str
    origin: str | None = None
    size: int | None = None
    root: bytes | None = None
    findings: list[Finding] = field(default_factory=list)
    untold: int = 0
    checked: list[Line] = field(default_factory=list)
    uncovered: list[Line] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def wrong(self) -> bool:
        return self.untold > 0 or any(not each.is_note for each in self.findings)

    def tell(self, says: str, *, is_note: bool = False, **where: Any) -> None:
        """Add a finding: `position`, `until` and `path` are where, the rest are particulars."""
        place = {name: where.pop(name, None) for name in ("position", "until", "path")}
        self.add(Finding(says=says, is_note=is_note, particulars=where, **place))

    def add(self, finding: Finding) -> None:
        if len(self.findings) < MOST_FINDINGS or finding.is_note:
            self.findings.append(finding)
        else:
            self.untold += 1

    def check(self, line: str, **particulars: Any) -> None:
        self.checked.append((line, particulars))

    def leave(self, line: str, **particulars: Any) -> None:
        self.uncovered.append((line, particulars))


@dataclass(kw_only=True)
class Passed:
    """The ranges of a log put together."""

    roots: list[bytes] = field(default_factory=list)
    tail: list[bytes] = field(default_factory=list)
    other_roots: dict[int, bytes] = field(default_factory=dict)
    other_tail: list[bytes] | None = None
    unread: list[int] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    off_bodies: list[tuple[int, str, str]] = field(default_factory=list)
    versions: dict[bytes, int] = field(default_factory=dict)
    jumps: list[tuple[int, bytes, int, int]] = field(default_factory=list)
    moment: bytes = b""
    bodies: int = 0
    withheld: int = 0
    more: int = 0
    """Findings that were not kept."""
    ends_at: int | None = None
    """After so many entries nothing was there any more, for so long that reading on was stopped."""

    def take(self, done: Checked) -> None:
        self.roots += hashes_in(bytes(done.roots))
        self.tail = done.tail
        self.other_roots |= done.other_roots
        self.other_tail = done.other_tail
        self.unread += done.unread
        self._keep(self.findings, done.findings)
        self._keep(self.off_bodies, done.off_bodies)
        self._keep(self.jumps, done.jumps)
        self.bodies += done.bodies
        self.withheld += done.withheld
        for aggregate, (version, position) in done.first.items():
            before = self.versions.get(aggregate, 0)
            if version != before + 1:
                self._keep(self.jumps, [(position, aggregate, before + 1, version)])
            self.versions[aggregate] = max(before, done.last[aggregate])
        if done.moments is not None:
            if done.moments[0] < self.moment:
                first = done.range.start * WIDTH + 1
                self._keep(self.findings, [Finding(says="reordered.time", position=first)])
            self.moment = done.moments[1]

    def _keep(self, kept: list[Any], more: Sequence[Any]) -> None:
        room = max(0, 20 * MOST_FINDINGS - len(kept))
        kept += more[:room]
        self.more += max(0, len(more) - room)


_FEW_RANGES = 3
"""So few that a second process costs more than it brings."""


def pass_over(source: Source, size: int, bodies: str, *, opaque: bool, given: Given) -> Passed:
    """Recompute everything, with as many processes as were asked for."""
    tiles = -(-size // WIDTH)
    asked = (
        Range(
            start=at, stop=min(at + TILES_PER_RANGE, tiles), size=size, bodies=bodies, opaque=opaque
        )
        for at in range(0, tiles, TILES_PER_RANGE)
    )
    many = tiles > _FEW_RANGES * TILES_PER_RANGE
    passed = Passed()
    for done in _in_order(source, asked, given.workers if many else 1):
        passed.take(done)
        if done.absent == done.range.stop - done.range.start and many:
            passed.ends_at = done.range.start * WIDTH
            break
        if given.progress is not None:
            given.progress(min(done.range.stop * WIDTH, size), size)
    return passed


def _in_order(source: Source, asked: Iterator[Range], workers: int) -> Iterator[Checked]:
    if workers == 1:
        yield from (check_range(source, each) for each in asked)
        return
    pool = ProcessPoolExecutor(workers, initializer=_begin_worker, initargs=(source.again(),))
    waiting: deque[Future[Checked]] = deque()
    try:
        for each in asked:
            waiting.append(pool.submit(_check_in_worker, each))
            if len(waiting) > 2 * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


# ---- who signed


@dataclass(frozen=True, kw_only=True)
class Trust:
    """Whose signatures count, and where that was learnt."""

    logs: tuple[Key, ...]
    others: tuple[Key, ...]
    """Keys of the source that were not given: they say who signed, and count for nothing."""
    policy: Policy | None

    @property
    def keys(self) -> tuple[Key, ...]:
        witnesses = () if self.policy is None else tuple(self.policy.witnesses.values())
        return (*self.logs, *witnesses)


def trust(source: Source, given: Given, report: Report) -> Trust:
    """The keys and the policy: those that were given, else those of the source, saying so."""
    policy = given.policy
    if policy is None:
        data = None if source.is_service else _optional(source, "policy")
        if data is not None:
            try:
                policy = Policy.parse(data)
                report.leave("own-policy")
            except Malformed as malformed:
                report.tell("bad-export", path="policy", why=str(malformed))
        else:
            report.leave("no-policy")
    logs = given.keys or (given.policy.logs if given.policy is not None else ())
    found = _keys_of(source, report)
    if not logs and found:
        report.leave("self-vouched")
        return Trust(logs=found, others=(), policy=policy)
    return Trust(logs=logs, others=tuple(each for each in found if each not in logs), policy=policy)


def _keys_of(source: Source, report: Report) -> tuple[Key, ...]:
    if source.is_service:
        return _keys_of_service(source)
    keys = []
    for line in (_optional(source, "keys") or b"").decode("utf-8", "replace").splitlines():
        try:
            key = Key.parse(line)
        except Malformed as malformed:
            report.tell("bad-export", path="keys", why=str(malformed))
            continue
        if key.kind != COSIGNATURE:
            keys.append(key)
    return tuple(keys)


def _keys_of_service(source: Source) -> tuple[Key, ...]:
    """The keys with which the service says that its log signed."""
    keys = []
    for text in _log_says(source).get("keys") or ():
        try:
            key = Key.parse(str(text))
        except Malformed:
            continue
        if key.kind != COSIGNATURE:
            keys.append(key)
    return tuple(dict.fromkeys(keys))


def _log_says(source: Source) -> Mapping[str, Any]:
    """What the service tells of its log; nothing, where it is another kind of server."""
    try:
        told = json.loads(_optional(source, "v1/log") or b"null")
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _optional(source: Source, path: str) -> bytes | None:
    """A file that may be away, or that another kind of server does not have."""
    try:
        return source.read(path, LARGEST_NOTE)
    except (Malformed, Unusable):
        return None


def open_checkpoint(
    data: bytes, path: str, trusted: Trust, report: Report, *, quiet: bool = False
) -> tuple[Checkpoint, Opened] | None:
    """Open one, and tell what is wrong with its signatures. None: nothing that the log signed."""
    try:
        opened = open_note(data, trusted.keys)
        checkpoint = Checkpoint.parse(opened.text)
    except Malformed as malformed:
        report.tell("bad-checkpoint", path=path, why=str(malformed))
        return None
    signed = _told_signatures(opened, data, path, trusted, report, quiet=quiet)
    return (checkpoint, opened) if signed else None


def _told_signatures(
    opened: Opened, data: bytes, path: str, trusted: Trust, report: Report, *, quiet: bool
) -> bool:
    """Whether the log signed it; tells of every signature that is false or unknown."""
    for key in opened.false:
        report.tell("bad-signature", path=path, name=key.name)
    for key in () if quiet else opened.unsupported:
        report.tell("unsupported-key", path=path, name=key.name, is_note=True)
    if any(key in opened.verified for key in trusted.logs):
        for name in () if quiet else opened.unknown:
            report.tell("unknown-key", path=path, name=name, is_note=True)
        return True
    if not trusted.logs:
        report.tell("no-key", path=path)
    elif not any(key in opened.false for key in trusted.logs):
        mine = {key.name for key in trusted.logs}
        by = [key for key in open_note(data, trusted.others).verified if key.name in mine]
        if by:
            report.tell("re-signed.key", path=path, name=by[0].name)
        names = ", ".join(dict.fromkeys(opened.unknown)) or "-"
        report.tell("bad-signature.none", path=path, names=names)
    return False


# ---- the log itself


def verify(source: Source, given: Given) -> Report:
    """Check a whole log, or one subject's part. Raises Unusable where there is nothing to read."""
    started = time.monotonic()
    report = Report(source=source.label)
    names = source.names()
    if names is not None and len(set(names)) != len(names):
        twice = sorted(name for name, count in Counter(names).items() if count > 1)[:5]
        report.tell("bad-export", why=f"more than once in it: {', '.join(twice)}")
    trusted = trust(source, given, report)
    manifest = _manifest(source, report)
    checkpoint = _main_checkpoint(source, trusted, report)
    if checkpoint is not None:
        report.origin, report.size, report.root = (
            checkpoint.origin,
            checkpoint.size,
            checkpoint.root,
        )
        _compare_manifest(manifest, checkpoint, report)
        if manifest is not None and manifest.get("subject") is not None:
            part = Part(
                source=source,
                given=given,
                trusted=trusted,
                checkpoint=checkpoint,
                manifest=manifest,
                report=report,
            )
            part.verify(names or ())
        else:
            log = WholeLog(
                source=source,
                given=given,
                trusted=trusted,
                checkpoint=checkpoint,
                is_export=manifest is not None,
                report=report,
            )
            log.verify(names)
    report.seconds = time.monotonic() - started
    return report


def _main_checkpoint(source: Source, trusted: Trust, report: Report) -> Checkpoint | None:
    """The checkpoint to check the log against; also one that is not signed, as that is told."""
    try:
        data = source.read("checkpoint", LARGEST_NOTE)
    except Malformed as malformed:
        report.tell("bad-checkpoint", path="checkpoint", why=str(malformed))
        return None
    if data is None:
        raise Unusable("no-source", what=f"{source.label}/checkpoint", why="it is not there")
    found = open_checkpoint(data, "checkpoint", trusted, report)
    if found is None:
        try:
            return Checkpoint.parse(_note_parts(data)[0])
        except Malformed:
            return None
    checkpoint, opened = found
    if opened.unknown:
        report.leave("lines")
    signers = [key.name for key in trusted.logs if key in opened.verified]
    if checkpoint.origin not in signers:
        report.tell(
            "other-log.key", path="checkpoint", origin=checkpoint.origin, expected=signers[0]
        )
    report.check("signature", names=", ".join(signers))
    for key, moment in opened.verified.items():
        if moment is not None:
            report.check("cosigned", name=key.name, moment=_moment(moment))
    return checkpoint


def _moment(seconds: int) -> str:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat().replace("+00:00", "Z")
    except (ValueError, OverflowError, OSError):
        return f"{seconds} s"


def _manifest(source: Source, report: Report) -> Mapping[str, Any] | None:
    data = None if source.is_service else _optional(source, "manifest.json")
    if data is None:
        return None
    try:
        said = json.loads(data)
        if not isinstance(said, dict) or said.get("format") != EXPORT:
            raise Malformed(f"its format is not {EXPORT}")
    except (ValueError, RecursionError, Malformed) as malformed:
        report.tell("bad-export", path="manifest.json", why=str(malformed))
        return None
    return said


def _compare_manifest(
    said: Mapping[str, Any] | None, checkpoint: Checkpoint, report: Report
) -> None:
    if said is None:
        return
    report.leave("container")
    held = {
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": b64encode(checkpoint.root).decode(),
    }
    wrong = [name for name, value in held.items() if said.get(name) != value]
    if wrong:
        why = f"{', '.join(wrong)} in the manifest differs from the checkpoint"
        report.tell("bad-export", path="manifest.json", why=why)


class WholeLog:
    """A log of which everything is at hand: the check itself, and the reasoning when it fails."""

    def __init__(
        self,
        *,
        source: Source,
        given: Given,
        trusted: Trust,
        checkpoint: Checkpoint,
        is_export: bool,
        report: Report,
    ) -> None:
        self.source = source
        self.given = given
        self.trusted = trusted
        self.checkpoint = checkpoint
        self.size = checkpoint.size
        self.is_export = is_export
        self.report = report
        self.passed = Passed()
        self.entries = self.tiles = Tree((), ())
        self.good: Tree | None = None
        """The tree that has the signed root; None where neither entries nor tiles have it."""
        self.seen: list[tuple[int, bool, bool]] = []
        """Of each earlier checkpoint its size, whether it agrees, and whether the auditor kept it."""

    def verify(self, names: Sequence[str] | None) -> None:
        opaque = self._is_opaque()
        bodies = NO_BODIES if opaque else self._where_bodies_are(names)
        self.passed = pass_over(self.source, self.size, bodies, opaque=opaque, given=self.given)
        passed = self.passed
        if passed.ends_at is not None:
            self.report.tell("missing.file", position=passed.ends_at + 1, until=self.size)
            for finding in passed.findings:
                self.report.add(finding)
            return
        self.entries = Tree(passed.roots, passed.tail)
        roots = [passed.other_roots.get(at, root) for at, root in enumerate(passed.roots)]
        if passed.other_roots or passed.other_tail is not None:
            self.tiles = Tree(roots, passed.other_tail or passed.tail)
        else:
            self.tiles = self.entries
        shifted = self._judge()
        self._tell_bodies(shifted)
        if names is not None:
            self._check_published(names)
        self._check_policy(names)
        self._check_kept()
        for path, data in self.given.receipts:
            self._check_receipt(path, data)
        for path, data in self.given.proofs:
            self._check_proof(path, data)
        if names is not None:
            self._check_timestamps(names)
            self._check_other_files(names, bodies)
        if self.good is None:
            self._tell_wrong_root()
        self._sum_up(bodies, opaque=opaque)

    def _is_opaque(self) -> bool:
        """Whether the entries are of another log than ours: none of the first is in our form."""
        if not self.size:
            return False
        _, entries, _ = read_bundle(self.source, 0, min(WIDTH, self.size))
        return bool(entries) and not any(each.startswith(b'{"') for each in entries or ())

    def _where_bodies_are(self, names: Sequence[str] | None) -> str:
        if isinstance(self.source, Service):
            status, data = self.source.ask(
                "v1/events?after=0&limit=1", LARGEST_FILE, "application/json"
            )
            if status == 200 and data.lstrip().startswith(b"{"):  # noqa: PLR2004
                return SHOWN_EVENTS
            self.report.leave(
                "no-token" if status in REFUSED else "no-events", why=f"HTTP {status}"
            )
            return NO_BODIES
        if self.is_export or any(name.startswith("bodies/") for name in names or ()):
            return BODY_FILES
        return NO_BODIES

    # ---- which tree is the signed one

    def _judge(self) -> bool:
        """Find what differs from the signed root. Gives whether entries have moved from their place."""
        signed, shifted, told = self.checkpoint.root, False, False
        if self.entries.whole() == signed:
            self.good = self.entries
            self._tell_changed_leaves()
        elif self.tiles.whole() == signed:
            self.good = self.tiles
            shifted = self._tell_changed_entries()
            told = True
        else:
            told = self._judge_by_upper_tiles()
        if self.good is not None:
            self._check_upper_tiles(self.good)
        order = {"reordered.time"} if told else set()
        for finding in self.passed.findings:
            if finding.says not in order:
                self.report.add(finding)
        self.report.untold += self.passed.more
        if not told:
            self._tell_jumps()
        for start, stop in _runs(self.passed.unread):
            until = min(stop * WIDTH, self.size)
            self.report.leave("unread", position=start * WIDTH + 1, until=until)
        return shifted

    def leaves(self, tile: int, tree: Tree | None = None) -> list[bytes]:
        """The leaves of a tile in a tree: by the entries, or by the tiles where those are right."""
        width = min(WIDTH, self.size - tile * WIDTH)
        if width < WIDTH:
            return (tree or self.good or self.entries).tail
        by_entries = (tree or self.good or self.entries) is self.entries
        if not by_entries or tile not in self.passed.other_roots:
            _, kept, _ = read_tile(self.source, 0, tile, width)
            if kept is not None:
                return kept
        _, entries, _ = read_bundle(self.source, tile, width)
        return [leaf_hash(each) for each in entries or ()]

    def root_at(self, size: int, tree: Tree) -> bytes:
        """The root of the first `size` leaves of a tree."""
        part = size % WIDTH
        return tree.root(size, self.leaves(size // WIDTH, tree)[:part] if part else ())

    def _tell_changed_leaves(self) -> None:
        """The entries are right: name the leaves in tiles of level 0 that are not."""
        passed = self.passed
        tiles = list(passed.other_roots)
        if passed.other_tail is not None:
            tiles.append(self.size // WIDTH)
        for tile in tiles:
            width = min(WIDTH, self.size - tile * WIDTH)
            path, kept, _ = read_tile(self.source, 0, tile, width)
            _, entries, _ = read_bundle(self.source, tile, width)
            for at, (leaf, entry) in enumerate(zip(kept or (), entries or (), strict=False)):
                if leaf != leaf_hash(entry):
                    self.report.tell(
                        "changed-leaf", position=tile * WIDTH + at + 1, path=path, tile=path
                    )

    def _tell_changed_entries(self) -> bool:
        """The tiles are right: lay the bundles beside them, and name what differs."""
        passed = self.passed
        off = sorted({*passed.other_roots, *_tail_if(passed.other_tail, self.size)})
        wrong = _read_differences(self.source, off[0], off[-1], self.size)
        shifted = False
        for says, position, other in wrong:
            shifted |= says in ("missing", "inserted")
            tile = (position - 1) // WIDTH
            width = min(WIDTH, self.size - tile * WIDTH)
            path = wide_path("tile/entries", tile, max(width, 1))
            self.report.tell(says, position=position, path=path, other=other)
        return shifted

    def _judge_by_upper_tiles(self) -> bool:
        """Neither entries nor tiles of level 0 are right: perhaps those above still are."""
        row: list[bytes] = []
        count = self.size // WIDTH
        for number in range(-(-count // WIDTH)):
            _, kept, _ = read_tile(self.source, 1, number, min(WIDTH, count - number * WIDTH))
            row += kept or []
        if len(row) != count or not row:
            return False
        for lower in (self.entries, self.tiles):
            if Tree(row, lower.tail).whole() == self.checkpoint.root:
                break
        else:
            return False
        for tile, root in enumerate(row):
            if self.passed.roots[tile] != root:
                first = tile * WIDTH + 1
                path = wide_path("tile/entries", tile, WIDTH)
                self.report.tell(
                    "changed-entry.range", position=first, until=first + WIDTH - 1, path=path
                )
        if lower is self.tiles and self.passed.other_tail is not None:
            first = count * WIDTH + 1
            path = wide_path("tile/entries", count, self.size % WIDTH)
            self.report.tell("changed-entry.range", position=first, until=self.size, path=path)
        self.good = Tree(row, lower.tail)
        return True

    def _check_upper_tiles(self, good: Tree) -> None:
        level = 1
        while count := self.size >> 8 * level:
            for number in range(-(-count // WIDTH)):
                width = min(WIDTH, count - number * WIDTH)
                path, kept, why = read_tile(self.source, level, number, width)
                expected = good.row(level, number * WIDTH, width)
                if kept == expected:
                    continue
                if kept is not None:
                    at = next(n for n in range(width) if kept[n] != expected[n])
                    why = f"hash {at} of it is not the root of what lies below"
                    span = WIDTH**level
                    first = (number * WIDTH + at) * span + 1
                    self.report.tell(
                        "bad-tile", path=path, position=first, until=first + span - 1, why=why
                    )
                else:
                    self.report.tell("bad-tile", path=path, why=why)
            level += 1

    def _tell_jumps(self) -> None:
        """A gap where an entry could not be read was told already."""
        formless = any(each.says == "changed-entry.form" for each in self.passed.findings)
        for finding in version_findings(self.passed.jumps):
            if finding.says != "missing.version" or not (self.passed.unread or formless):
                self.report.add(finding)

    def _tell_bodies(self, shifted: bool) -> None:  # noqa: FBT001
        if shifted:
            return
        shown = isinstance(self.source, Service)
        for finding in body_findings(self.passed.off_bodies, shown=shown):
            self.report.add(finding)

    def _tell_wrong_root(self) -> None:
        first, until = self._narrowed(self.size, only_kept=False)
        self.report.tell("wrong-root", position=first, until=until)

    def _narrowed(self, size: int, *, only_kept: bool) -> tuple[int, int]:
        """Between which positions the first wrong one is, of the first `size`.

        After the last checkpoint that agrees, up to the first that does not. Where the past was
        signed again, those of the source that agree may be of the new past, and say nothing.
        """
        told = [(at, agrees) for at, agrees, kept in self.seen if kept or not only_kept]
        until = min((at for at, agrees in told if not agrees and at <= size), default=size)
        return max((at for at, agrees in told if agrees and at < until), default=0) + 1, until

    # ---- checkpoints, of the source and of the auditor

    def _check_published(self, names: Sequence[str]) -> None:
        sizes = sorted(int(each[1]) for name in names if (each := _PUBLISHED.fullmatch(name)))
        agreed, off, newer = 0, [], []
        for size in sizes:
            path = f"checkpoints/{size}"
            found = self._open_published(path, size)
            if found is None:
                continue
            if size > self.size:
                newer.append(found)
            elif self._agrees(found, is_kept=False):
                agreed += 1
            elif size == self.size and found.root != self.checkpoint.root:
                self.report.tell("forked", path=path, size=size)
            else:
                off.append(size)
        if off and self.good is not None:
            first, until = self._narrowed(off[0], only_kept=False)
            self.report.tell(
                "re-signed.source", position=first, until=until, path=f"checkpoints/{off[0]}",
                count=len(off), kept=off[0],
            )  # fmt: skip
        if newer and not self._has_grown(newer[-1].size):
            path, kept = f"checkpoints/{newer[-1].size}", newer[-1]
            stale = edge_root(self.source, kept.size) == kept.root
            says = "stale-checkpoint" if stale else "shrunk"
            self.report.tell(says, path=path, size=self.size, kept=kept.size, is_note=stale)
        if "witnessed" in names:
            found = self._open_published("witnessed", None)
            if found is not None and (found.size <= self.size or not self._has_grown(found.size)):
                self._compare(("witnessed", found), is_kept=False)
        if agreed:
            self.report.check("published", count=agreed)

    def _open_published(self, path: str, size: int | None) -> Checkpoint | None:
        try:
            data = self.source.read(path, LARGEST_NOTE)
        except Malformed as malformed:
            self.report.tell("bad-checkpoint", path=path, why=str(malformed))
            return None
        if data is None:
            return None
        found = open_checkpoint(data, path, self.trusted, self.report, quiet=True)
        if found is None:
            return None
        if size is not None and found[0].size != size:
            self.report.tell("bad-checkpoint.name", path=path, size=found[0].size)
            return None
        if found[0].origin != self.checkpoint.origin:
            self._tell_other_log(path, found[0].origin)
            return None
        return found[0]

    def _has_grown(self, size: int) -> bool:
        """Whether the log went on while it was read: then it is not smaller than it was."""
        data = _optional(self.source, "checkpoint")
        try:
            return data is not None and Checkpoint.parse(_note_parts(data)[0]).size >= size
        except Malformed:
            return False

    def _agrees(self, kept: Checkpoint, *, is_kept: bool) -> bool:
        """Whether the log of `kept` is where this one begins."""
        agrees = self.root_at(kept.size, self.good or self.entries) == kept.root
        self.seen.append((kept.size, agrees, is_kept))
        return agrees

    def _check_kept(self) -> None:
        """Those of the auditor: from small to large, so that each narrows down the next."""
        opened = []
        for path, data in self.given.checkpoints:
            found = open_checkpoint(data, path, self.trusted, self.report)
            if found is not None:
                opened.append((path, found[0]))
        for each in sorted(opened, key=lambda each: each[1].size):
            self._compare(each)

    def _compare(self, told: tuple[str, Checkpoint], *, is_kept: bool = True) -> None:
        path, kept = told
        if kept.origin != self.checkpoint.origin:
            self._tell_other_log(path, kept.origin)
        elif kept.size > self.size:
            self.report.tell(
                "shrunk", path=path, position=self.size + 1, until=kept.size,
                size=self.size, kept=kept.size,
            )  # fmt: skip
        elif self._agrees(kept, is_kept=is_kept):
            self.report.check("kept", path=path, size=kept.size)
        elif kept.size == self.size and kept.root != self.checkpoint.root:
            self.report.tell("forked", path=path, size=kept.size)
        elif self.good is not None:
            first, until = self._narrowed(kept.size, only_kept=True)
            self.report.tell("re-signed", path=path, position=first, until=until, kept=kept.size)

    def _tell_other_log(self, path: str, origin: str) -> None:
        self.report.tell("other-log", path=path, origin=origin, expected=self.checkpoint.origin)

    def _check_policy(self, names: Sequence[str] | None) -> None:
        policy = self.trusted.policy
        if policy is None:
            return
        data = _optional(self.source, "checkpoint") or b""
        try:
            signed = open_note(data, self.trusted.keys).verified
        except Malformed:
            return
        if policy.met(signed):
            self.report.check("quorum", quorum=policy.name)
            return
        until = self._newest_witnessed(policy, names)
        if until:
            self.report.tell(
                "quorum-not-met.yet",
                path="checkpoint",
                quorum=policy.name,
                until=until,
                is_note=True,
            )
            self.report.leave("unwitnessed", position=until + 1, until=self.size)
            return
        who = ", ".join(key.name for key in signed if key in policy.witnesses.values()) or "-"
        self.report.tell("quorum-not-met", path="checkpoint", quorum=policy.name, who=who)

    def _newest_witnessed(self, policy: Policy, names: Sequence[str] | None) -> int:
        """The size of the newest earlier checkpoint with a quorum that this log agrees with, or 0."""
        for size, data in self._published(names):
            try:
                opened = open_note(data, self.trusted.keys)
                kept = Checkpoint.parse(opened.text)
            except Malformed:
                continue
            logged = any(key in opened.verified for key in self.trusted.logs)
            same = kept.origin == self.checkpoint.origin and kept.size == size
            if (
                logged
                and same
                and policy.met(opened.verified)
                and self._agrees(kept, is_kept=False)
            ):
                return size
        return 0

    def _published(self, names: Sequence[str] | None) -> Iterator[tuple[int, bytes]]:
        """Earlier checkpoints, newest first; of a service the one in a proof that it gives."""
        if names is None:
            told = _log_says(self.source).get("witnessedSize")
            size = told if isinstance(told, int) and 0 < told < self.size else 0
            data = _optional(self.source, f"v1/events/{size}/proof") if size else None
            try:
                if data is not None:
                    yield size, ProofFile.parse(data).checkpoint
            except Malformed:
                return
            return
        sizes = sorted(int(each[1]) for name in names if (each := _PUBLISHED.fullmatch(name)))
        for size in reversed(sizes):
            if 0 < size < self.size:
                data = _optional(self.source, f"checkpoints/{size}")
                if data is not None:
                    yield size, data

    # ---- receipts and proofs

    def leaf(self, index: int) -> bytes:
        leaves = self.leaves(index // WIDTH)
        at = index % WIDTH
        return leaves[at] if at < len(leaves) else b""

    def _check_receipt(self, path: str, data: bytes) -> None:
        try:
            opened = open_note(data, self.trusted.logs)
            receipt = Receipt.parse(opened.text)
        except Malformed as malformed:
            self.report.tell("bad-receipt", path=path, why=str(malformed))
            return
        if not _told_signatures(opened, data, path, self.trusted, self.report, quiet=True):
            return
        position = receipt.index + 1
        if receipt.origin != self.checkpoint.origin:
            self._tell_other_log(path, receipt.origin)
        elif receipt.index >= self.size:
            self._tell_beyond(path, receipt)
        elif self.leaf(receipt.index) != receipt.leaf:
            other = self._find(receipt.leaf)
            says = "dropped-after-receipt" if other is None else "reordered.receipt"
            self.report.tell(says, path=path, position=position, other=other)
        elif (held := self._recorded_at(receipt.index)) not in (None, receipt.recorded_at):
            self.report.tell(
                "bad-receipt.time",
                path=path,
                position=position,
                said=receipt.recorded_at,
                held=held,
            )
        else:
            self.report.check("receipt", path=path, position=position)

    def _tell_beyond(self, path: str, receipt: Receipt) -> None:
        moment = datetime.fromisoformat(receipt.recorded_at)
        young = (datetime.now(UTC) - moment).total_seconds() < PUBLISHED_WITHIN
        later = receipt.recorded_at.encode() < self.passed.moment
        position = receipt.index + 1
        if young and not later:
            self.report.tell("not-yet-published", path=path, position=position, is_note=True)
        else:
            self.report.tell(
                "dropped-after-receipt.end", path=path, position=position,
                moment=receipt.recorded_at, size=self.size,
            )  # fmt: skip

    def _find(self, leaf: bytes) -> int | None:
        """The position at which a leaf stands, wherever."""
        for tile in range(-(-self.size // WIDTH)):
            leaves = self.leaves(tile)
            if leaf in leaves:
                return tile * WIDTH + leaves.index(leaf) + 1
        return None

    def _recorded_at(self, index: int) -> str | None:
        tile = index // WIDTH
        _, entries, _ = read_bundle(self.source, tile, min(WIDTH, self.size - tile * WIDTH))
        at = index % WIDTH
        found = ENTRY.fullmatch(entries[at]) if entries and at < len(entries) else None
        return None if found is None else found[4].decode()

    def _check_proof(self, path: str, data: bytes) -> None:
        try:
            proof = ProofFile.parse(data)
        except Malformed as malformed:
            self.report.tell("bad-proof", path=path, why=str(malformed))
            return
        found = open_checkpoint(proof.checkpoint, path, self.trusted, self.report)
        if found is None:
            return
        kept, opened = found
        position = proof.index + 1
        before = len(self.report.findings)
        self._compare((path, kept))
        agrees = len(self.report.findings) == before
        if kept.origin != self.checkpoint.origin or proof.index >= self.size:
            return
        policy = self.trusted.policy
        if policy is not None and not policy.met(opened.verified):
            self.report.tell(
                "quorum-not-met.proof",
                path=path,
                quorum=policy.name,
                is_note=self.given.policy is None,
            )
        if verify_inclusion(
            self.leaf(proof.index), proof.index, kept.size, proof.hashes, kept.root
        ):
            self.report.check("proof", path=path, position=position)
        elif agrees:
            self.report.tell("bad-proof.path", path=path, position=position)
        else:
            self.report.tell("changed-entry.proof", path=path, position=position)

    # ---- the rest of the files

    def _check_timestamps(self, names: Sequence[str]) -> None:
        for name in names:
            if found := _TIMESTAMP.fullmatch(name):
                size = int(found[1])
                over = _optional(self.source, f"checkpoints/{size}")
                if over is None and size == self.size:
                    over = _optional(self.source, "checkpoint")
                data = _optional(self.source, name)
                check_timestamp(
                    name,
                    data or b"",
                    over,
                    logs=self.trusted.logs,
                    trusted=self.given.authorities,
                    report=self.report,
                )

    def _check_other_files(self, names: Sequence[str], bodies: str) -> None:
        """Older partial tiles are checked too; what lies beyond the signed size cannot be."""
        beyond, other = [], []
        known = known_files(self.given)
        for name in names:
            path = parse_tile_path(name)
            if path is None:
                if name not in known and not _is_known(name, self.size, bodies):
                    other.append(name)
                continue
            level, number, width = path
            count = self.size >> (0 if level == "entries" else 8 * int(level))
            if number * WIDTH + width > count:
                beyond.append(name)
            elif width < WIDTH and number * WIDTH + width != count and self.good is not None:
                self._check_older(name, level, number, width)
        if beyond:
            self.report.leave("beyond", count=len(beyond), paths=_some(beyond))
        if other:
            self.report.leave("files", count=len(other), paths=_some(other))

    def _check_older(self, path: str, level: str, number: int, width: int) -> None:
        if self.good is None:
            return
        wrong = "bad-bundle" if level == "entries" else "bad-tile"
        try:
            data = self.source.read(path, LARGEST_BUNDLE) or b""
        except Malformed as malformed:
            self.report.tell(wrong, path=path, why=str(malformed))
            return
        if level in ("entries", "0"):
            expected = self.leaves(number)[:width]
        else:
            expected = self.good.row(int(level), number * WIDTH, width)
        if level == "entries":
            _, entries, _ = read_bundle(_Only(path, data), number, width)
            found = [leaf_hash(each) for each in entries or ()]
        else:
            found = hashes_in(data)
        if found != expected:
            span = 1 if level == "entries" else 256 ** int(level)
            at = next(
                (
                    n
                    for n, pair in enumerate(zip(found, expected, strict=False))
                    if pair[0] != pair[1]
                ),
                None,
            )
            at = min(len(found), width - 1) if at is None else at
            first = (number * WIDTH + at) * span + 1
            why = "it is not what this one began with when it was that wide"
            self.report.tell(wrong, path=path, position=first, until=first + span - 1, why=why)

    def _sum_up(self, bodies: str, *, opaque: bool) -> None:
        report, passed = self.report, self.passed
        report.checked.insert(0, ("tree", {"size": self.size}))
        if opaque:
            report.leave("opaque")
        else:
            report.checked.insert(1, ("form", {"streams": len(passed.versions)}))
        if passed.bodies:
            line = "shown" if bodies == SHOWN_EVENTS else "bodies"
            count = passed.bodies + (passed.withheld if bodies == SHOWN_EVENTS else 0)
            report.checked.insert(2, (line, {"count": count}))
        if passed.withheld:
            report.leave("withheld", count=passed.withheld)
        seen = passed.bodies + passed.withheld + len(passed.off_bodies)
        if bodies == SHOWN_EVENTS and seen < self.size:
            report.leave("not-shown", count=self.size - seen)
        if bodies == NO_BODIES and not opaque and self.size and not self.source.is_service:
            report.leave("no-bodies")
        if not self.given.checkpoints:
            report.leave("no-kept")


REFUSED = (401, 403)
PUBLISHED_WITHIN = 60
"""Seconds after which an event of a receipt must be under a checkpoint (the promise is 5)."""

_PUBLISHED = re.compile(r"checkpoints/(0|[1-9]\d{0,17})")
_TIMESTAMP = re.compile(r"timestamps/(0|[1-9]\d{0,17})\.tsr")
_KNOWN_FILES = frozenset({"checkpoint", "witnessed", "keys", "policy", "manifest.json"})


def known_files(given: Given) -> frozenset[str]:
    """Files of a log by their names; the auditor's own key and policy leave those of the source out."""
    by_policy = given.policy is not None and bool(given.policy.logs)
    left_out = {"keys"} if given.keys or by_policy else set()
    return _KNOWN_FILES - left_out - ({"policy"} if given.policy is not None else set())


def _is_known(name: str, size: int, bodies: str) -> bool:
    if _PUBLISHED.fullmatch(name) or _TIMESTAMP.fullmatch(name):
        return True
    if bodies != BODY_FILES or not name.startswith("bodies/"):
        return False
    return any(
        name in body_paths(tile, min(WIDTH, size - tile * WIDTH))
        for tile in _numbers_in(name)
        if tile * WIDTH < size
    )


def _numbers_in(name: str) -> Iterator[int]:
    found = re.fullmatch(r"bodies/((?:x\d{3}/)*\d{3})(?:\.p/\d+)?", name)
    if found:
        yield int(found[1].replace("x", "").replace("/", ""))


def _some(names: Sequence[str]) -> str:
    return ", ".join(sorted(names)[:5]) + (", ..." if len(names) > 5 else "")  # noqa: PLR2004


def _tail_if(tail: list[bytes] | None, size: int) -> tuple[int, ...]:
    return () if tail is None else (size // WIDTH,)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """3, 4, 5, 9 -> (3, 6), (9, 10)."""
    start = None
    for at, number in enumerate(numbers):
        if start is None:
            start = number
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield start, number + 1
            start = None


class _Only:
    """A source of one file, whatever is asked."""

    is_service = False

    def __init__(self, label: str, data: bytes) -> None:
        self.label = label
        self._data = data

    def read(self, path: str, limit: int = LARGEST_FILE) -> bytes | None:
        return self._data if path == self.label and len(self._data) <= limit else None

    def names(self) -> Sequence[str]:
        return (self.label,)

    def again(self) -> tuple[Any, ...]:
        raise NotImplementedError


# --------------------------------------------------------------------- what went wrong, and where

_LOOK_AHEAD = 600
"""Entries that are looked past to find where two sequences run together again."""


def _read_differences(
    source: Source, first: int, last: int, size: int
) -> list[tuple[str, int, int | None]]:
    """Lay the bundles beside the tiles, which are right: code, position, and where it belongs."""

    def held() -> Iterator[bytes]:
        for tile in range(first, last + 1):
            _, kept, _ = read_tile(source, 0, tile, min(WIDTH, size - tile * WIDTH))
            yield from kept or ()

    def found() -> Iterator[bytes]:
        for tile in range(first, last + 1):
            _, entries, _ = read_bundle(source, tile, min(WIDTH, size - tile * WIDTH))
            yield from map(leaf_hash, entries or ())

    steps = []
    for step in differences(held(), found(), first * WIDTH + 1):
        steps.append(step)
        if len(steps) > MOST_FINDINGS:
            break
    return _named(steps)


Step = tuple[int, bytes | None, bytes | None]
"""A position, the leaf that should be there, and the leaf that is."""


def differences(held: Iterator[bytes], found: Iterator[bytes], position: int) -> Iterator[Step]:
    """Where two sequences of leaves differ, in memory that does not grow with them."""
    left: deque[bytes] = deque()
    right: deque[bytes] = deque()
    while True:
        for queue, more in ((left, held), (right, found)):
            while len(queue) < _LOOK_AHEAD and (leaf := next(more, None)) is not None:
                queue.append(leaf)
        if not left and not right:
            return
        while left and right and left[0] == right[0]:
            left.popleft()
            right.popleft()
            position += 1
        if not left or not right:
            if not left and not right:
                continue
            if len(left) == len(right) == 0:
                return
        past, over = _together_again(left, right)
        for at in range(max(past, over)):
            should = left[at] if at < past else None
            does = right[at] if at < over else None
            yield position + min(at, past), should, does
        for _ in range(past):
            left.popleft()
        for _ in range(over):
            right.popleft()
        position += past


def _together_again(left: Sequence[bytes], right: Sequence[bytes]) -> tuple[int, int]:
    """How many to leave out on either side, as few as possible, for the two to go on alike."""
    places: dict[bytes, int] = {}
    for at, leaf in enumerate(left):
        places.setdefault(leaf, at)
    best = (len(left), len(right))
    for over, leaf in enumerate(right):
        past = places.get(leaf)
        if past is not None and past + over < sum(best):
            best = (past, over)
    return best


def _named(steps: Sequence[Step]) -> list[tuple[str, int, int | None]]:
    """A leaf that is away in one place and turns up in another was moved."""
    should = {leaf: position for position, leaf, _ in steps if leaf is not None}
    does = {leaf for _, _, leaf in steps if leaf is not None}
    named: list[tuple[str, int, int | None]] = []
    for position, held, found in steps:
        if found is not None and found in should:
            named.append(("reordered", position, should[found]))
        elif held is not None and found is not None and held not in does:
            named.append(("changed-entry", position, None))
        elif found is not None:
            named.append(("inserted", position, None))
        elif held is not None and held not in does:
            named.append(("missing", position, None))
    return named


def version_findings(jumps: Sequence[tuple[int, bytes, int, int]]) -> Iterator[Finding]:
    """What gaps and repeats in the versions of aggregates mean, aggregate by aggregate."""
    skipped: dict[bytes, dict[int, int]] = {}
    for position, aggregate, expected, came in jumps:
        gaps = skipped.setdefault(aggregate, {})
        name = aggregate.decode()
        if came > expected:
            for version in range(expected, min(came, expected + MOST_FINDINGS)):
                gaps[version] = position
        elif came in gaps:
            del gaps[came]
            yield Finding(
                says="reordered.version", position=position,
                particulars={"versions": came, "aggregate": name},
            )  # fmt: skip
        else:
            yield Finding(
                says="inserted.version", position=position,
                particulars={"versions": came, "aggregate": name},
            )  # fmt: skip
    for aggregate, gaps in skipped.items():
        by_position: dict[int, list[int]] = {}
        for version, position in gaps.items():
            by_position.setdefault(position, []).append(version)
        for position, versions in by_position.items():
            said = f"{versions[0]}" if len(versions) == 1 else f"{versions[0]}-{versions[-1]}"
            yield Finding(
                says="missing.version", position=position,
                particulars={"versions": said, "aggregate": aggregate.decode()},
            )  # fmt: skip


def body_findings(off: Sequence[tuple[int, str, str]], *, shown: bool) -> Iterator[Finding]:
    """A body that fits another position was swapped; one that fits none was changed."""
    belongs = {expected: position for position, expected, _ in off}
    for position, _, found in off:
        other = belongs.get(found)
        if other is not None and other != position:
            yield Finding(says="swapped-bodies", position=position, particulars={"other": other})
        else:
            yield Finding(says="changed-body.shown" if shown else "changed-body", position=position)


def check_timestamp(
    path: str,
    data: bytes,
    over: bytes | None,
    *,
    logs: Sequence[Key],
    trusted: Sequence[x509.Certificate],
    report: Report,
) -> None:
    """A token: its hash against the checkpoint, its signature, and its chain where a CA is given."""
    try:
        token = Timestamp.parse(data)
        what = _stamped(token, over, logs)
        if what is None:
            raise Malformed("its hash is of something else")
    except Malformed as malformed:
        report.tell("bad-timestamp", path=path, why=str(malformed))
        return
    chain: Line = ("chain", {}) if trusted else ("", {})
    if trusted:
        try:
            why = token.chain_problem(trusted)
        except Exception as unexpected:  # noqa: BLE001  as in `Timestamp.parse`
            why = f"its certificates cannot be read ({type(unexpected).__name__})"
        if why is not None:
            report.tell("bad-timestamp", path=path, why=why)
            return
    else:
        report.leave("tsa-chain", path=path, what=("line", what))
    if token.unchecked is not None:
        report.leave("tsa-signature", path=path, why=token.unchecked)
    who = token.signer.subject.rfc4514_string()
    moment = token.moment.isoformat().replace("+00:00", "Z")
    report.check("timestamp", path=path, who=who, moment=moment, chain=("line", chain[0]))


def _stamped(token: Timestamp, over: bytes | None, logs: Sequence[Key]) -> str | None:
    """Which bytes of the checkpoint the token is over: cosignatures are added to it later."""
    if over is None:
        raise Malformed("the checkpoint that it is over is not there")
    candidates = {"whole-file": over}
    try:
        text, lines = _note_parts(over)
        names = {(key.name, key.id) for key in logs}
        own = [line for line in lines if _signature(line)[:2] in names]
        candidates["text-only"] = text
        candidates["text-and-log"] = text + b"\n" + "".join(f"{line}\n" for line in own).encode()
    except Malformed:
        pass
    for what, data in candidates.items():
        if hashlib.new(token.algorithm, data).digest() == token.imprint:
            return what
    return None


# --------------------------------------------------------------------------------- one subject's part


class Part:
    """An export of one subject: its events, each with a proof of its own."""

    def __init__(
        self,
        *,
        source: Source,
        given: Given,
        trusted: Trust,
        checkpoint: Checkpoint,
        manifest: Mapping[str, Any],
        report: Report,
    ) -> None:
        self.source = source
        self.given = given
        self.trusted = trusted
        self.checkpoint = checkpoint
        subject = manifest.get("subject")
        self.subject = str(subject.get("id") if isinstance(subject, dict) else subject)
        self.events = subject.get("events") if isinstance(subject, dict) else None
        self.report = report
        self.leaves: dict[int, bytes] = {}
        self.opened: dict[bytes, Checkpoint | None] = {}
        self.off: list[tuple[int, str, str]] = []
        self.bodies = self.withheld = 0

    def verify(self, names: Sequence[str]) -> None:
        positions = sorted({int(found[1]) for name in names if (found := _OF_PART.fullmatch(name))})
        versions: dict[bytes, int] = {}
        jumps: list[tuple[int, bytes, int, int]] = []
        moment = b""
        for position in positions:
            entry = self._entry(position)
            if entry is None:
                continue
            self._proof(position, entry)
            why = problem_of(entry)
            read = ENTRY.fullmatch(entry)
            if why is not None or read is None:
                self.report.tell("changed-entry.form", position=position, why=why)
                continue
            aggregate, version = read[1], int(read[2])
            if aggregate.decode() != self.subject:
                why = f"it is of {aggregate.decode()}, and the part of {self.subject}"
                self.report.tell(
                    "bad-export", path=f"entries/{position}", position=position, why=why
                )
            expected = versions.get(aggregate, 0) + 1
            if version != expected:
                jumps.append((position, aggregate, expected, version))
            versions[aggregate] = max(version, expected - 1)
            if read[4] < moment:
                self.report.tell("reordered.time", position=position)
            moment = read[4]
            self._body(position, read[3].decode())
        for finding in (*version_findings(jumps), *body_findings(self.off, shown=False)):
            self.report.add(finding)
        if self.events not in (None, len(positions)):
            why = f"{len(positions)} events are here, and the manifest says {self.events}"
            self.report.tell("bad-export", path="manifest.json", why=why)
        self._published(names)
        self._kept()
        self._sum_up(names, len(positions))

    def _read(self, path: str, limit: int, code: str, position: int) -> bytes | None:
        try:
            data = self.source.read(path, limit)
        except Malformed as malformed:
            self.report.tell("bad-export", path=path, position=position, why=str(malformed))
            return None
        if data is None:
            self.report.tell("missing.proof", position=position, path=path, what=code)
        return data

    def _entry(self, position: int) -> bytes | None:
        return self._read(f"entries/{position}", 65_535, "entry", position)

    def _proof(self, position: int, entry: bytes) -> None:
        path = f"proofs/{position}.tlog-proof"
        data = self._read(path, LARGEST_NOTE, "proof", position)
        if data is None:
            return
        try:
            proof = ProofFile.parse(data)
        except Malformed as malformed:
            self.report.tell("bad-proof", path=path, position=position, why=str(malformed))
            return
        if proof.checkpoint not in self.opened:
            found = open_checkpoint(proof.checkpoint, path, self.trusted, self.report, quiet=True)
            self.opened[proof.checkpoint] = None if found is None else found[0]
        kept = self.opened[proof.checkpoint]
        if kept is None:
            return
        leaf = self.leaves[position] = leaf_hash(entry)
        if kept != self.checkpoint:
            self.report.tell(
                "bad-proof",
                path=path,
                position=position,
                why="it is of another checkpoint than the part's",
            )
        elif proof.index != position - 1:
            self.report.tell("reordered", path=path, position=position, other=proof.index + 1)
        elif not verify_inclusion(leaf, proof.index, kept.size, proof.hashes, kept.root):
            self.report.tell("changed-entry.proof", position=position, path=f"entries/{position}")

    def _body(self, position: int, expected: str) -> None:
        path = f"bodies/{position}"
        data = self._read(path, LARGEST_BODIES, "body", position)
        if data is None:
            return
        try:
            if not data.endswith(b"\n"):
                raise Malformed("no newline at its end")
            line = BodyLine.parse(data[:-1])
        except Malformed as malformed:
            self.report.tell("bad-bundle", path=path, position=position, why=str(malformed))
            return
        if line.position != position:
            self.report.tell(
                "bad-bundle", path=path, position=position, why=f"it is of position {line.position}"
            )
        if line.hash is None:
            self.withheld += 1
        elif line.hash == expected:
            self.bodies += 1
        else:
            self.off.append((position, expected, line.hash))

    def _published(self, names: Sequence[str]) -> None:
        """Earlier checkpoints that came along: their signatures, as there is no tree."""
        count = 0
        for name in names:
            data = _optional(self.source, name) if _PUBLISHED.fullmatch(name) else None
            if data is None:
                continue
            found = open_checkpoint(data, name, self.trusted, self.report, quiet=True)
            if found is not None:
                count += 1
                if found[0].size == self.checkpoint.size and found[0].root != self.checkpoint.root:
                    self.report.tell("forked", path=name, size=found[0].size)
        if count:
            self.report.leave("only-signed", count=count)

    def _kept(self) -> None:
        """Without the tree only a checkpoint of the same size can be compared, and receipts."""
        for path, data in self.given.checkpoints:
            found = open_checkpoint(data, path, self.trusted, self.report)
            if found is None:
                continue
            kept = found[0]
            if kept.origin != self.checkpoint.origin:
                self.report.tell(
                    "other-log", path=path, origin=kept.origin, expected=self.checkpoint.origin
                )
            elif kept.size > self.checkpoint.size:
                self.report.tell("shrunk", path=path, size=self.checkpoint.size, kept=kept.size)
            elif kept.size == self.checkpoint.size and kept.root != self.checkpoint.root:
                self.report.tell("forked", path=path, size=kept.size)
            elif kept.size == self.checkpoint.size:
                self.report.check("kept", path=path, size=kept.size)
            else:
                self.report.leave("uncompared", path=path)
        for path, data in self.given.receipts:
            self._receipt(path, data)

    def _receipt(self, path: str, data: bytes) -> None:
        try:
            opened = open_note(data, self.trusted.logs)
            receipt = Receipt.parse(opened.text)
        except Malformed as malformed:
            self.report.tell("bad-receipt", path=path, why=str(malformed))
            return
        if not _told_signatures(opened, data, path, self.trusted, self.report, quiet=True):
            return
        position = receipt.index + 1
        if self.leaves.get(position) == receipt.leaf:
            self.report.check("receipt", path=path, position=position)
        elif position in self.leaves:
            self.report.tell("dropped-after-receipt", path=path, position=position)
        else:
            self.report.leave("not-in-part", path=path, position=position)

    def _sum_up(self, names: Sequence[str], count: int) -> None:
        report = self.report
        report.checked.insert(0, ("part", {"count": count, "subject": self.subject}))
        if self.bodies:
            report.checked.insert(1, ("bodies", {"count": self.bodies}))
        if self.withheld:
            report.leave("withheld", count=self.withheld)
        policy = self.trusted.policy
        data = _optional(self.source, "checkpoint") or b""
        if policy is not None:
            signed = open_note(data, self.trusted.keys).verified
            if policy.met(signed):
                report.check("quorum", quorum=policy.name)
            else:
                who = (
                    ", ".join(key.name for key in signed if key in policy.witnesses.values()) or "-"
                )
                report.tell("quorum-not-met", path="checkpoint", quorum=policy.name, who=who)
        for name in names:
            if found := _TIMESTAMP.fullmatch(name):
                over = (
                    data
                    if int(found[1]) == self.checkpoint.size
                    else _optional(self.source, f"checkpoints/{found[1]}")
                )
                token = _optional(self.source, name) or b""
                check_timestamp(
                    name,
                    token,
                    over,
                    logs=self.trusted.logs,
                    trusted=self.given.authorities,
                    report=report,
                )
        known = known_files(self.given)
        other = [name for name in names if name not in known and not _KNOWN_IN_PART.fullmatch(name)]
        if other:
            report.leave("files", count=len(other), paths=_some(other))
        report.leave("part-only")


_OF_PART = re.compile(r"(?:entries|bodies|proofs)/([1-9]\d{0,17})(?:\.tlog-proof)?")
_KNOWN_IN_PART = re.compile(
    r"(?:entries|bodies)/[1-9]\d{0,17}|proofs/[1-9]\d{0,17}\.tlog-proof"
    r"|(?:timestamps/(?:0|[1-9]\d{0,17})\.tsr|checkpoints/(?:0|[1-9]\d{0,17}))"
)


# -------------------------------------------------------------------------------------- the report

NOT_PROVEN: Sequence[Line] = (("never-submitted", {}), ("true", {}), ("finer-time", {}))


def said(line: Line, language: str) -> str:
    """A line of the report; a particular that is itself a line is said in the same language."""
    name, particulars = line
    told = {
        key: in_language(LINES[value[1]], language, {}) if isinstance(value, tuple) and value[1]
        else "" if isinstance(value, tuple) else value
        for key, value in particulars.items()
    }  # fmt: skip
    return in_language(LINES[name], language, told)


def plain(report: Report, language: str) -> dict[str, Any]:
    """The report for a program: codes, positions and paths are stable, sentences are for people."""
    return {
        "format": REPORT,
        "source": report.source,
        "origin": report.origin,
        "size": report.size,
        "root": None if report.root is None else b64encode(report.root).decode(),
        "right": not report.wrong,
        "findings": [
            {
                "code": each.code,
                "severity": "note" if each.is_note else "error",
                "position": each.position,
                "until": each.until,
                "path": each.path,
                "says": each.sentence(language),
                "cure": each.cure(language),
            }
            for each in report.findings
        ],
        "untold": report.untold,
        "checked": [said(line, language) for line in report.checked],
        "notCovered": [said(line, language) for line in report.uncovered],
        "notProven": [said(line, language) for line in NOT_PROVEN],
        "seconds": round(report.seconds, 3),
    }


def written(report: Report, language: str) -> str:
    """The report for a person. Its first lines are those of a checkpoint, to lay beside one."""
    lines = []
    if report.root is not None:
        lines += [str(report.origin), str(report.size), b64encode(report.root).decode(), ""]
    wrong = sum(not each.is_note for each in report.findings) + report.untold
    for each in sorted(report.findings, key=lambda each: each.is_note):
        where, note = each.where(language), in_language(LINES["note"], language, {})
        head = f"{note}: {each.code}" if each.is_note else each.code
        lines += [f"{head}: {where}" if where else head]
        lines += [f"    {each.sentence(language)}.", f"    {each.cure(language)}"]
    if report.untold:
        lines.append(in_language(LINES["untold"], language, {"count": report.untold}))
    if report.findings:
        lines.append("")
    for title, told in (
        ("checked", report.checked),
        ("uncovered", report.uncovered),
        ("unproven", NOT_PROVEN),
    ):
        if told:
            lines.append(in_language(LINES[title], language, {}) + ":")
            lines += [f"  - {said(line, language)}" for line in told]
    verdict = "wrong" if report.wrong else "right"
    lines += ["", in_language(LINES[verdict], language, {"count": wrong})]
    return "\n".join(lines) + "\n"


# -------------------------------------------------------------------------------- the command line


def parser(prog: str | None = None) -> argparse.ArgumentParser:
    """The words that are understood."""
    words = argparse.ArgumentParser(
        prog=prog,
        description="Check a Kringboek that somebody else keeps: every hash, signature and promise.",
        epilog="Exit codes: 0 right, 1 something is wrong and named, 2 not understood or not readable.",
        allow_abbrev=False,
    )
    add_words(words)
    words.add_argument("--json", action="store_true", help="the report as JSON")
    return words


def add_words(words: argparse.ArgumentParser, *, source_needed: bool = True) -> None:
    """All of them but `--json`, which `kringboek verify` has already."""
    add = words.add_argument
    add(
        "source", metavar="SOURCE", nargs=None if source_needed else "?",
        help="address of a service, folder of tiles, or export",
    )  # fmt: skip
    add(
        "--key",
        metavar="VKEY|FILE",
        action="append",
        default=[],
        help="the key of the log, as you got it yourself",
    )
    add(
        "--checkpoint", metavar="FILE", action="append", default=[], help="one that you kept before"
    )
    add("--policy", metavar="FILE", help="whose witnesses count (tlog-policy)")
    add("--receipt", metavar="FILE", action="append", default=[], help="what the service promised")
    add(
        "--proof",
        metavar="FILE",
        action="append",
        default=[],
        help="a proof of one event (tlog-proof)",
    )
    add(
        "--tsa-ca",
        metavar="FILE",
        help="certificates of the timestamp authority that you trust (PEM)",
    )
    add("--token", metavar="FILE", help="an access token, for the content of a running service")
    add("--progress", action="store_true", help="tell how far it is")
    add(
        "--workers",
        metavar="N",
        type=int,
        default=os.cpu_count() or 1,
        help="processes (one per core)",
    )
    add(
        "--language",
        choices=(ENGLISH, DUTCH),
        default=_language(),
        help="of the report (from LANG)",
    )


def _language() -> str:
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return DUTCH if said.lower().startswith("nl") else ENGLISH


def main(words: Sequence[str] | None = None) -> int:
    """Verify what the words say, print the report, and give the exit code."""
    return run(parser().parse_args(words))


def run(given: argparse.Namespace) -> int:
    """As `main`, of words that were parsed already."""
    try:
        token = None if given.token is None else _file(given.token).decode().strip()
        report = verify(open_source(given.source, token), _given(given))
    except Unusable as unusable:
        line: Line = (unusable.line, unusable.particulars)
        sys.stderr.write(f"kringboek verify: {said(line, given.language)}\n")
        return NOT_UNDERSTOOD
    except Malformed as malformed:
        line = ("no-source", {"what": given.source, "why": str(malformed)})
        sys.stderr.write(f"kringboek verify: {said(line, given.language)}\n")
        return NOT_UNDERSTOOD
    except KeyboardInterrupt:
        return NOT_UNDERSTOOD
    if given.json:
        text = json.dumps(plain(report, given.language), indent=2, ensure_ascii=False) + "\n"
    else:
        text = written(report, given.language)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read it has enough; the exit code still says what was found.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return WRONG if report.wrong else RIGHT


def _given(words: argparse.Namespace) -> Given:
    policy = None
    if words.policy is not None:
        try:
            policy = Policy.parse(_file(words.policy))
        except Malformed as malformed:
            raise Unusable("not-a-policy", what=words.policy, why=str(malformed)) from None
    return Given(
        keys=tuple(key for said_key in words.key for key in _keys_given(said_key)),
        policy=policy,
        checkpoints=tuple((path, _file(path)) for path in words.checkpoint),
        receipts=tuple((path, _file(path)) for path in words.receipt),
        proofs=tuple((path, _file(path)) for path in words.proof),
        authorities=() if words.tsa_ca is None else _certificates(words.tsa_ca),
        workers=max(1, words.workers),
        progress=_progress(words.language) if words.progress else None,
    )


def _keys_given(text: str) -> list[Key]:
    """Keys from the words themselves, or one per line of a file."""
    lines = [text]
    if Path(text).is_file():
        lines = [
            line for line in _file(text).decode("utf-8", "replace").splitlines() if line.strip()
        ]
    try:
        return [Key.parse(line) for line in lines]
    except Malformed as malformed:
        raise Unusable("not-a-key", why=str(malformed)) from None


def _certificates(path: str) -> tuple[x509.Certificate, ...]:
    try:
        return tuple(x509.load_pem_x509_certificates(_file(path)))
    except ValueError as failed:
        raise Unusable("no-source", what=path, why=str(failed)) from None


def _file(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return _at_most(file.read(LARGEST_NOTE + 1), LARGEST_NOTE)
    except (OSError, Malformed) as failed:
        why = failed.strerror if isinstance(failed, OSError) else str(failed)
        raise Unusable("no-source", what=path, why=why) from None


def _progress(language: str) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        line = said(("progress", {"done": done, "total": total}), language)
        sys.stderr.write(f"\r{line}" + ("\n" if done == total else ""))
        sys.stderr.flush()

    return tell


if __name__ == "__main__":
    sys.exit(main())
