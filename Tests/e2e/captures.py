"""Recordings of real devices, and quoted packets: what each device said, without what it was told.

They lie beside the repository (see their SOURCES.md) and have licences of their own.
"""

import re

from clinic import SHARED

FOLDER = SHARED / "captures"


def _text(name):
    return (FOLDER / name).read_text()


def _hex(text):
    """The bytes of a text that is nothing but hex digits and blanks; None for any other."""
    words = text.split()
    if not words or not all(re.fullmatch(r"[0-9A-Fa-f]{2}", word) for word in words):
        return None
    return bytes.fromhex("".join(words))


def _hex_lines(name):
    return [found for line in _text(name).splitlines() if (found := _hex(line))]


def _whole(name):
    return [(FOLDER / name).read_bytes()]


def _philips(name):
    """Without the time stamps that the recorder put between the chunks."""
    stamp = rb"\d{4}/\d\d/\d\dT\d\d:\d\d:\d\d,\d{3}"
    return [re.sub(stamp, b"", (FOLDER / name).read_bytes())]


def _lines(name):
    """The lines of a text protocol as they were on the wire."""
    kept = [line.rstrip() for line in _text(name).splitlines() if line.strip() and line[0] != "#"]
    return ["".join(f"{line}\r\n" for line in kept).encode()]


def _contec_live(name):
    return [bytes.fromhex("".join(_text(name).split()))]


def _contec_handshake(name):
    """Nine bytes from the host, which begin with 7D, and the answer stand on one line."""
    return [line[9:] if line[0] == 0x7D else line for line in _hex_lines(name)]


def _contec_usb(name):
    return [line for line in _hex_lines(name) if line[0] != 0x7D]


def _contec_lengths(name):
    return [bytes.fromhex(found) for found in re.findall(r"^dict\(a='([0-9a-f ]+)'", _text(name), re.M)]


def _contec08a(name):
    """Reports of 64 bytes, printed without the zeros at their end; a host's begin with 40 to 43."""
    dump = re.findall(
        r"^(?:\(\* )?0010 +((?:[0-9a-f]{2} ){4}[0-9a-f]{2})\b.*\n(?:\(\* )?0020 +((?:[0-9a-f]{2} ?){16})",
        _text(name), re.M)
    reports = [bytes.fromhex(a + b).ljust(64, b"\0") for a, b in dump]
    return [report for report in reports if report[0] not in range(0x40, 0x44)]


def _omron(name):
    """Each report at its own time: a reply ends with silence."""
    chunks = []
    for line in _text(name).splitlines():
        time, kind, *data = line.split()
        if kind == "IN":
            hours, minutes, seconds = time.split(":")
            at = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
            chunks.append((at, bytes.fromhex("".join(data))))
    return [(at - chunks[0][0], data) for at, data in chunks]


def _is_of_agent(apdu):
    """Whether a device says this: it asks for the association, reports, and answers what it is asked.

    The manager answers the request (E3), confirms reports (02 01) and asks (01 03, 01 05, 01 07).
    """
    if apdu[0] == 0xE7:
        return apdu[8:10].hex() in ("0100", "0101", "0203", "0205", "0207")
    return apdu[0] in (0xE2, 0xE4, 0xE5, 0xE6)


def _is_whole(apdu):
    """Whether an APDU is as long as it says: some were typed by hand, and are not."""
    return 4 + int.from_bytes(apdu[2:4], "big") == len(apdu)


def _apdus(name):
    apdus = [bytes.fromhex(line.split()[1]) for line in _text(name).splitlines()
             if not line.startswith(("#", "data_apdu"))]
    return [apdu for apdu in apdus if _is_of_agent(apdu) and _is_whole(apdu)]


def _annotated_apdus(name):
    apdus = []
    for section in re.split(r"^-+$", _text(name), flags=re.M):
        octets = [re.match(r"(?:0x[0-9A-Fa-f]{2}[ \t]*)+", line) for line in section.splitlines()]
        apdu = bytes(int(one, 16) for found in octets if found
                     for one in re.findall(r"0x([0-9A-Fa-f]{2})", found[0]))
        if apdu and _is_of_agent(apdu) and _is_whole(apdu):
            apdus.append(apdu)
    return apdus


def _quoted(*wanted):
    """Packets that a device sends, out of a list of quotations."""
    def read(name):
        packets = []
        for line in _text(name).splitlines():
            fields = [field.strip() for field in line.split("|")]
            if len(fields) == 4 and any(word in fields[3] for word in wanted):
                # Text stands in quotes between bytes in hex.
                parts = re.findall(r'"([^"]*)"|([0-9A-Fa-f]{2})', fields[2])
                packets.append(b"".join(text.encode() or bytes.fromhex(pair) for text, pair in parts))
        return packets
    return read


def chunks(name, read):
    """What the device said, each piece with its time; at one time when that is unknown."""
    return [piece if isinstance(piece, tuple) else (0.0, piece) for piece in read(name)]


# Capture, how to read it, the driver that speaks there.
KNOWN = [
    ("cms50e_live_115200.hex.txt", _contec_live, "contec-v7"),
    ("contec_v7_cms50dplus_handshake_trace.txt", _contec_handshake, "contec-v7"),
    ("contec_v7_cms50dplus_usb_trace.txt", _contec_usb, "contec-v7"),
    ("cms50f_storage_length_packets.txt", _contec_lengths, "contec-v7"),
    ("contec08a_usb_trace.txt", _contec08a, "contec08a"),
    ("omron790it/790IT_Cleared.txt", _omron, "omron-790it"),
    ("omron790it/790IT_OneReading.txt", _omron, "omron-790it"),
    ("omron790it/790IT_TwoReadings.txt", _omron, "omron-790it"),
    ("omron790it/1_1_07_OneReading.txt", _omron, "omron-790it"),
    ("omron790it/1_2_07_TwoReadings.txt", _omron, "omron-790it"),
    ("antidote_apdu.hex.txt", _apdus, "phdc"),
    ("antidote_pulse_oximeter_annotated.txt", _annotated_apdus, "phdc"),
    ("masimo_ascii1_real_lines.txt", _lines, "masimo-ascii1"),
    ("masimo_ascii1_other_real_lines.txt", _lines, "masimo-ascii1"),
    ("nellcor_n560_real_lines.txt", _lines, "nellcor"),
    ("ivy450c_ansarb.bin", _whole, "ivy"),
    ("philips_mp70_saved.log", _philips, "intellivue"),
    ("philips_mp70_rs232_everything.log", _philips, "intellivue"),
    ("nibp_and_misc_quoted_packets.txt", _quoted("SunTech reply", "SunTech cuff", "SunTech result"),
     "suntech"),
    ("nibp_and_misc_quoted_packets.txt", _quoted("PAR cuff", "PAR status"), "par-nibp"),
    ("nibp_and_misc_quoted_packets.txt", _quoted("Nonin #2"), "nonin-2"),
]

# What was left out of a capture, and why.
REMARKS = {
    "antidote_apdu.hex.txt": "4 typed APDUs whose lengths contradict their bytes left out",
    "antidote_pulse_oximeter_annotated.txt": "2 typed APDUs of 15 left out, as above",
}

# What holds nothing that can be recognised, and why.
UNKNOWN = [
    ("antidote_nonin_mds.xml", "decoded values, no bytes"),
    ("antidote_nonin_measurement.xml", "decoded values, no bytes"),
]
