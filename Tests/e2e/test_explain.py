"""`alarm`, `replay --policy` and `policy`: why an alarm rang, and what another policy would do."""

import json
import re

import pytest

from clinic import REPO, Clock, Daemon, Stream, check_in, config, run, scene, simulate

FALL = [[0, 97], [99, 97], [100, 85], [139, 85], [140, 97]]
BUILT_IN = "adult-ketamine-default-1"


def lines(answer):
    return [json.loads(line) for line in answer.stdout.splitlines()]


def recorded(folder, name="S04"):
    wire = folder / f"{name}.wire"
    answer = run("scene", REPO / f"fixtures/scenes/{name}.json", "--record", wire)
    assert answer.returncode == 0, answer.stderr
    return wire


def policy_file(folder, text, name="other.yaml"):
    file = folder / name
    file.write_text(text)
    return file


@pytest.fixture
def log(tmp_path, started):
    """The log of a daemon that has seen a fall to 85 %, with a limit changed by a nurse."""
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "fall", FALL)], clock, start=30)
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    stream = Stream(daemon)
    check_in(daemon)
    daemon.order("1", "setLimit", field="spo2.low", value=93, reason="dark skin")
    stream.first("alarm", alarm="SPO2_VLOW", change="latched")
    daemon.order("1", "acknowledge", alarm="all")
    stream.first("alarm", alarm="SPO2_LOW", change="cleared")
    daemon.kill()
    return tmp_path / "chairside.db"


def test_every_alarm_of_a_log_is_listed_and_explained_as_in_the_timeline(tmp_path, log):
    timeline = [event for event in lines(run("export", "events", "--db", log, "--chair", 1))
                if event["event"] == "alarm" and event["chair"] == "1"]
    listed = lines(run("alarm", "list", "--db", log, "--json"))
    assert [(a["id"], a["alarm"], a["raised"]) for a in listed] == [
        (e["id"], e["alarm"], e["t"]) for e in timeline if e["change"] == "raised"]
    assert {"SPO2_LOW", "SPO2_VLOW"} <= {alarm["alarm"] for alarm in listed}
    words = {"raised", "escalated", "cleared", "latched", "acknowledged", "reset"}
    for alarm in listed:
        answer = run("alarm", "explain", f"1/{alarm['id']}", "--db", log, "--json")
        assert answer.returncode == 0, answer.stderr
        told = json.loads(answer.stdout)
        assert [(turn["t"], turn["turn"]) for turn in told["turns"] if turn["turn"] in words] == [
            (e["t"], e["change"]) for e in timeline if e["id"] == alarm["id"]]


def test_an_explanation_names_value_limit_delay_and_who_changed_it(log):
    answer = run("alarm", "explain", "SPO2_LOW", "--db", log, "--chair", 1)
    assert answer.returncode == 0, answer.stderr
    text = answer.stdout.decode()
    assert "SpO2 was 85 %, below the limit of 93 %" in text
    assert re.search(r"did not ring earlier since the first violating second was at [\d.]+ s, and "
                     "the rule waits for 10 s", text)
    assert re.search(r"changed from 92 to 93 by rn1 at [\d.]+ s \(“dark skin”\)", text)
    assert "in baseline since 0.0 s" in text and BUILT_IN in text
    assert re.search(r"^ *[\d.]+ +85 +93  valid +active medium$", text, re.M)


@pytest.mark.parametrize("arguments, status", [
    (["99"], 3), (["2/1"], 3), (["NONSENSE"], 64), (["1/2/3"], 64), (["1/1", "--chair", "2"], 64),
])
def test_an_alarm_that_is_not_there_is_said_so(log, arguments, status):
    answer = run("alarm", "explain", *arguments, "--db", log)
    assert answer.returncode == status, answer.stderr
    assert answer.stderr and not answer.stdout


def test_a_log_or_a_recording_that_cannot_be_read_is_bad_data(tmp_path):
    bad = policy_file(tmp_path, "no recording\n", "bad.wire")
    answer = run("alarm", "list", "--wire", bad)
    assert answer.returncode == 65 and f"{bad}:1: " in answer.stderr.decode()
    assert run("alarm", "list", "--db", tmp_path / "none.db").returncode == 65


def test_another_policy_tells_what_is_added_removed_and_moved(tmp_path):
    wire = recorded(tmp_path)
    other = policy_file(tmp_path, "policyId: lax-1\nspo2: {low: 90, veryLow: 86}\n")
    answer = run("replay", wire, "--policy", other)
    assert answer.returncode == 0, answer.stderr
    text = answer.stdout.decode()
    assert re.search(r"moved +956.0 s +chair 1 +SPO2_LOW +16 s later, at 972.0 s", text)
    assert re.search(r"removed +981.0 s +chair 1 +SPO2_VLOW +high", text)
    assert '"event"' not in text
    # The events of the other policy, then the differences, all in the form of a timeline.
    all_lines = lines(run("replay", wire, "--policy", other, "--json"))
    changes = [line["change"] for line in all_lines if line["event"] == "whatIf"]
    assert changes == ["moved", "removed"]
    assert any(line.get("alarm") == "SPO2_LOW" and line.get("limit") == 90 for line in all_lines
               if line["event"] == "alarm")
    same = run("replay", wire, "--policy", BUILT_IN)
    assert same.returncode == 0
    assert same.stdout == b"0 added, 0 removed, 0 moved, 0 of another priority, 2 unchanged\n"


def test_a_timeline_can_be_expected_of_another_policy(tmp_path):
    wire = recorded(tmp_path)
    other = policy_file(tmp_path, "spo2: {low: 90}\n")
    events = tmp_path / "r.events"
    events.write_bytes(b"".join(
        line for line in run("replay", wire, "--policy", other, "--json").stdout.splitlines(True)
        if b'"whatIf"' not in line))
    assert run("replay", wire, "--policy", other, "--expect", events).returncode == 0
    assert run("replay", wire, "--expect", events).returncode == 2


def test_a_folder_of_recordings_gives_the_alarm_burden_before_and_after(tmp_path):
    (tmp_path / "month/day").mkdir(parents=True)
    recorded(tmp_path / "month", "S04")
    recorded(tmp_path / "month/day", "S02")
    answer = run("replay", tmp_path / "month")
    assert answer.returncode == 0, answer.stderr
    assert re.match(r"2 recordings read, 0 not; chair-hours watched: \d+\.\d\d\n",
                    answer.stdout.decode())
    other = policy_file(tmp_path, "spo2: {veryLow: 86}\n")
    answer = run("replay", tmp_path / "month", "--policy", other, "--json")
    head, *rows = lines(answer)
    by_kind = {(row["alarm"], row["priority"]): row for row in rows}
    assert (by_kind["all", "all"]["before"], by_kind["all", "all"]["after"]) == (4, 3)
    high = by_kind["SPO2_VLOW", "high"]
    assert (high["before"], high["after"]) == (1, 0)
    assert high["beforePerHour"] == pytest.approx(1 / head["chairHours"], abs=0.02)


def test_recordings_that_cannot_be_read_are_named_and_counted(tmp_path):
    good = recorded(tmp_path)
    bad = policy_file(tmp_path, "# chairside recording 1\nnonsense\n", "bad.wire")
    answer = run("replay", good, bad)
    assert answer.returncode == 65
    assert f"{bad}:2: " in answer.stderr.decode()
    assert answer.stdout.startswith(b"1 recordings read, 1 not;")
    (tmp_path / "empty").mkdir()
    assert run("replay", tmp_path / "empty").returncode == 66


def test_a_shown_policy_is_a_policy_file(tmp_path):
    shown = run("policy", "show", "--json")
    assert shown.returncode == 0
    file = policy_file(tmp_path, shown.stdout.decode(), "shown.json")
    assert run("policy", "diff", BUILT_IN, file).returncode == 0
    assert json.loads(shown.stdout)["pr"]["relFactor"] == 1.3
    text = run("policy", "show").stdout.decode()
    assert re.search(r"^spo2\.low +92 +% +allowed 85…97 %$", text, re.M)


def test_policies_are_compared_field_by_field(tmp_path):
    other = policy_file(tmp_path, "policyId: mine-1\nspo2: {low: 93}\npr: {relFactor: 1.4}\n")
    answer = run("policy", "diff", BUILT_IN, other)
    assert answer.returncode == 2
    rows = [line.split() for line in answer.stdout.decode().splitlines()]
    assert rows == [["policyId", BUILT_IN, "→", "mine-1"], ["spo2.low", "92", "→", "93", "%"],
                    ["pr.relFactor", "1.30", "→", "1.40", "×"]]
    assert {"field": "spo2.low", "old": 92, "new": 93, "unit": "%"} in lines(
        run("policy", "diff", BUILT_IN, other, "--json"))


def test_a_bad_policy_is_told_with_its_places(tmp_path):
    bad = policy_file(tmp_path, "spo2:\n  low: 99\n  lov: 1\n")
    answer = run("policy", "check", bad)
    assert answer.returncode == 65
    assert re.search(rf"^{re.escape(str(bad))}:3:3: .*did you mean", answer.stderr.decode(), re.M)
    good = policy_file(tmp_path, "spo2: {low: 93}\n", "good.yaml")
    answer = run("policy", "check", good)
    assert answer.returncode == 0 and b"1 of " in answer.stdout
    assert run("policy", "show", bad).returncode == 65
    assert run("policy", "check", tmp_path / "none.yaml").returncode == 66
