"""Sessions for other programs: every form is read by two that others wrote, or by one and the bytes,
and says what the log says; nothing half is ever there; nobody is named who should not be."""

import bisect
import csv
import io
import json
import re
import signal
import subprocess
import time
from datetime import datetime, timedelta

import jsonschema
import numpy as np
import pandas
import pytest

import signal_readers
from clinic import (
    BINARY, Clock, Daemon, REPO, Running, begin_infusion, check_in, config, hire, rows, run, scene,
    simulate, until)

FORMS = ["csv", "csv-long", "ndjson", "edf", "wfdb"]
NOTE = 'says "cold, hands";\nwarm 🙂 Grünkern'
LONG = "Pferdedecke, " * 60
# Flags with which a number is none (SignalStatus.unusable).
UNUSABLE = 0b10_0000_0111_1111
CLINIC = """\
site: Riverside clinic
store: /tmp/none.db
staff:
  - {id: rn1, name: "Karla Quix, RN", role: rn}
  - {id: md1, name: "Otto Zwirn, MD", role: prescriber}
chairs:
  - id: "1"
"""
# What of the scenes below is somebody's, in every form it could have.
NAMES = [
    "rn1", "md1", "Karla", "Quix", "Otto", "Zwirn", "Riverside", "clinic", "Zed", "Ährenfeld",
    "hrenfeld", "Grünkern", "nkern", "Pferdedecke", "Quuxol", "Tante", "Zwack", "1984-06", "JUN-1984",
    "2026-03-14", "14-MAR-2026", "14/03/2026", "14.03.26", "20260314", "1773500",
]


DIP = [[0, 97], [1000, 97], [1040, 85], [1100, 85], [1130, 97]]


def play(folder, name, spo2=DIP, **more):
    """A session of two hours and five minutes as the log that the daemon would have written."""
    course = scene(folder, name, spo2, **{
        "end": 7200, "phases": [[0, "infusing"], [2400, "observation"]], "anchor": 2400,
        "requiredSeconds": 1800, "escortAt": 0, "nibp": [
            {"start": 300, "done": 335, "sbp": 128, "dbp": 79, "pr": 78},
            {"start": 2500, "done": 2535, "sbp": 141, "dbp": 83, "pr": 81, "quality": "questionable"}],
        "events": [
            {"t": -200, "e": "chart", "user": "rn1", "name": "Zed Ährenfeld", "sex": "other",
             "escortName": "Tante Emma", "escortContact": "0199-Zwack"},
            {"t": 700, "e": "note", "user": "rn1", "text": NOTE},
            {"t": 710, "e": "note", "user": "rn1", "text": LONG},
            {"t": 800, "e": "medication", "user": "rn1", "name": "Quuxol forte", "class": "antiemetic"},
            {"t": 900, "e": "correction", "user": "rn1", "reading": 1, "sbp": 118, "dbp": 74,
             "reason": "Tante called it wrong"},
            {"t": 950, "e": "annotate", "user": "rn1", "from": 40, "to": 30, "reason": "Zed moved"},
            {"t": 7200, "e": "note", "user": "rn2", "text": "Zed sleeps"},
            {"t": 1500, "e": "handover", "user": "rn1", "to": "rn2"}],
    } | more)
    log = folder / f"{name}.db"
    (folder / "clinic.yaml").write_text(CLINIC)
    made = run("scene", course, "--log", log, "--config", folder / "clinic.yaml")
    assert log.exists(), made.stderr
    return log


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("exports")


@pytest.fixture(scope="module")
def whole(folder):
    """A session without a gap."""
    return play(folder, "whole")


@pytest.fixture(scope="module")
def torn(folder):
    """One with the probe off for a minute, the line lost for half a minute, at the end for longer."""
    return play(folder, "torn", flags={
        "sensorOff": [[600, 660]], "linkLost": [[3000, 3030], [7100, 7201]]})


def export(form, log, target, *options, chair="1"):
    done = run("export", form, "--db", log, "--chair", chair, "-o", target, *options)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr
    return target


def stored(log, chair="1"):
    """The samples of the one session in a log, as (milliseconds, SpO2, pulse, PI, status), from the
    check-in to its end. The one place here that knows how the log keeps samples."""
    states = rows(log, "SELECT t_ms FROM event WHERE chair = ? AND kind = 'session'", chair)
    return rows(
        log, "SELECT t_ms, spo2, pr, pi, status FROM v_vitals_1s WHERE chair = ? AND t_ms >= ? "
        "ORDER BY t_ms", chair, states[0][0])


def events(log, chair="1"):
    """The events from the check-in on, as (number, milliseconds, wall milliseconds, line)."""
    found = rows(
        log, "SELECT seq, t_ms, wall_ms, body FROM event WHERE chair IN (?, '*') AND seq >= "
        "(SELECT min(seq) FROM event WHERE chair = ? AND kind = 'session') ORDER BY seq",
        chair, chair)
    return [(seq, t, wall, json.loads(body)) for seq, t, wall, body in found]


def zero(log, chair="1"):
    """The beginning of the wall's second in which the session began, in both times."""
    _, t, wall, _ = events(log, chair)[0]
    return t - wall % 1000, wall - wall % 1000


def is_usable(sample):
    return sample[1] is not None and sample[2] is not None and not sample[4] & UNUSABLE


def seconds(log, count, chair="1"):
    """For each second its own sample, or one of two around it with no gap between, if it can be
    believed."""
    samples = stored(log, chair)
    begin, _ = zero(log, chair)
    found = []
    for second in range(count):
        start = begin + second * 1000
        first = bisect.bisect_left(samples, start, key=lambda sample: sample[0])
        last = bisect.bisect_left(samples, start + 1000, key=lambda sample: sample[0])
        near = samples[first:last]
        if not near and 0 < first < len(samples) and (
                samples[first][0] - samples[first - 1][0] <= 2250):
            near = samples[first - 1:first + 1]
        near = min(near, key=lambda sample: abs(sample[0] - start - 500), default=None)
        found.append(near if near and is_usable(near) else None)
    return found


def wide(path):
    text = path.read_bytes().decode()
    assert text.count("\r\n") == text.count("\n")
    return list(csv.DictReader(io.StringIO(text), strict=True))


def stamp(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def numbers(row):
    return tuple(None if row[name] == "" else float(row[name]) for name in ("spo2", "pr", "pi"))


def expected(sample):
    if sample is None:
        return (None, None, None)
    return (sample[1], sample[2], None if sample[3] is None else sample[3] / 100)


@pytest.mark.parametrize("kind", ["whole", "torn"])
def test_the_wide_table_has_a_row_a_second_with_the_numbers_of_the_log(kind, folder, request):
    log = request.getfixturevalue(kind)
    table = wide(export("csv", log, folder / f"{kind}.csv"))
    assert len(table) == 7500
    _, wall = zero(log)
    begin = datetime.fromtimestamp(wall / 1000).astimezone()
    for second, (row, sample) in enumerate(zip(table, seconds(log, len(table)))):
        assert int(row["t"]) == second
        assert stamp(row["time"]) == begin + timedelta(seconds=second)
        assert numbers(row) == expected(sample), row
        assert row["status"].startswith("ok") == (sample is not None)
    told = {row["status"] for row in table}
    assert told == ({"ok", "ok markedArtefact"} if kind == "whole" else {
        "ok", "ok markedArtefact", "invalid sensorOff", "noData", "noValue"})
    # Seconds 600 to 660 after the dose, which began 300 s after the check-in.
    if kind == "torn":
        off = [int(row["t"]) for row in table if row["status"] == "invalid sensorOff"]
        assert off == list(range(900, 960))
        # Three seconds after the last number the daemon notes that it has none.
        silent = {int(row["t"]): row["status"] for row in table if row["status"].startswith("no")}
        assert silent == {
            t: "noValue" if t in (3302, 7402) else "noData"
            for t in [*range(3300, 3330), *range(7400, 7500)]}
    pressures = [row for row in table if row["sbp"]]
    assert [(row["t"], row["sbp"], row["dbp"], row["map"], row["nibp_pr"], row["nibp_source"],
             row["nibp_quality"]) for row in pressures] == [
        ("60", "118", "74", "", "", "manual", "corrected"),
        ("150", "120", "75", "90", "", "manual", "ok"),
        ("635", "128", "79", "95", "78", "cuff", "ok"),
        ("2835", "141", "83", "102", "81", "cuff", "questionable")]


def test_the_long_table_has_every_stored_value(torn, folder):
    path = export("csv-long", torn, folder / "torn-long.csv")
    table = list(csv.DictReader(io.StringIO(path.read_bytes().decode()), strict=True))
    start, _ = zero(torn)
    end = start + 7500_000
    found = {name: {} for name in ("spo2", "pr", "pi")}
    for row in table:
        if row["parameter"] in found:
            assert row["unit"] == ("/min" if row["parameter"] == "pr" else "%")
            value = float(row["value"]) if row["value"] else None
            found[row["parameter"]][round(float(row["t"]) * 1000)] = (value, row["quality"])
    samples = [sample for sample in stored(torn) if sample[0] <= end]
    assert all(len(one) == len(samples) for one in found.values())
    for sample in samples:
        for name, value in zip(found, expected(sample if is_usable(sample) else None)):
            told, quality = found[name][sample[0] - start]
            assert told == value and quality.startswith("ok") == is_usable(sample)
    pressures = [(row["parameter"], row["value"], row["unit"], row["quality"])
                 for row in table if row["parameter"] not in found]
    assert pressures[-4:] == [
        ("sbp", "141", "mm[Hg]", "questionable cuff"), ("dbp", "83", "mm[Hg]", "questionable cuff"),
        ("map", "102", "mm[Hg]", "questionable cuff"), ("nibp_pr", "81", "/min", "questionable cuff")]


def test_the_json_lines_have_everything(torn, folder):
    path = export("ndjson", torn, folder / "torn.ndjson")
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    schema = json.loads((REPO / "docs/exports.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for line in lines:
        validator.validate(line)
    start, wall = zero(torn)
    head = lines[0]
    assert head["site"] == "Riverside clinic" and head["route"] == "iv40"
    assert stamp(head["zero"]).timestamp() * 1000 == wall
    assert {"user": "rn1", "name": "Karla Quix, RN", "role": "rn"} in head["staff"]
    # Nobody who had nothing to do with it.
    assert [one["user"] for one in head["staff"]] == ["rn1", "rn2"]
    told = [line for line in lines if line["record"] == "event"]
    assert len(told) == len(events(torn))
    for line, (seq, t, wall, body) in zip(told, events(torn)):
        assert line["seq"] == seq and round(line["t"] * 1000) == t - start
        assert stamp(line["time"]).timestamp() * 1000 == wall
        beside = {"record", "seq", "time", "t", "due"}
        assert {key: line[key] for key in line.keys() - beside} == {
            key: body[key] for key in body.keys() - {"t", "due"}}
    assert [line["text"] for line in told if line.get("what") == "note"] == [NOTE, LONG, "Zed sleeps"]
    assert [line["t"] for line in lines[1:]] == sorted(line["t"] for line in lines[1:])
    # And by pandas.
    frame = pandas.read_json(path, lines=True)
    samples = frame[frame.record == "sample"]
    usable = [sample for sample in stored(torn) if is_usable(sample)]
    believed = samples[samples.status == "ok"]
    assert list(believed.spo2.astype(int)) == [sample[1] for sample in usable]
    assert list(believed.pr.astype(int)) == [sample[2] for sample in usable]
    assert samples[samples.status != "ok"].spo2.isna().all()


def remarks(annotations):
    """Annotations in the order of time, with the parts of long texts put together."""
    joined = []
    for onset, text in sorted(annotations):
        part = re.fullmatch(r"\((\d+)/(\d+)\) (.*)", text, re.DOTALL)
        if part and part[1] != "1":
            joined[-1] = (joined[-1][0], joined[-1][1] + part[3])
        else:
            joined.append((onset, part[3] if part else text))
    return joined


def check_remarks(annotations, log, shift=0, whole_seconds=False):
    """Alarms, session, pressures and notes stand at their times."""
    start, _ = zero(log)
    found = remarks(annotations)
    plain = NOTE.replace("\n", " ")
    for _, t, _, body in events(log):
        at = (t - start) / 1000 + shift
        at = int(at) if whole_seconds else at
        texts = [text for onset, text in found if abs(onset - at) < 1e-6]
        match body:
            case {"event": "alarm", "alarm": alarm, "change": change, "priority": priority}:
                assert any(text.startswith(f"alarm {alarm}: {change}, {priority}") for text in texts)
            case {"event": "session", "state": state}:
                assert any(text.startswith(f"session: {state}") for text in texts)
            case {"event": "reading", "sbp": sbp, "dbp": dbp, "map": mean}:
                assert any(text.startswith(f"NIBP {sbp}/{dbp} ({mean}) mmHg") for text in texts)
            case {"what": "note", "text": text, "by": by}:
                assert f"note: {plain if text == NOTE else text} ({by})" in texts
    assert sum(text.startswith("alarm ") for _, text in found) == sum(
        body["event"] == "alarm" for *_, body in events(log))
    return found


EDF_NAMES = {"SaO2": 1, "Pulse": 2, "PI": 3}


def check_signals(signals, samples, names, missing):
    """The numbers of seconds, by the names of a format."""
    assert list(signals) == list(names)
    for name, column in names.items():
        values = [expected(sample)[column - 1] for sample in samples]
        wanted = np.array([missing if value is None else value for value in values], dtype=float)
        np.testing.assert_allclose(signals[name], wanted, atol=1e-9, equal_nan=True)


def test_edf_without_a_gap_is_continuous(whole, folder):
    path = export("edf", whole, folder / "whole.edf")
    samples = seconds(whole, 7500)
    assert None not in samples
    signals, annotations, is_continuous = signal_readers.by_edfio(path)
    assert is_continuous
    check_signals(signals, samples, EDF_NAMES, None)
    found = check_remarks(annotations, whole)
    signals, annotations, start = signal_readers.by_pyedflib(path)
    check_signals(signals, samples, EDF_NAMES, None)
    assert check_remarks(annotations, whole) == found
    assert start == datetime.fromtimestamp(zero(whole)[1] / 1000)


def test_edf_is_discontinuous_where_there_are_gaps(torn, folder):
    path = export("edf", torn, folder / "torn.edf")
    samples = seconds(torn, 7500)
    present = [n for n, sample in enumerate(samples) if sample is not None]
    gaps = [(a + 1, b) for a, b in zip(present, present[1:]) if b > a + 1]
    assert gaps == [(900, 960), (3300, 3330)] and present[-1] == 7399
    believed = [samples[n] for n in present]
    assert signal_readers.edf_onsets(path) == present
    signals, annotations, is_continuous = signal_readers.by_edfio(path)
    assert not is_continuous
    check_signals(signals, believed, EDF_NAMES, None)
    check_remarks(annotations, torn)
    signals, times = signal_readers.by_biosig(path)
    check_signals(signals, believed, EDF_NAMES, None)
    begin = datetime.fromtimestamp(zero(torn)[1] / 1000)
    midnight = begin.replace(hour=0, minute=0, second=0)
    assert times == [(begin - midnight).total_seconds() + n for n in present]


@pytest.mark.parametrize("kind", ["whole", "torn"])
def test_wfdb_marks_what_is_missing(kind, folder, request):
    log = request.getfixturevalue(kind)
    path = export("wfdb", log, folder / f"{kind}_w")
    samples = [None, *seconds(log, 7500)]
    names = {"SpO2": 1, "Pulse": 2, "PI": 3}
    signals, annotations, record = signal_readers.by_wfdb(path)
    check_signals(signals, samples, names, np.nan)
    assert (record.fs, record.units) == (1, ["%", "bpm", "%"])
    begin = datetime.fromtimestamp(zero(log)[1] / 1000) - timedelta(seconds=1)
    assert datetime.combine(record.base_date, record.base_time) == begin
    found = check_remarks(annotations, log, shift=1, whole_seconds=True)
    signals, annotations = signal_readers.wfdb_bytes(path)
    check_signals(signals, samples, names, np.nan)
    assert remarks(annotations) == found


def files(path):
    """All the files of an export."""
    return [path] if path.exists() else sorted(path.parent.glob(path.name + ".*"))


def test_nobody_can_be_told_from_a_deidentified_export(whole, torn, folder):
    shifts = set()
    for log in (whole, torn):
        begin = datetime.fromtimestamp(zero(log)[1] / 1000).astimezone()
        for form in FORMS:
            named = b"".join(
                one.read_bytes() for one in files(export(form, log, folder / f"{form}_named")))
            if form == "ndjson":
                # The words are really there to be left out.
                assert all(word.encode() in named for word in ("rn1", "Karla", "Zed", "Grünkern"))
            path = export(form, log, folder / f"{form}_nobody", "--deidentify")
            for one in files(path):
                data = one.read_bytes()
                for word in NAMES:
                    assert word.encode() not in data, (one.name, word)
                    assert word.encode("latin-1") not in data, (one.name, word)
        table = wide(folder / "csv_nobody")
        assert [(numbers(row), row["status"], row["t"], row["sbp"]) for row in table] == [
            (numbers(row), row["status"], row["t"], row["sbp"]) for row in wide(folder / "csv_named")]
        moved = {stamp(row["time"]) - begin - timedelta(seconds=int(row["t"])) for row in table}
        # One shift, of whole days.
        [shift] = moved
        assert shift % timedelta(days=1) == timedelta(0) and abs(shift) > timedelta(days=7)
        shifts.add(shift)
        lines = [json.loads(line) for line in (folder / "ndjson_nobody").read_text().splitlines()]
        head, *rest = lines
        shifts.add(stamp(head["zero"]) - begin)
        assert head["deidentified"] and "site" not in head and "session" not in head
        assert head["staff"] == [
            {"user": "rn-1", "role": "rn"}, {"user": "rn-2", "role": "rn"}]
        for line in rest:
            assert (stamp(line["time"]) - stamp(head["zero"])).total_seconds() == line["t"]
        # Who did it stays the same person, and that a note was written stays, too.
        notes = [line for line in rest if line.get("what") == "note"]
        assert [(note["by"], "text" in note) for note in notes] == [("rn-1", False), ("rn-1", False), ("rn-2", False)]
        handover = next(line for line in rest if line.get("what") == "handover")
        assert (handover["by"], handover["to"]) == ("rn-1", "rn-2")
    # Each export has a day of its own.
    assert len(shifts) > 1


def test_a_session_ends_where_the_next_patient_begins(folder):
    log = play(folder, "two", spo2=[[0, 97], [300, 97], [301, 91]], events=[
        {"t": 299, "e": "abort", "user": "rn1", "reason": "went home"},
        {"t": 400, "e": "checkIn", "user": "rn1", "route": "iv40", "patient": "Nummer 2",
         "identified": "yes"},
        {"t": 500, "e": "note", "user": "rn1", "text": "of the second"}], end=700,
               phases=[[0, "baseline"]])
    opened = rows(log, "SELECT seq FROM event WHERE kind = 'session' AND body ->> 'state' = 'baseline'")
    names = [f"s-20260314-{seq}" for seq, in opened]
    assert len(names) == 2
    tables = [
        wide(export("csv", log, folder / f"{name}.csv", "--session", name)) for name in names]
    assert [len(table) for table in tables] == [599, 300]
    assert [{row["spo2"] for row in table} for table in tables] == [{"97"}, {"91"}]
    assert wide(export("csv", log, folder / "latest.csv")) == tables[1]
    first, second = (
        export("ndjson", log, folder / f"{name}.ndjson", "--session", name).read_text()
        for name in names)
    assert "of the second" in second and "Nummer 2" in second
    assert "of the second" not in first and "Nummer 2" not in first and "went home" in first


def test_two_hours_take_a_second_at_most(whole, folder):
    for form in FORMS:
        took = []
        for _ in range(5):
            before = time.monotonic()
            export(form, whole, folder / f"timed_{form}")
            took.append(time.monotonic() - before)
        print(f"{form}: {min(took):.2f} s at best, {max(took):.2f} s at worst")
        assert min(took) <= 1


def test_progress_is_told_on_request(whole, folder):
    target = folder / "progress.csv"
    done = run("export", "csv", "--db", whole, "--chair", "1", "-o", target, "--progress")
    told = done.stderr.decode().splitlines()
    assert told[0] == f"reading {whole}" and told[-1] == f"writing {target}: 100 %"
    piped = run("export", "csv", "--db", whole, "--chair", "1")
    assert piped.stdout == target.read_bytes() and piped.stderr == b""


@pytest.fixture(scope="module")
def day(folder):
    """A session of eight hours, which takes some milliseconds to be written."""
    return play(folder, "day", end=28_800, events=[])


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_interrupted_export_leaves_nothing_half(day, tmp_path, number):
    full = export("ndjson", day, tmp_path / "full.ndjson").read_bytes()
    target = tmp_path / "out.ndjson"
    caught = 0
    for attempt in range(60):
        # Every other time there is something of that name already.
        before = b"before" if attempt % 2 else None
        target.unlink(missing_ok=True)
        if before:
            target.write_bytes(before)
        process = subprocess.Popen(
            [BINARY, "export", "ndjson", "--db", day, "--chair", "1", "-o", target])
        while process.poll() is None and not (parts := list(tmp_path.glob(".out.ndjson.part-*"))):
            pass
        process.send_signal(number)
        status = process.wait(20)
        now = target.read_bytes() if target.exists() else None
        assert now == before or now == full
        is_caught = now == before and status != 0
        caught += is_caught
        if number == signal.SIGTERM:
            assert not list(tmp_path.glob(".out.ndjson.part-*"))
            assert status in (0, 128 + number, -number)
        for part in parts:
            part.unlink(missing_ok=True)
        if caught >= 6:
            break
    assert caught >= 2, "no export was met while it wrote"


def test_what_cannot_be_exported_is_said(whole, folder):
    for options, status, word in [
        (["csv", "--chair", "9"], 3, "no such session"),
        (["csv", "--chair", "1", "--session", "s-20200101-1"], 3, "no such session"),
        (["csv", "--chair", "1", "-o", folder / "nowhere/x.csv"], 73, "cannot be written"),
        (["wfdb", "--chair", "1"], 64, "-o FILE"),
        (["wfdb", "--chair", "1", "-o", folder / "two words"], 64, "letters, digits"),
        (["report", "--chair", "1", "--deidentify"], 64, "--deidentify is for"),
    ]:
        done = run("export", *options, "--db", whole)
        assert (done.returncode, done.stdout) == (status, b""), options
        assert word in done.stderr.decode()
    assert not (folder / "nowhere").exists()


def test_a_running_daemon_goes_on_while_its_log_is_exported(started, tmp_path):
    clock = Clock()
    hire(tmp_path)
    devices = simulate(tmp_path, [scene(tmp_path, "live", [[0, 97], [40, 90]])], clock)
    daemon = Daemon(tmp_path, config(tmp_path), clock)
    check_in(daemon)
    daemon.order("1", "note", text="A.P. is cold")
    until(lambda: clock.now > 60, 30)
    devices.kill()
    lost = clock.now
    until(lambda: daemon.chair()["oximeter"]["state"] != "live" and clock.now > lost + 15, 20)
    simulate(tmp_path, [scene(tmp_path, "live", [[0, 97], [40, 90]])], clock)
    until(lambda: daemon.chair()["oximeter"]["state"] == "live", 20)
    back = clock.now
    until(lambda: clock.now > back + 40, 20)
    log = tmp_path / "chairside.db"
    path = export("edf", log, tmp_path / "live.edf")
    before = stored(log)
    table = wide(export("csv", log, tmp_path / "live.csv"))
    # The daemon has noticed nothing.
    until(lambda: len(stored(log)) > len(before) + 10, 20)
    assert daemon.request("GET", "/livez")[0] == 200
    assert daemon.end() == 0
    # All but the last seconds, in which the export overtook the daemon's writing.
    settled = len(table) - 5
    samples = seconds(log, settled)
    assert [numbers(row) for row in table[:settled]] == list(map(expected, samples))
    statuses = "".join("1" if sample else "0" for sample in samples)
    [gap] = [found for found in re.finditer("0+", statuses) if len(found[0]) > 5]
    assert 10 < len(gap[0]) and 60 < settled
    onsets = signal_readers.edf_onsets(path)
    first = statuses.index("1")
    assert max(b - a for a, b in zip(onsets, onsets[1:])) == len(gap[0]) + 1
    assert first + onsets[0] == first and not signal_readers.by_edfio(path)[2]
    # What the wall called the patient is in the header, and in no de-identified file.
    assert path.read_bytes()[8:88].startswith(b"A.P. X X X")
    for form in FORMS:
        for one in files(export(form, log, tmp_path / f"nobody_{form}", "--deidentify")):
            assert b"A.P." not in one.read_bytes() and b"rn1" not in one.read_bytes()
