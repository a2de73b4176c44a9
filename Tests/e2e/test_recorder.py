"""The flight recorder: what the log holds replays to the very events that people saw."""

import json
import sqlite3

import pytest

from clinic import (
    Clock, Daemon, Stream, begin_infusion, check_in, config, hire, rows, run, scene, simulate,
    until)

FALL = [[0, 97], [99, 97], [100, 85], [139, 85], [140, 97]]
OFF = {"flags": {"sensorOff": [[60, 100]]}}
STAFF = ("staff: [{id: anna, name: A. Nurse, role: rn}, {id: rn1, role: rn}, "
         "{id: omar, role: prescriber}]")


def export(folder, chair, form, store=None):
    file = folder / f"{chair}.{form}"
    answer = run("export", form, "--db", store or folder / "chairside.db", "--chair", chair,
                 "-o", file)
    assert answer.returncode == 0, answer.stderr
    return file


def replay_is_identical(folder, chair, store=None):
    wire = export(folder, chair, "wire", store)
    events = export(folder, chair, "events", store)
    answer = run("replay", wire, "--expect", events)
    assert answer.returncode == 0, answer.stderr.decode()
    return [json.loads(line) for line in events.read_text().splitlines()]


@pytest.mark.parametrize("oximeter", ["contec-v7", "contec-5", "bci", "nonin-1", "nonin-2",
                                      "nonin-7", "nonin-8"])
def test_a_session_through_any_oximeter_replays(tmp_path, started, oximeter):
    clock = Clock()
    courses = [scene(tmp_path, "fall", FALL), scene(tmp_path, "off", [[0, 96]], **OFF)]
    simulate(tmp_path, courses, clock, start=30, oximeter=oximeter)
    file = config(tmp_path, chairs=2, oximeter=oximeter)
    daemon = Daemon(tmp_path, file, clock)
    stream = Stream(daemon)
    for chair in "12":
        check_in(daemon, chair)
    stream.first("alarm", chair="1", alarm="SPO2_VLOW", change="latched")
    stream.first("alarm", chair="1", alarm="SPO2_LOW", change="cleared")
    daemon.order("1", "acknowledge", alarm="all")
    daemon.order("2", "audioPause", seconds=60)
    assert daemon.post("2", "doseStart")[0] == 409
    # Killed first: what is exported from a log that goes on may end at two different events.
    daemon.kill()
    events = replay_is_identical(tmp_path, "1")
    assert [e["change"] for e in events if e["event"] == "alarm" and e["alarm"] == "SPO2_VLOW"] == [
        "raised", "latched", "reset"]
    replay_is_identical(tmp_path, "2")
    daemon = Daemon(tmp_path, file, clock)
    until(lambda: all(daemon.chair(chair)["oximeter"]["state"] == "live" for chair in "12"))
    daemon.order("1", "note", text="after the restart")
    daemon.end()
    for chair in "12":
        replay_is_identical(tmp_path, chair)


def test_a_whole_session_with_cuff_and_signature_attempt_replays(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock, start=0)
    hire(tmp_path)
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    Stream(daemon)
    begin_infusion(daemon)
    daemon.order("1", "setLimit", field="spo2.low", value=93, reason="dark skin")
    daemon.order("1", "stopRequested")
    daemon.order("1", "doseEnd", how="stoppedEarly")
    until(lambda: daemon.chair()["nibp"]["cuff"] == "inflating")
    daemon.order("1", "nibpAbort")
    daemon.order("1", "assess", aldrete=10, padss=10, moaas=5)
    daemon.post("1", "sign")
    until(lambda: daemon.chair()["nibp"]["cuff"] != "inflating")
    daemon.order("1", "leaveAMA", reason="has a bus to catch", advice="yes", refusalForm="yes")
    daemon.kill()
    events = replay_is_identical(tmp_path, "1")
    assert any(event.get("alarm") == "CALL_STOP" for event in events)


def test_a_second_session_at_a_chair_is_recorded_on_its_own(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "fall", FALL)], clock, start=60)
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    stream = Stream(daemon)
    check_in(daemon)
    daemon.order("1", "abort", reason="changed her mind")
    check_in(daemon)
    stream.first("alarm", alarm="SPO2_VLOW", change="raised")
    daemon.kill()
    events = replay_is_identical(tmp_path, "1")
    assert sum(event["event"] == "session" for event in events) == 1


def test_the_staff_of_the_clinic_is_known_in_replay(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)
    daemon = Daemon(tmp_path, config(tmp_path, staff=STAFF), clock)
    assert {member["id"] for member in daemon.snapshot()["staff"]} == {"anna", "rn1", "omar"}
    check_in(daemon)
    daemon.order("1", "note", by="anna", text="by a name of this clinic")
    daemon.order("1", "holdDeclared", by="anna", reason="unsure")
    assert daemon.post("1", "note", by="md1", text="not of this clinic")[0] == 409
    daemon.kill()
    events = replay_is_identical(tmp_path, "1")
    assert any(event.get("by") == "anna" for event in events)


def test_the_limits_of_the_clinic_are_known_in_replay(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "pale", [[0, 97], [20, 97], [21, 93]])], clock)
    policy = "policy: {policyId: strict-1, spo2: {low: 95}}"
    daemon = Daemon(tmp_path, config(tmp_path, staff=policy), clock)
    stream = Stream(daemon)
    check_in(daemon)
    assert daemon.chair()["limits"]["SPO2_LOW"] == 95
    stream.first("alarm", alarm="SPO2_LOW", change="raised")
    daemon.kill()
    replay_is_identical(tmp_path, "1")


def test_a_chair_that_never_had_a_session_has_none_to_export(tmp_path, started):
    daemon = Daemon(tmp_path, config(tmp_path), Clock())
    Stream(daemon).first("hb")
    answer = run("export", "wire", "--db", tmp_path / "chairside.db", "--chair", 1)
    assert answer.returncode == 3
    assert "session of chair 1 is in this log" in answer.stderr.decode()


@pytest.mark.parametrize("content", [None, b"", b"not a database at all " * 100])
def test_a_log_that_is_none_is_refused(tmp_path, content):
    file = tmp_path / "log.db"
    if content is not None:
        file.write_bytes(content)
    answer = run("export", "wire", "--db", file, "--chair", 1)
    assert answer.returncode in (3, 65, 66)
    assert str(file) in answer.stderr.decode() or b"log" in answer.stderr


def test_a_damaged_byte_in_the_record_is_told_not_passed_over(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    check_in(daemon)
    until(lambda: len(rows(tmp_path / "chairside.db", "SELECT 1 FROM tape")) > 5)
    daemon.end()
    log = sqlite3.connect(tmp_path / "chairside.db")
    with log:
        seq, block = log.execute("SELECT seq, block FROM tape ORDER BY seq DESC").fetchone()
        log.execute("UPDATE tape SET block = ? WHERE seq = ?", (b"\x09" + block[1:], seq))
    log.close()
    answer = run("export", "wire", "--db", tmp_path / "chairside.db", "--chair", 1)
    assert answer.returncode == 65
    assert answer.stderr
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    assert "cannot be read" in daemon.err
    assert daemon.chair()["phase"] == "baseline"
