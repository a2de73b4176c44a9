"""The station from other machines: TLS by the clinic's own authority, logins, and what nobody gets."""

import http.client
import json
import socket
import ssl
import subprocess

import pytest

from clinic import SECRETS, Clock, Daemon, config, hire, rows, run, scene, simulate, until


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Remote:
    """A browser on another machine: trusts the authority, keeps its cookie."""

    def __init__(self, folder, port):
        self.port = port
        self.trust = ssl.create_default_context(cafile=folder / "tls/ca.pem")
        self.cookie = None
        self.token = "1"

    def ask(self, method, path, body=None, headers=None, host="localhost", token=None):
        connection = http.client.HTTPSConnection(
            "localhost", self.port, timeout=10, context=self.trust)
        try:
            sent = {"Host": host, "X-Chairside": token or self.token} | (headers or {})
            if self.cookie:
                sent["Cookie"] = self.cookie
            connection.request(method, path, json.dumps(body) if body else None, sent)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def log_in(self, user, secret=None):
        status, headers, body = self.ask(
            "POST", "/api/v1/logins", {"user": user, "secret": secret or SECRETS[user]}, token="1")
        if status == 200:
            self.cookie = headers["Set-Cookie"].split(";")[0]
            self.token = json.loads(body)["token"]
        return status, headers, json.loads(body)

    def act(self, command, by, chair="1", **fields):
        status, _, body = self.ask(
            "POST", f"/api/v1/chairs/{chair}/commands", {"command": command, "by": by} | fields)
        return status, json.loads(body)


@pytest.fixture
def clinic(tmp_path, started):
    """A daemon with a door to the network; gives it and a way to make a browser."""
    port = free_port()
    made = run("tls", "init", "--folder", tmp_path / "tls", "--name", "localhost", "--name",
               "127.0.0.1", "--site", "Riverside")
    assert made.returncode == 0, made.stderr
    hire(tmp_path)
    file = config(tmp_path, chairs=1)
    file.write_text(
        file.read_text() + f"tls: {{address: 127.0.0.1, port: {port}, folder: {tmp_path}/tls}}\n")
    clock = Clock()
    simulate(tmp_path, [scene(tmp_path, "well", [[0, 97]])], clock)
    daemon = Daemon(tmp_path, file, clock)

    def again():
        daemon.end()
        return Daemon(tmp_path, file, clock)

    return daemon, lambda: Remote(tmp_path, port), again


ROUTES = [
    ("GET", "/wall"), ("GET", "/chairs/1"), ("GET", "/sessions/x/report.html"), ("GET", "/metrics"),
    ("GET", "/api/v1/snapshot"), ("GET", "/api/v1/devices"), ("GET", "/api/v1/events"),
    ("GET", "/api/v1/devices/1/oximeter/bytes"), ("GET", "/api/v1/chairs/1"),
    ("GET", "/api/v1/chairs/1/trend"), ("GET", "/api/v1/chairs/1/events"),
    ("GET", "/api/v1/chairs/1/sessions"), ("GET", "/api/v1/logins/current"),
    ("GET", "/api/v1/forms"), ("GET", "/chairs/1/observation"),
    ("POST", "/api/v1/chairs/1/commands"), ("POST", "/api/v1/chairs/1/readings"), ("POST", "/api/v1/accounts"),
    ("POST", "/api/v1/stations/front/heartbeat"), ("POST", "/api/v1/logins/lock"),
    ("DELETE", "/api/v1/logins/current"), ("PUT", "/api/v1/snapshot"), ("GET", "/nowhere"),
    ("POST", "/nowhere"),
]
OPEN = [("GET", "/login"), ("GET", "/assets/base.css"), ("GET", "/livez"), ("GET", "/healthz")]


def test_nobody_gets_anything_without_a_login(clinic):
    _, browser, _ = clinic
    remote = browser()
    for method, path in ROUTES:
        status, headers, body = remote.ask(method, path)
        if method == "GET" and not path.startswith("/api/"):
            assert (status, headers["Location"]) == (303, f"/login?from={path}"), path
        else:
            assert status == 401 and json.loads(body)["why"] == ["login"], (method, path, body)
    for method, path in OPEN:
        assert remote.ask(method, path)[0] == 200, path


def test_a_person_logs_in_and_acts_in_no_other_name(clinic, tmp_path):
    daemon, browser, again = clinic
    nurse = browser()
    assert nurse.log_in("rn1", "wrong")[0] == 403
    status, headers, answer = nurse.log_in("rn1")
    assert status == 200 and (answer["user"], answer["role"], answer["locked"]) == ("rn1", "rn", False)
    flags = headers["Set-Cookie"].split("; ")[1:]
    assert flags == ["Path=/", "Max-Age=2592000", "Secure", "HttpOnly", "SameSite=Strict"]
    assert headers["Set-Cookie"].startswith("__Host-chairside=rn1.")
    assert json.loads(nurse.ask("GET", "/api/v1/snapshot")[2])["site"] == "Test clinic"
    until(lambda: daemon.chair("1")["oximeter"]["state"] == "live")
    assert nurse.act("checkIn", "rn1", route="iv40", identified="yes")[0] == 200
    status, answer = nurse.act("note", "rn2", text="x")
    assert (status, answer["why"]) == (403, ["notYou"])
    status, answer = nurse.act("sign", "md1", secret=SECRETS["md1"])
    assert (status, answer["why"]) == (403, ["notYou"])
    status, _, body = nurse.ask("POST", "/api/v1/chairs/1/readings", {"by": "rn2", "rr": 14})
    assert (status, json.loads(body)["why"]) == (403, ["notYou"])
    assert nurse.ask("POST", "/api/v1/chairs/1/readings", {"by": "rn1", "rr": 14})[0] == 200
    for token in ["1", nurse.token[:-1] + "0", browser().token]:
        status, _, _ = nurse.ask("POST", "/api/v1/chairs/1/commands",
                                 {"command": "note", "by": "rn1", "text": "x"}, token=token)
        assert status == (200 if token == nurse.token else 403), token
    told = [json.loads(body) for (body,) in rows(
        tmp_path / "chairside.db", "SELECT body FROM event WHERE body ->> 'for' = 'station'")]
    assert [(one["what"], one["by"]) for one in told] == [
        ("loginFailed", "rn1"), ("authenticated", "rn1")]
    assert nurse.ask("DELETE", "/api/v1/logins/current")[0] == 204
    assert nurse.ask("GET", "/api/v1/snapshot")[0] == 401
    # Nor after a restart, though others go on looking.
    other = browser()
    other.log_in("rn2")
    again()
    assert nurse.ask("GET", "/api/v1/snapshot")[0] == 401
    assert other.ask("GET", "/api/v1/snapshot")[0] == 200


def test_a_wall_goes_on_after_a_restart_and_only_shows(clinic):
    _, browser, again = clinic
    wall = browser()
    assert wall.log_in("rn1")[0] == 200
    again()
    assert wall.ask("GET", "/api/v1/snapshot")[0] == 200
    status, answer = wall.act("note", "rn1", text="x")
    assert (status, answer["why"]) == (401, ["locked"])
    assert json.loads(wall.ask("GET", "/api/v1/logins/current")[2])["locked"] is True
    assert wall.log_in("rn1")[0] == 200
    assert wall.act("note", "rn1", text="x")[0] != 401
    assert wall.ask("POST", "/api/v1/logins/lock")[0] == 204
    assert wall.act("note", "rn1", text="x")[0] == 401


def test_a_pass_that_was_changed_in_any_place_is_none(clinic):
    _, browser, _ = clinic
    remote = browser()
    remote.log_in("rn1")
    good = remote.cookie
    start = len("__Host-chairside=")
    for place in range(start, len(good), 7):
        letter = "1" if good[place] != "1" else "2"
        remote.cookie = good[:place] + letter + good[place + 1:]
        assert remote.ask("GET", "/api/v1/snapshot")[0] == 401, place
    for cookie in ["", "__Host-chairside=", "__Host-chairside=...", good.replace("rn1.", "md1."),
                   "chairside=" + good[start:]]:
        remote.cookie = cookie
        assert remote.ask("GET", "/api/v1/snapshot")[0] == 401, cookie
    remote.cookie = f"a=b; {good}; c=d"
    assert remote.ask("GET", "/api/v1/snapshot")[0] == 200


def test_another_name_for_the_station_is_refused(clinic):
    _, browser, _ = clinic
    remote = browser()
    remote.log_in("rn1")
    assert remote.ask("GET", "/api/v1/snapshot", host="evil.example")[0] == 403
    assert remote.ask("GET", "/api/v1/snapshot", host=f"localhost:{remote.port}")[0] == 200


def test_the_network_speaks_http_2_and_no_plain_http(clinic, tmp_path):
    _, browser, _ = clinic
    port = browser().port
    answer = subprocess.run(
        ["curl", "-s", "--http2", "--cacert", tmp_path / "tls/ca.pem", "-o", "/dev/null", "-w",
         "%{http_version} %{http_code}", f"https://localhost:{port}/livez"],
        capture_output=True, text=True, timeout=20)
    assert answer.stdout == "2 200", answer
    plain = http.client.HTTPConnection("localhost", port, timeout=5)
    with pytest.raises((http.client.HTTPException, OSError)):
        plain.request("GET", "/livez")
        plain.getresponse()


def test_the_authority_is_as_openssl_says(clinic, tmp_path):
    shown = run("tls", "show", "--folder", tmp_path / "tls").stdout.decode()
    print_of = subprocess.run(
        ["openssl", "x509", "-in", tmp_path / "tls/ca.pem", "-noout", "-fingerprint", "-sha256"],
        capture_output=True, text=True, check=True).stdout.strip().split("=")[1]
    assert f"fingerprint: {print_of}" in shown and "localhost, 127.0.0.1" in shown
    verified = subprocess.run(
        ["openssl", "verify", "-x509_strict", "-CAfile", tmp_path / "tls/ca.pem", "-verify_hostname",
         "localhost", tmp_path / "tls/server.pem"], capture_output=True, text=True)
    assert verified.returncode == 0, verified
    again = run("tls", "init", "--folder", tmp_path / "tls", "--name", "localhost")
    assert again.returncode == 73 and b"chairside tls renew" in again.stderr


def test_without_certificates_patients_are_watched_all_the_same(tmp_path, started):
    hire(tmp_path)
    file = config(tmp_path)
    file.write_text(file.read_text() + f"tls: {{folder: {tmp_path}/none}}\n")
    daemon = Daemon(tmp_path, file)
    assert "no station for other machines" in daemon.err
    assert daemon.snapshot()["site"] == "Test clinic"
    answer = run("check", file)
    assert answer.returncode == 78 and b"ca.pem: No such file" in answer.stderr, answer


def test_a_port_that_is_taken_costs_only_the_other_machines(tmp_path, started):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        run("tls", "init", "--folder", tmp_path / "tls", "--name", "localhost")
        hire(tmp_path)
        file = config(tmp_path)
        file.write_text(
            file.read_text() + f"tls: {{address: 127.0.0.1, port: {port}, folder: {tmp_path}/tls}}\n")
        daemon = Daemon(tmp_path, file)
        until(lambda: "no station for other machines" in daemon.err)
        assert daemon.snapshot()["site"] == "Test clinic"
    # It is tried again, and had.
    until(lambda: Remote(tmp_path, port).ask("GET", "/livez")[0] == 200 if "https://" in daemon.err
          else False, 15)
    assert b"as localhost" in run("check", file).stdout


def test_whoever_guesses_is_slowed_down(clinic):
    _, browser, _ = clinic
    remote = browser()
    answers = [remote.log_in(f"guess{number}", "123456")[0] for number in range(32)]
    assert answers[:30] == [403] * 30 and answers[30:] == [429] * 2
