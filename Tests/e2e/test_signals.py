"""Signals and systemd: an orderly end, a reload that harms nobody, and word to the supervisor."""

import os
import pty
import re
import signal
import socket
import tempfile
import threading
import time
import tty

import pytest

from clinic import (
    Clock, Daemon, Running, Stream, check_in, config, rows, run, scene, simulate, until)

START, ABORT = bytes.fromhex("3a20a6"), bytes.fromhex("3a7901004c")


class HandMadeCuff:
    """A SunTech module of our own on a pty: answers, inflates for ever, remembers what it heard."""

    def __init__(self, link):
        self._master, slave = pty.openpty()
        tty.setraw(slave)
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(os.ttyname(slave))
        # The slave stays open here, so that the master does not hang up when the daemon goes.
        self._slave = slave
        self.heard = b""
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        try:
            while data := os.read(self._master, 256):
                self.heard += data
                if data.endswith(START):
                    self._say(b"\x3e\x04\x4f")
                elif data.endswith(ABORT):
                    self._say(b"\x3e\x04\x41")
                elif b"\x3a\x79\x05" in data:
                    self._say(bytes([0x3E, 0x05, 120, 0]))
        except OSError:
            pass

    def _say(self, packet):
        os.write(self._master, packet + bytes([-sum(packet) & 0xFF]))

    def close(self):
        os.close(self._slave)
        os.close(self._master)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_end_deflates_a_cuff_that_we_started(tmp_path, started, number):
    cuff = HandMadeCuff(tmp_path / "dev" / "1-cuff")
    daemon = Daemon(tmp_path, config(tmp_path))
    until(lambda: daemon.chair()["nibp"]["cuff"] == "idle")
    daemon.order("1", "checkIn", route="iv40", identified="yes", seated="5")
    daemon.order("1", "nibpStart")
    until(lambda: daemon.chair()["nibp"]["cuff"] == "inflating")
    until(lambda: daemon.chair()["nibp"]["cuffMmHg"] == 120)
    assert ABORT not in cuff.heard
    assert daemon.end(number) == 0
    until(lambda: ABORT in cuff.heard, seconds=2)
    assert cuff.heard.count(START) == 1
    cuff.close()


def test_nothing_is_ever_sent_to_a_cuff_that_nobody_started(tmp_path, started):
    cuff = HandMadeCuff(tmp_path / "dev" / "1-cuff")
    file = config(tmp_path)
    for _ in range(2):
        daemon = Daemon(tmp_path, file)
        until(lambda: daemon.chair()["nibp"]["cuff"] == "idle")
        daemon.kill()
    daemon = Daemon(tmp_path, file)
    until(lambda: daemon.chair()["nibp"]["cuff"] == "idle")
    assert daemon.end() == 0
    assert START not in cuff.heard
    cuff.close()


def test_a_cuff_is_not_started_again_after_kill_9(tmp_path, started):
    cuff = HandMadeCuff(tmp_path / "dev" / "1-cuff")
    file = config(tmp_path)
    daemon = Daemon(tmp_path, file)
    until(lambda: daemon.chair()["nibp"]["cuff"] == "idle")
    daemon.order("1", "checkIn", route="iv40", identified="yes", seated="5")
    daemon.order("1", "nibpStart")
    until(lambda: daemon.chair()["nibp"]["cuff"] == "inflating")
    daemon.kill()
    daemon = Daemon(tmp_path, file)
    until(lambda: daemon.chair()["nibp"]["cuff"] in ("idle", "failed"))
    time.sleep(1)
    assert cuff.heard.count(START) == 1
    cuff.close()


def test_the_end_is_clean_and_quick_with_streams_open(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    check_in(daemon)
    streams = [Stream(daemon) for _ in range(5)]
    streams[0].first("hb")
    begun = time.monotonic()
    assert daemon.end() == 0
    assert time.monotonic() - begun < 3
    assert "error" not in daemon.err and "critical" not in daemon.err
    # Everything is in the one file, which may be copied.
    wal = tmp_path / "chairside.db-wal"
    assert not wal.exists() or wal.stat().st_size == 0
    assert rows(tmp_path / "chairside.db", "PRAGMA integrity_check") == [("ok",)]


def test_hangup_with_a_bad_file_changes_nothing_and_says_why(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)
    file = config(tmp_path)
    daemon = Daemon(tmp_path, file, clock)
    stream = Stream(daemon)
    check_in(daemon)
    good = file.read_text()
    file.write_text(good.replace("contec-v7", "nonsense"))
    daemon.process.send_signal(signal.SIGHUP)
    until(lambda: re.search(rf"{re.escape(str(file))}:\d+:\d+: .*nonsense", daemon.err))
    file.unlink()
    daemon.process.send_signal(signal.SIGHUP)
    until(lambda: "cannot be read" in daemon.err)
    beats = len(stream.all("hb"))
    until(lambda: len(stream.all("hb")) > beats + 1)
    assert daemon.chair()["oximeter"]["spo2"] == 97
    assert not stream.all("device", change="disconnected")
    file.write_text(good)
    daemon.process.send_signal(signal.SIGHUP)
    until(lambda: len(stream.all("hb")) > beats + 2)
    assert not stream.all("device", change="disconnected")
    assert daemon.process.poll() is None


def test_hangup_with_a_moved_port_reopens_it(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "one", [[0, 97]]), scene(tmp_path, "two", [[0, 91]])],
             clock)
    file = config(tmp_path)
    daemon = Daemon(tmp_path, file, clock)
    stream = Stream(daemon)
    check_in(daemon)
    until(lambda: daemon.chair()["oximeter"]["spo2"] == 97)
    file.write_text(file.read_text().replace("dev/1-ox", "dev/2-ox"))
    daemon.process.send_signal(signal.SIGHUP)
    until(lambda: daemon.chair()["oximeter"]["spo2"] == 91)
    gone = stream.all("device", slot="ox", change="disconnected")
    assert [event["reason"] for event in gone] == ["bound elsewhere"]
    assert not stream.all("device", slot="cuff", change="disconnected")
    assert daemon.chair()["phase"] == "baseline"


def test_hangup_with_a_device_taken_away_lets_it_go(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)
    file = config(tmp_path)
    daemon = Daemon(tmp_path, file, clock)
    until(lambda: daemon.chair()["nibp"]["cuff"] == "idle")
    file.write_text(config(tmp_path, cuffs=False).read_text())
    daemon.process.send_signal(signal.SIGHUP)
    until(lambda: daemon.chair()["nibp"]["cuff"] == "offline")


def test_hangup_with_another_driver_says_that_it_takes_a_new_start(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)
    file = config(tmp_path)
    daemon = Daemon(tmp_path, file, clock)
    stream = Stream(daemon)
    until(lambda: daemon.chair()["oximeter"]["spo2"] == 97)
    file.write_text(file.read_text().replace("contec-v7", "nonin-7"))
    daemon.process.send_signal(signal.SIGHUP)
    until(lambda: "takes effect with the next start" in daemon.err)
    assert daemon.chair()["oximeter"]["driver"] == "contec-v7"
    assert not stream.all("device", change="disconnected")


def test_hangup_with_a_cuff_moved_while_it_inflates_stops_it_first(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])] * 2, clock)
    file = config(tmp_path)
    daemon = Daemon(tmp_path, file, clock)
    stream = Stream(daemon)
    check_in(daemon)
    until(lambda: daemon.post("1", "nibpStart")[0] == 200)
    stream.first("device", slot="cuff", change="inflating")
    tail = Running(
        tmp_path, "tail", ["device", "tail", "--hex", "--port", daemon.port, "1", "cuff"])
    # It is asked for its pressure while it works.
    until(lambda: "< 3e" in tail.out)
    file.write_text(file.read_text().replace("dev/1-cuff", "dev/2-cuff"))
    daemon.process.send_signal(signal.SIGHUP)
    stream.first("device", slot="cuff", change="disconnected", reason="bound elsewhere")
    # The abort is the last that went to the old port.
    until(lambda: "> 3a 79 01 00 4c" in tail.out)
    tail.end()
    orders = stream.all("audit", what="cuffOrdered")
    assert [order["cause"] for order in orders][:2] == ["operatorStart", "operatorAbort"]
    assert orders[1]["by"] == "system"


class Supervisor:
    """What systemd is to a service: a datagram socket that it reports to."""

    def __init__(self):
        # A socket's path must be short, which pytest's folders are not.
        self._folder = tempfile.TemporaryDirectory(prefix="cs-")
        self.path = f"{self._folder.name}/notify"
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(self.path)
        self.heard = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        try:
            while True:
                self.heard += self._socket.recv(4096).decode().split("\n")
        except OSError:
            pass

    def close(self):
        self._socket.close()
        self._folder.cleanup()


def test_the_supervisor_hears_what_it_must(tmp_path, started):
    supervisor = Supervisor()
    environment = {"NOTIFY_SOCKET": supervisor.path, "WATCHDOG_USEC": "2000000"}
    file = config(tmp_path)
    daemon = Daemon(tmp_path, file, environment=environment)
    until(lambda: "READY=1" in supervisor.heard)
    until(lambda: supervisor.heard.count("WATCHDOG=1") >= 2)
    until(lambda: any(word.startswith("STATUS=1 chair") for word in supervisor.heard))
    daemon.process.send_signal(signal.SIGHUP)
    until(lambda: "RELOADING=1" in supervisor.heard)
    until(lambda: supervisor.heard.count("READY=1") == 2)
    stamp = next(word for word in supervisor.heard if word.startswith("MONOTONIC_USEC="))
    now = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    assert 0 <= now - int(stamp.split("=")[1]) < 10_000_000
    assert daemon.end() == 0
    until(lambda: "STOPPING=1" in supervisor.heard)
    supervisor.close()


def test_two_daemons_cannot_have_one_log(tmp_path, started):
    file = config(tmp_path)
    first = Daemon(tmp_path, file)
    second = Daemon(tmp_path, file, waits=False)
    assert second.process.wait(10) == 69
    assert f"{tmp_path}/chairside.db" in second.err and "another" in second.err
    assert first.request("GET", "/livez")[0] == 200
    first.kill()
    third = Daemon(tmp_path, file)
    assert third.request("GET", "/livez")[0] == 200


def test_a_port_in_use_is_said_plainly(tmp_path, started):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        daemon = Daemon(tmp_path, config(tmp_path), port=port, waits=False)
        assert daemon.process.wait(10) == 69
    assert str(port) in daemon.err
    assert "in use" in daemon.err
    assert len(daemon.err.splitlines()) < 6


def test_a_store_that_cannot_be_made_is_said_plainly(tmp_path, started):
    file = config(tmp_path)
    file.write_text(file.read_text().replace(f"{tmp_path}/chairside.db", "/nowhere/at/all.db"))
    daemon = Daemon(tmp_path, file, waits=False)
    assert daemon.process.wait(10) == 69
    assert "/nowhere/at/all.db" in daemon.err


def test_a_bad_configuration_does_not_start(tmp_path, started):
    file = config(tmp_path)
    file.write_text(file.read_text().replace("suntech", "nonsense"))
    answer = run("serve", "--config", file, "--port", 0)
    assert answer.returncode == 78
    assert "nonsense" in answer.stderr.decode()
