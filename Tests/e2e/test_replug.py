"""Cables that are pulled and plugged in again: the cuff's in the middle of an inflation, and the
oximeter's for long enough that the daemon looks for it only now and then."""

import os
import select
import threading
import time
import tty

import pytest

from clinic import (
    Clock, Daemon, Running, Stream, begin_infusion, check_in, scene, simulate, until)

START, ABORT = bytes.fromhex("3a20a6"), bytes.fromhex("3a7901004c")
ABORTED = bytes.fromhex("3e04417d")


class Bench:
    """A chair whose oximeter and cuff are processes of their own: each has its own cable."""

    def __init__(self, folder, speed):
        self.folder = folder
        self.clock = Clock(speed)
        self.scene = scene(folder, "calm", [[0, 97]])
        # As in other tests, but that the devices' links are in two folders.
        self.config = folder / "chairside.yaml"
        self.config.write_text("\n".join([
            f"store: {folder}/chairside.db", "annunciator: off", "chairs:", "  - id: '1'",
            f"    oximeter: {{driver: contec-v7, port: {folder}/ox/dev/1-ox}}",
            f"    cuff: {{driver: suntech, port: {folder}/cuff/dev/1-cuff}}"]) + "\n")

    def plug(self, name):
        """Its end() pulls the cable; kill() would leave a link to a pty that others may get."""
        (self.folder / name).mkdir(exist_ok=True)
        return simulate(self.folder / name, [self.scene], self.clock)


class QuietCuff:
    """The device's end of a cuff's cable, in the test's own hands: it hears and answers an abort."""

    def __init__(self, link):
        self._ends = os.openpty()
        tty.setraw(self._ends[1])
        self.heard = b""
        self._is_plugged = True
        self._link = link
        link.symlink_to(os.ttyname(self._ends[1]))
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self):
        while self._is_plugged:
            if not select.select([self._ends[0]], [], [], 0.02)[0]:
                continue
            self.heard += os.read(self._ends[0], 4096)
            if self.heard.endswith(ABORT):
                os.write(self._ends[0], ABORTED)

    def unplug(self):
        self._is_plugged = False
        self._thread.join()
        self._link.unlink()
        for end in self._ends:
            os.close(end)


def connections(stream, slot):
    return len(stream.all("device", slot=slot, change="connected"))


def test_a_cuff_pulled_while_it_inflates_is_told_aborted_and_used_again(tmp_path, started):
    bench = Bench(tmp_path, speed=20)
    bench.plug("ox")
    cuff = bench.plug("cuff")
    daemon = Daemon(tmp_path, bench.config, bench.clock)
    stream = Stream(daemon, since=0)
    begin_infusion(daemon)
    # The pause between two determinations, 30 s of the ward's time.
    until(lambda: daemon.post("1", "nibpStart")[0] == 200)
    until(lambda: daemon.chair()["nibp"]["cuff"] == "inflating")

    cuff.end()
    # A silent cuff at twenty times the speed may have failed before, on a busy machine.
    stream.first("device", slot="cuff", change="determinationFailed", why="connectionLost")
    alarm = stream.first("alarm", alarm="NIBP_FAIL", change="raised")
    assert alarm["priority"] == "low"
    until(lambda: daemon.chair()["nibp"]["cuff"] == "offline")
    seen = daemon.chair()["nibp"]
    assert seen["failure"] == "connectionLost" and seen["cuffMmHg"] is None
    assert daemon.post("1", "nibpStart")[1]["why"] == ["noCuff"]

    # It may still be inflating, for all we know: deflated first, and not started again by itself.
    quiet = QuietCuff(tmp_path / "cuff/dev/1-cuff")
    until(lambda: ABORT in quiet.heard)
    assert quiet.heard.startswith(ABORT) and START not in quiet.heard
    assert stream.first("audit", what="cuffOrdered", cause="reconnectAbort")["by"] == "system"
    quiet.unplug()

    before = connections(stream, "cuff")
    bench.plug("cuff")
    until(lambda: connections(stream, "cuff") > before)
    readings = len(stream.all("reading"))
    until(lambda: daemon.post("1", "nibpStart")[0] == 200)
    until(lambda: len(stream.all("reading")) > readings)
    stream.first("alarm", alarm="NIBP_FAIL", change="cleared")
    assert daemon.chair()["nibp"]["sbp"] == 124


@pytest.mark.parametrize("seconds", [1, 7])
def test_an_oximeter_is_read_within_3_seconds_of_being_plugged_in(tmp_path, started, seconds):
    bench = Bench(tmp_path, speed=1)
    oximeter = bench.plug("ox")
    daemon = Daemon(tmp_path, bench.config, bench.clock)
    check_in(daemon)
    oximeter.end()
    until(lambda: daemon.chair()["oximeter"]["spo2"] is None)
    time.sleep(seconds)
    assert daemon.chair()["oximeter"]["spo2"] is None

    link = tmp_path / "ox/dev/1-ox"
    Running(tmp_path, "replug", [
        "simulate", bench.scene, "--dir", link.parent, "--clock", bench.clock.text, "--from=-10"])
    until(link.exists, every=0.005)
    plugged = time.monotonic()
    until(lambda: daemon.chair()["oximeter"]["spo2"] == 97)
    assert time.monotonic() - plugged < 3
