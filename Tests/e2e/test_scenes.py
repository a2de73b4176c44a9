"""`scene`, `replay` and `check`: clinical courses, recordings, configurations."""

import json
import re

import pytest

from clinic import SHARED, config, run, scene

SCENES = SHARED / "scenes"
needs_scenes = pytest.mark.skipif(not SCENES.exists(), reason="shared/scenes is not here")
NAMES = ["S01", "S02", "S04", "S05", "S07", "S10"]
WIRE = """# chairside recording 1
@ start 2026-03-14T15:02:11.000Z  policy=adult-ketamine-default-1
@ device 7/ox contec-v7
+0.000 7/ox ! plug
+1.000 7/ox < 01 e0 85 b3 96 c1 e1 ff ff
+2.000 7 @ checkIn route=iv40 identified=yes by=rn1
+3.000 * ! end
"""


@needs_scenes
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("through", [None, "contec-v7", "nonin-7"])
def test_a_scene_meets_its_expectations(name, through):
    way = ["--through", through] if through else []
    answer = run("scene", SCENES / f"{name}.json", "--json", *way)
    assert answer.returncode == 0, answer.stderr.decode()
    events = [json.loads(line) for line in answer.stdout.splitlines()]
    assert [event["t"] for event in events] == sorted(event["t"] for event in events)
    assert re.search(rf"{name}: \d+ met, 0 failed", answer.stderr.decode())


@pytest.mark.parametrize("wrong", [
    {"expect": [{"alarm": "SPO2_VLOW", "prio": "HIGH", "by": 200}]},
    {"expect": [{"alarm": "SPO2_LOW", "prio": "HIGH", "by": 130}]},
    {"expect": [{"alarm": "SPO2_LOW", "prio": "MED", "by": 105}]},
    {"expect": []},
])
def test_a_scene_with_a_wrong_expectation_is_a_finding(tmp_path, wrong):
    right = {"expect": [{"alarm": "SPO2_LOW", "prio": "MED", "from": 108, "by": 112}]}
    spo2 = [[0, 97], [99, 97], [100, 90]]
    good = scene(tmp_path, "good", spo2, end=200, nibp=[], **right)
    assert run("scene", good).returncode == 0
    answer = run("scene", scene(tmp_path, "wrong", spo2, **({"end": 200, "nibp": []} | wrong)))
    assert answer.returncode == 2
    assert "SPO2" in answer.stderr.decode()


@pytest.mark.parametrize("text, place", [
    ("{", 2), ('{"id": "x"}', 1), ('id: x\ntitle: y\nbaseline: {spo2: 200}', 3),
    ("id: x\nnonsense: 1", 2), ("", 1), ("[1, 2]", 1),
])
def test_a_malformed_scene_is_named_by_line_and_column(tmp_path, text, place):
    file = tmp_path / "bad.json"
    file.write_text(text)
    answer = run("scene", file)
    assert answer.returncode == 65
    assert re.search(rf"{re.escape(str(file))}:{place}:\d+: ", answer.stderr.decode())


def recorded(folder, *way):
    """A desaturation as a recording and its timeline."""
    alarms = [
        {"alarm": "SPO2_LOW", "prio": "MED", "from": 105, "by": 115},
        {"alarm": "SPO2_VLOW", "prio": "HIGH", "from": 110, "by": 120},
    ]
    spo2 = [[0, 97], [99, 97], [100, 90], [130, 84], [160, 97]]
    file = scene(folder, "recorded", spo2, end=240, nibp=[], expect=alarms)
    wire, events = folder / "r.wire", folder / "r.events"
    answer = run("scene", file, "--record", wire, *way)
    assert answer.returncode == 0, answer.stderr
    events.write_bytes(run("replay", wire).stdout)
    return wire, events


@pytest.mark.parametrize("way", [[], ["--through", "contec-v7"], ["--through", "nonin-7"]])
def test_a_recorded_scene_replays_to_the_same_events(tmp_path, way):
    wire, events = recorded(tmp_path, *way)
    assert '"SPO2_VLOW","change":"raised"' in events.read_text()
    answer = run("replay", wire, "--expect", events)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout == events.read_bytes()


@pytest.mark.parametrize("change", ["altered", "missing", "added"])
def test_a_changed_timeline_is_a_finding_that_names_the_line(tmp_path, change):
    wire, events = recorded(tmp_path)
    lines = events.read_text().splitlines()
    number = next(i for i, line in enumerate(lines) if "SPO2_VLOW" in line) + 1
    if change == "altered":
        lines[number - 1] = lines[number - 1].replace("high", "low")
    elif change == "missing":
        del lines[number - 1]
    else:
        lines.insert(number - 1, lines[number - 1])
        number += 1
    events.write_text("\n".join(lines) + "\n")
    answer = run("replay", wire, "--expect", events)
    assert answer.returncode == 2
    assert re.search(rf"{re.escape(str(events))}:.*\b{number}\b", answer.stderr.decode())


def test_a_recording_reads_as_it_is_described(tmp_path):
    file = tmp_path / "good.wire"
    file.write_text(WIRE)
    answer = run("replay", file, "--json")
    assert answer.returncode == 0, answer.stderr
    assert '"state":"baseline"' in answer.stdout.decode()


@pytest.mark.parametrize("old, new, line", [
    ("# chairside recording 1", "# something else", 1),
    ("@ device 7/ox contec-v7", "@ device 7/ox nonsense", 3),
    ("< 01 e0", "? 01 e0", 5),
    ("< 01 e0", "< xx e0", 5),
    ("+2.000", "+0.500", 6),
    ("checkIn", "checkOut", 6),
    ("7/ox ! plug", "7/ox ! jump", 4),
])
def test_a_malformed_recording_is_named_by_line(tmp_path, old, new, line):
    file = tmp_path / "bad.wire"
    file.write_text(WIRE.replace(old, new, 1))
    answer = run("replay", file)
    assert answer.returncode == 65
    assert answer.stderr.decode().startswith(f"{file}:{line}: ")


def test_check_says_what_would_be_watched(tmp_path):
    answer = run("check", config(tmp_path, chairs=2))
    assert answer.returncode == 0, answer.stderr
    text = answer.stdout.decode()
    assert "Test clinic" in text and "chair 2: oximeter contec-v7" in text


@pytest.mark.parametrize("old, new, place, words", [
    ("driver: contec-v7", "driver: nonsense", r"7:\d+", "nonsense"),
    ("site:", "sit:", r"1:1", "did you mean"),
    ("- id: '1'", "- id: 'a b'", r"6:\d+", "a b"),
    ("chairs:", "port: 99999\nchairs:", r"5:\d+", "99999"),
    ("dev/1-cuff", "dev/1-ox", r"8:\d+", "bound"),
    ("site: Test clinic", "site: [", r"\d+:\d+", ""),
])
def test_check_complains_with_place_and_remedy(tmp_path, old, new, place, words):
    file = config(tmp_path)
    file.write_text(file.read_text().replace(old, new, 1))
    answer = run("check", file)
    assert answer.returncode == 78
    assert re.search(rf"{re.escape(str(file))}:{place}: .*{words}", answer.stderr.decode())


def test_check_of_no_file():
    assert run("check", "/nowhere/chairside.yaml").returncode in (66, 78)


def test_help_says_what_it_is_not():
    answer = run("--help")
    assert answer.returncode == 0
    assert "not a certified medical device" in " ".join(answer.stdout.decode().split())


def test_the_version_is_a_number():
    answer = run("--version")
    assert answer.returncode == 0
    assert re.fullmatch(rb"\d+\.\d+\.\d+\S*\n", answer.stdout)


@pytest.mark.parametrize("arguments", [["nonsense"], ["serve", "--nonsense"], ["replay"]])
def test_a_wrong_word_is_wrong_usage(arguments):
    assert run(*arguments).returncode == 64
