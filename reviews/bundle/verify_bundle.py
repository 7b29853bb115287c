"""Checks a bundle of the record of review, or the public record of one article: python verify_bundle.py FILE

Needs Python 3.9 or newer and nothing else. Prints "OK: ..." and exits with 0, or prints one line for each thing that
does not fit and exits with 1. Exits with 2 if FILE is neither.

A record that was rewritten from end to end fits itself. To catch that too, add a checkpoint: the number and digest of
an entry, written down or mailed earlier, outside the record: python verify_bundle.py FILE 41:3fa1...

The public record of an article (record.json) shows that its words belong to the signatures it names. It cannot show
that the ledger holds these signatures; a bundle can.
"""

import hashlib
import io
import json
import struct
import sys
import zipfile
import zlib
from datetime import UTC, datetime

BUNDLE_FORMAT = "imprimatur-bundle/1"
RECORD_FORMAT = "imprimatur-record/1"
FORMAT = 1
GENESIS = "0" * 64
MAX_JSON, MAX_FILE, MAX_LEDGER, MAX_LINE, MAX_MEMBERS = 2**24, 2**28, 2**32, 2**26, 100_000
OPENING = ("manifest.json", "ledger.jsonl", "attestations.json")
ENTRY = {"sequence", "kind", "page", "payload", "previous", "recorded_at", "digest"}
SHAPE = {"files": dict, "counts": dict, "head": dict, "first": int, "last": int}
SHAPE.update(page=(dict, type(None)), since=(str, type(None)))
OMITTED = {"sequence", "previous", "recorded_at", "digest", "omitted"}
DAMAGED = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, OverflowError)
UNREADABLE = (AttributeError, KeyError, TypeError, ValueError, RecursionError)


class NotABundle(Exception):
    """The file is something else, so there is nothing to check."""


def canonical(value):
    """Canonical JSON (RFC 8785): the one way in which the record writes a value."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(value):
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def parsed(text):
    """JSON in canonical form; ValueError for any other spelling, so that no byte can change unseen."""
    value = json.loads(text)
    if canonical(value) != text:
        raise ValueError("not canonical")
    return value


class Ledger:
    """Reads entries in order and tells what does not fit. Remembers of each sign-off only who signed which digests."""

    def __init__(self, manifest, attestations, checkpoint=None):
        self.manifest, self.attestations, self.checkpoint = manifest, attestations, checkpoint
        self.expected, self.previous = 1, GENESIS
        self.first = self.last = None
        self.counts = dict.fromkeys(("entries", "omitted", "sign_offs", "withdrawals", "publications"), 0)
        self.sign_offs, self.publications, self.withdrawn = {}, {}, set()

    def check(self, line):
        """Sentences about one line of ledger.jsonl."""
        try:
            entry = entry_from(line)
        except UNREADABLE:
            number, self.previous = self.expected, None
            self.expected += 1
            return [named(number, "its line is not written as the record writes an entry.")]
        problems = [*self._place(entry), *self._scope(entry)]
        if "omitted" in entry:
            self.counts["omitted"] += 1
        else:
            self._count(entry)
            problems += self._content(entry)
        self.expected, self.previous = entry["sequence"] + 1, entry["digest"]
        return [named(entry["sequence"], problem) for problem in problems]

    def end(self):
        """Sentences about where the ledger ends, and what it should have held."""
        head = self.manifest["head"]
        if self.expected <= head["sequence"]:
            yield named(self.expected, f"it is missing: the record goes on to entry {head['sequence']}.")
        elif (self.expected - 1, self.previous) != (head["sequence"], head["digest"]):
            yield named(self.expected - 1, "it is not the end of the record that the manifest names.")
        if self.checkpoint and self.checkpoint[0] >= self.expected:
            yield named(self.checkpoint[0], "it is the checkpoint, and this record ends before it.")
        if (self.first, self.last) != (self.manifest["first"], self.manifest["last"]):
            yield f"manifest.json does not fit: the entries told in full go from {self.first} to {self.last}."
        for name, count in self.counts.items():
            if self.manifest["counts"].get(name) != count:
                yield f"manifest.json does not fit: the ledger holds {count} {name.replace('_', '-')}."

    def _count(self, entry):
        self.counts["entries"] += 1
        self.first, self.last = self.first or entry["sequence"], entry["sequence"]
        names = {"signed_off": "sign_offs", "withdrawn": "withdrawals", "published": "publications"}
        if entry["kind"] in names:
            self.counts[names[entry["kind"]]] += 1

    def _place(self, entry):
        """The chain: one after the other, each with the digest of the one before."""
        if entry["sequence"] != self.expected:
            yield f"entry {self.expected} was expected in its place."
        if self.previous is not None and entry["previous"] != self.previous:
            yield "it does not follow from the entry before it: one of the two was changed, moved or taken out."
        if "omitted" not in entry and computed_digest(entry) != entry["digest"]:
            yield "its content was changed after it was recorded."
        if self.checkpoint and self.checkpoint[0] == entry["sequence"] and self.checkpoint[1] != entry["digest"]:
            yield "its digest is not the one in the checkpoint: the record was rewritten."

    def _scope(self, entry):
        """Only what the manifest says was left out may be left out, and nothing else may be told."""
        page, since, first = self.manifest["page"], self.manifest["since"], self.manifest["first"]
        if "omitted" in entry:
            if page is None and (since is None or entry["sequence"] > first):
                yield "it was left out of a bundle that should hold it."
        elif entry["sequence"] < first or (page is not None and entry["page"] != page.get("id")):
            yield "it does not belong in this bundle."

    def _content(self, entry):
        checks = {
            "signed_off": self._signed_off,
            "withdrawn": self._withdrawn,
            "published": self._published,
            "taken_down": self._taken_down,
            "checkpoint": self._checkpoint,
        }
        try:
            payload = parsed(entry["payload"])
            return list(checks[entry["kind"]](entry, payload)) if entry["kind"] in checks else []
        except UNREADABLE:
            return ["its payload is not written as the record writes it."]

    def _signed_off(self, entry, payload):
        digests = [digest(item["canonical"]) for item in payload["statements"]]
        for position, item in enumerate(payload["statements"]):
            if item["digest"] != digests[position]:
                yield f"the words of statement {position + 1} are not the ones that were signed."
        if payload["page_id"] != entry["page"]:
            yield "it names another page than its entry does."
        if self.attestations.get((payload["meaning"], payload["attestation_version"])) != payload["attestation"]:
            yield "its attestation is not the one in attestations.json."
        self.sign_offs[entry["sequence"]] = {
            "page": entry["page"],
            "clinician": payload["clinician_id"],
            "meaning": payload["meaning"],
            "page_digest": payload["page_digest"],
            "digests": frozenset(digests),
            "until": datetime.fromisoformat(payload["valid_until"]),
        }

    def _withdrawn(self, entry, payload):
        number = payload["sign_off"]
        yield from self._unknown(self.sign_offs, [number], entry, "sign-off")
        if number in self.withdrawn:
            yield f"sign-off {number} was withdrawn before."
        if number in self.sign_offs and self.sign_offs[number]["clinician"] != payload["clinician"]:
            yield f"it was not given by the clinician who signed sign-off {number}."
        self.withdrawn.add(number)

    def _taken_down(self, entry, payload):
        yield from self._unknown(self.publications, [payload["publication"]], entry, "publication")

    def _checkpoint(self, entry, payload):
        if payload["sequence"] == entry["sequence"] - 1 and payload["digest"] != entry["previous"]:
            yield "it is a checkpoint, and the entry before it is not the one it was made of."

    def _published(self, entry, payload):
        statements = payload["content"]["statements"]
        digests = [digest(statement) for statement in statements]
        page = {"format": FORMAT, "fields": payload["content"]["fields"], "statements": digests}
        if digest(page) != payload["page_digest"]:
            yield "its words are not the ones that its page digest stands for."
        rests_on = payload["sign_offs"]
        yield from self._unknown(self.sign_offs, rests_on, entry, "sign-off")
        yield from self._ended(rests_on, datetime.fromisoformat(payload["published_at"]))
        if not any(self._is_older(number) for number in rests_on):
            present = [self.sign_offs[number] for number in rests_on if number in self.sign_offs]
            yield from uncovered(statements, digests, payload["page_digest"], present)
        self.publications[entry["sequence"]] = {"page": entry["page"]}

    def _unknown(self, known, numbers, entry, what):
        """What an entry names has to be an earlier entry of the same page, unless it is older than the bundle."""
        for number in numbers:
            if number in known and known[number]["page"] != entry["page"]:
                yield f"{what} {number} belongs to another page."
            elif number not in known and not self._is_older(number):
                yield f"it names {what} {number}, and there is no such {what} before it."

    def _is_older(self, number):
        return self.manifest["since"] is not None and 0 < number < self.manifest["first"]

    def _ended(self, numbers, at):
        for number in numbers:
            if number in self.withdrawn:
                yield f"it rests on sign-off {number}, which was withdrawn before."
            elif number in self.sign_offs and self.sign_offs[number]["until"] <= at:
                yield f"it rests on sign-off {number}, which had lapsed."


def uncovered(statements, digests, page_digest, sign_offs):
    """Sentences about words that were published without the signature they need."""
    own = [item for item in sign_offs if item["meaning"] == "own_words"]
    for position, statement in enumerate(statements):
        signers = {item["clinician"] for item in own if digests[position] in item["digests"]}
        if statement["kind"] == "quotation" and statement["clinician"] not in signers - {None}:
            yield f"statement {position + 1} is a quotation that the clinician it quotes has not signed."
    reviews = [item for item in sign_offs if item["meaning"] == "clinical_review"]
    if not any(item["page_digest"] == page_digest and item["digests"].issuperset(digests) for item in reviews):
        yield "no clinical review that it names covers this version of the article."


def named(number, sentence):
    return f"Entry {number} does not fit: {sentence}"


def entry_from(line):
    """One entry, or one that was left out; ValueError for anything else."""
    text = line.decode()
    entry = parsed(text[:-1])
    if text[-1] != "\n" or set(entry) not in (ENTRY, OMITTED) or entry.get("omitted", True) is not True:
        raise ValueError("not an entry")
    if type(entry["sequence"]) is not int or not all(isinstance(entry[key], str) for key in ("digest", "previous")):
        raise ValueError("not an entry")
    return entry


def computed_digest(entry):
    return digest({"format": FORMAT, **{key: value for key, value in entry.items() if key != "digest"}})


def problems(bundle, manifest, ledger):
    """Everything that does not fit, in the order in which it is found."""
    sha256 = hashlib.sha256()
    try:
        with bundle.open("ledger.jsonl") as member:
            reader = io.BufferedReader(member)
            for line in iter(lambda: reader.readline(MAX_LINE), b""):
                sha256.update(line)
                yield from ledger.check(line)
        yield from ledger.end()
    except DAMAGED:
        yield named(ledger.expected, "ledger.jsonl is damaged from here on.")
    yield from file_problems(bundle, manifest["files"], {"ledger.jsonl": sha256.hexdigest()})


def file_problems(bundle, listed, known):
    present = set(bundle.namelist()) - {"manifest.json"}
    for name in sorted(present - set(listed)):
        yield f"{name} does not fit: the manifest does not list it."
    for name in sorted(listed):
        if name not in present:
            yield f"{name} does not fit: the manifest lists it, and it is missing."
        elif (known.get(name) or file_digest(bundle, name)) != listed[name]:
            yield f"{name} does not fit: its SHA-256 is not the one in the manifest."


def file_digest(bundle, name):
    sha256 = hashlib.sha256()
    try:
        with bundle.open(name) as member:
            for chunk in iter(lambda: member.read(2**16), b""):
                sha256.update(chunk)
    except DAMAGED:
        return None
    return sha256.hexdigest()


def refuse_what_no_export_writes(bundle):
    members = bundle.infolist()
    names = {member.filename for member in members}
    if missing := [name for name in OPENING if name not in names]:
        raise NotABundle(f"It is no bundle: {missing[0]} is missing.")
    if len(names) != len(members) or len(members) > MAX_MEMBERS:
        raise NotABundle("It is no bundle: it holds two files of one name, or too many files.")
    for member in members:
        limit = MAX_LEDGER if member.filename == "ledger.jsonl" else MAX_FILE
        if member.file_size > (MAX_JSON if member.filename.endswith(".json") else limit):
            raise NotABundle(f"{member.filename} is refused: it would unpack to {member.file_size} bytes.")
        if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotABundle(f"{member.filename} is refused: it is encrypted, or packed in an unusual way.")


def json_member(bundle, name):
    try:
        return json.loads(bundle.read(name))
    except (ValueError, RecursionError, *DAMAGED):
        raise NotABundle(f"It is no bundle: {name} cannot be read.") from None


def manifest_of(bundle):
    manifest = json_member(bundle, "manifest.json")
    if not isinstance(manifest, dict) or manifest.get("format") != BUNDLE_FORMAT:
        raise NotABundle(f"It is no bundle that this program knows: its format is not {BUNDLE_FORMAT}.")
    if not all(isinstance(manifest.get(key, ...), kind) for key, kind in SHAPE.items()):
        raise NotABundle("It is no bundle: manifest.json does not say what it should.")
    if not isinstance(manifest["head"].get("sequence"), int) or not isinstance(manifest["head"].get("digest"), str):
        raise NotABundle("It is no bundle: manifest.json does not say where the record ends.")
    return manifest


def attestations_of(bundle):
    try:
        return {(item["meaning"], item["version"]): item["text"] for item in json_member(bundle, "attestations.json")}
    except UNREADABLE:
        raise NotABundle("It is no bundle: attestations.json does not say what it should.") from None


def checkpoint_from(text):
    number, _, expected = text.partition(":")
    if not number.isdigit() or len(expected) != 64:
        raise NotABundle("Write the checkpoint as the number of an entry, a colon and its digest of 64 digits.")
    return int(number), expected


def record_from(file):
    """The public record of one article, or None if the file is something else, a bundle perhaps."""
    with open(file, "rb") as opened:
        text = opened.read(64)
        if not text.lstrip().startswith(b"{"):
            return None
        text += opened.read(MAX_JSON)
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        raise NotABundle("It is no record: it cannot be read as JSON.") from None
    if not isinstance(record, dict) or record.get("format") != RECORD_FORMAT:
        raise NotABundle(f"It is no record that this program knows: its format is not {RECORD_FORMAT}.")
    return record


def record_problems(record, now):
    """Sentences about the public record of one article. Tells nothing of the ledger: it is not in there."""
    statements = record["content"]["statements"]
    digests = [digest(statement) for statement in statements]
    for position, computed in enumerate(digests):
        if record["digests"][position : position + 1] != [computed]:
            yield f"Statement {position + 1} does not fit: its words are not those that its digest stands for."
    page = {"format": FORMAT, "fields": record["content"]["fields"], "statements": digests}
    if len(record["digests"]) != len(digests) or digest(page) != record["page_digest"]:
        yield "The page does not fit: its words are not those that its page digest stands for."
    yield from (f"The page does not fit: {problem}" for problem in words_elsewhere(record["content"]))
    sign_offs = [{**item, "digests": frozenset(item["statements"])} for item in record["sign_offs"]]
    for problem in uncovered(statements, digests, digest(page), sign_offs):
        yield f"The page does not fit: {problem}"
    for item in sign_offs:
        yield from (f"Sign-off {item['entry']} does not fit: {problem}" for problem in time_problems(item, record, now))


def words_elsewhere(content):
    """Quoted words in the page's fields that are no statement: they would be printed, and nobody has signed them."""
    signed = {(item["text"], item["clinician"]) for item in content["statements"] if item["kind"] == "quotation"}
    for block in content["fields"]["body"]:
        value = block["value"]
        if block["type"] == "quotation" and (value["words"], value["clinician"]) not in signed:
            yield "it holds a quotation that is none of its statements."


def time_problems(sign_off, record, now):
    signed_at, until = (datetime.fromisoformat(sign_off[name]) for name in ("signed_at", "valid_until"))
    published_at = datetime.fromisoformat(record["publication"]["published_at"])
    if not signed_at < until:
        yield "it ended before it was given."
    if until <= now:
        yield "it has lapsed."
    if signed_at > now or published_at > now:
        yield "it is dated in the future."
    if sign_off["entry"] in (0, record["publication"]["entry"]):
        yield "it has no entry of its own."


def verify_record(record, report):
    """Tell `report` each problem. The line for a record that fits, or None."""
    try:
        found = list(record_problems(record, datetime.now(UTC)))
    except UNREADABLE:
        raise NotABundle("It is no record: it does not say what it should.") from None
    for problem in found:
        report(problem)
    if found:
        return None
    quotations = sum(item["kind"] == "quotation" for item in record["content"]["statements"])
    return (
        f"OK: {len(record['digests'])} statements, {quotations} of them quotations, signed in "
        f"{len(record['sign_offs'])} sign-offs, page digest {record['page_digest']}. "
        "Not shown by this file: that the ledger holds these sign-offs, and that none was withdrawn since."
    )


def summary(ledger):
    def counted(name, one):
        return f"{ledger.counts[name]} {one if ledger.counts[name] == 1 else name.replace('_', '-')}"

    left_out = f" ({ledger.counts['omitted']} left out)" if ledger.counts["omitted"] else ""
    return (
        f"OK: {counted('entries', 'entry')}{left_out}, {counted('sign_offs', 'sign-off')}, "
        f"{counted('publications', 'publication')}, head {ledger.expected - 1} {ledger.previous}"
    )


def verify(file, report, checkpoint=None):
    """Tell `report` each problem. The line for a bundle that fits, or None for one that does not; or NotABundle."""
    try:
        record = None if hasattr(file, "read") else record_from(file)
        if record:
            return verify_record(record, report)
        bundle = zipfile.ZipFile(file)
    except FileNotFoundError:
        raise NotABundle("There is no such file.") from None
    except (ValueError, *DAMAGED):
        raise NotABundle("It is no bundle: it cannot be read as a ZIP file.") from None
    with bundle:
        refuse_what_no_export_writes(bundle)
        manifest = manifest_of(bundle)
        ledger = Ledger(manifest, attestations_of(bundle), checkpoint and checkpoint_from(checkpoint))
        fits = True
        for problem in problems(bundle, manifest, ledger):
            fits = False
            report(problem)
        return summary(ledger) if fits else None


def say(line, stream=None):
    """One line, whatever the names in a bundle hold."""
    (stream or sys.stdout).write(line.encode("unicode_escape").decode() + "\n")


def main(arguments):
    if len(arguments) not in (1, 2):
        say("Name the bundle or record to check: python verify_bundle.py FILE", sys.stderr)
        return 2
    try:
        line = verify(arguments[0], say, *arguments[1:])
    except NotABundle as error:
        say(f"{arguments[0]}: {error}", sys.stderr)
        return 2
    if line is None:
        return 1
    say(line)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
