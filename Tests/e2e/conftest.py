"""The real binary end to end: `pytest Tests/e2e`. `CHAIRSIDE_BIN` names another binary."""

import os

import pytest

import clinic


@pytest.fixture(scope="session", autouse=True)
def binary():
    if not os.access(clinic.BINARY, os.X_OK):
        pytest.exit(f"{clinic.BINARY} is missing; swift build --product chairside", returncode=1)


@pytest.fixture
def started(monkeypatch):
    """Everything a test starts in the background, killed at its end, whatever happened."""
    processes = []
    begin = clinic.Running.__init__

    def record(self, *arguments, **options):
        begin(self, *arguments, **options)
        processes.append(self)

    monkeypatch.setattr(clinic.Running, "__init__", record)
    yield processes
    for process in processes:
        process.kill()


@pytest.fixture
def show(request):
    """Shows figures at the end of the run, whichever process of it has found them."""
    def note(text):
        request.node.user_properties.append(("figures", text))

    return note


def pytest_terminal_summary(terminalreporter):
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    for report in reports:
        for name, text in report.user_properties:
            if name == "figures" and report.when == "call":
                terminalreporter.write_line(text)


@pytest.fixture(autouse=True)
def nothing_left(started):
    """Applied to all: no test leaves a process behind."""
