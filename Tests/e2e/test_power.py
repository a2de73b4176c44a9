"""A pulled plug: the disk as it may have been left at any moment of a session.

The daemon's every write is recorded (faultdisk.c). At a moment, what was synced is there; of all that
was written since, any part may be there, in any order, torn at any sector. CHAIRSIDE_CUTS says at how
many moments.
"""

import os
import random
import shutil
import statistics
import struct
import time

from clinic import hire
from faultdisk import Disk
from sickroom import Sickroom, visit, worn
from witness import Witness, assert_it_verifies, samples

CUTS = int(os.environ.get("CHAIRSIDE_CUTS", "40"))
SEED = int(os.environ.get("CHAIRSIDE_SEED", str(random.SystemRandom().randrange(1 << 31))))
SECTOR = 512
HEAD = struct.Struct("<IIqqQ")


def recorded(trace):
    """What was done to the disk, in its order: (what, moment, name, at, bytes)."""
    data, at = trace.read_bytes(), 0
    while at < len(data):
        what, length, moment, place, count = HEAD.unpack_from(data, at)
        at += HEAD.size
        name = data[at:at + length].decode()
        at += length
        yield chr(what), moment / 1e9, name, place, data[at:at + count]
        at += count


class Platter:
    """What is on the disk for sure, and what is on its way."""

    def __init__(self, folder):
        self.files = {
            f"/{path.name}": bytearray(path.read_bytes()) for path in folder.iterdir()
            if not path.name.endswith("-shm")}
        # Per file, writes that nothing has synced yet; and changes of names and sizes, of all files in
        # their order, which a journal keeps: any sync makes all of them durable.
        self.written = {}
        self.journal = []

    def take(self, what, name, at, data):
        if name.endswith("-shm"):
            return
        if what == "w":
            self.written.setdefault(name, []).append((at, data))
        elif what == "s":
            for change in self.journal:
                self._change(self.files, *change)
            self.journal = []
            for write in self.written.pop(name, []):
                self._write(self.files, name, *write)
        else:
            self.journal.append((what, name, at, data))

    @staticmethod
    def _write(files, name, at, data):
        file = files.setdefault(name, bytearray())
        file.extend(bytes(max(0, at + len(data) - len(file))))
        file[at:at + len(data)] = data

    def _change(self, files, what, name, at, data):
        if what == "t":
            file = files.setdefault(name, bytearray())
            file.extend(bytes(max(0, at - len(file))))
            del file[at:]
        elif what == "u":
            files.pop(name, None)
            self.written.pop(name, None)
        elif what == "r" and name in files:
            files[data.decode()] = files.pop(name)
            if name in self.written:
                self.written[data.decode()] = self.written.pop(name)

    def left(self, dice):
        """The files as a plug that is pulled now may leave them."""
        kept = Platter.__new__(Platter)
        kept.files = {name: bytearray(file) for name, file in self.files.items()}
        kept.written = {name: list(writes) for name, writes in self.written.items()}
        for change in self.journal[:dice.randrange(len(self.journal) + 1)]:
            kept._change(kept.files, *change)
        for name, writes in kept.written.items():
            part = dice.choice((0, 0.1, 0.5, 0.9, 1))
            for at, data in writes:
                for begin in range(0, len(data), SECTOR):
                    if dice.random() < part:
                        self._write(kept.files, name, at + begin, data[begin:begin + SECTOR])
        return kept.files


def session(sickroom, base, number):
    """A session on a disk that is watched. Returns folder, trace and witness."""
    place = sickroom.place(base, f"power-{number}")
    disk, witness = Disk(place / "log", place / "aside", trace=True), Witness()
    daemon = sickroom.start(place, disk)
    visit(daemon, witness)
    time.sleep(1.5)
    visit(daemon, witness)
    assert daemon.end() == 0
    witness.remember()
    return place, list(recorded(disk.trace)), witness


def cut(sickroom, base, number, records, last, witness, dice):
    """Pulls the plug after a record, and starts a daemon on what is left. Returns for how many seconds
    numbers are lost."""
    platter = Platter(base)
    for what, _, name, at, data in records[:last + 1]:
        platter.take(what, name, at, data)
    place = sickroom.place(base, f"cut-{number}")
    for path in (place / "log").iterdir():
        path.unlink()
    for name, file in platter.left(dice).items():
        (place / f"log{name}").write_bytes(file)
    store = place / "log/chairside.db"
    moment = records[last][1]
    daemon = sickroom.start(place)
    daemon.snapshot()
    assert not list(place.glob("log/*.corrupt-*")), daemon.err
    newest = [t / 1000 for t, _ in samples(store, "1") if t / 1000 <= sickroom.clock.at(moment)]
    daemon.kill()
    witness.assert_nothing_is_lost(store, by=moment)
    assert_it_verifies(store)
    shutil.rmtree(place)
    begun, ward = sickroom.clock.at(records[0][1]), sickroom.clock.at(moment)
    return (ward - 1 - max([begun, *newest])) / sickroom.clock.speed


def test_a_pulled_plug_costs_nothing_that_was_shown(tmp_path, started, show):
    dice = random.Random(SEED)
    begun = time.monotonic()
    sickroom = Sickroom(tmp_path)
    bases = [sickroom.base("hired", hire), sickroom.base("worn", lambda at: worn(sickroom, at))]
    lost, count = [], 0
    for kind, base in enumerate(bases):
        _, records, witness = session(sickroom, base, kind)
        count += len(records)
        for number in range(CUTS // len(bases)):
            step = len(records) / (CUTS // len(bases))
            last = int((number + dice.random()) * step)
            lost.append(cut(sickroom, base, f"{kind}-{number}", records, last, witness, dice))
    show(f"pulled plugs (seed {SEED}): {CUTS} of {count} moments in {len(bases)} kinds of "
         f"session, {time.monotonic() - begun:.0f} s; numbers lost: "
         f"median {max(0, statistics.median(lost)):.2f} s, worst {max(lost):.2f} s")
    assert max(lost) <= 1
