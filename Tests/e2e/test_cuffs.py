"""Cuffs on a live daemon: who may inflate one, what stops it, and what is said when it fails."""

import json
import os
import pty
import select
import signal
import threading
import time
import tty

import pytest

from clinic import Clock, Daemon, Stream, check_in, rows, run, scene, simulate, until
from test_recorder import replay_is_identical

# What starts and what stops each cuff, on its wire.
WIRES = {
    "suntech": (bytes.fromhex("3a20a6"), bytes.fromhex("3a7901004c")),
    "dinamap": (b" NC0!E\r", b" ND!5\r"),
    "par-nibp": (bytes.fromhex("0230313b3b443703"), b"X"),
}
FAILURES = ["cuffLeak", "motion", "overpressure", "timeOut"]
# Where a protocol has no word of its own for a cause.
OTHERWISE = {("par-nibp", "timeOut"): "weakSignal"} | {
    ("dinamap", failure): "hardware" for failure in FAILURES}


def catalog():
    answer = run("drivers", "--json")
    return {json.loads(line)["id"] for line in answer.stdout.splitlines()}


@pytest.fixture(params=WIRES)
def driver(request):
    if request.param not in catalog():
        pytest.skip(f"{request.param} is not in the catalog")
    return request.param


class Cable:
    """The cable between a cuff and the daemon: writes down what passes, and can be pulled."""

    def __init__(self, device, link):
        self._device = os.open(device, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tty.setraw(self._device)
        self._link = link
        self._ends = None
        self._lock = threading.Lock()
        # What the daemon sent, in order.
        self.told = b""
        self.plug()
        threading.Thread(target=self._carry, daemon=True).start()

    def plug(self):
        ends = pty.openpty()
        tty.setraw(ends[1])
        fresh = f"{self._link}.new"
        os.symlink(os.ttyname(ends[1]), fresh)
        os.replace(fresh, self._link)
        with self._lock:
            self._ends = ends

    def pull(self):
        os.unlink(self._link)
        with self._lock:
            ends, self._ends = self._ends, None
        for end in ends:
            os.close(end)

    def _carry(self):
        while True:
            # Lets the other thread have the cable.
            time.sleep(0.0005)
            with self._lock:
                host = self._ends[0] if self._ends else None
                ready, _, _ = select.select(
                    [end for end in (host, self._device) if end is not None], [], [], 0.01)
                try:
                    if host in ready:
                        data = os.read(host, 4096)
                        self.told += data
                        os.write(self._device, data)
                    if self._device in ready:
                        data = os.read(self._device, 4096)
                        if host is not None:
                            os.write(host, data)
                except OSError:
                    return


class Bedside:
    """One chair with a simulated oximeter and a cuff on a cable of ours."""

    def __init__(self, folder, driver, nibp, speed=10, start=0):
        self.folder, self.driver = folder, driver
        self.start_bytes, self.abort_bytes = WIRES[driver]
        self.clock = Clock(speed)
        devices = folder / "devices"
        devices.mkdir()
        patient = scene(devices, "patient", [[0, 97]], nibp=nibp)
        self.devices = simulate(devices, [patient], self.clock, start=start, cuff=driver)
        self.cable = Cable(devices / "dev" / "1-cuff", folder / "cuff")
        self.config = folder / "chairside.yaml"
        self.config.write_text(
            f"site: Test clinic\nannunciator: off\nstore: {folder}/chairside.db\nchairs:\n  - id: '1'\n"
            f"    oximeter: {{driver: contec-v7, port: {devices}/dev/1-ox}}\n"
            f"    cuff: {{driver: {driver}, port: {folder}/cuff}}\n")
        self.daemon = self.stream = None
        self.serve()
        check_in(self.daemon)
        self.until_connected(1)

    def serve(self):
        since = max(self.stream.ids, default=0) if self.stream else 0
        self.daemon = Daemon(self.folder, self.config, self.clock)
        self.stream = Stream(self.daemon, since=since)
        return self.stream

    def until_connected(self, count):
        until(lambda: len(self.stream.all("device", slot="cuff", change="connected")) >= count)

    def inflate(self):
        """Starts the cuff and waits until it works."""
        self.daemon.order("1", "nibpStart")
        self.stream.first("device", slot="cuff", change="inflating")
        assert self.daemon.chair()["nibp"]["cuff"] == "inflating"
        assert self.cable.told.count(self.start_bytes) == 1

    def log(self, kind, **fields):
        """The events in the log with these values, whoever has seen them."""
        found = [json.loads(body) for (body,) in rows(
            self.folder / "chairside.db", "SELECT body FROM event WHERE kind = ? ORDER BY seq",
            kind)]
        return [
            event for event in found
            if all(event.get(key) == value for key, value in fields.items())
        ]

    def orders(self):
        return [
            (event["cause"], event["by"]) for event in self.log("audit", what="cuffOrdered")
        ]

    def wait(self, seconds):
        """Lets so much of the clinic's time pass."""
        time.sleep(seconds / self.clock.speed)


def good(seconds=30, sbp=128, dbp=79):
    return [{"start": 0, "done": seconds, "sbp": sbp, "dbp": dbp, "pr": 75}]


def bad(failure, seconds=20):
    return [{"start": 0, "done": seconds, "sbp": 0, "dbp": 0, "fail": failure}]


def test_a_schedule_inflates_at_its_times_and_at_no_other(tmp_path, started, driver):
    bed = Bedside(tmp_path, driver, good(10))
    zero = bed.clock.now
    # Far enough apart: a reading also meets what is due within the next 150 s.
    bed.daemon.order("1", "schedule", due=[10, 200])
    for count in (1, 2):
        until(lambda: len(bed.stream.all("reading")) == count, seconds=30)
    bed.wait(60)
    ordered = bed.log("audit", what="cuffOrdered")
    assert [(one["cause"], one["by"]) for one in ordered] == [("scheduledStart", "system")] * 2
    for one, due in zip(ordered, (10, 200)):
        assert 0 <= one["t"] - zero - due < bed.clock.speed, (one, zero)
    readings = bed.stream.all("reading")
    assert {(one["sbp"], one["dbp"], one["source"]) for one in readings} == {(128, 79, "cuff")}
    assert bed.cable.told.count(bed.start_bytes) == 2
    assert len(bed.stream.all("checkpoint", result="met")) == 2
    bed.daemon.kill()
    replay_is_identical(tmp_path, "1")


def test_stat_mode_measures_back_to_back_and_ends_by_itself(tmp_path, started, driver):
    bed = Bedside(tmp_path, driver, good())
    bed.daemon.order("1", "nibpStat")
    begun = bed.stream.first("audit", what="statStarted")
    assert (begun["by"], begun["seconds"]) == ("rn1", 300)
    status, answer = bed.daemon.post("1", "nibpStart")
    assert status == 409 and answer["why"] == ["cuffBusy"]
    ended = bed.stream.first("audit", what="statEnded", seconds=40)
    assert (ended["why"], ended["by"]) == ("expired", "system")
    assert ended["t"] == begun["t"] + 300
    bed.wait(40)
    ordered = bed.log("audit", what="cuffOrdered", cause="stat")
    readings = bed.stream.all("reading")
    assert len(readings) == len(ordered) >= 6 and {one["by"] for one in ordered} == {"rn1"}
    assert all(one["t"] < ended["t"] for one in ordered)
    for reading, order in zip(readings, ordered[1:]):
        assert 5 <= round(order["t"] - reading["t"], 3) < 10
    bed.daemon.kill()
    replay_is_identical(tmp_path, "1")


def test_stat_mode_ends_when_a_person_says_so_and_by_the_first_failure(tmp_path, started, driver):
    bed = Bedside(tmp_path, driver, bad("cuffLeak"))
    bed.daemon.order("1", "nibpStat")
    ended = bed.stream.first("audit", what="statEnded")
    assert (ended["why"], ended["by"]) == ("failed", "system")
    until(lambda: "NIBP_FAIL" in bed.daemon.alarms())
    bed.daemon.order("1", "nibpStat", by="md1")
    until(lambda: bed.daemon.chair()["nibp"]["cuff"] == "inflating")
    bed.daemon.order("1", "nibpAbort", by="rn2")
    ended = until(lambda: bed.stream.all("audit", what="statEnded", why="aborted"))[0]
    assert ended["by"] == "rn2"
    bed.wait(60)
    assert bed.orders() == [("stat", "rn1"), ("stat", "md1"), ("operatorAbort", "rn2")]


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_told_with_its_cause(tmp_path, started, driver, failure):
    bed = Bedside(tmp_path, driver, bad(failure))
    bed.daemon.order("1", "nibpStart")
    failed = bed.stream.first("device", change="determinationFailed")
    assert failed["why"] == OTHERWISE.get((driver, failure), failure)
    alarm = bed.stream.first("alarm", alarm="NIBP_FAIL")
    assert (alarm["change"], alarm["priority"], alarm["t"]) == ("raised", "low", failed["t"])
    assert bed.daemon.chair()["nibp"]["failure"] == failed["why"]
    assert not bed.stream.all("reading")


def test_a_leak_is_tried_again_after_60_s_and_given_up_after_three(tmp_path, started, driver):
    bed = Bedside(tmp_path, driver, bad("cuffLeak", 10))
    bed.daemon.order("1", "nibpStart")
    failures = until(lambda: (
        found := bed.stream.all("device", change="determinationFailed")) and len(found) == 3
        and found, seconds=40)
    alarm = bed.stream.all("alarm", alarm="NIBP_FAIL")
    assert [(one["change"], one["priority"]) for one in alarm] == [
        ("raised", "low"), ("escalated", "medium")]
    bed.wait(70)
    ordered = bed.log("audit", what="cuffOrdered")
    assert [one["cause"] for one in ordered] == ["operatorStart", "retry", "retry"]
    for failed, order in zip(failures, ordered[1:]):
        assert round(order["t"] - failed["t"], 3) == 60
    assert bed.cable.told.count(bed.start_bytes) == 3
    assert not bed.stream.all("reading")
    bed.daemon.kill()
    replay_is_identical(tmp_path, "1")


def test_a_person_stops_a_cuff_and_nothing_is_repeated(tmp_path, started, driver):
    bed = Bedside(tmp_path, driver, good(60))
    bed.inflate()
    bed.daemon.order("1", "nibpAbort")
    bed.stream.first("device", slot="cuff", change="determinationAborted")
    assert bed.abort_bytes in bed.cable.told
    assert bed.daemon.chair()["nibp"]["cuff"] != "inflating"
    bed.wait(70)
    assert bed.orders() == [("operatorStart", "rn1"), ("operatorAbort", "rn1")]
    assert "NIBP_FAIL" not in bed.daemon.alarms() and not bed.stream.all("reading")


def test_the_end_of_a_session_stops_the_cuff(tmp_path, started, driver):
    bed = Bedside(tmp_path, driver, good(60))
    bed.inflate()
    bed.daemon.order("1", "abort", reason="declines")
    bed.stream.first("device", slot="cuff", change="determinationAborted")
    assert bed.orders()[-1] == ("sessionEndAbort", "rn1")
    assert bed.abort_bytes in bed.cable.told


def test_a_critical_pressure_is_rechecked_by_itself(tmp_path, started, driver):
    # The first determination is the nearest to 0 s, the others are nearest to 90 s.
    nibp = good(20, 190, 114) + [{"start": 90, "done": 110, "sbp": 130, "dbp": 80, "pr": 75}]
    bed = Bedside(tmp_path, driver, nibp, start=-30)
    bed.daemon.order("1", "schedule", due=[5000])
    until(lambda: bed.clock.now >= 30)
    bed.daemon.order("1", "nibpStart")
    high = bed.stream.first("alarm", alarm="BP_CRIT", change="raised")
    recheck = bed.stream.first("audit", what="cuffOrdered", cause="recheck")
    assert recheck["by"] == "system" and 30 <= recheck["t"] - high["t"] <= 120
    bed.stream.first("alarm", alarm="BP_CRIT", change="latched")
    assert bed.stream.all("reading")[1]["t"] - high["t"] <= 120
    bed.wait(60)
    assert [cause for cause, _ in bed.orders()] == ["operatorStart", "recheck"]
    bed.daemon.kill()
    replay_is_identical(tmp_path, "1")


def test_a_cable_pulled_while_the_cuff_works(tmp_path, started, driver):
    bed = Bedside(tmp_path, driver, good(60))
    bed.inflate()
    bed.cable.pull()
    failed = bed.stream.first("device", slot="cuff", change="determinationFailed")
    assert failed["why"] == "connectionLost"
    assert bed.stream.first("alarm", alarm="NIBP_FAIL")["priority"] == "low"
    until(lambda: bed.daemon.chair()["nibp"]["cuff"] == "offline")
    status, answer = bed.daemon.post("1", "nibpStart")
    assert status == 409 and answer["why"] == ["noCuff"]
    told = len(bed.cable.told)
    bed.cable.plug()
    stopped = bed.stream.first("audit", what="cuffOrdered", cause="reconnectAbort")
    until(lambda: bed.abort_bytes in bed.cable.told[told:])
    # Not on plugging in, but when its time has come: 60 s after the failure, 30 s after the stop.
    retry = bed.stream.first("audit", what="cuffOrdered", cause="retry", seconds=30)
    assert retry["t"] >= max(failed["t"] + 60, stopped["t"] + 30)
    bed.stream.first("reading", seconds=30)
    until(lambda: "NIBP_FAIL" not in bed.daemon.alarms())
    bed.daemon.kill()
    replay_is_identical(tmp_path, "1")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_daemon_that_ends_stops_the_cuff_it_started(tmp_path, started, driver, number):
    bed = Bedside(tmp_path, driver, good(100))
    bed.inflate()
    assert bed.daemon.end(number) == 0
    until(lambda: bed.abort_bytes in bed.cable.told)
    assert bed.orders() == [("operatorStart", "rn1"), ("operatorAbort", "system")]
    replay_is_identical(tmp_path, "1")


def test_a_daemon_that_ends_leaves_a_cuff_alone_that_does_not_work(tmp_path, started, driver):
    bed = Bedside(tmp_path, driver, good(10))
    bed.daemon.order("1", "nibpStart")
    bed.stream.first("reading")
    assert bed.daemon.end() == 0
    assert bed.abort_bytes not in bed.cable.told
    assert bed.orders() == [("operatorStart", "rn1")]


def test_kill_9_while_the_cuff_works_stops_it_on_the_way_back(tmp_path, started, driver):
    bed = Bedside(tmp_path, driver, good(170))
    bed.inflate()
    bed.daemon.kill()
    told = len(bed.cable.told)
    bed.serve()
    until(lambda: bed.abort_bytes in bed.cable.told[told:])
    assert bed.start_bytes not in bed.cable.told[told:]
    until(lambda: ("reconnectAbort", "system") in bed.orders())
    assert bed.log("device", change="determinationFailed")[0]["why"] == "connectionLost"
    assert "NIBP_FAIL" in bed.daemon.alarms()
    bed.stream.first("audit", what="cuffOrdered", cause="retry", seconds=30)
    assert [cause for cause, _ in bed.orders()] == ["operatorStart", "reconnectAbort", "retry"]
    bed.daemon.kill()
    replay_is_identical(tmp_path, "1")


def test_what_falls_due_while_no_daemon_runs_is_not_ordered_then(tmp_path, started, driver):
    bed = Bedside(tmp_path, driver, good())
    bed.daemon.order("1", "schedule", due=[30])
    bed.daemon.kill()
    bed.wait(60)
    back = bed.clock.now
    bed.serve()
    start = bed.stream.first("audit", what="cuffOrdered", seconds=30)
    assert start["cause"] == "scheduledStart" and start["t"] >= back + 30
    bed.stream.first("reading", seconds=30)
    assert not bed.log("device", change="determinationFailed")
    assert not bed.log("alarm", alarm="NIBP_FAIL")
    assert bed.cable.told.count(bed.start_bytes) == 1
