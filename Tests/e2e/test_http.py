"""The station's doors: what is served, what is refused, and that nothing makes it fall over."""

import json
import random
import re
import socket

import pytest

import clinic
from clinic import Clock, Daemon, Stream, check_in, config, hire, scene, simulate

COMMANDS = "/api/v1/chairs/1/commands"
OURS = {"X-Chairside": "1", "Content-Type": "application/json"}


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    """One daemon for all tests here, with a patient at chair 1 and nobody at chair 2."""
    folder = tmp_path_factory.mktemp("http")
    clock = Clock()
    calm = simulate(folder, [scene(folder, "calm", [[0, 97]])], clock)
    hire(folder)
    served = Daemon(folder, config(folder, chairs=2), clock)
    check_in(served)
    yield served
    served.kill()
    calm.kill()


def test_every_address_of_the_contract_answers(daemon):
    for path in ("/wall", "/chairs/1", "/livez", "/healthz", "/readyz", "/metrics",
                 "/api/v1/snapshot", "/api/v1/chairs/1", "/api/v1/chairs/1/trend",
                 "/api/v1/chairs/1/events"):
        status, headers, body = daemon.request("GET", path)
        assert status == 200 and body, path
        assert headers["Content-Type"], path


def test_the_snapshot_has_what_a_page_starts_from(daemon):
    seen = daemon.snapshot()
    assert {"asOfEventId", "serverTime", "now", "bootId", "version", "site", "mode", "speed",
            "policy", "staff", "alarms", "chairs"} <= seen.keys()
    assert [view["chair"] for view in seen["chairs"]] == ["1", "2"]
    assert seen["mode"] == "live"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", seen["serverTime"])
    empty = seen["chairs"][1]
    assert (empty["phase"], empty["oximeter"]["spo2"], empty["nibp"]["sbp"]) == (None, None, None)


def test_who_is_shown_a_record_is_on_record(daemon):
    """Once for each station, however often the page is loaded anew, and not in the record itself."""
    def looks():
        events = daemon.get("/api/v1/chairs/*/events?limit=1000")["events"]
        return [one for one in events if one.get("what") == "recordShown"]

    session = daemon.get("/api/v1/chairs/1/sessions")["sessions"][-1]
    for query in ("", "?station=front", "?station=front", "?station=back", "?station=a%20b"):
        status, _, page = daemon.request("GET", session["report"] + query)
        assert status == 200 and b"recordShown" not in page
    assert daemon.request("GET", "/sessions/s-20260314-1/report.html?station=front")[0] == 404
    found = clinic.until(lambda: len(looks()) >= 3 and looks())
    assert [one.get("station") for one in found] == [None, "front", "back"]
    assert {(one["record"], one["form"]) for one in found} == {(session["id"], "report")}


def test_pages_may_load_nothing_that_is_not_ours(daemon):
    policy = daemon.request("GET", "/wall")[1]["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_a_refused_command_says_why(daemon):
    status, answer = daemon.post("1", "doseStart")
    assert status == 409 and answer["status"] == 409 and answer["title"] == "refused"
    assert {"baseline", "noRecentPressure", "escort"} <= set(answer["why"])
    assert answer["detail"]


@pytest.mark.parametrize("chair, command, by, fields, why", [
    ("1", "sign", "rn1", {}, "wrongPhase"),
    ("1", "note", "stranger", {"text": "hello"}, "unknownStaff"),
    ("1", "acknowledge", "rn1", {"alarm": "SPO2_VLOW"}, "nothingToAcknowledge"),
    ("1", "holdCleared", "rn1", {"reason": "x"}, "notYourRole"),
    ("2", "nibpAbort", "rn1", {}, "wrongPhase"),
    ("1", "setLimit", "rn1", {"field": "spo2.nonsense", "value": 90}, "unknownField"),
    ("1", "setLimit", "rn1", {"field": "spo2.low", "value": 20}, "deadLimit"),
])
def test_refusals_are_typed(daemon, chair, command, by, fields, why):
    status, answer = daemon.post(chair, command, by, **fields)
    assert status == 409
    assert answer["why"], answer
    assert why in answer["why"] or command in ("sign", "nibpAbort"), answer


def test_a_command_needs_our_header(daemon):
    body = json.dumps({"command": "note", "text": "x", "by": "rn1"})
    status, headers, answer = daemon.request(
        "POST", COMMANDS, body, {"Content-Type": "application/json"})
    assert status == 403
    assert headers["Content-Type"] == "application/problem+json"
    assert b"X-Chairside" in answer


@pytest.mark.parametrize("method, path", [("GET", "/wall"), ("GET", "/api/v1/snapshot"),
                                          ("GET", "/api/v1/events"), ("POST", COMMANDS)])
@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_a_foreign_host_is_refused(daemon, method, path, host):
    assert daemon.request(method, path, headers=OURS | {"Host": host})[0] in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:1234", "[::1]:80"])
def test_our_own_names_are_welcome(daemon, host):
    assert daemon.request("GET", "/livez", headers={"Host": host})[0] == 200


@pytest.mark.parametrize("body", [
    b"", b"{", b"[]", b"null", b"7", b'"x"', b"{}", b'{"command":"note"}', b'{"by":"rn1"}',
    b'{"command":"nonsense","by":"rn1"}', b'{"command":"note","by":"rn1"}',
    b'{"command":"note","by":"rn1","text":"x","more":1}', b'{"command":7,"by":"rn1"}',
    b'{"command":"note","by":"","text":"x"}', b'{"command":"note","by":"a b","text":"x"}',
    b'{"command":"note","by":{"x":1},"text":"x"}', b"\xff\xfe\x00", b"{" * 10_000,
    b'{"command":"extend","by":"rn1","minutes":"x","reason":"y"}',
    b'{"command":"extend","by":"rn1","minutes":1e400,"reason":"y"}',
    b'{"command":"audioPause","by":"rn1","seconds":99999999999999999999}',
    b'{"command":"schedule","by":"rn1","due":"1,,x"}',
    b'{"command":"acknowledge","by":"rn1","alarm":"NONSENSE"}',
    b'{"command":"checkIn","by":"rn1","route":"nonsense"}',
])
def test_a_malformed_command_is_a_bad_request(daemon, body):
    status, headers, answer = daemon.request("POST", COMMANDS, body, OURS)
    assert status == 400, answer
    assert headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer)["detail"]


def test_a_command_that_is_too_long_is_refused(daemon):
    body = json.dumps({"command": "note", "by": "rn1", "text": "x" * 100_000})
    assert daemon.request("POST", COMMANDS, body, OURS)[0] in (400, 413)
    assert daemon.request("GET", "/livez")[0] == 200


@pytest.mark.parametrize("path, status", [
    ("/api/v1/chairs/9", 404), ("/api/v1/chairs/9/trend", 404), ("/api/v1/chairs/9/events", 404),
    ("/api/v1/chairs/a%20b", 404), ("/assets/nonsense.js", 404), ("/assets/..%2f..%2fetc", 404),
    ("/assets/../../etc/passwd", 404), ("/nonsense", 404), ("/api/v1/nonsense", 404),
    ("/api/v1/chairs/1/trend?seconds=x", 400), ("/api/v1/chairs/1/trend?seconds=1", 400),
    ("/api/v1/chairs/1/trend?points=0", 400), ("/api/v1/chairs/1/events?limit=-1", 400),
    ("/api/v1/chairs/1/events?limit=1001", 400), ("/api/v1/events?since=x", 400),
    ("/api/v1/events?since=99999999999999999999", 400),
])
def test_a_wrong_address_is_told_apart(daemon, path, status):
    assert daemon.request("GET", path)[0] == status


def test_a_command_for_a_chair_that_does_not_exist(daemon):
    body = json.dumps({"command": "note", "by": "rn1", "text": "x"})
    status, _, answer = daemon.request("POST", "/api/v1/chairs/9/commands", body, OURS)
    assert status == 404, answer


WORDS = [
    "command", "by", "rn1", "md1", "note", "text", "checkIn", "route", "iv40", "acknowledge",
    "alarm", "all", "setLimit", "field", "spo2.low", "value", "assess", "aldrete", "schedule",
    "due", "none", "reason", "\u0000", "\n", "é", "🫁", "'; DROP TABLE event; --", "%s%n", "*",
]


def noise(dice):
    """Something that may be a command: noise, JSON of the right kind, or nearly a command."""
    kind = dice.randrange(4)
    if kind == 0:
        return dice.randbytes(dice.randrange(200))
    value = lambda: dice.choice([
        dice.choice(WORDS), dice.randrange(-5, 200), True, None, [dice.randrange(9)], {}, 1.5,
        -(1 << 70), "x" * dice.randrange(3000)])
    body = {dice.choice(WORDS): value() for _ in range(dice.randrange(6))}
    if kind > 1:
        # A note at most: the patient stays as she is.
        body |= {"command": dice.choice(["note", "assess", "acknowledge", "audioPause"]),
                 "by": dice.choice(["rn1", "nobody", 7])}
    text = json.dumps(body).encode()
    if kind == 3:
        at = dice.randrange(len(text))
        text = text[:at] + dice.randbytes(1) + text[at + dice.randrange(3):]
    return text


def test_random_bodies_never_break_the_server(daemon):
    dice = random.Random(20260314)
    seen = set()
    for number in range(300):
        body = noise(dice)
        status, _, answer = daemon.request("POST", COMMANDS, body, OURS)
        assert status in (200, 400, 403, 409, 413), (number, body, status, answer)
        json.loads(answer)
        seen.add(status)
    assert {200, 400, 409} <= seen
    assert daemon.request("GET", "/livez")[0] == 200


def test_random_paths_and_headers_never_break_the_server(daemon):
    dice = random.Random(20260315)
    parts = ["api", "v1", "chairs", "1", "2", "*", "events", "trend", "commands", "assets", "wall",
             "snapshot", "..", "%2e%2e", "%00", "%ff", "x" * 300, "~", "{chair}", "", "livez"]
    values = ["x", "-1", "", "0", "9" * 25, "%00", "1e9", "900"]
    for number in range(300):
        path = "/" + "/".join(dice.choice(parts) for _ in range(dice.randrange(1, 7)))
        if dice.random() < 0.5:
            key = dice.choice(["seconds", "points", "limit", "x"])
            path += f"?{key}={dice.choice(values)}"
        method = dice.choice(["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"])
        headers = {dice.choice(["Accept", "Last-Event-ID", "Range", "If-None-Match", "Cookie",
                                "X-Chairside", "Expect-Not", "Content-Type"]): dice.choice(values)}
        if path.startswith("/api/v1/events"):
            continue
        status, _, _ = daemon.request(method, path, headers=headers)
        assert 200 <= status < 500, (number, method, path, headers, status)
    assert daemon.request("GET", "/livez")[0] == 200


def test_raw_noise_on_the_socket_never_breaks_the_server(daemon):
    dice = random.Random(20260316)
    starts = [b"", b"GET / HTTP/1.1\r\n", b"POST " + COMMANDS.encode() + b" HTTP/1.1\r\nHost: x\r\n",
              b"GET /wall HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
              b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]
    for _ in range(60):
        with socket.create_connection(("127.0.0.1", daemon.port), timeout=5) as line:
            line.sendall(dice.choice(starts) + dice.randbytes(dice.randrange(400)))
            line.shutdown(socket.SHUT_WR)
            line.settimeout(5)
            try:
                answer = line.recv(4096)
            except ConnectionError:
                answer = b""
            assert not re.match(rb"HTTP/1\.1 5", answer), answer
    assert daemon.request("GET", "/livez")[0] == 200
    assert daemon.process.poll() is None


def test_only_loopback_is_listened_on(daemon):
    listening = []
    for family in ("tcp", "tcp6"):
        with open(f"/proc/{daemon.pid}/net/{family}") as table:
            for row in list(table)[1:]:
                address, state = row.split()[1], row.split()[3]
                host, port = address.split(":")
                if state == "0A" and int(port, 16) == daemon.port:
                    listening.append((family, host))
    assert listening == [("tcp", "0100007F")]


def test_an_abandoned_stream_costs_nothing(daemon):
    for _ in range(30):
        Stream(daemon, since=0, station="wall9").close()
    assert daemon.request("GET", "/livez")[0] == 200
    assert clinic.until(lambda: Stream(daemon, since=0).first("hb"))
