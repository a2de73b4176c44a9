"""What a daemon does with the file that it finds: goes on with it, or sets it aside untouched."""

import json
import re
import sqlite3
import time

import pytest

from clinic import (
    SECRETS, Clock, Daemon, Stream, account, check_in, config, hire, rows, scene, simulate,
    until)
from faultdisk import FOREVER, Disk
from witness import Witness, assert_it_verifies, assert_seconds_are_whole

LOW = [[0, 80]]


@pytest.fixture
def place(tmp_path, started):
    """A configuration whose chair is low all the time, and the folder of its log."""
    hire(tmp_path)
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "low", LOW)], clock)
    return tmp_path, config(tmp_path), clock


def spoil_page(number):
    """Overwrites a page of the file, as a bad sector does."""
    def spoil(store):
        with open(store, "r+b") as file:
            size = int.from_bytes(file.read(18)[16:], "big")
            file.seek(number * size)
            file.write(b"\xa5" * size)
    return spoil


def spoil_root(table):
    """Overwrites the page where a table begins."""
    def spoil(store):
        page = rows(store, "SELECT rootpage FROM sqlite_master WHERE name = ?", table)[0][0]
        spoil_page(page - 1)(store)
    return spoil


def of_another_program(store):
    store.unlink()
    database = sqlite3.connect(store)
    database.executescript("CREATE TABLE recipe (title TEXT); INSERT INTO recipe VALUES ('soup')")
    database.close()


def truncated(store):
    with open(store, "r+b") as file:
        file.truncate(store.stat().st_size // 2 + 100)


# What became of the file, and whether the accounts in it can still be taken over.
DAMAGES = {
    "a text": (lambda store: store.write_text("not a log at all\n" * 400), False),
    "another program's": (of_another_program, False),
    "no header": (spoil_page(0), False),
    "half of it": (truncated, False),
    "the events": (spoil_root("event"), True),
    "an index": (spoil_root("event_by_chair"), True),
    "the accounts": (spoil_root("account"), False),
}


def contents(store):
    """What lies there of a log, by what its name adds to the log's; whoever reads one leaves an
    empty `-wal`."""
    paths = {ending: store.with_name(store.name + ending) for ending in ("", "-wal", ".head")}
    return {
        ending: path.read_bytes() for ending, path in paths.items()
        if path.exists() and (path.stat().st_size or not ending)}


def aside(store):
    """The logs that were set aside."""
    return [path for path in store.parent.glob(f"{store.name}.corrupt-*")
            if re.fullmatch(r".*\.corrupt-\d{8}T\d{6}Z(-\d+)?", path.name)]


def log_alarm(daemon):
    """The priority of LOG_FAIL, while there is one."""
    return {one["alarm"]: one["priority"] for one in daemon.snapshot()["alarms"]}.get("LOG_FAIL")


def begins_anew(folder, file, clock, before, with_accounts):
    """A daemon starts although the file is damaged, and says so everywhere."""
    store = folder / "chairside.db"
    begun = time.monotonic()
    daemon = Daemon(folder, file, clock)
    stream = Stream(daemon, since=0)
    lost = stream.first("audit", what="logSetAside", seconds=4)
    assert time.monotonic() - begun < 5
    assert daemon.request("GET", "/healthz")[0] == 200
    old, = aside(store)
    assert lost["file"] == old.name and lost["why"]
    assert contents(old) == before
    assert old.name in daemon.err and str(store) in daemon.err
    assert old.name in daemon.request("GET", "/healthz")[2].decode()
    assert log_alarm(daemon) == "low"
    text = next(one["text"] for one in daemon.snapshot()["alarms"] if one["alarm"] == "LOG_FAIL")
    assert text == "New log; a damaged log was set aside"
    # The patients are watched from now on.
    check_in(daemon)
    stream.first("alarm", alarm="SPO2_VLOW", change="raised")
    assert lost["accounts"] == (len(SECRETS) if with_accounts else 0)
    body = json.dumps({"action": "list", "by": "admin1", "secret": SECRETS["admin1"]})
    known = daemon.request("POST", "/api/v1/accounts", body, {"X-Chairside": "1"})[0]
    assert known == (200 if with_accounts else 403)
    assert (folder / "chairside.db.setup-code").exists() is not with_accounts
    # Whoever acknowledges it knows of it.
    assert daemon.post("*", "acknowledge", alarm="LOG_FAIL")[0] == 200
    until(lambda: log_alarm(daemon) is None)
    return daemon, lost


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_set_aside_and_the_ward_is_watched(place, damage):
    folder, file, clock = place
    store = folder / "chairside.db"
    spoil, with_accounts = DAMAGES[damage]
    spoil(store)
    before = contents(store)
    daemon, _ = begins_anew(folder, file, clock, before, with_accounts)
    assert daemon.end() == 0
    assert_it_verifies(store)
    # Only once: the new one is sound.
    daemon = Daemon(folder, file, clock)
    assert daemon.chair()["phase"] == "baseline"
    assert len(aside(store)) == 1 and log_alarm(daemon) is None


def test_a_file_that_is_gone_but_for_its_write_ahead_log(place):
    """SQLite would take it for a new one, and throw away what stands beside it."""
    folder, file, clock = place
    store = folder / "chairside.db"
    daemon = Daemon(folder, file, clock)
    check_in(daemon)
    daemon.order("1", "note", text="before")
    daemon.kill()
    store.write_bytes(b"")
    before = contents(store)
    assert len(before["-wal"]) > 0
    begins_anew(folder, file, clock, before, with_accounts=False)


def test_damage_that_is_met_only_where_it_is_read(place):
    """In a log of many years not every page is looked at when a daemon starts."""
    folder, file, clock = place
    store = folder / "chairside.db"
    database = sqlite3.connect(store)
    database.executescript(
        "CREATE TABLE years (days BLOB); INSERT INTO years VALUES (zeroblob(70000000))")
    database.close()
    for table in ("event_by_chair", "event", "link"):
        spoil_root(table)(store)
    begins_anew(folder, file, clock, contents(store), with_accounts=False)
    assert aside(store)[0].stat().st_size > 70_000_000


def test_open_sessions_of_a_damaged_log_are_named(place):
    folder, file, clock = place
    store = folder / "chairside.db"
    daemon = Daemon(folder, file, clock)
    check_in(daemon)
    assert daemon.end() == 0
    spoil_root("signature")(store)
    _, lost = begins_anew(folder, file, clock, contents(store), with_accounts=True)
    assert lost["openSessions"] == ["1"]


def test_a_file_of_a_newer_version_is_left_alone(place):
    folder, file, clock = place
    store = folder / "chairside.db"
    database = sqlite3.connect(store)
    database.execute("PRAGMA user_version = 99")
    database.close()
    before = contents(store)
    daemon = Daemon(folder, file, clock, waits=False)
    assert daemon.process.wait(10) == 69 and "newer chairside" in daemon.err
    assert contents(store) == before and aside(store) == []


def test_other_verbs_leave_a_damaged_file_where_it_is(place):
    folder, file, clock = place
    store = folder / "chairside.db"
    spoil_root("event")(store)
    before = contents(store)
    answer = account(folder, "list")
    assert answer.returncode != 0 and b"damaged" in answer.stderr
    assert contents(store) == before


def test_two_daemons_cannot_open_one_log(place):
    folder, file, clock = place
    daemon = Daemon(folder, file, clock)
    check_in(daemon)
    # By its name, and by another name for it.
    other = folder / "another.yaml"
    (folder / "elsewhere.db").symlink_to(folder / "chairside.db")
    other.write_text(file.read_text().replace(
        f"store: {folder}/chairside.db", f"store: {folder}/elsewhere.db"))
    for configuration in (file, other):
        second = Daemon(folder, configuration, clock, waits=False)
        assert second.process.wait(10) == 69, second.err
        assert "another chairside daemon has this log open" in second.err
    daemon.order("1", "note", text="undisturbed")
    assert daemon.end() == 0
    third = Daemon(folder, file, clock)
    assert third.chair()["phase"] == "baseline"


def test_a_disk_that_is_full_at_the_start_keeps_nobody_from_being_watched(place):
    folder, file, clock = place
    log = folder / "log"
    log.mkdir()
    hire(log)
    file.write_text(file.read_text().replace(f"store: {folder}/", f"store: {log}/"))
    disk, witness = Disk(log, folder / "aside"), Witness()
    daemon = Daemon(folder, file, clock, environment=disk.environment)
    check_in(daemon)
    witness.watch(daemon)
    daemon.kill()
    witness.forget_what_was_early()
    disk.fail("full", span=FOREVER)
    begun, fell = time.monotonic(), clock.now
    daemon = Daemon(folder, file, clock, environment=disk.environment)
    # The session is still there, and its alarm comes.
    assert daemon.chair()["phase"] == "baseline"
    stream = witness.watch(daemon)
    raised = stream.first("alarm", alarm="MONITORING_INTERRUPTED", change="raised", seconds=3)
    back = clock.now
    assert time.monotonic() - begun < 5 and raised["durable"] is False
    assert witness.note(daemon, "1", "in memory") is False
    until(lambda: log_alarm(daemon) == "high", 15)
    assert daemon.request("GET", "/healthz")[0] == 503
    disk.heal()
    until(lambda: daemon.request("GET", "/healthz")[0] == 200, 5)
    assert witness.note(daemon, "1", "on disk") is True
    assert daemon.end() == 0
    witness.assert_nothing_is_lost(log / "chairside.db", early=True)
    assert_it_verifies(log / "chairside.db")
    assert_seconds_are_whole(log / "chairside.db", "1", [(fell - clock.speed, back)], clock.speed)
