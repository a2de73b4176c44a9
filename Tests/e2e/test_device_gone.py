"""A pulled cable during a HIGH alarm: said in time, nothing hidden, well again by itself."""

import re

from clinic import (
    Clock, Daemon, Stream, check_in, config, rows, run, scene, simulate, until)

LAST_FRAME = re.compile(r"\+([\d.]+) 1/ox < ")


def test_a_pulled_cable_raises_no_data_and_hides_no_alarm(tmp_path, started):
    clock = Clock(10)
    low = scene(tmp_path, "low", [[0, 97], [5, 97], [6, 80]])
    devices = simulate(tmp_path, [low], clock)
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    stream = Stream(daemon, since=0)
    check_in(daemon)
    high = stream.first("alarm", alarm="SPO2_VLOW", change="raised")
    pulled = clock.now
    devices.kill()
    no_data = stream.first("alarm", alarm="NO_DATA", change="raised")
    assert no_data["t"] - pulled <= 11
    assert stream.first("device", slot="ox", change="disconnected")["t"] < no_data["t"]
    seen = daemon.chair()
    assert seen["oximeter"]["state"] == "noData"
    assert (seen["oximeter"]["spo2"], seen["oximeter"]["pr"]) == (None, None)
    assert daemon.alarms()["SPO2_VLOW"]["id"] == high["id"]
    assert daemon.alarms()["SPO2_VLOW"]["presence"] == "active"
    recording = tmp_path / "recording.wire"
    assert run("export", "wire", "--db", tmp_path / "chairside.db", "--chair", 1,
               "-o", recording).returncode == 0
    # On the recording's axis, which begins with the session.
    start = stream.first("session", state="baseline")["t"]
    last = float(LAST_FRAME.findall(recording.read_text())[-1]) + start
    # A frame counts when the next one confirms it, or 50 ms of silence.
    assert 10 <= round(no_data["t"] - last, 3) <= 10.1
    before = len(stream.all("device", slot="ox", change="connected"))
    simulate(tmp_path, [low], clock, start=20)
    until(lambda: len(stream.all("device", slot="ox", change="connected")) > before)
    stream.first("alarm", alarm="NO_DATA", change="cleared")
    until(lambda: daemon.chair()["oximeter"]["spo2"] == 80)
    assert daemon.alarms()["SPO2_VLOW"]["id"] == high["id"]
    assert not stream.all("alarm", alarm="SPO2_VLOW", change="cleared")


def test_a_cuff_whose_cable_is_pulled_has_no_numbers_to_offer(tmp_path, started):
    clock = Clock()
    devices = simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    check_in(daemon)
    stream = Stream(daemon)
    daemon.order("1", "nibpStart")
    until(lambda: daemon.chair()["nibp"]["cuff"] == "inflating")
    devices.kill()
    stream.first("device", slot="cuff", change="determinationFailed")
    until(lambda: daemon.chair()["nibp"]["cuff"] == "offline")
    status, answer = daemon.post("1", "nibpStart")
    assert status == 409 and answer["why"] == ["noCuff"]


def test_a_daemon_waits_for_devices_that_are_not_there_yet(tmp_path, started):
    clock = Clock()
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    assert daemon.chair()["oximeter"]["spo2"] is None
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)
    until(lambda: daemon.chair()["oximeter"]["spo2"] == 97)
    assert rows(tmp_path / "chairside.db", "SELECT 1 FROM event WHERE body LIKE '%connected%'")
