"""Who is heard, and the server's own loudspeaker when nobody is (`clinical.md` 3.8 and 3.9).

A program of ours stands in aplay's place: it keeps every sound it is given, with the time, and takes as
long as the sound does.
"""

import os
import signal
import time

import numpy
import pytest

from clinic import (
    Clock, Daemon, Station, Stream, check_in, config, run, scene, simulate, until)

PLAYER = """#!/bin/sh
cd '{folder}'
began=$(date +%s.%N)
echo $$ > pid
if [ -e broken ]; then echo 'audio open error: No such device' >&2; exit 1; fi
cat > part
[ -e stuck ] && exec sleep 600
sleep $(( ($(wc -c < part) - 44) / 96000 ))
mv part "$began.wav"
"""
PULSES = {"high": 10, "medium": 3, "low": 2}
# The longest from an alarm to its sound; and when a station says nothing of it.
SOUND_S, REROUTE_S = 3, 10


class Loudspeaker:
    """What the stand-in was given."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir()
        self.path = folder / "player"
        self.path.write_text(PLAYER.format(folder=folder))
        self.path.chmod(0o755)

    @property
    def setting(self):
        return f"{{device: 'hw:7', player: {self.path}}}"

    def played(self):
        """Each sound with when it began, silent trials left out."""
        found = []
        for path in sorted(self.folder.glob("*.wav"), key=lambda path: float(path.stem)):
            samples = numpy.frombuffer(path.read_bytes()[44:], dtype="<i2").astype(float)
            if samples.any():
                found.append((float(path.stem), samples))
        return found


def pulses(samples):
    loud = numpy.flatnonzero(abs(samples) > abs(samples).max() / 100)
    return 1 + int((numpy.diff(loud) > 0.03 * 48_000).sum())


@pytest.fixture
def clinic(tmp_path, started):
    """A session whose oximeter is silent: NO_DATA comes half a second after it is opened."""
    speaker = Loudspeaker(tmp_path / "loudspeaker")
    daemon = Daemon(tmp_path, config(tmp_path, annunciator=speaker.setting), Clock())
    until(lambda: daemon.snapshot()["sound"]["host"]["state"] == "ready")
    return daemon, Stream(daemon, since=0, station="watcher"), speaker


def seat(daemon):
    daemon.order("1", "checkIn", route="iv40", patient="A.P.", identified="yes", seated="5")


def test_where_no_station_is_heard_the_server_sounds_in_time_and_again(clinic):
    daemon, watching, speaker = clinic
    assert speaker.played() == []
    seat(daemon)
    watching.first("alarm", alarm="NO_DATA", change="raised")
    raised = time.time()
    played = until(lambda: len(speaker.played()) >= 2 and speaker.played(), 25)
    (first, samples), (second, _) = played[:2]
    assert first - raised < SOUND_S
    assert pulses(samples) == PULSES["medium"]
    # What came meanwhile (NOT_DELIVERED, STATION_SILENT) is news; without any the gap is 10 s.
    assert second - first > len(samples) / 48_000
    assert daemon.snapshot()["sound"]["host"]["bursts"] >= 2


def test_a_high_has_its_own_burst_and_acknowledging_ends_it(tmp_path, started):
    speaker, clock = Loudspeaker(tmp_path / "loudspeaker"), Clock()
    simulate(tmp_path, [scene(tmp_path, "low", [[0, 80]])], clock)
    daemon = Daemon(tmp_path, config(tmp_path, annunciator=speaker.setting), clock)
    check_in(daemon)
    until(lambda: any(one["priority"] == "high" for one in daemon.chair()["alarms"]))
    raised = time.time()
    found = until(lambda: [
        (at, samples) for at, samples in speaker.played() if pulses(samples) == PULSES["high"]])
    at, samples = found[0]
    # A burst of something less urgent may have to end first.
    assert at - raised < SOUND_S
    assert len(samples) == 3400 * 48
    daemon.post("1", "acknowledge")
    daemon.post("*", "acknowledge")
    until(lambda: daemon.snapshot()["sound"]["host"]["sounding"] is None)


def test_a_station_that_is_heard_and_sounds_leaves_the_server_silent(clinic):
    daemon, watching, speaker = clinic
    station = Station(daemon)
    watching.first("station", station="front", confirms=True)
    station.arm()
    watching.first("audit", what="stationSound", station="front", audible=True, by="rn1")
    seat(daemon)
    watching.first("alarm", alarm="NO_DATA", change="raised")
    sounded = watching.first("audit", what="sounded", alarm="NO_DATA", station="front")
    assert watching.first("audit", what="delivered", alarm="NO_DATA")["station"] == "front"
    assert sounded["revision"] == 1
    time.sleep(7)
    assert speaker.played() == []
    assert not watching.all("alarm", alarm="NOT_DELIVERED")
    assert daemon.alarms()["NO_DATA"]["acknowledgedBy"] is None
    station.close()


def test_what_a_station_draws_and_does_not_sound_goes_on_and_sounds_at_the_server(clinic):
    daemon, watching, speaker = clinic
    station = Station(daemon)
    watching.first("station", station="front", confirms=True)
    station.arm()
    station.sounds = False
    watching.first("audit", what="stationSound", station="front", audible=True)
    seat(daemon)
    watching.first("alarm", alarm="NO_DATA", change="raised")
    raised = time.time()
    watching.first("audit", what="routed", alarm="NO_DATA", why="notSounded")
    watching.first("alarm", alarm="NOT_DELIVERED", change="raised", chair="1")
    played = until(speaker.played)
    assert 4 < played[0][0] - raised < REROUTE_S
    station.sounds = True
    watching.first("alarm", alarm="NOT_DELIVERED", change="cleared", chair="1")
    station.close()


def test_that_nobody_is_heard_is_an_alarm_until_somebody_is(clinic):
    daemon, watching, speaker = clinic
    station = Station(daemon)
    assert daemon.request("GET", "/readyz")[0] == 200
    seat(daemon)
    began = time.monotonic()
    watching.first("alarm", alarm="STATION_SILENT", change="raised", chair="*")
    assert 8 < time.monotonic() - began < 14
    status, _, text = daemon.request("GET", "/readyz")
    assert status == 503 and b"no-audible-station: the server sounds" in text
    assert daemon.request("GET", "/healthz")[0] == 200
    assert daemon.snapshot()["sound"]["unheard"]
    station.arm()
    watching.first("alarm", alarm="STATION_SILENT", change="cleared", chair="*")
    sound = daemon.snapshot()["sound"]
    assert sound["audible"] == 1 and not sound["unheard"]
    assert daemon.request("GET", "/readyz")[0] == 200
    # One from which nothing comes any more is not heard, even if it lives.
    station.sound = None
    silent = watching.first("audit", what="stationSound", station="front", audible=False)
    assert not silent["visible"]
    assert "chairside_stations_audible 0" in daemon.request("GET", "/metrics")[2].decode()
    station.close()


def test_a_player_that_is_killed_is_told_counted_and_started_again(clinic):
    daemon, watching, speaker = clinic
    (speaker.folder / "stuck").touch()
    seat(daemon)
    until(lambda: daemon.snapshot()["sound"]["host"]["sounding"] == "medium")
    time.sleep(0.3)
    os.kill(int((speaker.folder / "pid").read_text()), signal.SIGKILL)
    host = until(lambda: (
        found := daemon.snapshot()["sound"]["host"])["state"] == "failing" and found)
    assert host["failures"] == 1 and host["reason"].endswith("was ended by signal 9")
    (speaker.folder / "stuck").unlink()
    until(speaker.played)
    host = until(lambda: (
        found := daemon.snapshot()["sound"]["host"])["state"] == "ready" and found)
    assert host["failures"] >= 1 and host["reason"] is None
    assert "this server cannot sound alarms" in daemon.err
    assert daemon.end() == 0


def test_a_device_that_is_gone_is_shown_and_the_alarm_says_that_nothing_sounds(clinic):
    daemon, watching, speaker = clinic
    (speaker.folder / "broken").touch()
    seat(daemon)
    host = until(lambda: (
        found := daemon.snapshot()["sound"]["host"])["failures"] >= 2 and found)
    assert host["reason"].endswith("player ended with 1: audio open error: No such device")
    raised = watching.first("alarm", alarm="STATION_SILENT", change="raised")
    assert raised["remark"] == "the server cannot sound either"
    assert b"the server cannot sound either" in daemon.request("GET", "/readyz")[2]
    metrics = daemon.request("GET", "/metrics")[2].decode()
    assert "chairside_host_sound_up 0" in metrics
    (speaker.folder / "broken").unlink()
    until(speaker.played)


def test_a_session_with_sound_is_replayed_as_it_was(clinic):
    daemon, watching, speaker = clinic
    station = Station(daemon)
    watching.first("station", station="front", confirms=True)
    station.arm()
    station.sounds = False
    watching.first("audit", what="stationSound", station="front", audible=True)
    # Before the session: its recording must say by itself who was heard when it began.
    time.sleep(1)
    seat(daemon)
    watching.first("audit", what="routed", alarm="NO_DATA", why="notSounded")
    watching.first("alarm", alarm="NOT_DELIVERED", change="raised", chair="1")
    station.sounds = True
    watching.first("audit", what="sounded", alarm="NO_DATA")
    watching.first("alarm", alarm="NOT_DELIVERED", change="cleared", chair="1")
    station.sound = None
    watching.first("alarm", alarm="STATION_SILENT", change="raised", seconds=40)
    station.close()
    assert daemon.end() == 0
    store = speaker.folder.parent / "chairside.db"
    replayed = run("replay", "--from", store, "--chair", "1")
    assert replayed.returncode == 0, replayed.stdout + replayed.stderr


def test_the_doors_for_sound_are_strict(clinic):
    daemon, _, _ = clinic
    path, header = "/api/v1/stations/nobody/beat", {"X-Chairside": "1"}
    good = '{"visible":true,"audible":true,"soundCheckedBy":null,"lastEventId":null}'
    assert daemon.request("POST", path, good)[0] == 403
    assert daemon.request("POST", path, good, header)[0] == 409
    for body in ("", "{}", "[]", '{"visible":1,"audible":true}',
                 '{"visible":true,"audible":true,"soundCheckedBy":"a b"}'):
        assert daemon.request("POST", path, body, header)[0] == 400, body
    sounded = '{"sounded":[{"chair":"1","id":0,"revision":1}]}'
    path = "/api/v1/stations/nobody/confirmations"
    assert daemon.request("POST", path, sounded, header)[0] == 400


def test_check_says_whether_this_server_can_sound(tmp_path):
    speaker = Loudspeaker(tmp_path / "loudspeaker")
    done = run("check", config(tmp_path, annunciator=speaker.setting))
    assert done.returncode == 0
    assert f"sounds by {speaker.path} on hw:7".encode() in done.stdout
    done = run("check", config(tmp_path, annunciator="{player: /nowhere/aplay}"))
    assert b"this server sounds no alarm: /nowhere/aplay is no program" in done.stdout
    done = run("check", config(tmp_path, annunciator="off"))
    assert b"this server sounds no alarm: annunciator is off" in done.stdout
    done = run("check", config(tmp_path, annunciator="loud"))
    assert done.returncode == 78
    assert "chairside.yaml:3:14: “loud” is neither off nor {device: default}" in done.stderr.decode()


def test_the_sounds_can_be_heard_kept_and_read(tmp_path):
    assert run("sound", "trumpet").returncode == 64
    assert run("sound", "high", "-o", tmp_path / "no" / "where.wav").returncode == 73
    kept = run("sound", "high", "-o", tmp_path / "high.wav")
    assert kept.returncode == 0, kept.stderr
    samples = numpy.frombuffer((tmp_path / "high.wav").read_bytes()[44:], dtype="<i2")
    assert pulses(samples.astype(float)) == PULSES["high"]
