"""Slow disks, long readers, clocks that are set: the ward goes on, and the log is whole."""

import re
import sqlite3
import threading
import time

import pytest

from clinic import (
    REPO, Clock, Daemon, Stream, begin_infusion, check_in, config, hire, rows, run, scene, simulate, until)
from faultdisk import FOREVER, Disk
from witness import (
    Witness, assert_it_replays, assert_it_verifies, assert_seconds_are_whole, events, samples)

PAGE = REPO / "docs/promises.md"
WAVE = [[20 * turn + edge, 97 if turn % 2 else 80] for turn in range(4000) for edge in (0, 19)]


class Place:
    """A chair in real time, or faster, whose log lies on a disk that does as it is told."""

    def __init__(self, folder, speed=1.0, course=WAVE):
        self.folder, self.log = folder, folder / "log"
        self.log.mkdir()
        self.store = self.log / "chairside.db"
        hire(self.log)
        self.clock = Clock(speed)
        simulate(folder, [scene(folder, "course", course)], self.clock)
        self.file = config(folder)
        self.file.write_text(self.file.read_text().replace(
            f"store: {folder}/", f"store: {self.log}/"))
        self.disk = Disk(self.log, folder / "aside")

    def start(self, own_clock=False, **options):
        return Daemon(self.folder, self.file, None if own_clock else self.clock,
                      environment=self.disk.environment, **options)


def test_a_slow_disk_delays_no_alarm(tmp_path, started):
    """Two seconds for every sync: what is decided is shown within 250 ms, and nothing piles up."""
    place, witness = Place(tmp_path), Witness()
    daemon = place.start()
    arrived = {}
    stream = witness.watch(daemon)
    check_in(daemon)
    place.disk.slow(2)

    def clockwork():
        seen = 0
        while daemon.process.poll() is None:
            for _, name, data in stream.messages[seen:]:
                arrived.setdefault((name, data.get("seq")), place.clock.now)
                seen += 1
            time.sleep(0.002)

    threading.Thread(target=clockwork, daemon=True).start()
    for number in range(12):
        asked = time.monotonic()
        assert witness.note(daemon, "1", f"note {number}") is False
        assert time.monotonic() - asked < 0.5
        time.sleep(0.3)
    raised = stream.first("alarm", alarm="SPO2_VLOW", change="raised", seconds=45)
    assert raised["durable"] is False
    time.sleep(0.1)
    late = max(
        arrived["alarm", one["seq"]] - one["t"] for one in stream.all("alarm", durable=False))
    assert late < 0.25 + 0.15, late
    # A sample a second is judged at its second, whatever the disk does.
    assert {one["alarm"] for one in daemon.snapshot()["alarms"]} >= {"LOG_FAIL"}
    beats = [arrived["hb", beat["seq"]] for beat in stream.all("hb")]
    assert max(after - before for before, after in zip(beats, beats[1:])) < 1.5
    # One transaction takes all that has come meanwhile, so the log is never far behind.
    seen = daemon.snapshot()["asOfEventId"]
    until(lambda: daemon.snapshot()["durableEventId"] >= seen, 9)
    place.disk.slow(0)
    until(lambda: daemon.request("GET", "/healthz")[0] == 200, 9)
    assert witness.note(daemon, "1", "fast again") is True
    assert daemon.end() == 0
    witness.assert_nothing_is_lost(place.store, early=True)
    assert_it_verifies(place.store)
    assert_seconds_are_whole(place.store, "1")


def test_a_disk_that_stays_full_does_not_eat_the_memory(tmp_path, started):
    """Of all that waits for it, raw bytes are given up first, and on record."""
    place, witness = Place(tmp_path, speed=20), Witness()
    daemon = place.start(options=["--most-held", 30_000])
    stream = witness.watch(daemon)
    check_in(daemon)
    place.disk.fail("full", span=FOREVER)
    assert stream.first("audit", what="deviceBytesKept", kept=False)["durable"] is False
    for number in range(5):
        witness.note(daemon, "1", f"in memory {number}")
        time.sleep(0.4)
    raised = stream.all("alarm", alarm="SPO2_VLOW", change="raised", durable=False)
    place.disk.heal()
    until(lambda: daemon.request("GET", "/healthz")[0] == 200, 5)
    assert "durable" not in stream.first("audit", what="deviceBytesKept", kept=True)
    assert witness.note(daemon, "1", "well again") is True
    assert daemon.end() == 0
    # Nothing else is missing: no event, no number.
    witness.assert_nothing_is_lost(place.store, early=True)
    assert raised and assert_seconds_are_whole(place.store, "1", speed=20)
    assert_it_verifies(place.store)


def test_a_reader_never_blocks_the_writer(tmp_path, started):
    place, witness = Place(tmp_path, speed=20), Witness()
    daemon = place.start()
    witness.watch(daemon)
    check_in(daemon)
    reader = sqlite3.connect(f"file:{place.store}?mode=ro", uri=True, isolation_level=None)
    reader.execute("BEGIN")
    count, = reader.execute("SELECT count(*) FROM event").fetchone()
    exports = threading.Thread(target=lambda: exported.extend(
        run("export", "events", "--db", place.store, "--chair", "1").returncode
        for _ in range(4)))
    exported, waited = [], []
    exports.start()
    # As many pages as SQLite would move to the file by itself, were it not for the reader.
    wal = place.store.with_name("chairside.db-wal")
    while wal.stat().st_size < 1500 * 4120:
        asked = time.monotonic()
        assert witness.note(daemon, "1", "x" * 1500) is True
        waited.append(time.monotonic() - asked)
    exports.join()
    assert exported == [0] * 4
    # It has seen one state of the log all the time, and nobody waited for it.
    assert reader.execute("SELECT count(*) FROM event").fetchone() == (count,)
    assert sorted(waited)[len(waited) // 2] < 0.1
    until(lambda: f"chairside_log_wal_bytes {wal.stat().st_size}\n" in metrics(daemon), 40)
    reader.execute("ROLLBACK")
    reader.close()


    # The pages are moved at the next opportunity, and their place is used again.
    def is_used_again():
        size = wal.stat().st_size
        for _ in range(30):
            witness.note(daemon, "1", "y" * 1500)
        return wal.stat().st_size == size

    until(is_used_again, 60, every=1)
    assert daemon.end() == 0
    assert not wal.exists() or wal.stat().st_size == 0
    witness.assert_nothing_is_lost(place.store, early=True)
    assert_it_verifies(place.store)


def metrics(daemon):
    return daemon.request("GET", "/metrics")[2].decode()


@pytest.mark.parametrize("step", [3600, -3600, 0.5, 86_400 * 400])
def test_a_wall_clock_that_is_set_leaves_every_second_once(tmp_path, started, step):
    place = Place(tmp_path, course=[[0, 97]])
    daemon = place.start(own_clock=True)
    stream = Stream(daemon, since=0)
    check_in(daemon)
    daemon.order("1", "note", text="by the old clock")
    time.sleep(2)
    before = place.clock.now
    place.disk.step_wall_clock(step)
    if abs(step) > 2:
        stepped = stream.first("audit", what="wallClockStepped", seconds=3)
        assert abs(stepped["milliseconds"] - step * 1000) < 1000
    else:
        time.sleep(2.5)
        assert stream.all("audit", what="wallClockStepped") == []
    daemon.order("1", "note", text="by the new clock")
    old, new = (stream.first("audit", text=f"by the {one} clock") for one in ("old", "new"))
    time.sleep(2)
    passed = place.clock.now - before
    assert daemon.end() == 0
    times = assert_seconds_are_whole(place.store, "1")
    # Seconds by the clock that is never set.
    assert abs(len([t for t in times if t > times[-1] - passed]) - passed) <= 2
    walls = dict(rows(place.store, "SELECT seq, wall_ms FROM event"))
    ticked = (new["t"] - old["t"]) * 1000
    labelled = walls[new["seq"]] - walls[old["seq"]]
    assert abs(labelled - ticked - (step * 1000 if abs(step) > 2 else 0)) < 1000
    assert_it_verifies(place.store)


def test_a_power_gap_is_on_record(tmp_path, started):
    """Off and on again within one boot: from when to when, and no doubt about it."""
    place = Place(tmp_path, course=[[0, 97]])
    daemon = place.start(own_clock=True)
    check_in(daemon)
    time.sleep(1.5)
    daemon.kill()
    last = max(t for t, _ in samples(place.store, "1")) / 1000
    time.sleep(3)
    daemon = place.start(own_clock=True)
    stream = Stream(daemon, since=0)
    for chair in ("1", "*"):
        gap = stream.first("audit", chair=chair, what="interrupted")
        assert "clock" not in gap and gap["seconds"] >= 3
        assert 0 <= gap["t"] - gap["seconds"] - last < 2.1
    raised = stream.first("alarm", chair="1", alarm="MONITORING_INTERRUPTED", change="raised")
    assert raised["value"] == gap["seconds"]
    assert_seconds_are_whole(place.store, "1", [(last, gap["t"])])
    # No number of that time.
    assert not [t for t, spo2 in samples(place.store, "1")
                if spo2 is not None and last < t / 1000 < gap["t"] - 0.1]


@pytest.mark.parametrize("wall", [-3600, 5])
def test_after_a_reboot_nobody_knows_how_long_it_was(tmp_path, started, wall):
    """Boot time begins anew and the wall clock may be anything: time still goes on, and not back."""
    place = Place(tmp_path, course=[[0, 97]])
    daemon = place.start(own_clock=True)
    check_in(daemon)
    time.sleep(2)
    daemon.kill()
    last = max(t for t, _ in samples(place.store, "1")) / 1000
    place.disk.reboot(boot_time=7)
    place.disk.step_wall_clock(wall)
    daemon = place.start(own_clock=True)
    stream = Stream(daemon, since=0)
    gap = stream.first("audit", chair="*", what="interrupted")
    assert gap["clock"] == "uncertain"
    assert gap["seconds"] <= max(wall, 0) + 5
    check = until(lambda: [t for t, _ in samples(place.store, "1") if t / 1000 > gap["t"] + 2], 8)
    assert check and daemon.chair()["phase"] == "baseline"
    assert daemon.end() == 0
    assert_seconds_are_whole(place.store, "1", [(last, gap["t"] + 1)])
    times = [line["t"] for line in events(place.store).values()]
    assert times == sorted(times)
    assert_it_replays(place.log, "1")
    assert_it_verifies(place.store)


def test_the_page_of_promises_names_tests_that_exist():
    page = PAGE.read_text()
    named = re.findall(r"`(test_\w+\.py)::(test_\w+)`", page)
    assert len(named) > 20
    for file, name in named:
        assert f"def {name}(" in (REPO / "Tests/e2e" / file).read_text(), (file, name)
    for suite in re.findall(r"`(\w+Tests)`", page):
        assert list(REPO.glob(f"Tests/*/{suite}.swift")), suite
    for name in re.findall(r"CHAIRSIDE_[A-Z]+", page):
        assert any(name in file.read_text() for file in (REPO / "Tests/e2e").glob("test_*.py")), name
