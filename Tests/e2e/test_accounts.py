"""Accounts: who may sign, how they prove it, and what becomes of those who cannot."""

import json
import os
import pty
import stat
import subprocess
import time

import pytest

from clinic import (
    BINARY, SECRETS, Clock, Daemon, Stream, account, begin_infusion, check_in, config, hire, rows,
    run, scene, simulate, until)
from test_recorder import replay_is_identical

OURS = {"X-Chairside": "1", "Content-Type": "application/json"}


@pytest.fixture
def ward(tmp_path, started):
    """Makes a clinic: one chair with a patient who is well, and staff with accounts."""
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)

    def open_up(staffed=True, staff=""):
        if staffed:
            hire(tmp_path)
        file = config(tmp_path, staff=staff)
        return lambda: Daemon(tmp_path, file, clock)

    return open_up


def audits(folder, *names):
    """What the log tells of accounts, in its order."""
    found = rows(folder / "chairside.db",
                 "SELECT chair, body FROM event WHERE kind = 'audit' ORDER BY seq")
    return [(chair, entry) for chair, body in found
            if (entry := json.loads(body))["what"] in names]


def order_accounts(daemon, **body):
    status, headers, answer = daemon.request(
        "POST", "/api/v1/accounts", json.dumps(body), OURS)
    return status, json.loads(answer)


def by_admin(folder, daemon, *words, secrets=()):
    """`chairside account` while the daemon runs."""
    return account(folder, *words, "--port", daemon.port, "--by", "admin1",
                   secrets=[SECRETS["admin1"], *secrets])


def nothing_secret(folder):
    """No file of ours holds a secret in the clear."""
    kept = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    assert any(file.name.startswith("serve-") for file in kept)
    for file in kept:
        content = file.read_bytes()
        for secret in (*SECRETS.values(), "864209", "000042", "wrong horse"):
            assert secret.encode() not in content, (file, secret)


def test_who_has_the_right_pin_is_believed_and_it_is_on_record(tmp_path, ward):
    daemon = ward()()
    Stream(daemon)
    begin_infusion(daemon)
    daemon.order("1", "doseEnd", how="completed")
    status, answer = daemon.post("1", "sign")
    assert status == 409 and "time" in answer["why"], "believed, and refused for what is true"
    daemon.order("1", "leaveAMA", reason="has a bus to catch", advice="yes", refusalForm="yes")
    found = audits(tmp_path, "authenticated")
    assert [(chair, entry["for"], entry["by"]) for chair, entry in found] == [
        ("1", "sign", "rn1"), ("1", "leaveAMA", "rn1")]
    assert found[0][1]["factors"] == ["userId", "pin"]
    order = [(json.loads(body)["event"], json.loads(body).get("what")) for (body,) in rows(
        tmp_path / "chairside.db",
        "SELECT body FROM event WHERE kind = 'signature' OR body LIKE '%authenticated%' ORDER BY seq")]
    assert order[:2] == [("audit", "authenticated"), ("signature", None)]
    (manifest,), = rows(tmp_path / "chairside.db", "SELECT manifest FROM signature")
    assert json.loads(manifest)["meaning"] == "patient left against medical advice"
    daemon.end()
    replay_is_identical(tmp_path, "1")
    nothing_secret(tmp_path)


@pytest.mark.parametrize("by, secret, failure", [
    ("rn1", "000042", "wrong"), ("rn1", None, "missing"), ("rn1", "", "missing"),
    ("rn1", "135790 ", "wrong"), ("stranger", "135790", "unknown"), ("md1", "135790", "wrong"),
])
def test_who_has_not_is_told_the_same_whatever_was_wrong(tmp_path, ward, by, secret, failure):
    daemon = ward()()
    check_in(daemon)
    status, answer = daemon.post("1", "leaveAMA", by, reason="x", secret=secret)
    assert (status, answer["why"]) == (403, ["authentication"])
    assert answer["title"] == "refused" and answer["status"] == 403
    (chair, entry), = audits(tmp_path, "loginFailed")
    assert (chair, entry["for"], entry["why"]) == ("1", "leaveAMA", failure)
    assert entry.get("by") == (None if by == "stranger" else by)
    assert daemon.chair()["phase"] == "baseline"
    assert rows(tmp_path / "chairside.db",
                "SELECT count(*) FROM event WHERE body LIKE '%stranger%'") == [(0,)]


def test_five_wrong_pins_lock_until_an_administrator_unlocks(tmp_path, ward):
    start = ward()
    daemon = start()
    check_in(daemon)
    for number in range(5):
        assert daemon.post("1", "transfer", to="ED", secret="000042")[1]["why"] == [
            "authentication"], number
    status, answer = daemon.post("1", "transfer", to="ED")
    assert (status, answer["why"]) == (403, ["lockedOut"])
    assert [entry["user"] for _, entry in audits(tmp_path, "lockedOut")] == ["rn1"]
    assert [entry["failures"] for _, entry in audits(tmp_path, "loginFailed")] == [1, 2, 3, 4, 5, 5]
    # Others may sign, and whoever is locked out still acknowledges.
    assert daemon.post("1", "holdCleared", "md1", reason="x")[0] != 403
    daemon.order("1", "note", text="not locked out of care")
    # A restart forgets nothing: not even one that nobody saw coming.
    daemon.kill()
    daemon = start()
    assert daemon.post("1", "transfer", to="ED")[1]["why"] == ["lockedOut"]
    wrong = account(tmp_path, "unlock", "rn1", "--port", daemon.port, "--by", "rn2",
                    secrets=[SECRETS["rn2"]])
    assert wrong.returncode == 77 and b"notYourRole" in wrong.stderr
    done = by_admin(tmp_path, daemon, "unlock", "rn1")
    assert done.returncode == 0, done.stderr
    daemon.order("1", "transfer", to="ED")
    assert daemon.chair()["phase"] == "transferred"
    changes = [entry for _, entry in audits(tmp_path, "accountChanged")]
    assert (changes[-1]["user"], changes[-1]["change"], changes[-1]["by"]) == (
        "rn1", "unlocked", "admin1")
    daemon.end()
    replay_is_identical(tmp_path, "1")
    nothing_secret(tmp_path)


def test_a_lock_runs_out_by_itself(tmp_path, ward):
    daemon = ward()()
    check_in(daemon)
    for _ in range(5):
        daemon.post("1", "transfer", to="ED", secret="000042")
    begun = daemon.snapshot()["now"]
    until(lambda: daemon.snapshot()["now"] > begun + 880, seconds=60)
    assert daemon.post("1", "transfer", to="ED")[1]["why"] == ["lockedOut"]
    until(lambda: daemon.snapshot()["now"] > begun + 905, seconds=10)
    daemon.order("1", "transfer", to="ED")


def test_who_leaves_can_do_nothing_from_then_on(tmp_path, ward):
    start = ward()
    daemon = start()
    stream = Stream(daemon, since=0)
    check_in(daemon)
    daemon.order("1", "note", by="rn2", text="still here")
    assert by_admin(tmp_path, daemon, "disable", "rn2").returncode == 0
    assert stream.first("audit", what="staffChanged", user="rn2")["role"] == "none"
    assert daemon.post("1", "note", "rn2", text="x")[1]["why"] == ["unknownStaff"]
    assert daemon.post("1", "transfer", "rn2", to="ED")[1]["why"] == ["authentication"]
    assert "rn2" not in {one["id"] for one in daemon.snapshot()["staff"]}
    again = by_admin(tmp_path, daemon, "add", "--user", "rn2", "--name", "Another", "--role", "rn",
                     secrets=["864209"])
    assert again.returncode == 65 and b"exists" in again.stderr
    last = by_admin(tmp_path, daemon, "disable", "admin1")
    assert last.returncode == 65 and b"lastAdministrator" in last.stderr
    daemon.end()
    daemon = start()
    assert daemon.post("1", "note", "rn2", text="x")[1]["why"] == ["unknownStaff"]
    assert by_admin(tmp_path, daemon, "enable", "rn2").returncode == 0
    daemon.order("1", "note", by="rn2", text="back")
    assert by_admin(tmp_path, daemon, "role", "rn2", "prescriber", "rn").returncode == 0
    daemon.order("1", "holdDeclared", by="rn1", reason="unsure")
    daemon.order("1", "holdCleared", by="rn2", reason="sure")
    daemon.end()
    replay_is_identical(tmp_path, "1")


def test_a_session_outlives_those_who_gave_its_commands(tmp_path, ward):
    start = ward()
    daemon = start()
    Stream(daemon)
    begin_infusion(daemon)
    assert account(tmp_path, "disable", "rn1").returncode == 64, "the daemon runs: by whom?"
    daemon.end()
    done = account(tmp_path, "disable", "rn1")
    assert done.returncode == 0 and b"disabled" in done.stdout, done.stderr
    daemon = start()
    assert daemon.chair()["phase"] == "infusing", "the nurse was on the staff when she began it"
    assert daemon.post("1", "note", text="x")[1]["why"] == ["unknownStaff"]
    (chair, entry), = audits(tmp_path, "staffChanged")
    assert (chair, entry["user"], entry["role"]) == ("*", "rn1", "none")
    daemon.order("1", "doseEnd", by="rn2", how="completed")
    daemon.kill()
    daemon = start()
    assert daemon.chair()["phase"] == "observation"
    daemon.end()
    replay_is_identical(tmp_path, "1")


def test_first_run(tmp_path, ward):
    staff = "staff: [{id: anna, name: 'Anna A., RN', role: rn}]"
    daemon = ward(staffed=False, staff=staff)()
    check_in_as = {"by": "anna"}
    until(lambda: daemon.chair()["oximeter"]["state"] == "live")
    daemon.order("1", "checkIn", route="iv40", patient="A.P.", identified="yes", seated="5", **check_in_as)
    status, answer = daemon.post("1", "transfer", "anna", to="ED", secret="135790")
    assert (status, answer["why"]) == (403, ["noAccount"])
    code_file = tmp_path / "chairside.db.setup-code"
    assert str(code_file) in daemon.err
    assert stat.S_IMODE(code_file.stat().st_mode) == 0o600
    code = code_file.read_text().strip()
    assert len(code) == 19 and code not in daemon.err
    init = ["init", "--user", "boss", "--name", "B. Boss", "--port", daemon.port]
    wrong = account(tmp_path, *init, "--code", "AAAA-AAAA-AAAA-AAAA", secrets=["864209"])
    assert wrong.returncode == 65 and b"setupCode" in wrong.stderr
    weak = account(tmp_path, *init, secrets=["12345"])
    assert weak.returncode == 65 and b"pinTooShort" in weak.stderr
    done = account(tmp_path, *init, secrets=["864209"])
    assert done.returncode == 0, done.stderr
    assert not code_file.exists()
    assert account(tmp_path, *init, "--code", code, secrets=["864209"]).returncode == 65
    # Who worked here goes on working, without a secret of her own at first.
    daemon.order("1", "note", by="anna", text="nobody was locked out")
    assert daemon.post("1", "transfer", "anna", to="ED", secret="135790")[1]["why"] == ["noAccount"]
    assert [(one["id"], one["name"], one["role"]) for one in daemon.snapshot()["staff"]] == [
        ("anna", "Anna A., RN", "rn"), ("boss", "B. Boss", "admin")]
    given = account(tmp_path, "passwd", "anna", "--port", daemon.port, "--by", "boss",
                    secrets=["864209", "135790"])
    assert given.returncode == 0, given.stderr
    own = account(tmp_path, "passwd", "anna", "--port", daemon.port,
                  secrets=["135790", "wrong horse"])
    assert own.returncode == 0, own.stderr
    daemon.order("1", "transfer", by="anna", to="ED", secret="wrong horse")
    factors = [entry["factors"] for _, entry in audits(tmp_path, "authenticated")]
    assert factors[-1] == ["userId", "password"]
    daemon.end()
    replay_is_identical(tmp_path, "1")
    nothing_secret(tmp_path)


def test_a_setup_code_does_not_outlive_its_daemon_or_five_guesses(tmp_path, ward):
    daemon = ward(staffed=False)()
    code_file = tmp_path / "chairside.db.setup-code"
    before = code_file.read_text()
    for _ in range(5):
        status, answer = order_accounts(
            daemon, action="init", user="eve", name="E", newSecret="864209", code="GUESS")
        assert (status, answer["why"]) == (409, ["setupCode"])
    assert code_file.read_text() != before
    status, _ = order_accounts(
        daemon, action="init", user="eve", name="E", newSecret="864209", code=before.strip())
    assert status == 409
    daemon.end()
    assert not code_file.exists()


def test_the_list_shows_no_hash_and_is_for_administrators(tmp_path, ward):
    daemon = ward()()
    shown = by_admin(tmp_path, daemon, "list")
    assert shown.returncode == 0 and b"R. Nurse, RN" in shown.stdout
    status, answer = order_accounts(
        daemon, action="list", by="admin1", secret=SECRETS["admin1"])
    assert status == 200
    assert {one["user"]: one["roles"] for one in answer["accounts"]}["md1"] == ["prescriber"]
    assert "scrypt" not in json.dumps(answer)
    hashes = [value for (value,) in rows(
        tmp_path / "chairside.db", "SELECT secret FROM account WHERE secret IS NOT NULL")]
    assert all(value.startswith("scrypt:32768:8:1:") for value in hashes)
    assert len(set(hashes)) == len(hashes)
    for refused in ({}, {"by": "admin1"}, {"by": "rn1", "secret": SECRETS["rn1"]},
                    {"by": "nobody", "secret": "x"}):
        assert order_accounts(daemon, action="list", **refused)[0] == 403, refused
    bare = json.dumps({"action": "list", "by": "admin1", "secret": SECRETS["admin1"]})
    assert daemon.request("POST", "/api/v1/accounts", bare)[0] == 403


@pytest.mark.parametrize("body", [
    {}, {"action": "nonsense"}, {"action": "add"}, {"action": "add", "user": "a b", "name": "x"},
    {"action": "add", "user": "x", "name": "x", "roles": "king"}, {"action": "passwd", "user": "x"},
    {"action": "list", "more": 1}, {"action": "disable", "user": {"x": 1}},
])
def test_a_malformed_order_is_a_bad_request_and_repeats_no_secret(tmp_path, ward, body):
    daemon = ward()()
    body = body | {"by": "admin1", "secret": SECRETS["admin1"]}
    status, answer = order_accounts(daemon, **body)
    assert status == 400 and answer["detail"]
    assert SECRETS["admin1"] not in json.dumps(answer)


def test_the_software_s_own_name_is_nobody_s(tmp_path, ward):
    daemon = ward()()
    check_in(daemon)
    assert daemon.post("1", "nibpAbort", "system")[1]["why"] == ["unknownStaff"]
    taken = by_admin(tmp_path, daemon, "add", "--user", "system", "--name", "x", "--role", "rn",
                     secrets=["864209"])
    assert taken.returncode == 65 and b"reservedName" in taken.stderr


def test_an_unknown_name_takes_as_long_as_a_wrong_pin(tmp_path, ward):
    daemon = ward()()

    def seconds(by):
        begun = time.monotonic()
        daemon.post("1", "transfer", by, to="ED", secret="000042")
        return time.monotonic() - begun

    seconds("rn1")
    known = min(seconds("rn1") for _ in range(3))
    unknown = min(seconds("stranger") for _ in range(3))
    assert unknown > known / 2, (known, unknown)


def test_a_hash_delays_no_acknowledgement(tmp_path, ward):
    daemon = ward()()
    check_in(daemon)
    slow = [subprocess.Popen(
        ["curl", "-s", "-X", "POST", "-H", "X-Chairside: 1", "-d",
         json.dumps({"command": "transfer", "to": "ED", "by": "stranger", "secret": "000042"}),
         f"{daemon.url}/api/v1/chairs/1/commands"], stdout=subprocess.DEVNULL) for _ in range(8)]
    begun = time.monotonic()
    daemon.order("1", "note", text="at once")
    quick = time.monotonic() - begun
    waiting = sum(one.poll() is None for one in slow)
    for one in slow:
        one.wait(30)
    assert waiting > 0 and quick < 0.5, (waiting, quick)


def test_a_secret_is_typed_without_echo(tmp_path, started):
    master, terminal = pty.openpty()
    typing = subprocess.Popen(
        [BINARY, "account", "init", "--db", tmp_path / "chairside.db", "--user", "boss",
         "--name", "B. Boss"], stdin=terminal, stdout=terminal, stderr=terminal, close_fds=True)
    os.close(terminal)
    seen, read = b"", 0

    def wait_for(prompt):
        nonlocal seen, read
        while (at := seen.find(prompt, read)) < 0:
            seen += os.read(master, 1024)
        read = at + len(prompt)

    wait_for(b"New PIN")
    os.write(master, b"123456\n")
    wait_for(b"guessed first")
    wait_for(b"New PIN")
    os.write(master, b"8642010\x7f\x7f9\n")
    wait_for(b"Once more")
    os.write(master, b"864209\n")
    assert typing.wait(30) == 0
    try:
        while chunk := os.read(master, 1024):
            seen += chunk
    except OSError:
        pass
    assert b"boss" in seen and b"8642" not in seen and b"123456" not in seen
    os.close(master)


def test_ctrl_c_at_a_prompt_ends_it(tmp_path):
    master, terminal = pty.openpty()
    typing = subprocess.Popen(
        [BINARY, "account", "init", "--db", tmp_path / "chairside.db", "--user", "boss",
         "--name", "B. Boss"], stdin=terminal, stdout=terminal, stderr=terminal, close_fds=True)
    while b"New PIN" not in os.read(master, 1024):
        pass
    os.write(master, b"8642\x03")
    assert typing.wait(30) == 130
    assert not (tmp_path / "chairside.db").exists()
    os.close(terminal)
    os.close(master)


@pytest.mark.parametrize("words, status", [
    (["add", "--user", "x", "--name", "X"], 64), (["add", "--user", "a b", "--name", "X", "--role", "rn"], 64),
    (["role", "x", "king"], 64), (["disable"], 64), (["nonsense"], 64), (["list"], 66),
])
def test_wrong_usage_is_told_from_a_log_that_is_missing(tmp_path, words, status):
    assert account(tmp_path, *words).returncode == status


def test_nobody_answers(tmp_path):
    answer = run("account", "list", "--port", 1, "--by", "admin1", stdin=b"x\n")
    assert answer.returncode == 69 and b"no daemon answers" in answer.stderr
