"""A disk and clocks that misbehave on order, under a real program (faultdisk.c, by LD_PRELOAD)."""

import ctypes
import mmap
import os
import subprocess
from pathlib import Path

from clinic import REPO

WRITE, SYNC, TRUNCATE, CREATE, RENAME, READ = (1 << bit for bit in range(6))
CHANGES = WRITE | SYNC | TRUNCATE | CREATE | RENAME
KINDS = {"well": 0, "broken": 1, "full": 2, "torn": 3, "short": 4, "lost": 5}
FOREVER = (1 << 63) - 1


def _built():
    source = Path(__file__).with_name("faultdisk.c")
    library = REPO / ".build/faultdisk.so"
    if not library.exists() or library.stat().st_mtime < source.stat().st_mtime:
        fresh = library.with_suffix(f".{os.getpid()}")
        subprocess.run(
            [os.environ.get("CC", "cc"), "-O2", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror",
             "-o", fresh, source, "-ldl", "-lpthread"], check=True)
        fresh.rename(library)
    return library


class _Control(ctypes.Structure):
    _fields_ = [
        ("count", ctypes.c_uint64), ("start", ctypes.c_uint64), ("until", ctypes.c_uint64),
        ("hits", ctypes.c_uint64), ("kind", ctypes.c_uint32), ("mask", ctypes.c_uint32),
        ("sync_delay", ctypes.c_uint64), ("wall_offset", ctypes.c_int64),
        ("boot_offset", ctypes.c_int64),
    ]


class Disk:
    """The disk below `folder`; `aside` is a folder elsewhere for orders and the trace."""

    def __init__(self, folder, aside, trace=False):
        aside.mkdir(exist_ok=True)
        order = aside / "faultdisk.control"
        order.write_bytes(bytes(ctypes.sizeof(_Control)))
        with open(order, "r+b") as file:
            self._map = mmap.mmap(file.fileno(), ctypes.sizeof(_Control))
        self._control = _Control.from_buffer(self._map)
        self._control.mask = CHANGES
        self.boot_id = aside / "boot_id"
        self.boot_id.write_bytes(Path("/proc/sys/kernel/random/boot_id").read_bytes())
        self.trace = aside / "faultdisk.trace"
        self.environment = {
            "LD_PRELOAD": str(_built()), "FAULTDISK_FOLDER": str(folder.resolve()),
            "FAULTDISK_CONTROL": str(order), "FAULTDISK_BOOT_ID": str(self.boot_id),
        } | ({"FAULTDISK_TRACE": str(self.trace)} if trace else {})

    def fail(self, kind, after=0, span=1, of=CHANGES):
        """Lets `span` operations fail, beginning `after` operations from now."""
        self.heal()
        self._control.mask = of
        self._control.hits = 0
        self._control.start = self.count + after
        self._control.until = min(self.count + after + span, FOREVER)
        self._control.kind = KINDS[kind]

    def heal(self):
        self._control.kind = 0
        self._control.start = self._control.until = 0

    @property
    def count(self):
        """How many operations there have been."""
        return self._control.count

    @property
    def hits(self):
        """How many have failed since the last order."""
        return self._control.hits

    def slow(self, seconds):
        """Lets every sync take this much longer."""
        self._control.sync_delay = round(seconds * 1e9)

    def step_wall_clock(self, seconds):
        """Sets the wall clock forward, or back."""
        self._control.wall_offset += round(seconds * 1e9)

    def reboot(self, boot_time):
        """The next program starts after a reboot, with a boot time that began anew."""
        import time
        self.boot_id.write_text(os.urandom(16).hex() + "\n")
        self._control.boot_offset = round(boot_time * 1e9) - time.clock_gettime_ns(
            time.CLOCK_BOOTTIME)
