"""A daemon that starts again: what was so before is so again (test_kill.py does it at any instant)."""

import time

from clinic import (
    Clock, Daemon, Stream, begin_infusion, check_in, config, rows, scene, simulate, until)
from witness import Witness, assert_it_replays


def restart(tmp_path, file, clock):
    """Starts the daemon again. Returns it once it answers, within 5 s."""
    begun = time.monotonic()
    daemon = Daemon(tmp_path, file, clock)
    daemon.snapshot()
    assert time.monotonic() - begun < 5
    return daemon, begun


def test_a_latched_alarm_and_a_running_dose_survive_kill_9(tmp_path, started):
    clock = Clock()
    dip = [[0, 80], [29, 80], [30, 97]]
    simulate(tmp_path, [scene(tmp_path, "dip", dip)], clock, start=-340)
    file = config(tmp_path)
    daemon, witness = Daemon(tmp_path, file, clock), Witness()
    stream = witness.watch(daemon)
    begin_infusion(daemon)
    begun = stream.first("session", state="infusing")["t"]
    latched = stream.first("alarm", alarm="SPO2_VLOW", change="latched", seconds=30)
    daemon.kill()
    witness.forget_what_was_early()
    daemon, _ = restart(tmp_path, file, clock)
    witness.watch(daemon)
    alarm = daemon.alarms()["SPO2_VLOW"]
    assert (alarm["presence"], alarm["id"]) == ("latched", latched["id"])
    seen = daemon.chair()
    assert seen["phase"] == "infusing"
    assert abs(clock.now - begun - seen["phaseSeconds"]) < 2 * clock.speed
    assert seen["nibp"]["nextDueSeconds"] is not None
    daemon.order("1", "acknowledge", alarm="all")
    assert "SPO2_VLOW" not in daemon.alarms()
    witness.assert_nothing_is_lost(tmp_path / "chairside.db")
    daemon.kill()
    assert_it_replays(tmp_path)


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
        daemon.order("1", "checkIn", route="iv40", identified="yes", seated="5")
        daemon.order("1", "abort", reason="again")
        daemon.kill()
    times = [t for (t,) in rows(store, "SELECT t_ms FROM event ORDER BY seq")]
    assert times == sorted(times)
