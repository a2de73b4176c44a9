"""Stations that confirm what they show, and what happens when they do not (`clinical.md` 3.9)."""

import time

import pytest

from clinic import Clock, Daemon, Station, Stream, config, until


@pytest.fixture
def clinic(tmp_path, started):
    """A session whose oximeter is silent: NO_DATA comes half a second after it is opened."""
    daemon = Daemon(tmp_path, config(tmp_path), Clock())
    watching = Stream(daemon, since=0, station="watcher")
    return daemon, watching


def seat(daemon):
    daemon.order("1", "checkIn", route="iv40", patient="A.P.", identified="yes", seated="5")


def test_what_a_station_confirms_is_delivered_and_the_chair_is_silent(clinic):
    daemon, watching = clinic
    station = Station(daemon)
    watching.first("station", station="front", change="linked", confirms=True)
    seat(daemon)
    watching.first("audit", what="chairAudio", state="off", why="linked")
    watching.first("alarm", alarm="NO_DATA", change="raised")
    done = watching.first("audit", what="delivered", alarm="NO_DATA", revision=1)
    assert done["station"] == "front"
    time.sleep(6)
    assert not watching.all("alarm", alarm="NOT_DELIVERED")
    assert daemon.chair()["chairAudio"] == "off"
    daemon.order("1", "acknowledge", alarm="NO_DATA")
    watching.first("audit", what="delivered", alarm="NO_DATA", revision=2)
    station.close()


def test_what_nobody_confirms_is_not_delivered(clinic):
    daemon, watching = clinic
    station = Station(daemon, confirms=False)
    watching.first("station", station="front", confirms=True)
    seat(daemon)
    watching.first("alarm", alarm="NO_DATA", change="raised")
    began = time.monotonic()
    watching.first("alarm", alarm="NOT_DELIVERED", change="raised")
    assert 3.5 < time.monotonic() - began < 7.5
    watching.first("audit", what="routed", alarm="NO_DATA", why="notDelivered")
    until(lambda: daemon.chair()["chairAudio"] == "on")
    station.confirms = True
    watching.first("alarm", alarm="NOT_DELIVERED", change="cleared")
    until(lambda: daemon.chair()["chairAudio"] == "off")
    station.close()


def test_without_any_station_nothing_is_delivered(clinic):
    daemon, watching = clinic
    watching.close()
    until(lambda: not daemon.snapshot()["stations"], seconds=20)
    seat(daemon)
    until(lambda: "NOT_DELIVERED" in daemon.alarms(), seconds=20)


def test_a_station_that_falls_silent_is_missed_and_welcomed_back(clinic):
    daemon, watching = clinic
    station = Station(daemon)
    watching.first("station", station="front", confirms=True)
    seat(daemon)
    station.beats.clear()
    began = time.monotonic()
    watching.first("alarm", alarm="STATION_LINK", change="raised", chair="1")
    watching.first("alarm", alarm="STATION_LINK", change="raised", chair="*")
    assert 7 < time.monotonic() - began < 14
    assert daemon.chair()["chairAudio"] == "on"
    station.beats.set()
    watching.first("alarm", alarm="STATION_LINK", change="cleared", chair="1")
    watching.first("alarm", alarm="STATION_LINK", change="cleared", chair="*")
    station.close()


def test_a_goodbye_is_no_alarm(clinic):
    daemon, watching = clinic
    station = Station(daemon)
    watching.first("station", station="front", confirms=True)
    seat(daemon)
    station.beats.clear()
    assert station.say("goodbye") == 204
    station.close()
    watching.first("station", station="front", change="left")
    time.sleep(8)
    assert not watching.all("alarm", alarm="STATION_LINK")
    assert daemon.chair()["chairAudio"] == "on"


def test_a_page_that_reloads_is_not_gone(clinic):
    daemon, watching = clinic
    first = Station(daemon)
    watching.first("station", station="front", confirms=True)
    assert first.say("goodbye") == 204
    first.close()
    Station(daemon)
    time.sleep(6)
    assert not watching.all("station", station="front", change="left")


def test_the_doors_for_stations_are_strict(clinic):
    daemon, _ = clinic
    path, header = "/api/v1/stations/nobody/heartbeat", {"X-Chairside": "1"}
    assert daemon.request("POST", path)[0] == 403
    assert daemon.request("POST", path, headers=header)[0] == 409
    assert daemon.request("POST", "/api/v1/stations/a%20b/heartbeat", headers=header)[0] == 400
    for body in ("", "{}", "[]", '{"confirmed":[{"chair":"1","id":0,"revision":1}]}',
                 '{"confirmed":[{"chair":"a b","id":1,"revision":1}]}'):
        answer = daemon.request(
            "POST", "/api/v1/stations/nobody/confirmations", body, header)
        assert answer[0] == 400, body
