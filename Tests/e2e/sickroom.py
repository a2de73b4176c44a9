"""A chair that is simulated all the time, and logs in folders of their own that come to harm."""

import shutil

from clinic import Clock, Daemon, check_in, config, hire, scene, simulate, until

# 20 s well, 20 s badly, for ever.
WAVE = [[20 * turn + edge, 97 if turn % 2 else 80] for turn in range(4000) for edge in (0, 19)]


class Sickroom:
    """The chair, and where its daemons keep their logs."""

    def __init__(self, folder):
        self.folder = folder
        self.clock = Clock()
        simulate(folder, [scene(folder, "wave", WAVE)], self.clock)
        self.bases = {}

    def base(self, name, make):
        """A log to begin with, made once."""
        if name not in self.bases:
            self.bases[name] = self.folder / f"base-{name}"
            self.bases[name].mkdir()
            make(self.bases[name])
        return self.bases[name]

    def place(self, base, number):
        """A folder with a copy of a log, and its configuration."""
        place = self.folder / f"case-{number}"
        shutil.copytree(base, place / "log")
        file = config(self.folder)
        file.write_text(file.read_text().replace(
            f"store: {self.folder}/", f"store: {place}/log/"))
        shutil.move(file, place / "chairside.yaml")
        return place

    def start(self, place, disk=None, waits=True):
        return Daemon(place, place / "chairside.yaml", self.clock, waits=waits,
                      environment=disk.environment if disk else None)


def worn(sickroom, folder):
    """A log whose daemon was killed when the write-ahead log was about to be moved to the file."""
    hire(folder)
    place = sickroom.place(folder, "worn")
    daemon = sickroom.start(place)
    check_in(daemon)
    wal = place / "log/chairside.db-wal"
    while not wal.exists() or wal.stat().st_size < 940 * 4120:
        daemon.order("1", "note", text="x" * 1500)
    daemon.order("1", "abort", reason="the end")
    daemon.kill()
    shutil.copytree(place / "log", folder, dirs_exist_ok=True)


def visit(daemon, witness, mend=lambda: None):
    """A short session: check-in, notes, an alarm, its acknowledgement, the end."""
    stream = witness.watch(daemon)
    begun = daemon.snapshot()["now"]
    check_in(daemon)
    witness.note(daemon, "1", "before")
    until(lambda: [one for one in stream.all("alarm", alarm="SPO2_VLOW", change="raised")
                   if one["t"] >= begun], 5)
    daemon.order("1", "acknowledge", alarm="all")
    witness.note(daemon, "1", "after")
    mend()
    daemon.order("1", "abort", reason="the end")
    until(lambda: stream.all("session", state="aborted"), 5)
