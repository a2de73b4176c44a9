"""The event stream: numbered, resumable, and exact to the second of the rules."""

import contextlib
import json
import re
import sqlite3

import pytest

from clinic import (
    SECRETS, Clock, Daemon, Stream, begin_infusion, check_in, config, hire, rows, scene, simulate, until)

# Steps at 40 s (below 92) and at 80 s (below 88); well again at 130 s.
FALL = [[0, 97], [39, 97], [40, 90], [79, 90], [80, 85], [129, 85], [130, 97]]


@pytest.fixture
def clinic(tmp_path, started):
    """A patient who will desaturate 50 s after the start of the simulation."""
    hire(tmp_path)
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "fall", FALL)], clock)
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    stream = Stream(daemon, since=0)
    check_in(daemon)
    return daemon, stream, tmp_path / "chairside.db"


def without_stamps(data):
    return {key: value for key, value in data.items() if key not in ("seq", "wall", "durable")}


def test_alarms_come_after_exactly_their_delay(clinic):
    daemon, stream, store = clinic
    low = stream.first("alarm", alarm="SPO2_LOW", change="raised")
    very_low = stream.first("alarm", alarm="SPO2_VLOW", change="raised")
    assert (low["priority"], low["value"], low["limit"]) == ("medium", 90, 92)
    assert (very_low["priority"], very_low["limit"]) == ("high", 88)
    samples = until(lambda: rows(
        store, "SELECT t_ms, spo2 FROM v_vitals_1s WHERE chair = '1' AND spo2 < 88 ORDER BY t_ms"))
    first = {
        limit: rows(store, "SELECT min(t_ms) FROM v_vitals_1s WHERE chair = '1' AND spo2 < ?", limit)
        [0][0] for limit in (92, 88)}
    assert samples[0][0] == first[88]
    assert round(low["t"] * 1000) == first[92] + 10_000
    assert round(very_low["t"] * 1000) == first[88] + 3_000


def test_an_acknowledged_high_alarm_goes_when_the_patient_is_well(clinic):
    daemon, stream, _ = clinic
    stream.first("alarm", alarm="SPO2_VLOW", change="raised")
    daemon.order("1", "acknowledge", alarm="SPO2_VLOW")
    done = stream.first("alarm", alarm="SPO2_VLOW", change="acknowledged")
    assert done["by"] == "rn1"
    assert daemon.alarms()["SPO2_VLOW"]["acknowledgedBy"] == "rn1"
    stream.first("alarm", alarm="SPO2_VLOW", change="cleared")
    assert "SPO2_VLOW" not in daemon.alarms()


def test_a_high_alarm_that_nobody_saw_stays(clinic):
    daemon, stream, _ = clinic
    stream.first("alarm", alarm="SPO2_VLOW", change="latched")
    assert daemon.alarms()["SPO2_VLOW"]["presence"] == "latched"
    assert daemon.chair()["oximeter"]["spo2"] == 97
    daemon.order("1", "acknowledge", alarm="all")
    stream.first("alarm", alarm="SPO2_VLOW", change="reset")
    assert "SPO2_VLOW" not in daemon.alarms()


def test_a_stream_resumes_without_loss_or_double(clinic):
    daemon, stream, store = clinic
    for number in range(5):
        daemon.order("1", "note", text=f"note {number}")
    until(lambda: len(stream.all("audit", what="note")) == 5)
    middle = stream.ids[len(stream.ids) // 2]
    for resumed in (Stream(daemon, last_event_id=middle), Stream(daemon, since=middle)):
        daemon.order("1", "note", text="one more")
        last = max(seq for (seq,) in rows(store, "SELECT max(seq) FROM event"))
        until(lambda: resumed.ids and resumed.ids[-1] >= last)
        assert resumed.ids == list(range(middle + 1, resumed.ids[-1] + 1))
    assert stream.ids == sorted(set(stream.ids))
    assert stream.ids[0] == 1


def test_a_stream_from_the_snapshot_has_no_gap(clinic):
    daemon, stream, store = clinic
    for number in range(10):
        since = daemon.snapshot()["asOfEventId"]
        daemon.order("1", "note", text=f"n{number}")
        joined = Stream(daemon, since=since)
        until(lambda: joined.ids)
        assert joined.ids[0] == since + 1
        joined.close()


def test_a_new_stream_has_nothing_of_the_past(clinic):
    daemon, stream, _ = clinic
    before = daemon.snapshot()["asOfEventId"]
    fresh = Stream(daemon)
    fresh.first("hb")
    daemon.order("1", "note", text="now")
    until(lambda: fresh.ids)
    assert fresh.ids[0] > before


def test_what_was_seen_is_what_was_stored(clinic):
    daemon, stream, store = clinic
    stream.first("alarm", alarm="SPO2_LOW", change="raised")
    stored = {
        seq: body for seq, body in rows(store, "SELECT seq, body FROM event ORDER BY seq")}
    for number, _, data in list(stream.messages):
        if number is not None:
            assert without_stamps(data) == json.loads(stored[number])
            assert data["seq"] == number
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", data["wall"])


def test_tiles_and_heartbeats_keep_coming(clinic):
    daemon, stream, _ = clinic
    until(lambda: len(stream.all("hb")) >= 3)
    beats = stream.all("hb")
    numbers = [beat["seq"] for beat in beats]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    tiles = stream.all("vitals", chair="1")
    assert len(tiles) >= len(beats)
    # What a tile says, and the session in full besides.
    assert tiles[-1].keys() | {"session"} == daemon.chair().keys()
    assert "session" not in tiles[-1]


def test_the_whole_way_from_check_in_to_observation(clinic):
    daemon, stream, _ = clinic
    stream.first("alarm", alarm="SPO2_VLOW", change="latched")
    daemon.order("1", "acknowledge", alarm="all")
    daemon.order("1", "abort", reason="starts anew, well again")
    begin_infusion(daemon)
    assert daemon.chair()["phase"] == "infusing"
    daemon.order("1", "doseEnd", how="completed")
    seen = daemon.chair()
    assert seen["phase"] == "observation" and seen["timer"]["requiredSeconds"] == 1800
    status, answer = daemon.post("1", "sign")
    assert status == 409 and {"time", "aldrete"} <= set(answer["why"])
    refused = stream.first("signature", result="refused")
    assert refused["why"] == answer["why"]


@contextlib.contextmanager
def stuck(store):
    """Another program that writes to the log, and does not come to an end."""
    lock = sqlite3.connect(store, isolation_level=None, timeout=5)
    lock.execute("BEGIN IMMEDIATE")
    yield
    lock.execute("ROLLBACK")
    lock.close()


def test_a_stream_opened_while_the_disk_is_stuck_misses_nothing(clinic):
    daemon, stream, store = clinic
    until(lambda: stream.all("session", state="baseline"))
    since = daemon.snapshot()["durableEventId"]
    with stuck(store):
        assert daemon.post("1", "note", text="shown early") == (
            200, {"result": "accepted", "durable": False})
        seen = daemon.snapshot()
        assert seen["durableEventId"] < seen["asOfEventId"]
        late = Stream(daemon, since=since, station="late")
        assert late.first("audit", seconds=2, text="shown early")["durable"] is False
        daemon.order("1", "note", text="shown later")
        assert late.first("audit", seconds=2, text="shown later")["durable"] is False
        later = Stream(daemon, since=since, station="later")
        later.first("audit", seconds=2, text="shown later")
    until(lambda: daemon.request("GET", "/healthz")[0] == 200)
    assert daemon.post("1", "note", text="well again") == (200, {"result": "accepted"})
    for one in (late, later):
        one.first("audit", text="well again")
        numbers = [data["seq"] for _, name, data in list(one.messages) if name not in (
            "hb", "vitals")]
        assert numbers == list(range(since + 1, numbers[-1] + 1))
    # It is to be had again, by its number, from whoever saw it too early to have one.
    again = Stream(daemon, last_event_id=since)
    assert "durable" not in again.first("audit", text="shown early")
    assert again.ids[0] == since + 1


def test_a_refusal_that_the_log_does_not_hold_yet_says_so(clinic):
    daemon, stream, store = clinic
    with stuck(store):
        status, answer = daemon.post("1", "sign")
        assert (status, answer["durable"]) == (409, False)
        status, answer = daemon.post("1", "sign", by="nobody", secret="135790")
        assert (status, answer["durable"]) == (403, False)
        body = json.dumps({
            "action": "disable", "user": "rn2", "by": "admin1", "secret": SECRETS["admin1"]})
        status, _, answer = daemon.request(
            "POST", "/api/v1/accounts", body, {"X-Chairside": "1"})
        assert (status, json.loads(answer)["durable"]) == (200, False)
    until(lambda: daemon.request("GET", "/healthz")[0] == 200)
    assert "durable" not in daemon.post("1", "sign")[1]


def test_a_stream_from_a_log_that_had_more_events_starts_anew(clinic):
    daemon, stream, _ = clinic
    newest = daemon.snapshot()["asOfEventId"]
    stray = Stream(daemon, last_event_id=newest + 1000)
    stray.first("reset")
    daemon.order("1", "note", text="to everybody")
    stray.first("audit", seconds=2, text="to everybody")


def test_a_stuck_disk_hides_no_alarm(clinic):
    daemon, stream, store = clinic
    until(lambda: stream.all("session", state="baseline"))
    with stuck(store):
        daemon.order("1", "note", text="while the disk is stuck")
        note = stream.first("audit", seconds=2, text="while the disk is stuck")
        assert note["durable"] is False
        number = next(n for n, _, data in stream.messages if data is note)
        assert number is None, "an event that is not durable has no id to resume from"
        assert daemon.request("GET", "/healthz")[0] == 503
        assert [alarm["alarm"] for alarm in daemon.snapshot()["alarms"]] == ["LOG_FAIL"]
    until(lambda: daemon.request("GET", "/healthz")[0] == 200)
    until(lambda: not daemon.snapshot()["alarms"])
    assert rows(store, "SELECT 1 FROM event WHERE body LIKE '%while the disk is stuck%'")
