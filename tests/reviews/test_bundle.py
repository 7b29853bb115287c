"""Bundles are checked as a stranger would: by the program alone, first from outside, then many times from inside."""

import ast
import hashlib
import importlib.util
import io
import json
import random
import subprocess
import sys
import zipfile
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction

from reviews import bundle as bundles
from reviews import services
from reviews.models import LedgerEntry, SignOff
from reviews.services.checkpoint import checkpoint
from tests import factories

PROGRAM = importlib.util.find_spec("reviews.bundle").submodule_search_locations[0] + "/verify_bundle.py"
_spec = importlib.util.spec_from_file_location("verify_bundle", PROGRAM)
checker = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(checker)


def make_record():
    """Two public articles, one of which was withdrawn. Returns that one."""
    editor, hanson = factories.make_editor(), factories.make_clinician("Miriam Hanson")
    signers = [hanson, factories.make_clinician("Ruth Alvarado", reviewer=True)]
    spray = factories.make_article(factories.copy(), factories.quotation(hanson), by=editor)
    acid = factories.copy("Acid lifts the top layer."), factories.quotation(hanson, "Peeling itches.")
    for page in (spray, factories.make_article(*acid, title="Chemical peel", by=editor)):
        factories.publish_signed(page, by=editor, signers=signers)
    sign_off = SignOff.objects.get(page_id=spray.pk, clinician_id=hanson.pk)
    services.withdraw(sign_off_id=sign_off.pk, by=hanson.user, reason="The study was retracted.")
    checkpoint()
    return spray


@pytest.fixture
def record(db):
    return make_record()


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker):
    """The members of a bundle of the whole record; made once, because these tests need no database."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_record()
        files = export()
        transaction.set_rollback(True)
    return files


def export(**scope):
    file = io.BytesIO()
    bundles.write_bundle(file, **scope)
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        for name, data in files.items():
            target.writestr(name, data)
    return file


def sealed(files):
    """With the manifest put right, as somebody would who knows how bundles are made."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = {name: hashlib.sha256(files[name]).hexdigest() for name in files if name != "manifest.json"}
    entries = entries_of(files)
    manifest["counts"]["entries"] = len(entries)
    manifest["head"] = {key: entries[-1][key] for key in ("sequence", "digest")}
    return files | {"manifest.json": json.dumps(manifest).encode()}


def entries_of(files):
    return [json.loads(line) for line in files["ledger.jsonl"].splitlines()]


def with_entries(files, entries):
    lines = "".join(checker.canonical(entry) + "\n" for entry in entries)
    return sealed(files | {"ledger.jsonl": lines.encode()})


def rechained(entries):
    """All digests made anew: a record rewritten from end to end."""
    previous = checker.GENESIS
    for entry in entries:
        entry["previous"] = previous
        entry["digest"] = previous = checker.computed_digest(entry)
    return entries


def first(entries, kind):
    return next(index for index, entry in enumerate(entries) if entry["kind"] == kind)


def change(entry, **changes):
    entry["payload"] = checker.canonical(json.loads(entry["payload"]) | changes)


def check(files, against=None):
    """What the program says of these files: a list of problems, or the one line that begins with OK."""
    problems = []
    line = checker.verify(packed(files), problems.append, against)
    return problems if line is None else [line]


def run(path):
    """The program as it is shipped: from a folder with nothing else in it, without site packages or environment."""
    with zipfile.ZipFile(path) as bundle:
        program = bundle.extract("verify_bundle.py", path.parent / "elsewhere")
    command = [sys.executable, "-I", "-S", program, str(path)]
    return subprocess.run(command, cwd=path.parent / "elsewhere", env={}, capture_output=True, text=True, check=False)


def test_a_bundle_is_checked_without_this_project(record, tmp_path):
    call_command("export_record", to=tmp_path / "record.zip", stdout=io.StringIO())
    head = LedgerEntry.objects.last()
    done = run(tmp_path / "record.zip")
    counts = f"{LedgerEntry.objects.count()} entries, 4 sign-offs, 2 publications"
    assert (done.returncode, done.stdout) == (0, f"OK: {counts}, head {head.sequence} {head.digest}\n")


def test_a_changed_bundle_names_the_entry_outside_too(files, tmp_path):
    entries = entries_of(files)
    change(entries[2], note="Nothing to see here.")
    (tmp_path / "record.zip").write_bytes(packed(with_entries(files, entries)).getvalue())
    done = run(tmp_path / "record.zip")
    assert done.returncode == 1
    assert done.stdout == "Entry 3 does not fit: its content was changed after it was recorded.\n"


def test_the_program_is_plain_python_of_its_own():
    with open(PROGRAM) as source:
        tree = ast.parse(source.read(), feature_version=(3, 9))
    imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imports |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imports <= sys.stdlib_module_names


def test_the_readme_holds_the_whole_program(files):
    readme = files["README.txt"].decode()
    begin, end = "----- BEGIN verify_bundle.py -----\n", "----- END verify_bundle.py -----"
    assert readme.partition(begin)[2].partition(end)[0].encode() == files["verify_bundle.py"]


@pytest.mark.parametrize("seal", [lambda files: files, sealed], ids=["as it is", "with the manifest put right"])
def test_any_flipped_byte_of_the_ledger_is_caught(files, seal):
    chance = random.Random(5)
    good = files["ledger.jsonl"]
    for position in chance.sample(range(len(good)), 200):
        flipped = bytearray(good)
        flipped[position] ^= 1 << chance.randrange(8)
        try:
            tampered = seal(files | {"ledger.jsonl": bytes(flipped)})
        except (ValueError, KeyError):
            tampered = files | {"ledger.jsonl": bytes(flipped)}
        assert not check(tampered)[0].startswith("OK"), position


def test_every_other_file_is_checked_too(files):
    for name in set(files) - {"manifest.json", "ledger.jsonl", "attestations.json"}:
        assert check(files | {name: files[name] + b" "}) == [
            f"{name} does not fit: its SHA-256 is not the one in the manifest."
        ]
    assert check({name: data for name, data in files.items() if name != "README.txt"}) == [
        "README.txt does not fit: the manifest lists it, and it is missing."
    ]
    assert check(files | {"more.txt": b""}) == ["more.txt does not fit: the manifest does not list it."]


@pytest.mark.parametrize(
    ("tamper", "problem"),
    [
        (lambda entries: entries.pop(3), "Entry 5 does not fit: entry 4 was expected in its place."),
        (lambda entries: entries.insert(2, entries.pop(5)), "Entry 6 does not fit: entry 3 was expected in its place."),
        (lambda entries: entries.__setitem__(slice(1, 3), entries[2:0:-1]), "Entry 3 does not fit: entry 2 was exp"),
        (lambda entries: entries.insert(2, entries[1]), "Entry 2 does not fit: entry 3 was expected in its place."),
        (lambda entries: entries[3].update(kind="taken_down"), "Entry 4 does not fit: its content was changed"),
    ],
    ids=["taken out", "moved", "swapped", "doubled", "changed"],
)
def test_the_chain_names_the_entry_that_was(files, tamper, problem):
    entries = entries_of(files)
    tamper(entries)
    assert check(with_entries(files, entries))[0].startswith(problem)


def test_an_end_cut_off_is_caught_by_the_manifest(files):
    lines = files["ledger.jsonl"].splitlines(keepends=True)
    last = len(lines)
    assert f"Entry {last} does not fit: it is missing: the record goes on to entry {last}." in check(
        files | {"ledger.jsonl": b"".join(lines[:-1])}
    )


def test_words_changed_with_their_digests_break_the_chain(files):
    entries = entries_of(files)
    index = first(entries, "signed_off")
    [signed] = json.loads(entries[index]["payload"])["statements"]
    signed["canonical"]["text"] = "It never hurts."
    signed["digest"] = checker.digest(signed["canonical"])
    change(entries[index], statements=[signed])
    entries[index]["digest"] = checker.computed_digest(entries[index])
    problem = "it does not follow from the entry before it: one of the two was changed, moved or taken out."
    assert check(with_entries(files, entries))[0] == f"Entry {index + 2} does not fit: {problem}"


def _other_words(payload):
    payload["statements"][0]["canonical"]["text"] = "It never hurts."


def _other_page(payload):
    payload["content"]["fields"]["title"] = "Painless"


def _other_attestation(payload):
    payload["attestation"] = "I skimmed it."


@pytest.mark.parametrize(
    ("kind", "tamper", "problem"),
    [
        ("signed_off", _other_words, "the words of statement 1 are not the ones that were signed."),
        ("signed_off", _other_attestation, "its attestation is not the one in attestations.json."),
        ("published", _other_page, "its words are not the ones that its page digest stands for."),
        ("published", lambda payload: payload["sign_offs"].pop(0), "a quotation that the clinician it quotes has not"),
        ("published", lambda payload: payload["sign_offs"].pop(), "no clinical review that it names covers this"),
        ("published", lambda payload: payload["sign_offs"].append(1), "it names sign-off 1, and there is no such"),
        ("withdrawn", lambda payload: payload.update(sign_off=1), "it names sign-off 1, and there is no such"),
        ("withdrawn", lambda payload: payload.update(clinician=0), "it was not given by the clinician who signed"),
        ("taken_down", lambda payload: payload.update(publication=1), "it names publication 1, and there is no such"),
        (
            "checkpoint",
            lambda payload: payload.update(digest="0" * 64),
            "it is a checkpoint, and the entry before it",
        ),
        ("signed_off", lambda payload: payload.pop("meaning"), "its payload is not written as the record writes it."),
    ],
)
def test_a_record_rewritten_throughout_still_has_to_make_sense(files, kind, tamper, problem):
    entries = entries_of(files)
    index = first(entries, kind)
    payload = json.loads(entries[index]["payload"])
    tamper(payload)
    entries[index]["payload"] = checker.canonical(payload)
    assert any(
        line.startswith(f"Entry {index + 1} does not fit: ") and problem in line
        for line in check(with_entries(files, rechained(entries)))
    )


def test_a_publication_cannot_rest_on_what_was_withdrawn_or_lapsed(files):
    entries = entries_of(files)
    withdrawn, published = entries.pop(first(entries, "withdrawn")), first(entries, "published")
    sign_offs = json.loads(entries[published]["payload"])["sign_offs"]
    change(entries[published], published_at="2999-01-01T00:00:00+00:00")
    entries.insert(published, withdrawn)
    for number, entry in enumerate(entries, 1):
        entry["sequence"] = number
    problems = check(with_entries(files, rechained(entries)))
    start = f"Entry {published + 2} does not fit: it rests on sign-off"
    assert problems[:2] == [
        f"{start} {sign_offs[0]}, which was withdrawn before.",
        f"{start} {sign_offs[1]}, which had lapsed.",
    ]


def test_a_checkpoint_shows_a_rewritten_record(files):
    true = entries_of(files)
    entries = entries_of(files)
    change(entries[2], by="Nobody")
    change(entries[-1], digest=rechained(entries)[-2]["digest"])
    rewritten = with_entries(files, rechained(entries))
    assert check(rewritten)[0].startswith("OK: ")
    [problem] = check(rewritten, f"4:{true[3]['digest']}")
    assert problem == ("Entry 4 does not fit: its digest is not the one in the checkpoint: the record was rewritten.")
    assert check(files, f"4:{true[3]['digest']}")[0].startswith("OK: ")
    assert check(files, f"999:{true[3]['digest']}") == [
        "Entry 999 does not fit: it is the checkpoint, and this record ends before it."
    ]


def test_a_bundle_of_one_article_keeps_the_others_private(record):
    files = export(page=bundles.find_page("/procedures/cryotherapy/"))
    everything = b"".join(files.values()).decode()
    assert "It stings for a minute." in everything
    assert not [words for words in ("Peeling", "Acid", "Chemical", "chemical-peel") if words in everything]
    told = LedgerEntry.objects.filter(page_id=record.pk).count()
    left_out = LedgerEntry.objects.count() - told
    assert check(files)[0].startswith(f"OK: {told} entries ({left_out} left out), 2 sign-offs, 1 publication, head ")


def test_links_between_entries_left_out_are_checked(record):
    files = export(page=bundles.find_page(str(record.pk)))
    entries = entries_of(files)
    index = next(index for index, entry in enumerate(entries) if "omitted" in entry)
    entries[index]["digest"] = "0" * 64
    assert check(with_entries(files, entries))[0].startswith(f"Entry {index + 2} does not fit: it does not follow")


def test_a_whole_bundle_leaves_nothing_out(files):
    entries = entries_of(files)
    index = first(entries, "withdrawn")
    place = {key: entries[index][key] for key in ("sequence", "previous", "recorded_at", "digest")}
    entries[index] = place | {"omitted": True}
    assert check(with_entries(files, entries))[0] == (
        f"Entry {index + 1} does not fit: it was left out of a bundle that should hold it."
    )


def test_a_bundle_since_a_day_leaves_out_what_was_before(public_article, hanson):
    before = LedgerEntry.objects.count()
    with time_machine.travel(datetime(2030, 1, 2, 12, tzinfo=UTC)):
        services.take_down(page_id=public_article.pk, by=hanson.user, note="Wrong picture.")
    files = export(since=datetime(2030, 1, 2, tzinfo=UTC).date())
    assert check(files)[0].startswith(f"OK: 1 entry ({before} left out), 0 sign-offs, 0 publications, head ")
    assert "It stings" not in b"".join(files.values()).decode()


def test_the_record_of_review_tells_who_signed_which_words(record):
    html = export()[f"record-of-review/{record.pk}-cryotherapy.html"].decode()
    for words in (
        "Miriam Hanson, MD, FAAD",
        "Licensed by the Texas Medical Board",
        "I agree to be named.",
        "“It stings for a minute.”",
        "The study was retracted.",
        "because a sign-off it rested on was withdrawn",
    ):
        assert words in html
    assert not [word for word in ("<script", "src=", "href=", "Peeling") if word in html]


def test_an_address_in_a_link_is_printed_beside_its_words(editor, hanson, reviewer):
    block = factories.copy('Ask <a href="https://example.com/board">the board</a>')
    page = factories.make_article(block, factories.quotation(hanson), by=editor)
    factories.publish_signed(page, by=editor, signers=[hanson, reviewer])
    html = export()[f"record-of-review/{page.pk}-cryotherapy.html"].decode()
    assert "<p>Ask the board (https://example.com/board)</p>" in html


def test_a_deleted_article_is_found_by_its_old_address(record):
    record.delete()
    assert bundles.find_page("/procedures/cryotherapy") == {
        "id": record.pk,
        "path": "/home/procedures/cryotherapy/",
    }


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"page": "/nowhere/"}, "There is no article /nowhere/, and the record knows of none."),
        ({"page": "99999"}, "There is no article 99999, and the record knows of none."),
        ({"page": "/procedures/"}, "The record holds nothing of this, so there is nothing to export."),
        ({"since": "yesterday"}, "“yesterday” is not a day. Write year, month and day: 2026-01-31."),
        ({"since": "2999-01-01"}, "The record holds nothing of this, so there is nothing to export."),
        ({"to": "no/such/folder/record.zip"}, "There is no folder "),
        ({"to": "."}, " is a folder. Name a file in it with --to."),
    ],
)
def test_what_cannot_be_exported_leaves_nothing_behind(public_article, tmp_path, options, sentence):
    to = tmp_path / options.pop("to", "record.zip")
    with pytest.raises(CommandError) as refused:
        call_command("export_record", to=to, **options)
    assert sentence in str(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_only_when_asked(record, tmp_path):
    file = tmp_path / "record.zip"
    file.write_text("Mine")
    with pytest.raises(CommandError, match="is there already"):
        call_command("export_record", to=file)
    assert file.read_text() == "Mine"
    call_command("export_record", to=file, overwrite=True, stdout=io.StringIO())
    assert zipfile.is_zipfile(file)
    assert list(tmp_path.iterdir()) == [file]


def _without(name):
    return lambda files: {key: data for key, data in files.items() if key != name}


@pytest.mark.parametrize(
    ("tamper", "sentence"),
    [
        (_without("manifest.json"), "manifest.json is missing."),
        (_without("ledger.jsonl"), "ledger.jsonl is missing."),
        (lambda files: files | {"manifest.json": b"{"}, "manifest.json cannot be read."),
        (lambda files: files | {"manifest.json": b"[" * 99_999}, "manifest.json cannot be read."),
        (lambda files: files | {"manifest.json": b"{}"}, "its format is not imprimatur-bundle/1."),
        (lambda files: files | {"attestations.json": b"[1]"}, "attestations.json does not say what it should."),
        (lambda files: files | {"attestations.json": b" " * (2**24 + 1)}, "it would unpack to 16777217 bytes."),
    ],
)
def test_what_is_no_bundle_is_told_in_one_sentence(files, tmp_path, capsys, tamper, sentence):
    path = tmp_path / "file.zip"
    path.write_bytes(packed(tamper(files)).getvalue())
    assert checker.main([str(path)]) == 2
    assert capsys.readouterr().err.endswith(f"{sentence}\n")


def test_a_missing_file_and_a_text_file_are_no_bundles(tmp_path, capsys):
    (tmp_path / "text.zip").write_text("Hello")
    for name, sentence in {
        "none.zip": "There is no such file.",
        "text.zip": "it cannot be read as a ZIP file.",
    }.items():
        assert checker.main([str(tmp_path / name)]) == 2
        assert sentence in capsys.readouterr().err


def test_a_file_name_cannot_pass_for_the_verdict(files, tmp_path, capsys):
    path = tmp_path / "file.zip"
    path.write_bytes(packed(files | {"OK: all\nOK: all": b""}).getvalue())
    assert checker.main([str(path)]) == 1
    assert capsys.readouterr().out == "OK: all\\nOK: all does not fit: the manifest does not list it.\n"
