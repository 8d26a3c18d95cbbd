"""The README in a bundle: for an auditor who never saw Kringboek, in Dutch and in English."""

from application.export.making import About, Made, Source
from application.export.published import Stand
from application.shapes import write_instant
from application.transparency.strict import to_base64

_CHECK = """\
    python3 -m pip install cryptography
    unzip -q BUNDLE.zip -d bundle
    python3 bundle/kringboek_verify.py bundle --key KEY --checkpoint KEPT
"""

_LOG_NL = """\
# Exportbundel van een Kringboek

Dit is het hele logboek van `{origin}` tot en met gebeurtenis {size}: alles wat tot dan is vastgelegd.
{sandbox_nl}

- **Gemaakt** op {at} door: {by}.
- **Staat op controlepunt** (checkpoint) {size}, wortel `{root}`.

## Controleren, in drie opdrachten

Met Python 3.11 of later. Van Kringboek zelf is niets nodig, en van wie het beheert evenmin.

{check}
`KEY` is de sleutel van het logboek zoals u die zelf kreeg, `KEPT` een controlepunt dat u of een getuige
(witness) eerder bewaarde: daaraan hangt het bewijs. Laat weg wat u niet hebt; het verslag zegt dan wat
niet is aangetoond. Zonder `--key` gelden de sleutels in `keys`, en die komen van wie u controleert. Dat
geldt ook voor `kringboek_verify.py` zelf: `python3 -m verifier.one_file` in de broncode van Kringboek
maakt hetzelfde bestand, om het mee te vergelijken.

## Wat er in zit

| bestand | wat het is |
|---|---|
| `checkpoint`, `checkpoints/` | ondertekende controlepunten: het nieuwste, en de eerdere die bewaard zijn |
| `keys`, `policy` | openbare sleutels; welke getuigen meetellen (als dat is afgesproken) |
| `timestamps/` | tijdstempels (RFC 3161) van controlepunten, als die er zijn |
| `tile/` | de boom en de regels van het logboek, zoals gepubliceerd (c2sp.org/tlog-tiles) |
| `bodies/` | wat elke gebeurtenis zegt, met het zout (salt) waarmee het in het logboek staat |
| `manifest.json` | wat deze bundel over zichzelf zegt |
| `kringboek_verify.py` | de controle, in één bestand |

Waar `body` en `salt` leeg (`null`) zijn, mocht de maker de inhoud niet lezen, of is die op verzoek
weggelaten. De hash ervan staat in het logboek, dus weglaten verandert niets aan het bewijs. Verzegelde
waarden (namen, contactgegevens, vrije tekst) blijven verzegeld.

## Wat het bewijst, en wat niet

Het bewijst dat dit logboek een voortzetting is van elk eerder controlepunt, en dat sindsdien niets is
gewijzigd, verwijderd, ingevoegd of verwisseld. Het bewijst niet dat een bewering waar is, zegt niets
over wat nooit is ingediend, en bewijst geen tijd die fijner is dan die van getuige of tijdstempel.
"""

_LOG_EN = """\
# Export bundle of a Kringboek

This is the whole log of `{origin}` up to and including event {size}: all that was recorded until then.
{sandbox_en}

- **Made** at {at} by: {by}.
- **Stands on checkpoint** {size}, root `{root}`.

## To check it, in three commands

With Python 3.11 or later. Nothing of Kringboek itself is needed, nor of whoever runs it.

{check}
`KEY` is the key of the log as you got it yourself, `KEPT` a checkpoint that you or a witness kept
earlier: on those the proof hangs. Leave out what you do not have; the report then says what was not
shown. Without `--key` the keys in `keys` count, and those come from whom you check. So does
`kringboek_verify.py` itself: `python3 -m verifier.one_file` in the source of Kringboek makes the same file,
to compare it with.

## What is in it

| file | what it is |
|---|---|
| `checkpoint`, `checkpoints/` | signed checkpoints: the newest, and those before it that were kept |
| `keys`, `policy` | public keys; which witnesses count (where that was agreed) |
| `timestamps/` | timestamps (RFC 3161) of checkpoints, where there are any |
| `tile/` | the tree and the entries of the log, as published (c2sp.org/tlog-tiles) |
| `bodies/` | what each event says, with the salt under which it stands in the log |
| `manifest.json` | what this bundle says of itself |
| `kringboek_verify.py` | the verifier, in one file |

Where `body` and `salt` are `null`, the maker was not allowed to read the content, or it was left out
on request. Its hash stands in the log, so leaving it out changes nothing about the proof. Sealed values
(names, contact data, free text) stay sealed.

## What it proves, and what it does not

It proves that this log goes on from every earlier checkpoint, and that nothing was changed, removed,
inserted or reordered since. It does not prove that a statement is true, says nothing of what was never
submitted, and proves no time finer than that of a witness or a timestamp.
"""

_PART_NL = """\
# Deel van een Kringboek

Dit zijn de gebeurtenissen van één onderwerp (`{kind}` {id}) uit het logboek van `{origin}`, tot en met
gebeurtenis {size} van dat logboek. {sandbox_nl}

- **Gemaakt** op {at} door: {by}.
- **Staat op controlepunt** (checkpoint) {size}, wortel `{root}`.

## Controleren, in drie opdrachten

Met Python 3.11 of later. Van Kringboek zelf is niets nodig, en van wie het beheert evenmin.

{check}
`KEY` is de sleutel van het logboek zoals u die zelf kreeg, `KEPT` een controlepunt dat u of een getuige
(witness) bewaarde. Laat weg wat u niet hebt; het verslag zegt dan wat niet is aangetoond. Zonder `--key`
gelden de sleutels in `keys`, en die komen van wie u controleert, net als `kringboek_verify.py` zelf:
`python3 -m verifier.one_file` in de broncode van Kringboek maakt hetzelfde bestand, om het mee te
vergelijken.

## Wat er in zit

Van elke gebeurtenis `entries/<positie>` (de regel in het logboek), `bodies/<positie>` (wat zij zegt, met
zout) en `proofs/<positie>.tlog-proof` (het bewijs dat het logboek die regel op die plaats heeft). Verder
controlepunten, sleutels, tijdstempels, `manifest.json` en de controle in één bestand. Waar `body` leeg
(`null`) is, mocht de maker de inhoud niet lezen.

## Wat het bewijst, en wat niet

Het bewijst van elke gebeurtenis dat zij in het logboek staat, en met `aggregateVersion` 1, 2, 3, ... dat
er van dit onderwerp geen tussenuit is gelaten. Het bewijst niet dat er na de laatste geen meer was vóór
het controlepunt: dat toont alleen het hele logboek. Evenmin bewijst het dat een bewering waar is.
"""

_PART_EN = """\
# Part of a Kringboek

These are the events of one subject (`{kind}` {id}) from the log of `{origin}`, up to and including event
{size} of that log. {sandbox_en}

- **Made** at {at} by: {by}.
- **Stands on checkpoint** {size}, root `{root}`.

## To check it, in three commands

With Python 3.11 or later. Nothing of Kringboek itself is needed, nor of whoever runs it.

{check}
`KEY` is the key of the log as you got it yourself, `KEPT` a checkpoint that you or a witness kept. Leave
out what you do not have; the report then says what was not shown. Without `--key` the keys in `keys`
count, and those come from whom you check, as does `kringboek_verify.py` itself:
`python3 -m verifier.one_file` in the source of Kringboek makes the same file, to compare it with.

## What is in it

Of every event `entries/<position>` (its entry in the log), `bodies/<position>` (what it says, with its
salt) and `proofs/<position>.tlog-proof` (the proof that the log holds that entry at that place). Also
checkpoints, keys, timestamps, `manifest.json` and the verifier in one file. Where `body` is `null`, the
maker was not allowed to read the content.

## What it proves, and what it does not

It proves of every event that it is in the log, and by `aggregateVersion` 1, 2, 3, ... that none of this
subject was left out in between. It does not prove that there was none after the last one before the
checkpoint: only the whole log shows that. Nor does it prove that a statement is true.
"""

_SANDBOX_NL = "**Het is een zandbak (sandbox): een oefening, geen echt logboek.**"
_SANDBOX_EN = "**It is a sandbox (zandbak): an exercise, no real record.**"


def readme_of_a_log(source: Source, stand: Stand, made: Made) -> bytes:
    return _filled(f"{_LOG_NL}\n---\n\n{_LOG_EN}", source, stand, made)


def readme_of_a_part(source: Source, stand: Stand, about: About, made: Made) -> bytes:
    words = f"{_PART_NL}\n---\n\n{_PART_EN}"
    return _filled(words, source, stand, made, kind=about.kind, id=str(about.stream))


def _filled(words: str, source: Source, stand: Stand, made: Made, **more: str) -> bytes:
    return words.format(
        origin=source.origin,
        size=stand.size,
        root=to_base64(stand.checkpoint.root),
        at=write_instant(made.at),
        by=made.by,
        check=_CHECK,
        sandbox_nl=_SANDBOX_NL if source.sandbox else "Het is een echt logboek, geen oefening.",
        sandbox_en=_SANDBOX_EN if source.sandbox else "It is a real record, not an exercise.",
        **more,
    ).encode()
