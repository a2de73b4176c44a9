"""Devices: listed, bound, looked at (issue "every device a clinic owns")."""

import json
import re
import shutil
import subprocess
import time

import pytest

from clinic import (
    BINARY, Clock, Daemon, Running, config, run, scene, simulate, until)

CATALOG = {
    row["id"]: row for row in map(json.loads, run("drivers", "--json").stdout.splitlines())}


def test_devices_shows_state_rate_damage_and_age(tmp_path, started):
    clock = Clock(1)
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock, fault="drop=0.01")
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    until(lambda: daemon.chair()["oximeter"]["state"] == "live")
    time.sleep(6)
    answer = run("devices", "--json", "--port", daemon.port)
    rows = {row["slot"]: row for row in map(json.loads, answer.stdout.splitlines())}
    seen = rows["oximeter"]
    assert seen["driver"] == "contec-v7" and seen["state"] == "open"
    assert seen["port"] == f"{tmp_path}/dev/1-ox"
    # A hundredth of the bytes, so about a tenth of the packets of nine, is lost.
    assert 35 < seen["framesPerSecond"] < 60 == seen["nominalFramesPerSecond"]
    assert seen["damagedBytes"]["broken"] > 0 and seen["resyncs"] > 0
    assert seen["lastGoodAgeMs"] < 1000
    assert rows["cuff"]["driver"] == "suntech" and rows["cuff"]["lastGoodAgeMs"] is None
    table = run("devices", "--port", daemon.port).stdout.decode()
    assert "contec-v7" in table and "of 60" in table and "broken" in table


def test_devices_without_a_daemon_says_what_to_do():
    answer = run("devices", "--port", 1)
    assert answer.returncode == 69 and b"--port" in answer.stderr


def test_tail_shows_what_a_device_says(tmp_path, started):
    clock = Clock(1)
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 93]])], clock)
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    until(lambda: daemon.chair()["oximeter"]["state"] == "live")
    tail = Running(
        tmp_path, "tail", ["device", "tail", "--hex", "--port", daemon.port, "1", "oximeter"])
    until(lambda: tail.out.count("SpO2 93 %") > 50)
    assert re.search(r"^< 01 [0-9a-f ]{23}$", tail.out, re.M)
    # The keep-alive of every 5 s goes the other way.
    until(lambda: re.search(r"^> 7d 81 af", tail.out, re.M))
    tail.end()
    assert daemon.chair()["oximeter"]["spo2"] == 93


@pytest.mark.parametrize("driver, first, last", [
    ("contec-v7", "2026-03-14T23:59:50", "2026-03-15T00:00:09"), ("contec-5", None, None)])
def test_download_reads_the_memory_and_ends_though_the_device_streams_on(
        tmp_path, driver, first, last):
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 93]])], Clock(1), oximeter=driver)
    port = tmp_path / "dev/1-ox"
    answer = run(
        "device", "download", "--driver", driver, "--silence", 2, "--json", port, timeout=30)
    assert answer.returncode == 0, answer.stderr
    stored = [json.loads(line) for line in answer.stdout.splitlines()]
    assert len(stored) == 20 and b"20 stored readings" in answer.stderr
    assert [reading["spo2"] for reading in stored if "spo2" in reading][:6] == [97, 97, 97, 96, 95, 93]
    assert stored[0].get("deviceTime") == first and stored[-1].get("deviceTime") == last


def test_download_of_a_device_without_a_memory_says_so(tmp_path):
    answer = run("device", "download", "--driver", "suntech", tmp_path / "nothing")
    assert answer.returncode == 64 and b"keeps no readings" in answer.stderr


def test_bind_writes_the_port_and_keeps_the_rest(tmp_path):
    path = config(tmp_path)
    before = path.read_text()
    answer = run("device", "bind", "--config", path, "--to", "/dev/serial/by-path/x", 1, "cuff")
    assert answer.returncode == 0, answer.stderr
    assert path.read_text() == before.replace(
        f"{tmp_path}/dev/1-cuff", "/dev/serial/by-path/x")
    answer = run(
        "device", "bind", "--config", path, "--driver", "hl7", "--to", "tcp:127.0.0.1:1550", 1,
        "oximeter")
    assert answer.returncode == 64 and b"monitor" in answer.stderr
    assert run("check", path).returncode == 0


LEARN = """
import ctypes, subprocess, sys, time
library = ctypes.CDLL("libumockdev.so.0")
library.umockdev_testbed_new.restype = ctypes.c_void_p
bed = ctypes.c_void_p(library.umockdev_testbed_new())
TTY = "/devices/pci0000:00/0000:00:14.0/usb1/1-{n}/1-{n}:1.0/ttyUSB{n}/tty/ttyUSB{n}"
LINK = "serial/by-path/pci-0000:00:14.0-usb-0:{n}:1.0-port0"
LINES = [
    "P: " + TTY, "N: ttyUSB{n}", "S: " + LINK, "E: DEVNAME=/dev/ttyUSB{n}", "E: SUBSYSTEM=tty",
    "E: DEVLINKS=/dev/" + LINK, "E: ID_PATH=pci-0000:00:14.0-usb-0:{n}:1.0",
    "E: ID_VENDOR_ID=10c4", "E: ID_MODEL_ID=ea60", "", ""]
def plug(number):
    text = chr(10).join(LINES).format(n=number).encode()
    assert library.umockdev_testbed_add_from_string(bed, text, None)
for number in (1, 2, 3):
    plug(number)
command = subprocess.Popen(sys.argv[1:], stderr=subprocess.PIPE)
said = command.stderr.readline()
assert b"now" in said, said
place = ("/sys" + TTY.format(n=2)).encode()
time.sleep(0.5)
library.umockdev_testbed_uevent(bed, place, b"remove")
time.sleep(0.5)
library.umockdev_testbed_uevent(bed, place, b"add")
status = command.wait(timeout=30)
sys.stderr.buffer.write(command.stderr.read())
sys.exit(status)
"""


@pytest.mark.skipif(not shutil.which("umockdev-wrapper"), reason="there is no umockdev here")
def test_bind_learns_the_port_from_the_plug(tmp_path):
    path = config(tmp_path)
    script = tmp_path / "learn.py"
    script.write_text(LEARN)
    answer = subprocess.run(
        ["umockdev-wrapper", "python3", script, BINARY, "device", "bind", "--config", path,
         "--learn", "--patience", "15", "1", "oximeter"], capture_output=True, timeout=60)
    assert answer.returncode == 0, answer.stderr
    assert "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0" in path.read_text()


@pytest.mark.parametrize("driver", sorted(
    driver for driver, row in CATALOG.items() if row["kind"] == "monitor"))
def test_a_monitor_gives_both_and_takes_no_orders(tmp_path, started, driver):
    clock = Clock(4)
    measured = [{"start": second, "done": second + 5, "sbp": 130 + second // 30, "dbp": 80, "pr": 75}
                for second in range(30, 900, 30)]
    calm = scene(tmp_path, "calm", [[0, 93]], nibp=measured)
    simulate(tmp_path, [calm], clock, monitor=driver)
    path = tmp_path / "chairside.yaml"
    path.write_text(
        f"store: {tmp_path}/chairside.db\nannunciator: off\nchairs:\n  - id: '1'\n"
        f"    monitor: {{driver: {driver}, port: {tmp_path}/dev/1-mon, line: 115200 8N1}}\n")
    daemon = Daemon(tmp_path, path, clock)
    until(lambda: daemon.chair()["oximeter"]["spo2"] == 93, seconds=30)
    until(lambda: (daemon.chair()["nibp"]["dbp"] or 0) == 80, seconds=40)
    assert daemon.chair()["nibp"]["sbp"] > 130
    daemon.order("1", "checkIn", route="iv40", patient="A.P.", identified="yes", seated="5")
    status, answer = daemon.post("1", "nibpStart")
    assert status == 409 and answer["why"] == ["noCuff"]
