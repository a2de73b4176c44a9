"""kill -9 at random instants, eight patients, alarms and commands all the time: nothing that anybody
saw is lost, nothing stays silent.

CHAIRSIDE_KILLS says how often (scripts/long: 300).
"""

import http.client
import os
import random
import statistics
import threading
import time

from clinic import (
    Clock, Daemon, begin_infusion, check_in, config, hire, rows, run, scene, simulate, until)
from witness import (
    Witness, assert_it_replays, assert_it_verifies, assert_seconds_are_whole, events, samples)

KILLS = int(os.environ.get("CHAIRSIDE_KILLS", "30"))
# How much faster the clinic's time runs, and after how many kills the patients go home.
SPEED = 10.0
SHIFT = 50
SEED = int(os.environ.get("CHAIRSIDE_SEED", str(random.SystemRandom().randrange(1 << 31))))
CHAIRS = "12345678"
# Who is being infused; 4 is being observed, the others have just come.
INFUSED = "123"
OBSERVED = "4"


def waves(low, high, period):
    """A patient who falls and recovers all day; well until 30 s."""
    knots = [[0, high], [29, high]]
    for turn, begin in enumerate(range(30, 80_000, period)):
        value = high if turn % 2 else low
        knots += [[begin, value], [begin + period - 1, value]]
    return knots


def patients(folder):
    """Chair 1 is very low for ever, once the infusion has begun; the others come and go."""
    low = [[0, 97], [29, 97], [30, 80]]
    courses = [waves(86, 97, 20), waves(90, 97, 35), waves(85, 96, 50)]
    return [scene(folder, f"patient-{chair}", courses[int(chair) % 3] if chair != "1" else low)
            for chair in CHAIRS]


class Storm(threading.Thread):
    """People who give commands, each as soon as the last one is answered, until nobody answers."""

    def __init__(self, daemon, witness, number, seed):
        super().__init__(daemon=True)
        self._daemon, self._witness = daemon, witness
        self._number, self._dice = number, random.Random(seed)
        self.answers = 0
        self.start()

    def run(self):
        try:
            while True:
                self._act(self._dice.choice(CHAIRS))
                self.answers += 1
        except (OSError, http.client.HTTPException):
            pass

    def _act(self, chair):
        what = self._dice.random()
        if what < 0.6:
            self._witness.note(self._daemon, chair, f"{self._number}-{self.answers}")
        elif what < 0.75 and chair != "1":
            self._daemon.post(chair, "acknowledge", alarm="all")
        elif what < 0.85:
            self._daemon.post(chair, "acknowledge", alarm="MONITORING_INTERRUPTED")
        elif what < 0.9:
            self._daemon.post(chair, "setLimit", field="pr.high", reason="observed",
                              value=self._dice.randrange(115, 130))
        else:
            self._witness.look(self._daemon)


class Ward:
    """Eight chairs whose daemon is killed again and again."""

    def __init__(self, folder):
        self.folder, self.store = folder, folder / "chairside.db"
        hire(folder)
        self.clock = Clock(SPEED)
        self.file = config(folder, chairs=len(CHAIRS))
        self.witness = Witness()
        # When nobody watched, in the ward's seconds.
        self.gaps = []
        self.begun = self.clock.now
        self.begin_shift()

    def begin_shift(self):
        # Everybody is well until the infusions run.
        self._devices = simulate(self.folder, patients(self.folder), self.clock, start=-260)
        self.daemon = Daemon(self.folder, self.file, self.clock)
        self._seat(self.witness.watch(self.daemon))

    def end_shift(self):
        """Everybody goes home; what was recorded of them replays."""
        ended = self.clock.now
        for chair in INFUSED:
            self.daemon.order(chair, "doseEnd", how="stoppedEarly")
        for chair in INFUSED + OBSERVED:
            self.daemon.order(chair, "leaveAMA", reason="has a bus to catch", advice="yes",
                              refusalForm="yes")
        for chair in CHAIRS:
            if chair not in INFUSED + OBSERVED:
                self.daemon.order(chair, "abort", reason="comes another day")
        assert self.daemon.end() == 0
        self._devices.kill()
        self.witness.assert_nothing_is_lost(self.store, early=True)
        assert_it_verifies(self.store)
        for chair in CHAIRS:
            assert_it_replays(self.folder, chair)
        self.gaps.append((ended, self.clock.now + 60))

    def _seat(self, stream):
        begun, failures = self.clock.now, []

        def seat(chair):
            try:
                if chair in INFUSED + OBSERVED:
                    begin_infusion(self.daemon, chair)
                else:
                    check_in(self.daemon, chair)
                if chair in OBSERVED:
                    self.daemon.order(chair, "doseEnd", how="stoppedEarly")
            except AssertionError as problem:
                failures.append((chair, problem))

        seats = [threading.Thread(target=seat, args=(chair,)) for chair in CHAIRS]
        for one in seats:
            one.start()
        for one in seats:
            one.join()
        assert failures == []
        self.daemon.order("1", "setLimit", field="spo2.low", value=94, reason="seems pale")
        until(lambda: [one for one in stream.all(
            "alarm", chair="1", alarm="SPO2_VLOW", change="raised") if one["t"] > begun],
            5 + 150 / SPEED)
        self.before = {chair: self.daemon.chair(chair) for chair in CHAIRS}
        self.high = self.daemon.alarms("1")["SPO2_VLOW"]
        self.since = {
            line["chair"]: line["t"] for line in events(self.store).values()
            if line["event"] == "session"}

    def kill(self):
        """Returns for how many seconds of real time numerics are lost, at the worst chair."""
        self.daemon.process.kill()
        now = self.clock.now
        self.daemon.process.wait()
        self.gaps.append((now - SPEED, now))
        self.witness.forget_what_was_early()
        newest = [max((t for t, _ in samples(self.store, chair)), default=0) / 1000
                  for chair in CHAIRS]
        # A second that is not over yet cannot be lost.
        return max(now - 1 - max(last, self.begun) for last in newest) / SPEED

    def start(self):
        self.begun = self.clock.now
        self.started = time.monotonic()
        self.daemon = Daemon(self.folder, self.file, self.clock, waits=False)

    def is_back(self):
        """Waits until alarms and timers are. Returns how long it took from the start."""
        self.daemon.meet(5)
        stream = self.witness.watch(self.daemon)
        seen = {tile["chair"]: tile for tile in self.daemon.snapshot()["chairs"]}
        for chair in CHAIRS:
            assert seen[chair]["phase"] == self.before[chair]["phase"], chair
        back = {one["alarm"]: one for one in seen["1"]["alarms"]}["SPO2_VLOW"]
        assert (back["id"], back["priority"], back["presence"]) == (self.high["id"], "high", "active")
        assert seen["1"]["limits"]["SPO2_LOW"] == 94
        for chair in INFUSED + OBSERVED:
            passed = self.clock.now - self.since[chair] - seen[chair]["phaseSeconds"]
            assert -1 <= passed < 2 * SPEED, (chair, passed)
        timer = seen[OBSERVED]["timer"]
        assert timer["requiredSeconds"] == self.before[OBSERVED]["timer"]["requiredSeconds"]
        assert timer["elapsedSeconds"] <= self.clock.now - self.since[OBSERVED]
        for chair in CHAIRS:
            until(lambda: [one for one in stream.all("audit", chair=chair, what="interrupted")
                           if one["t"] >= self.begun], 5)
        until(lambda: [one for one in stream.all(
            "alarm", chair="1", alarm="MONITORING_INTERRUPTED", change="raised")
            if one["t"] >= self.begun], 5)
        took = time.monotonic() - self.started
        self.gaps[-1] = (self.gaps[-1][0], self.clock.now)
        assert took < 5
        # Its number still comes, and is judged.
        until(lambda: self.daemon.chair("1")["oximeter"]["spo2"] == 80, 5)
        return took


def test_whatever_was_shown_survives_kill_9(tmp_path, started, show):
    dice = random.Random(SEED)
    begun = time.monotonic()
    ward = Ward(tmp_path)
    seated = time.monotonic() - begun
    lost, took, answers, early = [], [], 0, 0
    for number in range(KILLS):
        if number and number % SHIFT == 0:
            ward.end_shift()
            ward.begin_shift()
        storms = [Storm(ward.daemon, ward.witness, f"{number}{side}", SEED + 2 * number + side)
                  for side in range(dice.choice((0, 2, 2)))]
        time.sleep(dice.uniform(0, 2))
        lost.append(ward.kill())
        for storm in storms:
            storm.join()
        answers += sum(storm.answers for storm in storms)
        ward.start()
        while dice.random() < 0.15:
            # At an instant when it has not even begun to answer.
            time.sleep(dice.uniform(0, 0.3))
            ward.daemon.process.kill()
            ward.daemon.process.wait()
            early += 1
            ward.start()
        took.append(ward.is_back())
        ward.witness.assert_nothing_is_lost(ward.store)
    ward.end_shift()
    for chair in CHAIRS:
        assert_seconds_are_whole(ward.store, chair, ward.gaps, SPEED)
    show(f"""\
kill -9 (seed {SEED}): {KILLS} times, {early} more while starting; clinic's time {SPEED:g} times ours
  shown and checked: {len(ward.witness.durable)} events on streams, {len(ward.witness.notes)} notes \
of {answers} answers; missing: 0
  numerics lost: median {statistics.median(lost):.2f} s, worst {max(lost):.2f} s
  alarms and timers back: median {statistics.median(took):.2f} s, worst {max(took):.2f} s
  {seated:.0f} s to seat eight patients, {time.monotonic() - begun:.0f} s in all""")
    assert max(lost) <= 1


def test_numbers_of_quiet_patients_lose_at_most_a_second(tmp_path, started, show):
    """Without events, which take the numbers along, they reach the disk about once a second."""
    dice = random.Random(SEED)
    clock, file, store = Clock(1), config(tmp_path, chairs=4), tmp_path / "chairside.db"
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock, chairs=4)
    begun, daemon = clock.now, Daemon(tmp_path, file, clock)
    for chair in "1234":
        check_in(daemon, chair)
    lost = []
    for _ in range(max(6, KILLS // 3)):
        time.sleep(dice.uniform(0.5, 2))
        daemon.process.kill()
        now = clock.now
        daemon.process.wait()
        for chair in "1234":
            newest = max((t / 1000 for t, _ in samples(store, chair)), default=0)
            # The second that is not over yet is no number yet.
            lost.append(now - 1 - max(newest, begun))
        begun, daemon = clock.now, Daemon(tmp_path, file, clock)
    assert daemon.end() == 0
    assert_it_verifies(store)
    show(f"numbers of quiet patients lost at {len(lost) // 4} kills of a daemon in real time: "
         f"median {max(0, statistics.median(lost)):.2f} s, worst {max(lost):.2f} s")
    assert max(lost) <= 1


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
