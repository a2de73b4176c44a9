"""A sick disk under the log: no crash, nothing lost in silence, a file that verifies.

Every operation of a whole session on the files of the log fails once, tears, or goes on failing:
CHAIRSIDE_FAULTS of them, or with `all` each of them in one way (scripts/long).
"""

import os
import random
import shutil
import time

import pytest

from clinic import check_in, hire, until, url_in
from faultdisk import CHANGES, FOREVER, READ, Disk
from sickroom import Sickroom, visit, worn
from witness import Witness, assert_it_verifies

AMOUNT = os.environ.get("CHAIRSIDE_FAULTS", "40")
SEED = int(os.environ.get("CHAIRSIDE_SEED", str(random.SystemRandom().randrange(1 << 31))))
# What happens, to how many operations in a row (FOREVER: until the test mends the disk), of which.
AILMENTS = [
    ("broken", 1, CHANGES), ("broken", 5, CHANGES), ("broken", FOREVER, CHANGES),
    ("full", 1, CHANGES), ("full", FOREVER, CHANGES), ("torn", 1, CHANGES),
    ("torn", FOREVER, CHANGES), ("short", FOREVER, CHANGES), ("lost", 1, CHANGES),
    ("lost", 5, CHANGES), ("broken", 1, READ), ("broken", FOREVER, READ),
]


@pytest.fixture
def sickroom(tmp_path, started):
    return Sickroom(tmp_path)


def well_again(daemon, place):
    """The disk is: everything becomes durable, and the alarm about it goes."""
    if list(place.glob("log/*.corrupt-*")):
        # A file that could not be read to the end was set aside; whoever acknowledges it knows.
        daemon.post("*", "acknowledge", alarm="LOG_FAIL")
    until(lambda: daemon.request("GET", "/healthz")[0] == 200, 8)
    seen = daemon.snapshot()
    until(lambda: daemon.snapshot()["durableEventId"] >= seen["asOfEventId"], 8)
    until(lambda: "LOG_FAIL" not in [one["alarm"] for one in daemon.snapshot()["alarms"]], 8)


def case(sickroom, base, number, at, kind, span, of):
    """One session with one fault. Returns whether the fault was met at all."""
    problem = (f"{base.name}: {'reading' if of == READ else 'writing'} {kind} at operation {at} for "
               f"{span if span < FOREVER else 'ever'}")
    place = sickroom.place(base, number)
    disk, witness = Disk(place / "log", place / "aside"), Witness()
    disk.fail(kind, after=at, span=span, of=of)
    daemon = sickroom.start(place, disk, waits=False)
    until(lambda: daemon.process.poll() is not None or url_in(daemon.err), 10)
    if daemon.process.poll() is not None:
        # Before anybody is watched, a daemon may say what is wrong and be started again.
        assert daemon.process.poll() == 69, (problem, daemon.process.poll(), daemon.err)
        assert str(place / "log") in daemon.err, (problem, daemon.err)
        disk.heal()
        daemon = sickroom.start(place, disk, waits=False)
    until(lambda: daemon.process.poll() is not None or url_in(daemon.err), 10)
    assert daemon.process.poll() is None, (problem, daemon.err)
    daemon.meet()
    visit(daemon, witness, disk.heal if span == FOREVER else lambda: None)
    if disk.hits:
        well_again(daemon, place)
    assert daemon.end() == 0, (problem, daemon.err)
    hits = disk.hits
    disk.heal()
    witness.remember()
    if witness.shown.keys() - witness.durable.keys():
        # What was shown without the disk came with the alarm that says so.
        assert [line for line in witness.shown.values() if line.get("alarm") == "LOG_FAIL"], problem
    # What fails once is no reason to give up a log.
    assert span > 1 or not list(place.glob("log/*.corrupt-*")), (problem, daemon.err)
    store = place / "log/chairside.db"
    witness.assert_nothing_is_lost(store, early=True)
    assert_it_verifies(store)
    # And a daemon goes on with it.
    daemon = sickroom.start(place)
    witness.watch(daemon)
    check_in(daemon)
    witness.note(daemon, "1", "the next day")
    assert daemon.end() == 0
    witness.assert_nothing_is_lost(store)
    assert_it_verifies(store)
    shutil.rmtree(place)
    return hits > 0


def operations(sickroom, base, of):
    """How many operations a session has when nothing fails."""
    place = sickroom.place(base, f"well-{base.name}-{of}")
    disk, witness = Disk(place / "log", place / "aside"), Witness()
    disk.fail("well", of=of)
    daemon = sickroom.start(place, disk)
    visit(daemon, witness)
    assert daemon.end() == 0
    return disk.count


def test_a_disk_that_is_sick_when_the_daemon_ends_costs_nothing(sickroom):
    base = sickroom.base("hired", hire)
    count = operations(sickroom, base, CHANGES)
    for number, at in enumerate(range(count - 12, count)):
        for kind, span in (("broken", 1), ("broken", 5), ("full", 1)):
            case(sickroom, base, f"last-{number}-{kind}-{span}", at, kind, span, CHANGES)


def test_any_operation_may_fail(sickroom, show):
    dice = random.Random(SEED)
    bases = [sickroom.base("hired", hire), sickroom.base("worn", lambda at: worn(sickroom, at)),
             sickroom.base("new", lambda at: None)]
    counts = {(base, of): operations(sickroom, base, of) for base in bases for of in (CHANGES, READ)}
    places = [(base, at) for base in bases for at in range(counts[base, CHANGES])]
    if AMOUNT != "all":
        # Each somewhere in its own part of the sessions.
        step = len(places) / int(AMOUNT)
        places = [places[int((number + dice.random()) * step)] for number in range(int(AMOUNT))]
    begun, met = time.monotonic(), 0
    for number, (base, at) in enumerate(places):
        kind, span, of = AILMENTS[(number + SEED) % len(AILMENTS)]
        at = at * counts[base, of] // counts[base, CHANGES]
        met += case(sickroom, base, number, at, kind, span, of)
    show(f"faults (seed {SEED}): {len(places)} sessions, {met} met theirs, "
         f"{sum(counts.values())} operations in {len(bases)} kinds of session, "
         f"{time.monotonic() - begun:.0f} s")
    assert met > len(places) * 0.75
