"""What an exported file says, told by programs that others wrote, and by the bytes themselves."""

import re
import struct
import subprocess

import edfio
import numpy as np
import pyedflib
import wfdb


def by_edfio(path):
    """Signals by name, annotations as (onset, text), and whether the file calls itself continuous."""
    edf = edfio.read_edf(path)
    signals = {one.label: np.array(one.data) for one in edf.signals}
    return signals, [(one.onset, one.text) for one in edf.annotations], edf.is_continuous


def by_pyedflib(path):
    """The same of an EDF+C file; EDFlib reads no other."""
    edf = pyedflib.EdfReader(str(path))
    try:
        signals = {edf.getLabel(n): edf.readSignal(n) for n in range(edf.signals_in_file)}
        onsets, _, texts = edf.readAnnotations()
        return signals, list(zip(map(float, onsets), map(str, texts))), edf.getStartdatetime()
    finally:
        edf.close()


def by_biosig(path):
    """Signals by name, and the time of day of each record of an EDF+D file in seconds."""
    table = path.with_suffix(".biosig.csv")
    subprocess.run(["save2gdf", "-CSV", path, table], check=True, capture_output=True)
    heads, *rows = table.read_text().splitlines()
    names = [head.strip('"').split(" [")[0] for head in heads.split(",")]
    values = np.array([[float(value) for value in row.split(",")] for row in rows])
    told = subprocess.run(["save2gdf", "-JSON", path], check=True, capture_output=True).stdout
    # Its JSON does not quote what it quotes; the times are plain.
    stamps = re.findall(
        rb'"TimeStamp"\s*: "\S+ (\d+):(\d+):([\d.]+)",\s*"Description"\s*: "start of a new segment',
        told)
    times = [round(int(h) * 3600 + int(m) * 60 + float(s), 2) for h, m, s in stamps]
    return {name: values[:, n] for n, name in enumerate(names)}, times


def edf_onsets(path):
    """When each record says it began, in seconds, out of the bytes."""
    data = path.read_bytes()
    header, records, count = int(data[184:192]), int(data[236:244]), int(data[252:256])
    at = 256 + count * (16 + 80 + 8 + 8 + 8 + 8 + 8 + 80)
    lengths = [int(data[at + 8 * n:at + 8 * n + 8]) for n in range(count)]
    size = 2 * sum(lengths)
    assert len(data) == header + records * size
    onsets = []
    for n in range(records):
        record = data[header + n * size:header + (n + 1) * size]
        onsets.append(float(record[2 * sum(lengths[:-1]):].split(b"\x14")[0]))
    return onsets


def by_wfdb(path):
    """Signals by name (`nan` for no value), annotations as (second, text), and the beginning."""
    record = wfdb.rdrecord(str(path))
    notes = wfdb.rdann(str(path), "atr")
    # wfdb makes a character of each byte.
    texts = [text.encode("latin-1").decode() for text in notes.aux_note]
    signals = {} if record.n_sig == 0 else {
        name: record.p_signal[:, n] for n, name in enumerate(record.sig_name)}
    return signals, list(zip(map(int, notes.sample), texts)), record


def wfdb_bytes(path):
    """The same out of the bytes, after header(5), signal(5) and annot(5)."""
    head, *lines = path.with_suffix(".hea").read_text().splitlines()
    _, count, _, length = head.split()[:4]
    raw = path.with_suffix(".dat").read_bytes() if lines else b""
    numbers = np.array(struct.unpack(f"<{len(raw) // 2}h", raw)).reshape(-1, max(1, int(count)))
    signals = {}
    for n, line in enumerate(lines):
        _, form, gain, _, _, first, checksum, _, name = line.split(maxsplit=8)
        column = numbers[:, n]
        assert (form, len(column), column[0]) == ("16", int(length), int(first))
        assert (int(column.sum()) - int(checksum)) % 65536 == 0
        signals[name] = np.where(column == -32768, np.nan, column / float(gain.split("(")[0]))
    data, at, second, notes = path.with_suffix(".atr").read_bytes(), 0, 0, []
    while (word := struct.unpack_from("<H", data, at)[0]) != 0:
        code, distance = word >> 10, word & 1023
        at += 2
        if code == 59:
            high, low = struct.unpack_from("<HH", data, at)
            second += high << 16 | low
            at += 4
        elif code == 63:
            notes.append((second, data[at:at + distance].decode()))
            at += distance + distance % 2
        else:
            assert code == 22
            second += distance
    return signals, notes
