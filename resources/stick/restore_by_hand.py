#!/usr/bin/env python3
"""Gets everything out of one backup without ShelterDesk. IT WRITES THE RECORDS AS PLAIN TEXT.

For the day when ShelterDesk itself cannot be had any more. It needs Python 3.9 or later, the
package `cryptography` 42 or later, the backup, and two of the three recovery pages:

    python3 restore_by_hand.py BACKUP --yes-write-plaintext OUTDIR

The travel passphrase (`--with travel`) opens the records, but not what is sealed under one of the
four compartments. Nothing is written before every byte of the database has been checked. Exit
code: 0 all is out; 1 refused, nothing written; 2 wrong arguments; 3 all is out but what is named.

Written from SLIP-0039 (the pages), RFC 5869 (HKDF), RFC 9180 (HPKE, sealed keys), RFC 9106
(Argon2id), the design of SQLCipher 4 (the database) and the formats in README-RESTORE.txt.
"""

from __future__ import annotations

import argparse
import getpass
import hashlib
import hmac
import json
import mimetypes
import os
import re
import sqlite3
import stat
import sys
import unicodedata
from base64 import b64decode as unb64
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CompartmentKeys = dict[tuple[str, int], bytes]

# SLIP-0039: no two of its 1,024 words begin with the same four letters. These are the four.
WORDS = """
acadacidacneacquacroactiactradapadeqadjuadmiadoraduladvaadvoafraagaiagenagreaideaircairlairpajar
alaralbualcoaliealivalphalrealtoalumalwaamazambiamouamusanalanatanceanciangeangranimanswanteanxi
aparaquaarcaarenarguarmeartiartwaspeauctauguauntaveraviaavoiawarawayaxisaxlebeambearbeavbecobedr
behabeinbelibelobenebestbeyobikebiolbirtbishblacblanblesblimblinbluebodyboltboribornbothbounbrac
branbravbreabriebrokbrotbrowbuckbudgbuilbulbbulgbumpbundburdburnbusybuyecagecalccamecampcanycapa
capicaptcarbcardcarecargcarpcarvcatecausceilcentcerachamchancharchecchemcheschewchubcineciviclas
claycleaclieclimclinclocclogclosclotclubcluscoalcoascodicolucompcorncostcouncourcovecowbcradcraf
crazcredcriccrimcriscritcrowcruccruncruscryscubicultcuricurlcustcylidaisdamadancdarkdatadaugdead
dealdebrdebudecedecidecldecodecrdelidemadensdenydepadepedepidepldescdesedesideskdestdetadetedevi
devodiagdictdietdiledimidinidipldisadiscdisedishdismdispdistdivedivodocudomadomedomidougdowndrag
dramdreadresdrifdrindrovdrugdryeduckdukeduradwardynaearlearteaseeasyechoecliecoledgeediteduceith
elboeldeelecelegelemelepelevelitelseemaiemeremisempeemphemplemptendiendlendoenemenerenfoengaenjo
enlaentrenveenvyepidepisequaequieraserodescaestaestievalevenevidevilevokexacexamexceexchexclexcu
execexerexhaexotexpaexpeexplexprexteextreyebfacifactfailfainfakefalsfamifamofancfangfantfatafati
favofawnfibefictfiltfinafindfingfirefirmfiscfishfitnflamflasflavfleaflexflipfloaflorfluffocuforb
forcforeforgformfortforwfounfracfragfreqfresfriafridfriefrosfrotfrozfumefundfurlfusegalagamegarb
gardgarlgasogathgenegenigenrgenugeolgestgladglanglasglenglimgoatgoldgradgrangrasgravgraygreagrie
grilgringrocgrosgrougrowgrumguarguesguilguitgumshairhamshandhangharvhavehavohawkhazaheadhealhear
heathelpheraherdhesihoboholiholyhomehormhosphourhugehumahumihunthusbhushhuskhybrideaidenidleimag
impaimplimprimpuinclincoincrindeindiinduinfainfoinheinjuinmainseinsiinstinteintiinvainvoirisisla
isolitemivorjackjerkjewejoinjudijuicjumpjuncjunijunkjuryjustkernkeybkidnkindkitcknifknitladeladl
ladylairlamplanglarglaselaunlawsleadleaflearleavlectlegalegelegslendlenglevelibelibrliceliftlike
lilalilylipsliqulistlitelivilizaloanlobelocalosiloudloyalucklunalunclungluxulyinlyrimachmagamaid
mailmainmakemakimamamanamandmansmanumaramarcmarkmarvmasomatemathmaximayomeanmedamedimembmemoment
mercmerimethmetrmidsmildmilimineminimiramixemixtmobimodemodimoismomemornmortmothmounmousmovemuch
mulemultmuscmusemusimustnailnatineckneganervnetwnewsnuclnumbnumenylooasiobesobjeobseobtaoceaofte
olymomitoraloranorbiordeordiorgaouncovenoverownepacepacipackpaidpainpajapancpantpapapapeparcpark
partpatepatrpaympayrpeacpeanpeaspecapenapencpercperfpermpetiphanpharphotphraphyspickpictpiecpile
pinkpipepistpitcplaiplanplasplatplaypleaplotplunpracpraypreapredpregprempreppresprevprieprimprio
prisprivprizprobprocprofprogpromprosprovprunpublpulspumppunipunypupapurcpurppythquanquarquicquie
raceraciradarailrainraisrandrankrapiraspreacrealreboreburecarecerecoregrregurejerelaremeremiremo
rendreparepereplrequrescreseresirespresuretaretrreunreverevirewarhymrhytrichrivariverobirockroma
romprostrounroyaruinrulerumosacksafasalasalosaltsatisatosavesaysscanscarscatscenschosciescouscra
screscriscroseafseassecrsecusegmsenishadshafshamshapsharshelshershorshoushrisidesilesilvsimisimp
singsistskinskunslapslavsledslicslimslowslussmarsmeasmelsmirsmitsmoksmugsnaksnapsnifsocisoftsold
solusoulsourspacsparspeaspecspelspenspewspidspilspinspirspitsprasprisquasquestadstafstanstarstat
staysteastepsticstilstorstrastristylsubjsubmsugasuitsunlsupesurfsurpsurvsweaswimswinswitsymbsymp
syndsysttacktacttadptaletasktasttaugtaxiteacteamteastemptenatendtenstermtesttextthanthattheatheo
therthorthrethumthunticktidytimbtimetingtofutogetoletotatoxitractraftraitrantrastravtreatrentria
trictriptriutroutruetrustwictwintypetypiuglyultiumbruncoundeunfaunfounhauniounivunkiunknunusunwr
upgrupstuserusheusuavalivaluvampvanivarivegavelvventverdveriveryvetevexevictvideviewvintviolvira
visivisuvitavocavoicvoluvotevotiwalnwarmwarnwatcwavywealweapwebcwelcwelfwestwidtwildwindwinewire
wisdwithwitswolfwomaworkwortwrapwriswritwrotyearyelpyielyogazero
""".replace("\n", "")
PLACES = {WORDS[4 * place : 4 * place + 4]: place for place in range(1024)}

LOUD = """
  !!  ຄຳເຕືອນ: ໂປຣແກຣມນີ້ຂຽນຂໍ້ມູນທັງໝົດອອກມາໂດຍບໍ່ມີການເຂົ້າລະຫັດ. ໃຜກໍອ່ານໄດ້.
  !!  WARNING: this writes everything unencrypted into {place}.
  !!  Whoever gets that folder reads everything. Use a computer that is kept offline and under
  !!  lock, and destroy the folder and the disk it lay on as soon as it has served.
"""


STRANGE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
# what reading a file raises that is not of the form that was expected


class Refused(Exception):
    """What stands in the way, in words for the person at the keyboard."""


# -- small parts of the format --------------------------------------------------------------------


def canonical(value: object) -> bytes:
    """Write JSON in the one form that macs and bindings are taken over."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def context(*parts: object) -> bytes:
    """Write the place that a sealed thing is bound to."""
    return canonical(["shelterdesk/1", *parts])


def extract(salt: bytes, material: bytes) -> bytes:
    """HKDF-Extract with SHA-256 (RFC 5869, 2.2)."""
    return hmac.new(salt, material, hashlib.sha256).digest()


def expand(key: bytes, info: bytes, size: int = 32) -> bytes:
    """HKDF-Expand (RFC 5869, 2.3); one block of 32 bytes is all that is ever needed here."""
    return hmac.new(key, info + b"\x01", hashlib.sha256).digest()[:size]


def derived_key(secret: bytes, purpose: str) -> bytes:
    """Derive the key for one purpose."""
    return expand(extract(b"", secret), context("key", purpose))


def open_value(key: bytes, sealed: bytes, where: bytes) -> bytes:
    """Open a nonce of 12 bytes and AES-256-GCM; raises InvalidTag."""
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], where)


def open_sealed(private_key: bytes, sealed: bytes, where: bytes) -> bytes:
    """Open what was sealed to a public key; raises InvalidTag.

    HPKE (RFC 9180), base mode, one message: DHKEM(X25519, HKDF-SHA256) 0x0020 (4.1),
    HKDF-SHA256 0x0001 (7.2), AES-256-GCM 0x0002 (7.3); `where` is the info, no additional data.
    """
    kem, suite = b"KEM\x00\x20", b"HPKE\x00\x20\x00\x01\x00\x02"

    def labeled_extract(name: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
        return extract(salt, b"HPKE-v1" + name + label + material)

    def labeled_expand(name: bytes, key: bytes, label: bytes, info: bytes, size: int) -> bytes:
        return expand(key, size.to_bytes(2, "big") + b"HPKE-v1" + name + label + info, size)

    own, sent = X25519PrivateKey.from_private_bytes(private_key), sealed[:32]
    agreed = own.exchange(X25519PublicKey.from_public_bytes(sent))
    both = sent + own.public_key().public_bytes_raw()
    first = labeled_extract(kem, b"", b"eae_prk", agreed)
    shared = labeled_expand(kem, first, b"shared_secret", both, 32)
    hashed = [(b"psk_id_hash", b""), (b"info_hash", where)]
    bound = b"\x00" + b"".join(labeled_extract(suite, b"", *pair) for pair in hashed)
    secret = labeled_extract(suite, shared, b"secret", b"")
    key = labeled_expand(suite, secret, b"key", bound, 32)
    nonce = labeled_expand(suite, secret, b"base_nonce", bound, 12)
    return AESGCM(key).decrypt(nonce, sealed[32:], b"")


MOST_FILES, LARGEST_NOTE, LARGEST_PART = 100_000, 32 << 20, 2 << 30


def ordinary(path: Path, most: int) -> BinaryIO:
    """Open a file of at most `most` bytes; refuses links, pipes, devices, and what lies in a link.

    Whoever had the stick in hand may have laid them there; a pipe would be waited for for ever.
    """
    for folder in (path.parent, path.parent.parent):
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            raise Refused(f"{folder.name} is not a folder of its own. It was not entered.")
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise Refused(f"{path.name} is not an ordinary file. It was not read.")
    flags = [getattr(os, f"O_{name}", 0) for name in ("NOFOLLOW", "NONBLOCK", "BINARY")]
    handle = os.open(path, os.O_RDONLY | flags[0] | flags[1] | flags[2])
    found = os.fstat(handle)
    if not stat.S_ISREG(found.st_mode) or found.st_size > most:
        os.close(handle)
        raise Refused(f"{path.name} is not an ordinary file, or far too large. It was not read.")
    return os.fdopen(handle, "rb")


def checked_json(path: Path, form: str) -> dict[str, Any]:
    """Read one of the two small files, which carry a checksum of their own content."""
    try:
        with ordinary(path, LARGEST_NOTE) as file:
            data = file.read(LARGEST_NOTE)
        whole = json.loads(data)
        content, told, digest = whole["content"], whole["format"], whole["sha256"]
        covered = {"content": content, "format": told}
        intact = digest == hashlib.sha256(canonical(covered)).hexdigest()
    except (OSError, *STRANGE):
        raise Refused(f"{path.name} is missing or damaged. Is this a backup's folder?") from None
    if told != form:
        raise Refused(f"{path.name} is {told}, not {form}: use the script that lies beside it.")
    if not intact or canonical(whole) + b"\n" != data:
        raise Refused(f"{path.name} is damaged. Choose another backup.")
    return dict(content)


# -- the recovery pages (SLIP-0039) ---------------------------------------------------------------


class Page(NamedTuple):
    """What 33 words say: 40 bits about the set, where the page lies on the line, and its value."""

    about: int
    place: int
    value: bytes


def rs1024(values: Iterable[int]) -> int:
    """Return the checksum of SLIP-0039 ("Checksum"), which is 1 for words without a fault."""
    generator = (
        0xE0E040, 0x1C1C080, 0x3838100, 0x7070200, 0xE0E0009,
        0x1C0C2412, 0x38086C24, 0x3090FC48, 0x21B1F890, 0x3F3F120,
    )  # fmt: skip
    state = 1
    for value in values:
        carried, state = state >> 20, (state & 0xFFFFF) << 10 ^ value
        for bit, term in enumerate(generator):
            state ^= term if carried >> bit & 1 else 0
    return state


def word_value(word: str, where: str) -> int:
    """Return 0 to 1023 for a word, of which four letters count, or for its number from 0001."""
    if word.isdecimal() and 1 <= int(word) <= 1024:
        return int(word) - 1
    if word[:4] not in PLACES:
        raise Refused(f"{where}: {word!r} is not a word of the list. Compare it with the paper.")
    return PLACES[word[:4]]


def read_page(words: list[str], name: str) -> Page:
    """Read one page: 15 bits set number, 1 extendable, 4 exponent, 12 group, 4 place, 4 needed."""
    values = [word_value(word, f"{name}, word {n}") for n, word in enumerate(words, start=1)]
    if len(values) != 33:
        raise Refused(f"{name} has {len(values)} words or numbers; there must be 33.")
    whole = 0
    for value in values:
        whole = whole << 10 | value
    about = whole >> 290
    purpose = b"shamir_extendable" if about >> 24 & 1 else b"shamir"
    if rs1024([*purpose, *values]) != 1:
        raise Refused(f"{name}: a word is wrong, missing or in the wrong place.")
    value = whole >> 30 & (1 << 260) - 1
    if about & 0xFFF0F != 1 or value >> 256:
        raise Refused(f"{name} is not a page of the kind that ShelterDesk prints (two of three).")
    return Page(about, about >> 4 & 15, value.to_bytes(32, "big"))


def times(left: int, right: int) -> int:
    """Multiply in GF(256) with the polynomial x^8 + x^4 + x^3 + x + 1 (SLIP-0039)."""
    product = 0
    while right:
        product ^= left if right & 1 else 0
        left = left << 1 ^ (0x11B if left & 0x80 else 0)
        right >>= 1
    return product


def divided(left: int, right: int) -> int:
    """Divide in GF(256), where the 254th power is the inverse."""
    for _ in range(254):
        left = times(left, right)
    return left


def on_the_line(x: int, one: Page, two: Page) -> bytes:
    """Return what lies at `x` of the straight line through two pages, byte by byte."""
    share = divided(x ^ one.place, one.place ^ two.place)
    pairs = ((byte, two.value[n]) for n, byte in enumerate(one.value))
    return bytes(left ^ times(left ^ right, share) for left, right in pairs)


def master_secret(one: Page, two: Page) -> bytes:
    """Return the secret of a set: at 255 of the line lies its cipher, at 254 the digest of that.

    The cipher is a Feistel network of four rounds with PBKDF2-HMAC-SHA256, an empty passphrase and
    10,000 * 2^exponent iterations in all (SLIP-0039, "Encryption of the master secret").
    """
    if one.about | 0xF0 != two.about | 0xF0:
        raise Refused("The two pages are of different sets.")
    if one.place == two.place:
        raise Refused("This is the same page twice; two different ones are needed.")
    cipher, proof = on_the_line(255, one, two), on_the_line(254, one, two)
    if hmac.new(proof[4:], cipher, hashlib.sha256).digest()[:4] != proof[:4]:
        raise Refused("The two pages do not fit together.")
    number, extendable = one.about >> 25, one.about >> 24 & 1
    salt = b"" if extendable else b"shamir" + number.to_bytes(2, "big")
    rounds = 2500 << (one.about >> 20 & 15)
    left, right = cipher[:16], cipher[16:]
    for step in (3, 2, 1, 0):
        mask = hashlib.pbkdf2_hmac("sha256", bytes([step]), salt + right, rounds, 16)
        left, right = right, bytes(byte ^ mask[n] for n, byte in enumerate(left))
    return right + left


# -- the travel passphrase ------------------------------------------------------------------------


def unified(text: str) -> str:
    """Make one of all spellings that look the same, so that any keyboard opens the lock.

    No invisible characters; then, until nothing changes: NFKC, Lao and Thai digits in ASCII, marks
    in the order low l, vowel sign, tone, twins made one, single blanks.
    """
    digits = {first + n: str(n) for first in (0x0E50, 0x0ED0) for n in range(10)}
    lao, thai = "[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece]{2,}", "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}"
    tones = "\u0ec8\u0ec9\u0eca\u0ecb\u0ecc\u0ece\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4e"
    twins = {"\u0ec0\u0ec0": "\u0ec1", "\u0e40\u0e40": "\u0e41", "\u0eab\u0ebc": "\u0eab\u0ea5"}

    def ordered(run: re.Match[str]) -> str:
        return "".join(sorted(run[0], key=lambda mark: (mark != "\u0ebc") + (mark in tones)))

    text, before = re.sub("[\u00ad\u200b-\u200d\u2060\ufeff]", "", text), ""
    while text != before:
        before = text
        text = unicodedata.normalize("NFKC", text).translate(digits)
        text = re.sub(f"{lao}|{thai}", ordered, text)
        for pair, one in twins.items():
            text = text.replace(pair, one)
        text = " ".join(text.split())
    return text


def private_key_of_travel(holder: dict[str, Any], store_id: str, typed: str) -> bytes:
    """Open the lock of the travel passphrase: Argon2id (RFC 9106), then AES-256-GCM."""
    try:
        from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
    except ImportError:
        raise Refused("This `cryptography` has no Argon2id. Renew it, or use two pages.") from None
    public = unb64(holder["public_key"]).hex()
    where = context("lock", store_id, holder["id"], holder["kind"], public)
    if len(holder["locks"]) > 2:
        raise Refused("The travel passphrase has more locks than it ever should.")
    for lock in holder["locks"]:
        memory, passes, lanes = lock["memory_kib"], lock["passes"], lock["lanes"]
        if lock["kdf"] != "argon2id" or memory > 1 << 20 or passes > 20 or lanes > 16:
            raise Refused("The lock of the travel passphrase asks for more than it ever should.")
        salt, sealed = unb64(lock["salt"]), unb64(lock["nonce"]) + unb64(lock["wrapped"])
        try:
            kdf = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory)
            key = kdf.derive(unified(typed).encode("utf-8", "surrogatepass"))
            return open_value(key, sealed, where)[:32]  # a mark of newer locks may stand behind it
        except UnsupportedAlgorithm:
            raise Refused("This `cryptography` has no Argon2id. Use two pages.") from None
        except InvalidTag:
            continue
    raise Refused("The travel passphrase does not open this backup.")


# -- opening a backup -----------------------------------------------------------------------------


class Backup(NamedTuple):
    """A backup that was opened and found to be genuine."""

    folder: Path
    backup_id: str
    key: bytes
    body: dict[str, Any]
    parts: list[Path]
    compartments: CompartmentKeys
    troubles: list[str]


def sha256_of(path: Path, size: int) -> str:
    """Return the SHA-256 of a file of this size, or nothing when there is none."""
    digest = hashlib.sha256()
    try:
        with ordinary(path, size) as file:
            while piece := file.read(1 << 20):
                digest.update(piece)
    except (OSError, Refused):
        return ""
    return digest.hexdigest()


def check_sums(folder: Path, files: list[dict[str, Any]]) -> list[str]:
    """Compare every listed file; what is not needed for the database is only named."""
    usual = r"[\w.-]+|\.\./files/[0-9a-f]{2}/[0-9a-f]{64}\.sdf"  # no way out of the stick
    if not all(re.fullmatch(usual, f["name"]) for f in files):
        raise Refused("manifest.sdm names a strange file. Do not trust this backup.")
    names, sizes = {f["name"] for f in files}, [f["size"] for f in files]
    if len(files) > MOST_FILES or len(names) != len(files) or max(sizes, default=0) > LARGEST_PART:
        raise Refused("manifest.sdm is longer than it ever should be. Do not trust this backup.")
    sums = {f["name"]: sha256_of(folder / f["name"], f["size"]) for f in files}
    damaged = [f["name"] for f in files if sums[f["name"]] != f["sha256"]]
    for name in damaged:
        if name.startswith("db.sdb.") or name == "keyring.json":
            raise Refused(f"{name} is missing or damaged. Choose another backup.")
    return [f"{name} is missing or damaged" for name in damaged]


def proofs(typed: str, kind: str, holder: dict[str, Any], store_id: str) -> tuple[bytes, bytes]:
    """Return the private key of a keyholder and the key that proves where a backup comes from."""
    if kind == "travel":
        private_key = private_key_of_travel(holder, store_id, typed.partition("\n")[0])
        return private_key, derived_key(private_key, "travel witness")
    words = typed.lower().replace(",", " ").split()
    one, two = read_page(words[:33], "Page one"), read_page(words[33:], "Page two")
    if one.about >> 25 != holder["set_number"]:
        raise Refused(f"These pages are of set {one.about >> 25}, not of {holder['set_number']}.")
    master = master_secret(one, two)
    return derived_key(master, "recovery private key"), derived_key(master, "recovery witness")


def compartment_keys(body: dict[str, Any], holder: str, private_key: bytes) -> CompartmentKeys:
    """Open the keys of the four compartments that are sealed to the recovery pages."""
    keyring, keys = body["keyring"], {}
    for seal in keyring["seals"]:
        name, generation = seal["secret"], seal["generation"]
        if seal["holder"] == holder and name != "vault":
            where = context("seal", keyring["store_id"], name, generation, holder)
            keys[name, generation] = open_sealed(private_key, unb64(seal["sealed"]), where)
    return keys


def opened(folder: Path, kind: str, typed: str) -> Backup:
    """Open a backup with two pages or the travel passphrase, and check that it is genuine."""
    manifest = checked_json(folder / "manifest.sdm", "shelterdesk-backup/1")
    outside = checked_json(folder / "keyring.json", "shelterdesk-backup-keys/1")
    files, number = manifest["files"], manifest["backup_id"]
    troubles = check_sums(folder, files)
    wanted = "travel" if kind == "travel" else "recovery"
    holder = next((h for h in outside["holders"] if h["kind"] == wanted), None)
    if holder is None:
        raise Refused("This backup cannot be opened in this way.")
    private_key, witness_key = proofs(typed, kind, holder, outside["store_id"])
    sealed_key = unb64(outside["sealed"][holder["id"]])
    try:
        key = open_sealed(private_key, sealed_key, context("backup key", number, holder["id"]))
    except InvalidTag:
        raise Refused("This does not open the backup. Is it the paper of these records?") from None
    body = unb64(manifest["body"])
    bound = canonical([number, manifest["recovery_set"], files, body.hex()])
    witness = hmac.new(witness_key, bound, hashlib.sha256).hexdigest()
    if manifest["witness"].get(holder["id"]) != witness:
        raise Refused("This backup was NOT written by the records of this paper. Do not trust it.")
    inside = json.loads(open_value(key, body, context("manifest", number)))
    keys = compartment_keys(inside, holder["id"], private_key)
    parts = [folder / f["name"] for f in files if f["name"].startswith("db.sdb.")]
    if not keys:
        troubles.append("what is sealed for the four compartments; only two pages open it")
    return Backup(folder, number, key, inside, parts, keys, troubles)


# -- containers and the database ------------------------------------------------------------------


def joined(paths: list[Path]) -> Callable[[int], bytes]:
    """Return a function that reads on in the parts of one long file."""
    files = [ordinary(path, LARGEST_PART) for path in paths]

    def read(size: int) -> bytes:
        data = b""
        for file in files:  # those that are read to their end give nothing more
            data += file.read(size - len(data))
        return data

    return read


def container(paths: list[Path], key_of: Callable[[dict[str, Any]], bytes]) -> Iterator[bytes]:
    """Yield the content of a container, each piece authenticated; the end only with the last."""
    read = joined(paths)
    front = read(9)
    if front[:7] != b"SDESK1\x00":
        raise Refused(f"{paths[0].name} is not a container.")
    front += read(int.from_bytes(front[7:], "big") + 7)
    cipher, bound = AESGCM(key_of(json.loads(front[9:-7]))), hashlib.sha256(front).digest()
    number, left, block = 0, -1, read(65552)
    while block:
        following = read(65552)
        nonce = front[-7:] + number.to_bytes(4, "big") + (b"\x00" if following else b"\x01")
        plain = cipher.decrypt(nonce, block, bound)
        if number == 0:
            left, plain = int.from_bytes(plain[:8], "big"), plain[8:]
        yield plain[:left]
        left -= min(left, len(plain))
        number, block = number + 1, following


def plain_page(page: bytes, number: int, key: bytes, mac_key: bytes) -> bytes:
    """Check and decrypt one page: [salt, in the first] cipher | IV 16 | HMAC-SHA512 64.

    The mac is over cipher, IV and page number (little-endian). A page of zeros is blank, as
    SQLCipher reads it: the one at 1 GiB, where SQLite puts its locks, is never written.
    """
    if not any(page):
        return page
    cipher, iv, tag = page[16 if number == 1 else 0 : -80], page[-80:-64], page[-64:]
    right = hmac.new(mac_key, cipher + iv + number.to_bytes(4, "little"), hashlib.sha512).digest()
    if not hmac.compare_digest(right, tag):
        raise Refused(f"Page {number} of the database is damaged.")
    plain = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor().update(cipher) + bytes(80)
    if number > 1:
        return plain
    # SQLite file format 1.3: bytes 18 and 19 are 2 with a journal beside the file, 1 without one
    return b"SQLite format 3\x00" + plain[:2] + b"\x01\x01" + plain[4:]


def database_pages(backup: Backup) -> Iterator[bytes]:
    """Yield the pages of the database as plain SQLite has them (SQLCipher 4, raw key and salt).

    Pages of 4096 bytes; HMAC key by PBKDF2-HMAC-SHA512, 2 iterations, salt xor 0x3A in every byte.
    """
    where = context("container", backup.backup_id)
    both = bytes.fromhex(backup.body["database_key"])
    key, salt = both[:32], bytes(byte ^ 0x3A for byte in both[32:])
    mac_key = hashlib.pbkdf2_hmac("sha512", key, salt, 2, 32)
    number, waiting = 0, b""

    def file_key(header: dict[str, Any]) -> bytes:
        return open_value(backup.key, bytes.fromhex(header["key"]), where)

    for piece in container(backup.parts, file_key):
        waiting += piece
        for start in range(0, len(waiting) - 4095, 4096):
            number += 1
            yield plain_page(waiting[start : start + 4096], number, key, mac_key)
        waiting = waiting[len(waiting) // 4096 * 4096 :]
    if waiting or number * 4096 != backup.body["database_size"]:
        raise Refused("The database is not as long as it should be.")


# -- what is sealed, and what is attached ---------------------------------------------------------


COMPARTMENTS = {1: "testimony", 2: "medical", 3: "legal", 4: "return"}
BOUND = {1: "value", 2: "json"}


def unsealed(keys: CompartmentKeys, payload: object, place: list[str]) -> tuple[str, bytes] | None:
    """Open a sealed value; None if it is not one, or is under a key that is not held.

    1 (text) or 2 (JSON) | generation (2 bytes) | nonce | AES-256-GCM: which compartment it belongs
    to is found by trying. 3 is an envelope (JSON). Raises InvalidTag when it looks like one of ours
    (format, a generation that is held) and opens with no key.
    """
    if not isinstance(payload, bytes) or len(payload) < 31 or payload[0] not in (1, 2, 3):
        return None
    if payload[0] == 3:
        return from_envelope(keys, payload, context("envelope", *place))
    generation = int.from_bytes(payload[1:3], "big")
    held = [name for name, known in keys if known == generation]
    for name in held:
        try:
            where = context(BOUND[payload[0]], *place, name, generation)
            return name, open_value(keys[name, generation], payload[3:], where)
        except InvalidTag:
            continue
    if held:
        raise InvalidTag
    return None


def from_envelope(keys: CompartmentKeys, sealed: bytes, where: bytes) -> tuple[str, bytes] | None:
    """Open an envelope: 3 | n | n times (slot | content key, 80 bytes) | nonce | AES-256-GCM.

    A slot is the number of a compartment and its key's generation (2 bytes), or 0 and the 16 bytes
    of a person's id. The content key is sealed to the pair that is derived from the key.
    """
    given, at = [], 2
    for _ in range(sealed[1]):
        size = 3 if sealed[at] else 17
        slot, at = sealed[at : at + size], at + size
        given.append((slot, sealed[at : at + 80]))
        at += 80
    names = ", ".join(COMPARTMENTS[slot[0]] for slot, _ in given if slot[0] in COMPARTMENTS)
    for slot, content_key in given:
        name, generation = COMPARTMENTS.get(slot[0], ""), int.from_bytes(slot[1:3], "big")
        if (name, generation) in keys:
            pair = derived_key(keys[name, generation], "envelope pair")
            bound = context("envelope", where.hex(), name, generation)
            return names, open_value(open_sealed(pair, content_key, bound), sealed[at:], where)
    return None


def values_with_place(database: sqlite3.Connection) -> Iterator[tuple[list[str], Any, int | None]]:
    """Yield every value: its kind, id and field; itself; the log line that changed it, if old."""
    ordinary = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'"
    for (table,) in database.execute(ordinary).fetchall():
        for row in map(dict, database.execute(f'SELECT * FROM "{table}"')):  # noqa: S608 - a name
            if table == "field_history":
                yield [row["kind"], row["record_id"], row["field"]], row["old"], row["seq"]
            elif isinstance(row.get("id"), str):
                yield from (([table, row["id"], field], row[field], None) for field in row)


def sealed_texts(database: sqlite3.Connection, backup: Backup) -> Iterator[dict[str, Any]]:
    """Yield everything that is sealed, a text mostly, earlier values of changed ones too."""
    for place, value, changed in values_with_place(database):
        try:
            found = unsealed(backup.compartments, value, place)
        except InvalidTag:
            backup.troubles.append(f"sealed text {'/'.join(place)} does not open")
            continue
        if found and place[2] != "file_key":
            told = {"table": place[0], "id": place[1], "field": place[2], "compartment": found[0]}
            text = found[1].decode()
            text = text if value[0] == 1 else json.loads(text)
            yield {**told, "changed_by_log_line": changed, "text": text}


def attached(row: dict[str, Any], backup: Backup) -> bytes:
    """Return the content of one attached file."""
    key = row["file_key"]
    if len(key) != 32:  # the key itself where it is not sealed
        found = unsealed(backup.compartments, key, ["attachment", row["id"], "file_key"])
        if found is None:
            raise Refused("sealed")
        key = found[1]
    if row["content"] is not None:
        return open_value(key, row["content"], context("attachment", row["id"]))
    name = row["file_name"]
    if not re.fullmatch("[0-9a-f]{64}", name):
        raise Refused("a strange name")
    path = backup.folder.parent / "files" / name[:2] / f"{name}.sdf"
    return b"".join(container([path], lambda _: bytes(key)))


def write_attachments(database: sqlite3.Connection, backup: Backup, target: Path) -> list[Any]:
    """Write every attached file that opens; return what is known about each."""
    listed = []
    for row in map(dict, database.execute("SELECT * FROM attachment")):
        told = {name: row[name] for name in ("id", "case_id", "name", "media_type", "compartment")}
        name = Path(row["id"]).name + (mimetypes.guess_extension(row["media_type"] or "") or "")
        try:
            content = attached(row, backup)
        except (Refused, InvalidTag, OSError, ValueError) as fault:
            backup.troubles.append(f"attached file {row['id']}: {str(fault) or 'damaged'}")
            continue
        (target / name).write_bytes(content)
        listed.append({"file": name, **told})
    return listed


def count_rows(database: sqlite3.Connection, backup: Backup) -> None:
    """Compare the number of rows of every table with what the backup says of itself."""
    for table, expected in backup.body["counts"].items():
        try:
            query = f'SELECT count(*) FROM "{table}"'  # noqa: S608 - a name, not a value
            [(rows,)] = database.execute(query).fetchall()
        except sqlite3.OperationalError:  # the full-text index, where this SQLite has none
            continue
        if rows != expected:
            backup.troubles.append(f"table {table}: {rows} rows instead of {expected}")


def write_json(path: Path, content: object) -> None:
    """Write something for people to read."""
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False), encoding="utf-8")


def write_everything(backup: Backup, target: Path) -> None:
    """Write database, sealed texts, attached files and a note about them into a new folder."""
    for _ in database_pages(backup):
        pass  # the whole is checked before a byte of it is written
    (target / "attachments").mkdir(parents=True)
    with (target / "records.sqlite").open("wb") as file:
        file.writelines(database_pages(backup))
    database = sqlite3.connect(str(target / "records.sqlite"))
    database.row_factory = sqlite3.Row
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        count_rows(database, backup)
        write_json(target / "sealed_texts.json", list(sealed_texts(database, backup)))
        listed = write_attachments(database, backup, target / "attachments")
    finally:
        database.close()
    write_json(target / "attachments.json", listed)
    about = {name: backup.body[name] for name in ("made_at", "program", "revision", "counts")}
    about["people"] = {who["id"]: who["name"] for who in backup.body["keyring"]["keyholders"]}
    write_json(target / "about.json", {**about, "troubles": backup.troubles})


def asked(kind: str, file: Path | None) -> str:
    """Return words or passphrase: from a file, from a pipe, or typed without being shown."""
    if file is not None:
        return file.read_text(encoding="utf-8-sig")
    if not sys.stdin.isatty():
        return sys.stdin.read()
    if kind == "travel":
        return getpass.getpass("Travel passphrase: ")
    question = "Page {}: its 33 words or numbers, then Enter: "
    return " ".join(getpass.getpass(question.format(name)) for name in ("one", "two"))


def parsed() -> argparse.Namespace:
    """Read the arguments."""
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("backup", type=Path, nargs="?", default=here, help="folder of the backup")
    parser.add_argument(
        "--yes-write-plaintext", type=Path, metavar="OUTDIR", required=True, dest="target",
        help="a new folder; ALL RECORDS ARE WRITTEN THERE UNENCRYPTED",
    )  # fmt: skip
    parser.add_argument("--with", choices=("pages", "travel"), default="pages", dest="kind")
    told = "words or numbers of two pages, or the travel passphrase"
    parser.add_argument("--secret-file", type=Path, metavar="FILE", help=told)
    return parser.parse_args()


def run(given: argparse.Namespace) -> list[str]:
    """Do it; return what is damaged and therefore not among what was written."""
    if given.target.exists():
        raise Refused(f"{given.target} is there already. Name a folder that is not.")
    backup = opened(given.backup.resolve(), given.kind, asked(given.kind, given.secret_file))
    write_everything(backup, given.target)
    return backup.troubles


def main() -> int:
    """Do it and say how it went."""
    given = parsed()
    os.umask(0o077)
    print(LOUD.format(place=given.target), file=sys.stderr)
    before = given.target.exists()
    try:
        troubles = run(given)
    except (Refused, InvalidTag, OSError, *STRANGE) as fault:
        why = str(fault) if isinstance(fault, (Refused, OSError)) else "A part is damaged."
        begun = given.target.exists() and not before
        print(why, "It stopped half-way." if begun else "Nothing was written.", file=sys.stderr)
        return 1
    print(f"Everything is in {given.target}, readable by anybody.")
    for trouble in troubles:
        print(f"BUT: {trouble}", file=sys.stderr)
    return 3 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
