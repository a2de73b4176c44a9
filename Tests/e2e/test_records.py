"""What is signed can be proven: the demo's chair 4 is signed through the API; its log and its bundle
are verified by `chairside`, and once more by Python and OpenSSL alone; tampered with, they are not."""

import base64
import hashlib
import json
import random
import shutil
import sqlite3
import subprocess

import pytest

from clinic import Client, Running, Stream, rows, run, until, url_in


@pytest.fixture(scope="module")
def clinic(tmp_path_factory):
    """A demo whose chair 4 was signed; its log as it was a moment later."""
    folder = tmp_path_factory.mktemp("records")
    demo = Running(folder, "demo", ["demo", "--port", 0, "--speed", 10], {"TMPDIR": str(folder)})
    try:
        client = Client(until(lambda: url_in(demo.out), 60))
        stream = Stream(client, since=0)
        stream.first("session", 60, chair="4", state="readyForSignOff")
        assert client.post("4", "sign", by="as1")[0] != 200
        client.order("4", "sign", by="rn1")
        demo.store = next(folder.glob("chairside-demo-*/chairside.db"))
        demo.client, demo.folder = client, folder
        yield demo
    finally:
        demo.kill()


@pytest.fixture(scope="module")
def log(clinic):
    """A copy of the log, with what stands beside it."""
    path = clinic.folder / "log.db"

    def is_copied():
        # At a moment when the head file has caught up with the log.
        for ending in (".head", ".pub", ".key"):
            shutil.copy(f"{clinic.store}{ending}", f"{path}{ending}")
        source, target = sqlite3.connect(clinic.store), sqlite3.connect(path)
        source.backup(target)
        source.close()
        target.close()
        head = json.loads((clinic.folder / "log.db.head").read_text())["link"]
        return rows(path, "SELECT max(seq) FROM link") == [(head,)]

    until(is_copied)
    return path


@pytest.fixture(scope="module")
def bundle(log):
    path = log.with_suffix(".chairside")
    answer = run("export", "bundle", "--db", log, "--chair", "4", "-o", path)
    assert answer.returncode == 0, answer.stderr
    return path


def verified(path, *options, status=None):
    answer = run("verify", path, "--json", *options)
    assert answer.returncode == (status if status is not None else answer.returncode), answer.stderr
    return json.loads(answer.stdout)


def canonical(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def is_signed(value, public_key, folder):
    """Whether OpenSSL holds the signature inside an object to be of all its other fields."""
    signature = folder / "signature"
    message = folder / "message"
    signature.write_bytes(base64.b64decode(value["sig"].removeprefix("ed25519:"), validate=True))
    message.write_bytes(canonical({key: value[key] for key in value if key != "sig"}))
    return subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", public_key, "-rawin",
         "-sigfile", signature, "-in", message], capture_output=True).returncode == 0


def test_the_signature_is_there_when_the_command_is_answered(clinic):
    [(event, chair, manifest)] = rows(clinic.store, "SELECT event, chair, manifest FROM signature")
    manifest = json.loads(manifest)
    assert chair == "4" and manifest["event"] == event
    assert manifest["signer"] == {"userId": "rn1", "printedName": "R. Nurse, RN", "role": "rn"}
    assert manifest["meaning"] == "observation complete; discharge criteria met"
    assert manifest["policyId"] == "adult-ketamine-default-1"
    assert manifest["revision"] == 1 and manifest["waivers"] == []


def test_a_running_daemons_log_verifies(clinic):
    """Several times, while it is being written."""
    for _ in range(5):
        report = verified(clinic.store, status=0)
        assert report["ok"] and report["signatures"] == 1 and report["kind"] == "log"
        assert report["tables"]["event"]["rows"] > 50


def test_the_bundle_verifies_against_the_sites_key(bundle, log):
    report = verified(bundle, "--key", f"{log}.pub", status=0)
    assert [manifest["signer"]["userId"] for manifest in report["signatures"]] == ["rn1"]
    said = run("verify", bundle).stdout.decode()
    assert "as it was written" in said and "R. Nurse, RN" in said
    assert report["keyFingerprint"] in said


def test_python_and_openssl_come_to_the_same(bundle, log, tmp_path):
    previous, manifests = "0" * 64, []
    for line in bundle.read_text().splitlines():
        value = json.loads(line)
        content = {key: value[key] for key in value if key != "sha256"}
        expected = hashlib.sha256(previous.encode() + canonical(content)).hexdigest()
        assert value["sha256"] == expected, value["n"]
        if value["kind"] == "signature":
            assert value["body"]["recordSha256"] == previous
            manifests.append(value["body"])
        previous = expected
    assert value["kind"] == "close"
    assert len(manifests) == 1
    for signed in [*manifests, value["body"], json.loads((log.parent / "log.db.head").read_text())]:
        assert is_signed(signed, f"{log}.pub", tmp_path)
        assert not is_signed(signed | {"extra": 1}, f"{log}.pub", tmp_path)
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", f"{log}.pub", "-outform", "DER"],
        capture_output=True, check=True).stdout
    assert verified(bundle)["keyFingerprint"] == hashlib.sha256(der).hexdigest()


def test_the_bundle_holds_what_the_log_holds(bundle, log):
    lines = [json.loads(line) for line in bundle.read_text().splitlines()]
    events = [line["body"] for line in lines if line["kind"] == "event"]
    stored = dict(rows(log, "SELECT seq, body FROM event WHERE chair IN ('4', '*')"))
    assert len(events) > 20
    for event in events:
        assert event["event"] == json.loads(stored[event["seq"]])
    seconds = [tuple(row) for line in lines if line["kind"] == "samples" for row in line["body"]["rows"]]
    start = lines[0]["body"]["startMs"]
    end = max(line["body"]["endMs"] for line in lines if line["kind"] == "part")
    assert seconds == rows(
        log, "SELECT t_ms, spo2, pr, pi, status FROM v_vitals_1s WHERE chair = '4' "
        "AND t_ms BETWEEN ? AND ? ORDER BY t_ms", start, end)
    policy = next(line["body"] for line in lines if line["kind"] == "run")
    assert "spo2.low=92\n" in policy["policy"]
    assert policy["policySha256"] == hashlib.sha256(policy["policy"].encode()).hexdigest()


def test_a_flipped_bit_anywhere_in_the_bundle_is_named_by_its_line(bundle, tmp_path):
    whole = bundle.read_bytes()
    choice = random.Random(4)
    for _ in range(60):
        place = choice.randrange(len(whole))
        changed = bytearray(whole)
        changed[place] ^= 1 << choice.randrange(8)
        path = tmp_path / "changed.chairside"
        path.write_bytes(changed)
        answer = run("verify", path, "--json")
        # A first line that is no longer one is no bundle at all.
        if answer.returncode == 65:
            assert place < 400
            continue
        assert answer.returncode == 2
        first = json.loads(answer.stdout)["findings"][0]
        assert first["row"] == whole[:place].count(b"\n") + 1, (place, first)


@pytest.mark.parametrize("sql, named", [
    ("DELETE FROM event WHERE seq = 30", "event 30: missing"),
    ("UPDATE event SET body = replace(body, '97', '99') WHERE seq = (SELECT min(seq) FROM event "
     "WHERE body LIKE '%97%')", "event {}: changed"),
    ("UPDATE block SET status = status || '?' WHERE seq = 9", "block 9: changed"),
    ("UPDATE signature SET manifest = replace(manifest, 'rn1', 'rn2')", "signature 1: changed"),
    ("DELETE FROM link WHERE seq = (SELECT max(seq) FROM link)", "link {}: truncated"),
])
def test_a_tampered_log_is_found_and_named(log, tmp_path, sql, named):
    path = tmp_path / "log.db"
    for ending in ("", ".head", ".pub"):
        shutil.copy(f"{log}{ending}", f"{path}{ending}")
    database = sqlite3.connect(path)
    database.execute(sql)
    database.commit()
    database.close()
    answer = run("verify", path)
    assert answer.returncode == 2
    said = answer.stdout.decode()
    before, after = named.split("{}") if "{}" in named else (named, "")
    assert f"first bad record: {before}" in said and after in said, said


def test_a_forged_line_with_new_hashes_does_not_pass(bundle, tmp_path):
    previous, lines = "0" * 64, []
    for line in bundle.read_text().splitlines():
        content = json.loads(line)
        del content["sha256"]
        text = canonical(content).replace(b'"by":"rn1"', b'"by":"rn2"')
        previous = hashlib.sha256(previous.encode() + text).hexdigest()
        lines.append(text[:-1] + b',"sha256":"' + previous.encode() + b'"}\n')
    path = tmp_path / "forged.chairside"
    path.write_bytes(b"".join(lines))
    report = verified(path, status=2)
    assert {finding["problem"] for finding in report["findings"]} <= {"bad signature", "changed"}
    assert report["signatures"] == []


def test_without_the_key_no_bundle_is_written(log, tmp_path):
    path = tmp_path / "log.db"
    shutil.copy(log, path)
    answer = run("export", "bundle", "--db", path, "--chair", "4", "-o", tmp_path / "x.chairside")
    assert answer.returncode == 65 and b"log.db.key" in answer.stderr
    assert not (tmp_path / "x.chairside").exists()


def test_what_is_neither_log_nor_bundle(tmp_path):
    path = tmp_path / "x"
    path.write_text('{"t":1.0,"chair":"1","event":"audit"}\n')
    assert run("verify", path).returncode == 65
    assert run("verify", tmp_path / "none").returncode == 66
    database = sqlite3.connect(tmp_path / "other.db")
    database.execute("CREATE TABLE t (x)")
    database.commit()
    database.close()
    answer = run("verify", tmp_path / "other.db")
    assert answer.returncode == 65 and b"no hash chain" in answer.stderr
