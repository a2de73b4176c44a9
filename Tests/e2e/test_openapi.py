"""The OpenAPI document: there, whole, and true of a running daemon."""

import json
import re
import subprocess
import sys

import pytest

from clinic import REPO, Clock, Daemon, config, hire, scene, simulate


@pytest.fixture
def daemon(tmp_path, started):
    clock = Clock(1)
    hire(tmp_path)
    simulate(tmp_path, [scene(tmp_path, "well", [[0, 97]])], clock)
    return Daemon(tmp_path, config(tmp_path), clock)


def test_it_names_every_route_and_every_command(daemon):
    document = daemon.get("/api/v1/openapi.json")
    assert document["openapi"].startswith("3.1")
    source = "".join(
        file.read_text() for file in (REPO / "Sources/Station").rglob("*.swift"))
    groups = {"router": "", "api": "/api/v1/", "stations": "/api/v1/stations/",
              "logins": "/api/v1/logins/"}
    routes = {
        (method, groups[group] + path.lstrip("/") if group != "router" else path)
        for group, method, path in re.findall(
            r'(router|api|stations|logins)\.(get|post|delete|put)\("([^"]*)"\)', source)}
    routes |= {(method, "/api/v1/logins") for method in re.findall(r"logins\.(post) \{", source)}
    named = {
        (method, re.sub(r"\{(\w+)\}", r":\1", path))
        for path, operations in document["paths"].items() for method in operations}
    # Pages for people, which are no interface.
    pages = {("get", path) for path in ("/", "/wall", "/login", "/chairs/:chair",
                             "/chairs/:chair/observation", "/assets/:name")}
    assert routes - pages == named
    commands = document["components"]["schemas"]["Command"]["properties"]["command"]["enum"]
    known = re.search(r"enum CommandName.*?\n\n", (
        REPO / "Sources/Monitoring/Session/Command.swift").read_text(), re.S)[0]
    assert set(commands) == set(re.findall(r"\b\w+\b", "".join(
        line for line in known.splitlines(True) if line.startswith("  case ")))) - {"case"}


def test_it_is_true(daemon):
    """schemathesis asks all that the document allows, and much that it does not."""
    done = subprocess.run(
        [sys.executable, "-m", "schemathesis.cli", "run", f"{daemon.url}/api/v1/openapi.json",
         "--url", daemon.url, "--max-examples", "25", "--seed", "7", "--phases",
         "examples,coverage,fuzzing",
         # Streams without an end, and what there is over TLS alone.
         "--exclude-path-regex", "v1/events$|/bytes$|/logins",
         # Each command has fields of its own, which the document does not tell apart: some are 400.
         # A method that a path does not have is 404 here.
         "--exclude-checks", "unsupported_method,positive_data_acceptance",
         "--request-timeout", "10"],
        capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert daemon.process.poll() is None
    assert daemon.snapshot()["chairs"][0]["oximeter"]["state"] == "live"
