"""Recognising a device by what it says (issue "every device a clinic owns")."""

import json
import os
import pty
import re
import threading
import time
import tty
from concurrent.futures import ThreadPoolExecutor

import pytest

import captures
from clinic import REPO, run

CATALOG = {
    row["id"]: row for row in map(json.loads, run("drivers", "--json").stdout.splitlines())}
RECORDINGS = sorted(
    wire for driver in CATALOG for wire in (REPO / "fixtures" / driver).glob("*.wire"))


def guesses(*arguments, stdin=None):
    answer = run("detect", "--json", *arguments, stdin=stdin)
    return [json.loads(line) for line in answer.stdout.splitlines()], answer.returncode


def show(name, found, remark=""):
    """A row of the confusion matrix: what was played, what was heard."""
    print(f"{name:42}", *(f"{guess['driver']} {guess['confidence']:.0%}" for guess in found), remark)


def test_detect_knows_every_simulator_of_the_catalog():
    wrong = {}
    for wire in RECORDINGS:
        found, status = guesses(wire)
        name = f"{wire.parent.name}/{wire.stem}"
        show(name, found)
        if status != 0 or found[0]["driver"] != wire.parent.name:
            wrong[name] = found
    assert not wrong
    assert {wire.parent.name for wire in RECORDINGS} == set(CATALOG)


@pytest.mark.skipif(not captures.FOLDER.exists(), reason="../shared/captures is not here")
def test_detect_knows_every_capture_of_a_real_device():
    wrong = {}
    for name, read, driver in captures.KNOWN:
        found, status = guesses(stdin=recording(captures.chunks(name, read)))
        show(f"{name} ({driver})"[-42:], found, captures.REMARKS.get(name, ""))
        if status != 0 or found[0]["driver"] != driver:
            wrong[name, driver] = found
    for name, reason in captures.UNKNOWN:
        print(f"{name[-42:]:42} nothing to recognise: {reason}")
    assert not wrong
    # Nothing that lies there is left out.
    listed = {row[0] for row in captures.KNOWN + captures.UNKNOWN}
    there = {str(file.relative_to(captures.FOLDER)) for file in captures.FOLDER.rglob("*")
             if file.is_file()}
    assert there == listed | {"SOURCES.md"}


def recording(chunks):
    """The text of a recording that says who said what when, but not what it is."""
    lines = ["# chairside recording 1"]
    lines += [f"+{at:.3f} 1/cuff < {data.hex(' ')}" for at, data in chunks]
    return "\n".join(lines + [""]).encode()


def test_detect_says_so_when_it_knows_nothing():
    found, status = guesses(stdin=os.urandom(3000))
    assert status == 2
    assert all(guess["confidence"] < 0.5 for guess in found)


class Port:
    """A serial port with a device that only talks; keeps what the host writes."""

    def __init__(self, data, chunk, pause):
        self.ours, self.theirs = pty.openpty()
        tty.setraw(self.theirs)
        self.path = os.ttyname(self.theirs)
        self.written = b""
        os.set_blocking(self.ours, False)
        threading.Thread(target=self._talk, args=(data, chunk, pause), daemon=True).start()

    def _talk(self, data, chunk, pause):
        place = 0
        while True:
            try:
                os.write(self.ours, data[place:place + chunk])
                place = (place + chunk) % len(data)
                self.written += os.read(self.ours, 4096)
            except BlockingIOError:
                pass
            time.sleep(pause)


def said(driver):
    """The bytes of a driver's recording, and how many of them come in a second."""
    text = (REPO / "fixtures" / driver / "course.wire").read_text()
    lines = re.findall(r"^\+(\S+) \S+ < (.*)$", text, re.M)
    data = bytes.fromhex("".join(hexes for _, hexes in lines))
    return data, len(data) / max(1, float(lines[-1][0]) - float(lines[0][0]))


@pytest.mark.parametrize("driver, chunk, pause", [
    ("nonin-2", 25, 1 / 15), ("masimo-ascii1", 60, 0.3)])
def test_identify_names_a_device_that_talks(driver, chunk, pause):
    port = Port(said(driver)[0], chunk, pause)
    answer = run("device", "identify", "--json", "--seconds", 4, port.path)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout.splitlines()[0])["driver"] == driver
    assert port.written == b""


def test_identify_writes_not_one_byte_whatever_is_there():
    """To a device that talks, to one that is silent until it is asked, and to noise."""
    ports = {"noise": Port(os.urandom(100_000), 100, 0.1)}
    for driver, row in CATALOG.items():
        if re.fullmatch(r"\d+ \d[NEO]\d", row["line"]):
            data, rate = said(driver)
            ports[driver] = Port(data, max(1, round(rate / 15)), 1 / 15)
    with ThreadPoolExecutor(len(ports)) as pool:
        answers = dict(zip(ports, pool.map(
            lambda port: run("device", "identify", "--json", "--seconds", 1, port.path),
            ports.values())))
    for driver, answer in answers.items():
        assert answer.returncode in (0, 2), (driver, answer.stderr)
    assert len(ports) > 15
    assert {driver: port.written for driver, port in ports.items() if port.written} == {}
