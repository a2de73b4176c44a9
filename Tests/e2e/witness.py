"""Somebody who remembers everything that daemons have shown, and asks the log for it."""

import json
import time

from clinic import Stream, rows, run

STAMPS = ("seq", "wall", "durable")


def samples(store, chair):
    """The seconds of a chair that the log holds, as (ward milliseconds, SpO2), in their order."""
    return rows(store, "SELECT t_ms, spo2 FROM v_vitals_1s WHERE chair = ? ORDER BY t_ms", chair)


def events(store):
    """The events that the log holds, by number."""
    return {seq: json.loads(body) for seq, body in rows(
        store, "SELECT seq, body FROM event ORDER BY seq")}


class Witness:
    """Sees the streams and the answers of one daemon after the other, and remembers all of it."""

    def __init__(self):
        # By number: events that were shown as durable, and all of them; and when, by the steady
        # clock, the durable ones.
        self.durable = {}
        self.shown = {}
        self.since = {}
        # The texts of notes whose answer said that they are on record, and when it did.
        self.notes = {}
        self.reached = 0
        self.streams = []

    def watch(self, daemon, **options):
        """Opens a stream that goes on where the last one ended."""
        self.remember()
        stream = Stream(daemon, since=max(self.durable, default=0), **options)
        self.streams.append(stream)
        return stream

    def note(self, daemon, chair, text):
        """Writes a note. Returns whether the answer called it durable."""
        status, answer = daemon.post(chair, "note", text=text)
        assert status == 200, answer
        if is_durable := answer.get("durable", True):
            self.notes[text] = time.monotonic()
        return is_durable

    def look(self, daemon):
        """Takes a snapshot, which says up to where the log holds what it shows."""
        self.reached = max(self.reached, daemon.snapshot()["durableEventId"])

    def remember(self):
        for stream in self.streams:
            for (number, name, data), moment in zip(list(stream.messages), stream.arrived):
                if "seq" not in data or name in ("hb", "reset"):
                    continue
                assert (number is not None) == data.get("durable", True)
                line = {key: value for key, value in data.items() if key not in STAMPS}
                self.shown[data["seq"]] = line
                if number is not None:
                    self.since.setdefault(number, moment)
                    assert self.durable.setdefault(number, line) == line, number

    def forget_what_was_early(self):
        """A killed daemon takes along what it said was not durable yet."""
        self.remember()
        self.shown = dict(self.durable)
        self.streams = []

    def assert_nothing_is_lost(self, store, early=False, by=float("inf")):
        """Everything that was shown as durable by a moment is in the log; with `early` all that was
        ever shown."""
        self.remember()
        stored = events(store)
        for number, line in (self.shown if early else self.durable).items():
            if early or self.since[number] <= by:
                assert stored.get(number) == line, (number, line, stored.get(number))
        texts = {line["text"] for line in stored.values() if line.get("what") == "note"}
        promised = {text for text, moment in self.notes.items() if moment <= by}
        assert promised <= texts, promised - texts
        if by == float("inf"):
            assert self.reached <= len(stored)
        assert list(stored) == list(range(1, len(stored) + 1)), "numbers have gaps"
        assert rows(store, "PRAGMA integrity_check") == [("ok",)]
        times = [t for (t,) in rows(store, "SELECT t_ms FROM event ORDER BY seq")]
        assert times == sorted(times)


def assert_it_verifies(store):
    answer = run("verify", store)
    assert answer.returncode == 0, answer.stdout.decode() + answer.stderr.decode()


def assert_it_replays(folder, chair="1"):
    """A chair's session, exported, replays to its own events."""
    wire, timeline = folder / f"{chair}.wire", folder / f"{chair}.events"
    for form, file in (("wire", wire), ("events", timeline)):
        answer = run("export", form, "--db", folder / "chairside.db", "--chair", chair, "-o", file)
        assert answer.returncode == 0, answer.stderr
    answer = run("replay", wire, "--expect", timeline)
    assert answer.returncode == 0, answer.stderr.decode()


def assert_seconds_are_whole(store, chair, gaps=(), speed=1.0):
    """No second twice, none missing but where nobody watched: (from, to) in the ward's seconds.

    A busy machine may keep the simulated device from speaking for half a second of ours.
    """
    times = [t / 1000 for t, _ in samples(store, chair)]
    for before, after in zip(times, times[1:]):
        assert after > before, "a second is there twice"
        assert after - before < 2 + speed / 2 or any(
            before <= end and start <= after for start, end in gaps), (before, after)
    return times
