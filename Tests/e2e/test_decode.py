"""`decode` and `drivers`, as scripts rely on them (design.md section 6)."""

import json
import random
import re

import pytest

from clinic import SHARED, run

CAPTURES = SHARED / "captures"
ACCOUNT = re.compile(r"frames=(\d+) damaged=(\d+) pending=(\d+) bytes=(\d+)")
# A packet of a CMS50D+: SpO2 97, pulse 65.
PACKET = "01 e0 85 b3 96 c1 e1 ff ff"


def catalog():
    return [json.loads(line) for line in run("drivers", "--json").stdout.splitlines()]


def account(answer):
    """Frames, damaged, pending and all bytes, from the last line on standard error."""
    last = answer.stderr.decode().splitlines()[-1]
    found = ACCOUNT.fullmatch(last)
    assert found, last
    return tuple(map(int, found.groups()))


def decode(driver, data, *flags):
    answer = run("decode", "--driver", driver, "--json", *flags, stdin=data)
    assert answer.returncode == 0, answer.stderr
    return [json.loads(line) for line in answer.stdout.splitlines()], account(answer)


def test_the_catalog_names_its_drivers():
    names = [row["id"] for row in catalog()]
    assert names == sorted(names)
    assert {"contec-v7", "contec-5", "bci", "nonin-7", "suntech"} <= set(names)
    for row in catalog():
        assert {"id", "kind", "vendor", "models", "line", "maturity", "frameLength"} <= row.keys()
        assert row["kind"] in ("oximeter", "cuff", "monitor", "button")


@pytest.mark.parametrize("text", [
    PACKET, PACKET.replace(" ", ""), PACKET.upper(), f"# a packet\n{PACKET} # ff ff\n\n",
    PACKET.replace(" ", "\n"), PACKET.replace(" ", "\t\r\n"),
])
def test_hex_is_read_however_it_is_laid_out(text):
    readings, counts = decode("contec-v7", text.encode(), "--hex")
    assert counts == (1, 0, 0, 9)
    assert [reading["pleth"] for reading in readings] == [0x33]
    assert readings[0]["flags"] == []


def test_raw_and_hex_say_the_same(tmp_path):
    raw = bytes.fromhex(PACKET) * 70
    file = tmp_path / "packets.bin"
    file.write_bytes(raw)
    answer = run("decode", "--driver", "contec-v7", "--json", file)
    assert answer.returncode == 0
    assert account(answer) == (70, 0, 0, 630)
    assert answer.stdout == run(
        "decode", "--driver", "contec-v7", "--json", "--hex", stdin=raw.hex().encode()).stdout
    reading = json.loads(answer.stdout.splitlines()[-1])
    assert (reading["spo2"], reading["pr"]) == (97, 65)


def test_words_are_for_people():
    answer = run("decode", "--driver", "contec-v7", "--hex", stdin=PACKET.encode())
    assert answer.returncode == 0
    assert b"SpO2 97 %" in answer.stdout and b"{" not in answer.stdout


def test_a_lost_byte_costs_at_most_one_frame():
    packets = bytearray(bytes.fromhex(PACKET) * 20)
    del packets[9 * 10 + 4]
    _, (frames, damaged, pending, total) = decode("contec-v7", bytes(packets))
    assert frames >= 19 and total == 179 and frames * 9 + damaged + pending == total


@pytest.mark.parametrize("arguments, stdin, status, words", [
    (["--driver", "nonsense"], b"", 64, "nonsense"),
    ([], b"", 64, "driver"),
    (["--driver", "contec-v7", "/nowhere/file"], b"", 66, "/nowhere/file"),
])
def test_a_wrong_call_is_told_apart(arguments, stdin, status, words):
    answer = run("decode", *arguments, stdin=stdin)
    assert answer.returncode == status
    assert words in answer.stderr.decode()


@pytest.mark.parametrize("text, line", [
    ("01 e0 8x", 1), ("# all well\n01 e0\nzz", 3), ("01 e0 8", 1), ("01\n\n\n0", 4), ("é", 1),
])
def test_bad_hex_is_named_by_file_and_line(tmp_path, text, line):
    file = tmp_path / "bad.hex"
    file.write_text(text)
    answer = run("decode", "--driver", "contec-v7", "--hex", file)
    assert answer.returncode == 65
    assert f"{file}:{line}" in answer.stderr.decode()


@pytest.mark.skipif(not CAPTURES.exists(), reason="shared/captures is not here")
def test_the_capture_of_a_cms50e():
    data = (CAPTURES / "cms50e_live_115200.hex.txt").read_bytes()
    readings, counts = decode("contec-v7", data, "--hex")
    assert counts[:2] == (102, 0)
    assert {(reading.get("spo2"), reading.get("pr")) for reading in readings} == {(99, 60)}


@pytest.mark.skipif(not CAPTURES.exists(), reason="shared/captures is not here")
@pytest.mark.parametrize("name", [
    "contec_v7_cms50dplus_usb_trace.txt", "contec_v7_cms50dplus_handshake_trace.txt"])
def test_without_a_finger_there_are_no_numbers(name):
    packets = [
        " ".join(words[-9:]) for words in map(str.split, (CAPTURES / name).read_text().splitlines())
        if len(words) >= 9 and words[-9].lower() == "01"
        and all(re.fullmatch("[0-9a-fA-F]{2}", word) for word in words[-9:])
    ]
    assert packets
    readings, (frames, damaged, _, _) = decode("contec-v7", "\n".join(packets).encode(), "--hex")
    assert (frames, damaged) == (len(packets), 0)
    # Byte 3 of a packet, without its high bits: bit 4 is the finger's absence.
    off = [reading for reading in readings if "sensorOff" in reading["flags"]]
    assert not any("spo2" in reading or "pr" in reading for reading in off)


@pytest.mark.parametrize("row", catalog(), ids=lambda row: row["id"])
def test_a_megabyte_of_noise_is_accounted_for_byte_by_byte(row):
    noise = random.Random(f"chairside {row['id']}").randbytes(1 << 20)
    answer = run("decode", "--driver", row["id"], "--json", stdin=noise)
    assert answer.returncode == 0, answer.stderr[-2000:]
    frames, damaged, pending, total = account(answer)
    assert total == 1 << 20
    framed = re.search(r"frames of several lengths: (\d+) bytes", answer.stderr.decode())
    in_frames = int(framed.group(1)) if framed else frames * row["frameLength"]
    assert in_frames + damaged + pending == total
    for line in answer.stdout.splitlines():
        reading = json.loads(line)
        assert 0 <= reading.get("spo2", 0) <= 100
