"""chairside db: copies that prove themselves, a restore drill, and what stock sqlite3 can ask."""

import json
import shutil
import sqlite3
import subprocess

import pytest

from clinic import (
    REPO, Clock, Daemon, check_in, config, rows, run, scene, simulate, until)

SIGNED_SCENE = REPO / "fixtures/scenes/S01.json"


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    """A log with a signed session, closed."""
    folder = tmp_path_factory.mktemp("signed")
    answer = run("scene", SIGNED_SCENE, "--log", folder / "chairside.db", "--chair", "7")
    assert answer.returncode == 0, answer.stderr
    return folder / "chairside.db"


def test_restore_drill(signed, tmp_path):
    """The database is destroyed, the backup restored, and the signed sessions verify."""
    log, copy = tmp_path / "chairside.db", tmp_path / "elsewhere" / "copy.db"
    copy.parent.mkdir()
    for path in signed.parent.glob("chairside.db*"):
        shutil.copy(path, tmp_path)
    made = run("db", "backup", "--db", log, copy)
    assert made.returncode == 0, made.stderr
    assert b"1 signatures" in made.stdout
    # The site's key is in no backup: the clinic keeps it elsewhere, and puts it back.
    key = log.with_name(log.name + ".key")
    shutil.copy(key, tmp_path / "elsewhere")
    for path in tmp_path.glob("chairside.db*"):
        path.unlink()
    shutil.copy(tmp_path / "elsewhere" / key.name, key)
    put_back = run("db", "restore", "--db", log, copy)
    assert put_back.returncode == 0, put_back.stderr
    verified = run("verify", log, "--json")
    assert verified.returncode == 0, verified.stdout
    assert json.loads(verified.stdout)["signatures"] == 1
    bundle = tmp_path / "x.chairside"
    daemon = Daemon(tmp_path, config(tmp_path))
    daemon.end()
    assert run("export", "bundle", "--db", log, "--chair", "7", "-o", bundle).returncode == 0
    assert run("verify", bundle).returncode == 0
    assert rows(log, "SELECT max(epoch) FROM run") == [(2,)]
    assert run("db", "verify", "--db", log).returncode == 0


def test_a_daemon_is_backed_up_and_asked_while_it_writes(tmp_path, started):
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "calm", [[0, 97]])], clock)
    daemon, log = Daemon(tmp_path, config(tmp_path), clock), tmp_path / "chairside.db"
    check_in(daemon)
    until(lambda: len(rows(log, "SELECT 1 FROM v_vitals_1s WHERE spo2 = 97")) > 20)
    copy = tmp_path / "copy.db"
    assert run("db", "backup", "--db", log, copy).returncode == 0
    assert run("verify", copy).returncode == 0
    # Stock sqlite3, read-only, with the questions of docs/log-schema.md.
    for question in (
            "SELECT count(*) FROM v_sessions WHERE chair = '1'",
            "SELECT count(*) FROM v_trend_5min", "SELECT count(*) FROM v_alarms",
            "SELECT count(*) FROM v_audit",
            "SELECT count(*) FROM v_vitals_1s WHERE chair = '1' AND spo2 = 97"):
        answer = subprocess.run(
            ["sqlite3", "-readonly", str(log), question], capture_output=True, text=True)
        assert answer.returncode == 0 and answer.stderr == "", answer.stderr
    # Somebody who reads at length holds up nobody.
    reader = sqlite3.connect(f"file:{log}?mode=ro", uri=True)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchone()
    assert daemon.post("1", "note", text="meanwhile")[0] == 200
    assert "meanwhile" in str(rows(log, "SELECT body FROM event ORDER BY seq DESC LIMIT 3"))
    reader.close()
    assert run("db", "check", "--db", log).returncode == 0
    statistics = json.loads(run("db", "stats", "--db", log, "--json").stdout)
    assert statistics["epoch"] == 1 and statistics["sessions"] == 1
    # What must not be done under a daemon is refused.
    for verb in (["vacuum", "--db", log], ["restore", "--db", log, copy]):
        refused = run("db", *verb)
        assert refused.returncode == 65 and b"another chairside daemon" in refused.stderr
    assert daemon.chair()["phase"] == "baseline"
    daemon.end()


def test_a_log_that_was_changed_gives_no_backup(signed, tmp_path):
    log = tmp_path / "chairside.db"
    for path in signed.parent.glob("chairside.db*"):
        shutil.copy(path, tmp_path)
    with sqlite3.connect(log) as database:
        database.execute("UPDATE event SET wall_ms = wall_ms + 1 WHERE seq = 7")
    refused = run("db", "backup", "--db", log, tmp_path / "copy.db")
    assert refused.returncode == 65 and b"event 7: changed" in refused.stderr
    assert not (tmp_path / "copy.db").exists()


def test_a_session_replays_out_of_its_log(signed):
    answer = run("replay", "--from", signed, "--chair", "7")
    assert answer.returncode == 0, answer.stderr
    stored = rows(signed, "SELECT count(*) FROM event WHERE chair IN ('7', '*') AND t_ms >= "
                  "(SELECT min(t_ms) FROM event WHERE kind = 'session')")
    assert len(answer.stdout.splitlines()) == stored[0][0]
    assert run("replay", "--from", signed, "--chair", "9").returncode == 3
    assert run("replay", "--chair", "7").returncode == 64
