"""kill -9 at random instants: nothing that anybody saw is lost, nothing stays silent."""

import json
import os
import random
import time

from clinic import (
    Clock, Daemon, Stream, begin_infusion, check_in, config, rows, run, scene, simulate, until)

ROUNDS = int(os.environ.get("CHAIRSIDE_KILLS", "5"))
SEED = int(os.environ.get("CHAIRSIDE_SEED", str(random.SystemRandom().randrange(1 << 31))))
STAMPS = ("seq", "wall", "durable")


class Watcher:
    """Somebody who sees the stream of one daemon after the other, and remembers all of it."""

    def __init__(self):
        self.seen = {}
        self.stream = None

    def watch(self, daemon):
        self.stream = Stream(daemon, since=max(self.seen, default=0))
        return self.stream

    def remember(self):
        for number, _, data in list(self.stream.messages):
            if number is not None:
                line = {key: value for key, value in data.items() if key not in STAMPS}
                assert self.seen.setdefault(number, line) == line


def assert_nothing_is_lost(store, watcher):
    watcher.remember()
    stored = {seq: json.loads(body) for seq, body in rows(store, "SELECT seq, body FROM event")}
    for number, line in watcher.seen.items():
        assert stored.get(number) == line, number
    assert list(stored) == list(range(1, len(stored) + 1))
    assert rows(store, "PRAGMA integrity_check") == [("ok",)]
    times = [t for (t,) in rows(store, "SELECT t_ms FROM event ORDER BY seq")]
    assert times == sorted(times)


def restart(tmp_path, file, clock):
    """Starts the daemon again. Returns it once it answers, within 5 s."""
    begun = time.monotonic()
    daemon = Daemon(tmp_path, file, clock)
    daemon.snapshot()
    assert time.monotonic() - begun < 5
    return daemon, begun


def replay_is_identical(folder, chair="1"):
    """Exports a chair's session and replays it against its own events."""
    wire, events = folder / f"{chair}.wire", folder / f"{chair}.events"
    for form, file in (("wire", wire), ("events", events)):
        answer = run("export", form, "--db", folder / "chairside.db", "--chair", chair, "-o", file)
        assert answer.returncode == 0, answer.stderr
    answer = run("replay", wire, "--expect", events)
    assert answer.returncode == 0, answer.stderr.decode()


def test_an_active_high_alarm_survives_kill_9(tmp_path, started):
    print(f"CHAIRSIDE_SEED={SEED}")
    dice = random.Random(SEED)
    clock = Clock()
    # At baseline until 0, then very low for ever.
    simulate(tmp_path, [scene(tmp_path, "low", [[0, 80]])], clock, start=-340)
    file, store = config(tmp_path), tmp_path / "chairside.db"
    daemon, watcher = Daemon(tmp_path, file, clock), Watcher()
    stream = watcher.watch(daemon)
    begin_infusion(daemon)
    daemon.order("1", "setLimit", field="spo2.low", value=94, reason="seems pale")
    daemon.order("1", "doseEnd", how="stoppedEarly")
    ended = stream.first("session", state="observation")["t"]
    stream.first("alarm", seconds=30, alarm="SPO2_VLOW", change="raised")
    before = daemon.chair()
    high = daemon.alarms()["SPO2_VLOW"]
    for number in range(ROUNDS):
        time.sleep(dice.uniform(0, 1.5))
        if dice.random() < 0.5:
            daemon.post("1", "note", text=f"round {number}")
        last = rows(store, "SELECT max(seq) FROM event")[0][0]
        daemon.kill()
        watcher.remember()
        daemon, begun = restart(tmp_path, file, clock)
        stream = watcher.watch(daemon)
        seen = daemon.chair()
        assert seen["phase"] == "observation" and seen["patient"] == "A.P."
        assert seen["limits"]["SPO2_LOW"] == 94 and seen["changedLimits"] == before["changedLimits"]
        assert seen["baseline"] == before["baseline"]
        assert seen["timer"]["requiredSeconds"] == before["timer"]["requiredSeconds"]
        elapsed = clock.now - ended
        assert elapsed - 3 * clock.speed <= seen["timer"]["elapsedSeconds"] <= elapsed
        back = daemon.alarms()["SPO2_VLOW"]
        assert (back["id"], back["priority"]) == (high["id"], "high")
        stream.first("alarm", alarm="MONITORING_INTERRUPTED", change="raised", seconds=3)
        assert time.monotonic() - begun < 5
        interrupted = rows(
            store, "SELECT count(*) FROM event WHERE seq > ? AND body LIKE ?", last,
            '%"MONITORING_INTERRUPTED","change":"raised"%')
        acknowledged = daemon.post("1", "acknowledge", alarm="MONITORING_INTERRUPTED")
        assert interrupted == [(1,)] and acknowledged[0] == 200
        until(lambda: daemon.chair()["oximeter"]["spo2"] == 80)
        assert_nothing_is_lost(store, watcher)
    daemon.kill()
    replay_is_identical(tmp_path)


def test_a_latched_alarm_and_a_running_dose_survive_kill_9(tmp_path, started):
    clock = Clock()
    dip = [[0, 80], [29, 80], [30, 97]]
    simulate(tmp_path, [scene(tmp_path, "dip", dip)], clock, start=-340)
    file = config(tmp_path)
    daemon, watcher = Daemon(tmp_path, file, clock), Watcher()
    stream = watcher.watch(daemon)
    begin_infusion(daemon)
    begun = stream.first("session", state="infusing")["t"]
    latched = stream.first("alarm", alarm="SPO2_VLOW", change="latched", seconds=30)
    daemon.kill()
    watcher.remember()
    daemon, _ = restart(tmp_path, file, clock)
    watcher.watch(daemon)
    alarm = daemon.alarms()["SPO2_VLOW"]
    assert (alarm["presence"], alarm["id"]) == ("latched", latched["id"])
    seen = daemon.chair()
    assert seen["phase"] == "infusing"
    assert abs(clock.now - begun - seen["phaseSeconds"]) < 2 * clock.speed
    assert seen["nibp"]["nextDueSeconds"] is not None
    daemon.order("1", "acknowledge", alarm="all")
    assert "SPO2_VLOW" not in daemon.alarms()
    assert_nothing_is_lost(tmp_path / "chairside.db", watcher)
    daemon.kill()
    replay_is_identical(tmp_path)


def test_a_storm_of_commands_cut_by_kill_9_leaves_a_whole_log(tmp_path, started):
    print(f"CHAIRSIDE_SEED={SEED}")
    dice = random.Random(SEED)
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock, chairs=4)
    file, store = config(tmp_path, chairs=4), tmp_path / "chairside.db"
    daemon, watcher = Daemon(tmp_path, file, clock), Watcher()
    for chair in "1234":
        check_in(daemon, chair)
    accepted = []
    for number in range(ROUNDS):
        watcher.watch(daemon)
        stop = time.monotonic() + dice.uniform(0.1, 0.8)
        while time.monotonic() < stop:
            text = f"{number}-{len(accepted)}"
            daemon.order(dice.choice("1234"), "note", text=text)
            accepted.append(text)
        daemon.kill()
        watcher.remember()
        daemon, _ = restart(tmp_path, file, clock)
        assert_nothing_is_lost(store, watcher)
    notes = {json.loads(body)["text"] for (body,) in rows(
        store, "SELECT body FROM event WHERE body LIKE '%\"what\":\"note\"%'")}
    assert set(accepted) <= notes
    assert all(daemon.chair(chair)["phase"] == "baseline" for chair in "1234")
    daemon.kill()
    for chair in "1234":
        replay_is_identical(tmp_path, chair)


def test_a_clean_end_and_a_new_start_interrupt_too(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)
    file = config(tmp_path)
    daemon = Daemon(tmp_path, file, clock)
    check_in(daemon)
    assert daemon.end() == 0
    daemon, _ = restart(tmp_path, file, clock)
    assert daemon.chair()["phase"] == "baseline"
    until(lambda: "MONITORING_INTERRUPTED" in daemon.alarms())


def test_an_empty_clinic_is_not_interrupted(tmp_path, started):
    clock = Clock()
    file = config(tmp_path)
    daemon = Daemon(tmp_path, file, clock)
    Stream(daemon).first("hb")
    daemon.kill()
    daemon, _ = restart(tmp_path, file, clock)
    assert daemon.alarms() == {}


def test_a_daemon_with_a_clock_of_its_own_goes_on_after_its_log(tmp_path, started):
    file, store = config(tmp_path), tmp_path / "chairside.db"
    for _ in range(3):
        daemon = Daemon(tmp_path, file)
        daemon.order("1", "checkIn", route="iv40", identified="yes")
        daemon.order("1", "abort", reason="again")
        daemon.kill()
    times = [t for (t,) in rows(store, "SELECT t_ms FROM event ORDER BY seq")]
    assert times == sorted(times)


def test_a_log_that_failed_before_a_restart_is_well_after_it(tmp_path):
    """What an earlier daemon said of its disk is over once this one has written to it."""
    course = scene(tmp_path, "late", [[0, 97]], end=600, events=[
        {"t": 500, "e": "leaveAMA", "user": "rn1", "reason": "insists", "advice": "yes"},
        {"t": 590, "e": "log", "user": "rn1", "health": "failing"}])
    assert run("scene", course, "--log", tmp_path / "chairside.db").returncode in (0, 2)

    def steps():
        return rows(tmp_path / "chairside.db", """
            SELECT body ->> 'change', body ->> 'id' FROM event
            WHERE body ->> 'alarm' = 'LOG_FAIL' AND kind = 'alarm' ORDER BY seq""")

    assert steps() == [("raised", 1)]
    daemon = Daemon(tmp_path, config(tmp_path))
    try:
        until(lambda: steps() == [("raised", 1), ("cleared", 1)])
        assert daemon.snapshot()["alarms"] == []
    finally:
        daemon.kill()
