"""`chairside demo`: what a newcomer sees in the first minutes, ten times faster."""

import os
import re
import signal
import time

import pytest

from clinic import SECRETS, Client, Running, Station, run, until, url_in

SPEED = 10
# Seconds of ward time beyond the forecast: a second of ours for a slow machine, and the frame.
LATE = 15


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo, watched until its forecast's first minutes are over."""
    folder = tmp_path_factory.mktemp("demo")
    running = Running(folder, "demo", ["demo", "--port", 0, "--speed", SPEED],
                      {"TMPDIR": str(folder)})
    try:
        client = Client(until(lambda: url_in(running.out), 60))
    except AssertionError:
        running.kill()
        raise
    running.begun = time.monotonic()
    running.client, running.folder = client, folder
    # The wall, which a newcomer opens: without it, nobody would show an alarm.
    running.stream = Station(client, since=0)
    running.tiles = []
    yield running
    running.stream.close()
    running.kill()


def first(demo, chair, alarm, change="raised", **fields):
    return demo.stream.first("alarm", 40, chair=chair, alarm=alarm, change=change, **fields)


def curtain(demo):
    return 10_000


def test_it_says_where_to_look_and_that_it_is_no_device(demo):
    assert "Not a medical device" in demo.out
    for path in ("/wall", "/chairs/1", "/api/v1/events"):
        assert demo.client.url + path in demo.out
    for user in ("rn1", "rn2", "md1"):
        assert f"{user} / {SECRETS[user]}" in demo.out
    seen = demo.client.snapshot()
    assert (seen["mode"], seen["speed"]) == ("demo", SPEED)
    assert [view["chair"] for view in seen["chairs"]] == list("123456")


def test_chair_1_raises_medium_then_high(demo):
    low, very_low = first(demo, "1", "SPO2_LOW"), first(demo, "1", "SPO2_VLOW")
    assert (low["priority"], very_low["priority"]) == ("medium", "high")
    assert curtain(demo) + 35 < low["t"] < very_low["t"] < curtain(demo) + 60 + LATE


def test_chair_2_loses_its_sensor_and_its_numbers(demo):
    off = first(demo, "2", "SENSOR_OFF")
    assert curtain(demo) + 30 < off["t"] < curtain(demo) + 40 + LATE
    first(demo, "2", "SENSOR_OFF", "cleared")
    # Messages come in their order: between the two every tile says so, and has no number.
    inside, tiles = False, []
    for _, kind, data in demo.stream.messages:
        if kind == "alarm" and data["chair"] == "2" and data["alarm"] == "SENSOR_OFF":
            inside = data["change"] in ("raised", "escalated")
        elif kind == "vitals" and data["chair"] == "2" and inside:
            tiles.append(data["oximeter"])
    off = [tile for tile in tiles if tile["state"] == "sensorOff"]
    assert len(off) > 10
    since = [tile["sinceSeconds"] for tile in off]
    assert since == sorted(since) and since[-1] > 60
    assert {(tile["spo2"], tile["pr"], tile["pi"]) for tile in off} == {(None, None, None)}
    assert all(tile["spo2"] is None or tile["state"] == "live" for tile in tiles)


def test_chair_3_has_its_pressor_peak(demo):
    peak = first(demo, "3", "BP_ELEV", "escalated")
    assert peak["priority"] == "medium"


def test_chair_4_becomes_ready_for_sign_off(demo):
    ready = demo.stream.first("session", 40, chair="4", state="readyForSignOff")
    assert ready["t"] < curtain(demo) + 90 + LATE
    seen = demo.client.chair("4")
    assert seen["timer"]["state"] == "eligible" and seen["timer"]["blockedBy"] == []


def test_nothing_happens_that_was_not_announced(demo):
    first(demo, "1", "SPO2_VLOW", "latched")
    first(demo, "1", "SPO2_LOW", "cleared")
    until(lambda: "SPO2_LOW clears" in demo.out)
    announced = set(re.findall(r"chair (\d): ([A-Z0-9_]+) (?:LOW|MEDIUM|HIGH)", demo.out))
    raised = {
        (data["chair"], data["alarm"]) for data in demo.stream.all("alarm")
        if data["change"] in ("raised", "escalated") and data["t"] > curtain(demo)
        # A start that takes more than a second of ours is ten of theirs without a number.
        and not (data["alarm"] == "NO_DATA" and data["t"] < curtain(demo) + LATE)
        # Nobody has turned on the sound of a page here, and a demo sounds nowhere else.
        and data["alarm"] != "STATION_SILENT"}
    assert raised <= announced
    assert "BP_OVERDUE" not in {alarm for _, alarm in announced}


def test_every_chair_of_the_demo_replays(demo):
    first(demo, "1", "SPO2_LOW", "cleared")
    demo.client.order("1", "acknowledge", alarm="all")
    store = next(demo.folder.glob("chairside-demo-*/chairside.db"))
    for chair in "123456":
        wire, events = demo.folder / f"{chair}.wire", demo.folder / f"{chair}.events"

        def is_identical():
            # The clinic goes on: an event may come between the two.
            for form, file in (("wire", wire), ("events", events)):
                answer = run("export", form, "--db", store, "--chair", chair, "-o", file)
                assert answer.returncode == 0, answer.stderr
            replayed = run("replay", wire, "--expect", events)
            return replayed if replayed.returncode == 0 else None

        answer = is_identical() or run("replay", wire, "--expect", events)
        if "nothing more" in answer.stderr.decode():
            answer = is_identical()
        assert answer.returncode == 0, answer.stderr.decode()


def test_a_person_can_work_in_it(demo):
    assert demo.client.post("4", "sign", secret="000042")[1]["why"] == ["authentication"]
    assert demo.client.post("4", "sign")[0] in (200, 409)
    assert demo.client.post("5", "note", text="hello")[0] == 200


def test_ctrl_c_ends_it_and_leaves_nothing(demo):
    assert list(demo.folder.glob("chairside-demo-*"))
    begun = time.monotonic()
    assert demo.end(signal.SIGINT, 5) == 0
    assert time.monotonic() - begun < 3
    assert not list(demo.folder.glob("chairside-demo-*"))
    assert "error" not in demo.err


def test_ctrl_c_at_once_leaves_nothing(tmp_path, started):
    running = Running(tmp_path, "demo", ["demo", "--port", 0], {"TMPDIR": str(tmp_path)})
    until(lambda: url_in(running.out), 60)
    assert running.end(signal.SIGTERM, 5) == 0
    assert not list(tmp_path.glob("chairside-demo-*"))


@pytest.mark.parametrize("arguments", [["--speed", "0"], ["--speed", "1000"], ["--port", "x"]])
def test_a_wrong_option_is_wrong_usage(arguments):
    assert run("demo", *arguments).returncode == 64
