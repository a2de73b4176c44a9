"""A browser against a real daemon: the one at `CHAIRSIDE_URL`, or a demo of our own.

`CHAIRSIDE_BIN` names the binary when it is not .build/debug/chairside, `CHAIRSIDE_CHROMIUM` the
browser when it is not /usr/bin/chromium.
"""

import os
import signal
import socket
import subprocess
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

WIDE = {"width": 1920, "height": 1080}


BINARY = os.environ.get(
    "CHAIRSIDE_BIN", str(Path(__file__).resolve().parents[2] / ".build/debug/chairside"))


def demo(speed):
    """Runs a demo of our own; gives its address."""
    if not os.access(BINARY, os.X_OK):
        pytest.exit(f"{BINARY} is missing; swift build --product chairside", returncode=1)
    running = subprocess.Popen(
        [BINARY, "demo", "--port", "0", "--speed", speed], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True)
    for line in running.stdout:
        if "/wall" in line:
            break
    # What it goes on to say is drained, so that it never waits for us.
    threading.Thread(target=running.stdout.read, daemon=True).start()
    yield line.split()[-1].removesuffix("/wall")
    running.send_signal(signal.SIGINT)
    assert running.wait(10) == 0


@pytest.fixture(scope="session")
def base_url():
    if url := os.environ.get("CHAIRSIDE_URL"):
        yield url.rstrip("/")
    else:
        yield from demo("1")


@pytest.fixture
def fast_url():
    """A demo that has just begun and runs ten times faster."""
    yield from demo("10")


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


def launch(playwright, *flags):
    return playwright.chromium.launch(
        executable_path=os.environ.get("CHAIRSIDE_CHROMIUM", "/usr/bin/chromium"),
        args=["--no-sandbox", *flags],
    )


@pytest.fixture(scope="session")
def browser(playwright):
    launched = launch(playwright)
    yield launched
    launched.close()


@pytest.fixture
def kiosk(playwright):
    """A browser that lets pages sound without a press, as a wall's does."""
    launched = launch(playwright, "--autoplay-policy=no-user-gesture-required")
    yield launched
    launched.close()


@pytest.fixture(params=["dark", "light"])
def scheme(request):
    return request.param


@pytest.fixture
def context(browser):
    made = browser.new_context(viewport=WIDE, color_scheme="dark")
    yield made
    made.close()


@pytest.fixture
def page(context):
    return context.new_page()


def wait_for_wall(page, base_url):
    """Opens the wall and waits for its first heartbeat."""
    page.goto(f"{base_url}/wall")
    page.wait_for_selector(".tile")
    page.wait_for_selector(".badge[data-link=live]")


def wait_for_chair(page, base_url, name):
    page.goto(f"{base_url}/chairs/{name}")
    page.wait_for_selector(".badge[data-link=live]")


@pytest.fixture
def snapshot(context, base_url):
    """The daemon's own view, asked afresh at each call."""

    def ask():
        answer = context.request.get(f"{base_url}/api/v1/snapshot")
        assert answer.ok, answer.status
        return answer.json()

    return ask


class Cable:
    """A network cable between browser and daemon that can be cut, or go silent and stay plugged."""

    def __init__(self, base_url):
        target = urlsplit(base_url)
        self._target = (target.hostname, target.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._flowing = threading.Event()
        self._flowing.set()
        self._plugged = True
        self._sockets = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self._plugged:
                near.close()
                continue
            far = socket.create_connection(self._target)
            self._sockets += [near, far]
            for source, sink in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source, sink):
        try:
            while data := source.recv(65536):
                self._flowing.wait()
                sink.sendall(data)
        except OSError:
            pass
        finally:
            sink.close()

    def silence(self):
        """Connections stay open, nothing arrives: a dead switch, a stuck daemon."""
        self._flowing.clear()

    def cut(self):
        """Connections break and new ones are refused."""
        self._plugged = False
        for end in self._sockets:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self._sockets.clear()

    def mend(self):
        self._plugged = True
        self._flowing.set()

    def close(self):
        self._listener.close()
        self.cut()
        self._flowing.set()


@pytest.fixture
def cable(base_url):
    laid = Cable(base_url)
    yield laid
    laid.close()
