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


@pytest.fixture(autouse=True)
def nothing_left(started):
    """Applied to all: no test leaves a process behind."""
