"""A clinic for the tests: the real daemon, real simulators on real ptys, a client of the stream."""

import http.client
import json
import os
import signal
import sqlite3
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

REPO = Path(__file__).resolve().parents[2]
SHARED = REPO.parent / "shared"
BINARY = os.environ.get("CHAIRSIDE_BIN", str(REPO / ".build/debug/chairside"))
SPEED = 20
# Who works in the clinics of the tests and of the demo, and how they sign.
STAFF = {
    "rn1": ("R. Nurse, RN", ["rn"], "135790"),
    "rn2": ("S. Nurse, RN", ["rn"], "246813"),
    "md1": ("P. Prescriber, MD", ["prescriber"], "975318"),
    "admin1": ("A. Administrator", ["admin"], "open sesame 7"),
}
SECRETS = {user: secret for user, (_, _, secret) in STAFF.items()}
SIGNED = {
    "sign", "transfer", "leaveAMA", "addendum", "reopenClinical", "holdCleared", "waive", "alarmOff",
}


def run(*arguments, stdin=None, timeout=120):
    """One verb of the command line, to its end."""
    return subprocess.run(
        [BINARY, *map(str, arguments)], input=stdin, capture_output=True, timeout=timeout)


def until(what, seconds=15.0, every=0.02):
    """Polls for a value that is true; fails when there is none by the deadline."""
    deadline = time.monotonic() + seconds
    while True:
        if value := what():
            return value
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(every)


class Clock:
    """The time of daemon and simulators, which may run faster than ours; it outlives both."""

    def __init__(self, speed=SPEED):
        self.speed = speed
        self._zero = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        self.text = f"{self._zero}:0:{float(speed)}"

    def at(self, moment):
        """The clock's time at a moment of `time.monotonic()`; nobody suspends the machine."""
        return self.now - (time.monotonic() - moment) * self.speed

    @property
    def now(self):
        return (time.clock_gettime_ns(time.CLOCK_BOOTTIME) - self._zero) / 1e9 * self.speed


class Running:
    """A process in the background, with all that it says in files."""

    def __init__(self, folder, name, arguments, environment=None):
        number = len(list(folder.glob(f"{name}-*.err")))
        self._said = [folder / f"{name}-{number}.{stream}" for stream in ("out", "err")]
        with open(self._said[0], "wb") as out, open(self._said[1], "wb") as err:
            self.process = subprocess.Popen(
                [BINARY, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                env=os.environ | (environment or {}))

    @property
    def out(self):
        return self._said[0].read_text()

    @property
    def err(self):
        return self._said[1].read_text()

    @property
    def pid(self):
        return self.process.pid

    def end(self, number=signal.SIGTERM, seconds=10.0):
        """Sends a signal and waits. Returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(seconds)

    def kill(self):
        return self.end(signal.SIGKILL)


def url_in(text):
    """The station's address, from what a daemon says when it answers."""
    for word in text.split():
        if word.startswith("http://127.0.0.1:") and word.endswith("/wall"):
            return word.removesuffix("/wall")
    return None


class Client:
    """Somebody who talks to a station."""

    def __init__(self, url):
        self.url = url
        self.port = urlsplit(url).port

    def request(self, method, path, body=None, headers=None):
        """Returns status, headers and body, whatever they are."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request(method, path, body=body, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def get(self, path):
        status, _, body = self.request("GET", path)
        assert status == 200, (path, status, body)
        return json.loads(body)

    def snapshot(self):
        return self.get("/api/v1/snapshot")

    def chair(self, name="1"):
        return self.get(f"/api/v1/chairs/{name}")

    def post(self, chair, command, by="rn1", **fields):
        """Gives a command, with the PIN where it needs one. Returns status and answer."""
        proof = {"secret": SECRETS[by]} if command in SIGNED and by in SECRETS else {}
        body = json.dumps({"command": command, "by": by} | proof | fields)
        headers = {"X-Chairside": "1", "Content-Type": "application/json"}
        status, _, answer = self.request("POST", f"/api/v1/chairs/{chair}/commands", body, headers)
        return status, json.loads(answer)

    def order(self, chair, command, by="rn1", **fields):
        """Gives a command that must be accepted."""
        status, answer = self.post(chair, command, by, **fields)
        assert status == 200, (command, answer)

    def alarms(self, chair="1"):
        return {alarm["alarm"]: alarm for alarm in self.chair(chair)["alarms"]}


class Daemon(Running, Client):
    """`chairside serve` on a port of its own."""

    def __init__(
            self, folder, config, clock=None, port=0, environment=None, waits=True, options=()):
        timing = ["--clock", clock.text] if clock else []
        Running.__init__(
            self, folder, "serve", ["serve", "--config", config, "--port", port, *timing, *options],
            environment)
        if waits:
            self.meet()

    def meet(self, seconds=15):
        """Waits until it answers."""
        Client.__init__(self, until(self._address, seconds))

    def _address(self):
        assert self.process.poll() is None, self.err
        return url_in(self.err)


class Stream:
    """A client of the event stream, on a thread of its own until it is closed."""

    def __init__(self, client, since=None, last_event_id=None, station="e2e", confirms=False):
        self.messages = []
        # When each message came, by the steady clock.
        self.arrived = []
        query = f"&since={since}" if since is not None else ""
        query += "&confirms=1" if confirms else ""
        headers = {} if last_event_id is None else {"Last-Event-ID": str(last_event_id)}
        self._connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=30)
        self._connection.request(
            "GET", f"/api/v1/events?station={station}{query}", headers=headers)
        self._answer = self._connection.getresponse()
        assert self._answer.status == 200
        self._socket = self._connection.sock
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        fields = {}
        try:
            for raw in self._answer:
                line = raw.decode().rstrip("\n")
                if line:
                    key, _, value = line.partition(": ")
                    fields[key] = value
                    continue
                if "data" in fields:
                    number = int(fields["id"]) if "id" in fields else None
                    self.arrived.append(time.monotonic())
                    self.messages.append((number, fields["event"], json.loads(fields["data"])))
                fields = {}
        except (OSError, ValueError, http.client.HTTPException, AttributeError):
            pass

    @property
    def ids(self):
        return [number for number, _, _ in list(self.messages) if number is not None]

    def all(self, kind, **fields):
        """The messages of a kind whose data have these values."""
        return [
            data for _, name, data in list(self.messages)
            if name == kind and all(data.get(key) == value for key, value in fields.items())
        ]

    def first(self, kind, seconds=20.0, **fields):
        """Waits for such a message."""
        return until(lambda: self.all(kind, **fields), seconds)[0]

    def close(self):
        try:
            self._socket.shutdown(2)
        except OSError:
            pass


class Station(Stream):
    """A nurse station that says every two seconds that it lives, and what it shows when told to."""

    def __init__(self, client, name="front", confirms=True, since=None):
        self._client = client
        self._name = name
        self.beats = threading.Event()
        self.beats.set()
        self.confirms = confirms
        # What it says every five seconds of its screen and its sound, once it is told to.
        self.sound = None
        # Whether it says that it sounds what it should.
        self.sounds = False
        self._ended = threading.Event()
        super().__init__(client, since=since, station=name, confirms=True)
        threading.Thread(target=self._live, daemon=True).start()

    def say(self, door, body=None):
        """Speaks to one of the daemon's doors for stations. Returns the status."""
        return self._client.request(
            "POST", f"/api/v1/stations/{self._name}/{door}",
            None if body is None else json.dumps(body), {"X-Chairside": "1"})[0]

    def _live(self):
        rounds = 0
        while not self._ended.wait(0.25):
            try:
                if self.beats.is_set() and rounds % 8 == 0:
                    self.say("heartbeat")
                if self.sound and rounds % 4 == 0:
                    self.say("beat", self.sound)
                if self.confirms:
                    self.confirm()
            except OSError:
                return
            rounds += 1

    def confirm(self):
        """Confirms all that there is, as a page that shows everything does."""
        seen = self._client.snapshot()
        shown = [
            {"chair": place.get("chair", "*"), "id": one["id"], "revision": one["revision"]}
            for place in [seen, *seen["chairs"]] for one in place["alarms"] + place["ended"]]
        if shown:
            said = {"confirmed": shown}
            if self.sounds:
                said["sounded"] = shown
            self.say("confirmations", said)

    def arm(self, by="rn1"):
        """From now on it is seen, heard, and sounds."""
        self.sound = {"visible": True, "audible": True, "soundCheckedBy": by, "lastEventId": 0}
        self.sounds = True
        assert self.say("beat", self.sound) == 204

    def close(self):
        self._ended.set()
        super().close()


def rows(store, sql, *values):
    """Asks a log with the reader that every system has."""
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5)
    try:
        return connection.execute(sql, values).fetchall()
    finally:
        connection.close()


def config(folder, chairs=1, cuffs=True, staff="", oximeter="contec-v7", annunciator="off"):
    """Writes the configuration of a clinic whose devices are links in `folder`/dev."""
    # The loudspeaker is off unless a test is about it: no test sounds at whoever runs it.
    lines = ["site: Test clinic", f"store: {folder}/chairside.db",
             f"annunciator: {annunciator}", staff, "chairs:"]
    for chair in range(1, chairs + 1):
        lines.append(f"  - id: '{chair}'")
        lines.append(f"    oximeter: {{driver: {oximeter}, port: {folder}/dev/{chair}-ox}}")
        if cuffs:
            lines.append(f"    cuff: {{driver: suntech, port: {folder}/dev/{chair}-cuff}}")
    path = folder / "chairside.yaml"
    path.write_text("\n".join(lines) + "\n")
    return path


def account(folder, *words, secrets=(), **options):
    """`chairside account` on the log in `folder`, secrets on its standard input."""
    return run("account", *words, "--db", folder / "chairside.db",
               stdin="".join(f"{secret}\n" for secret in secrets).encode(), **options)


_hired = {}


def hire(folder, staff=STAFF):
    """Gives the staff accounts in a log that is not there yet; made once, then copied."""
    log = folder / "chairside.db"
    if id(staff) not in _hired:
        _hire(folder, staff)
        _hired[id(staff)] = (staff, log.read_bytes())
    log.write_bytes(_hired[id(staff)][1])


def _hire(folder, staff):
    (admin, (name, _, secret)), *others = sorted(
        staff.items(), key=lambda one: "admin" not in one[1][1])
    made = account(folder, "init", "--user", admin, "--name", name, secrets=[secret])
    assert made.returncode == 0, made.stderr
    for user, (name, roles, secret) in others:
        words = [word for role in roles for word in ("--role", role)]
        made = account(folder, "add", "--user", user, "--name", name, *words, secrets=[secret])
        assert made.returncode == 0, made.stderr


def scene(folder, name, spo2, pulse=75, **more):
    """Writes a scene that is quiet but for its SpO2 (knots of second and percent)."""
    content = {
        "id": name, "title": name, "baseline": {"spo2": 97, "pr": 75, "sbp": 120, "dbp": 75},
        "start": 0, "end": 86_400, "phases": [[0, "infusing"]], "spo2": spo2, "pr": [[0, pulse]],
        "pi": [[0, 2.0]], "nibp": [{"start": 0, "done": 20, "sbp": 124, "dbp": 77, "pr": 75}],
        "expect": [], "never": [],
    } | more
    path = folder / f"{name}.json"
    # As UTF-8: YAML knows no halves of a character.
    path.write_text(json.dumps(content, ensure_ascii=False))
    return path


def simulate(folder, scenes, clock, start=-10, **options):
    """`chairside simulate`, its links in `folder`/dev; waits until they are there."""
    words = [word for key, value in options.items() for word in (f"--{key}", value)]
    running = Running(
        folder, "simulate",
        ["simulate", *scenes, "--dir", folder / "dev", "--clock", clock.text,
         f"--from={start}", *words])
    chairs = options.get("chairs", len(scenes))
    devices = 1 if "monitor" in options else 2
    until(lambda: running.out.count("\n") >= devices * chairs)
    return running


def check_in(daemon, chair="1"):
    """Seats a patient whose oximeter is live."""
    until(lambda: daemon.chair(chair)["oximeter"]["state"] == "live")
    daemon.order(chair, "checkIn", route="iv40", patient="A.P.", identified="yes", seated="5")


CHECKLIST = (
    "schizophrenia", "newPsychosis", "uncontrolledHypertension", "intoxication", "seizures",
    "misuse", "liverDisease", "kidneyDisease", "interactingDrugs")


def begin_infusion(daemon, chair="1"):
    """From an empty chair to a running infusion, by the rules: pressures, baseline, escort."""
    check_in(daemon, chair)

    def last(event, **fields):
        """The number of the newest event of a kind."""
        found = daemon.get(f"/api/v1/chairs/{chair}/events?limit=200")["events"]
        return max((one["seq"] for one in found if one["event"] == event and all(
            one.get(key) == value for key, value in fields.items())), default=0)

    def is_accepted():
        done = last("reading")
        # Each refusal is an event; the list that is asked for them is not endless.
        until(lambda: daemon.post(chair, "nibpStart")[0] == 200, every=0.2)
        ordered = last("audit", what="cuffOrdered")
        until(lambda: last("reading") > done
              or last("device", change="determinationFailed") > ordered)
        return daemon.post(chair, "baselineAccepted")[0] == 200

    until(is_accepted, seconds=60)
    daemon.order(chair, "escort", type="responsibleAdult")
    daemon.order(chair, "checklist", **{item: "no" for item in CHECKLIST})
    daemon.order(chair, "doseStart")
