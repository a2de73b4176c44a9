"""A browser on another machine: it logs in, acts in its own name, and locks by itself."""

import signal
import socket
import subprocess
import threading

import pytest

from axe_playwright_python.sync_playwright import Axe
from conftest import BINARY, WIDE

PIN = "135790"


def run(*words, stdin=None):
    done = subprocess.run([BINARY, *map(str, words)], input=stdin, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def secure_url(tmp_path):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    run("tls", "init", "--folder", tmp_path / "tls", "--name", "localhost")
    config = tmp_path / "chairside.yaml"
    config.write_text(
        f"site: Riverside\nstore: {tmp_path}/chairside.db\nchairs:\n  - id: '7'\n"
        f"    oximeter: {{driver: contec-v7, port: {tmp_path}/none}}\n"
        f"tls: {{address: 127.0.0.1, port: {port}, folder: {tmp_path}/tls}}\n")
    db = ["--db", tmp_path / "chairside.db"]
    run("account", "init", *db, "--user", "rn1", "--name", "R. Nurse, RN", stdin=f"{PIN}\n")
    run("account", "role", "rn1", "rn", "admin", *db)
    running = subprocess.Popen(
        [BINARY, "serve", "--config", config, "--port", "0"], stderr=subprocess.PIPE, text=True)
    for line in running.stderr:
        if f"https://127.0.0.1:{port}" in line:
            break
    threading.Thread(target=running.stderr.read, daemon=True).start()
    yield f"https://localhost:{port}"
    running.send_signal(signal.SIGTERM)
    assert running.wait(10) == 0


@pytest.fixture
def remote(browser):
    # The authority is made for this test; that it is checked is test_network.py's matter.
    made = browser.new_context(viewport=WIDE, ignore_https_errors=True)
    yield made
    made.close()


def log_in(page):
    page.keyboard.type("rn1")
    page.keyboard.press("Tab")
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")


def test_a_person_logs_in_by_keyboard_and_comes_to_the_page_he_wanted(remote, secure_url):
    page = remote.new_page()
    page.goto(f"{secure_url}/chairs/7")
    assert page.url == f"{secure_url}/login?from=/chairs/7"
    assert page.evaluate("isSecureContext")
    page.keyboard.type("rn1")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]:has-text('do not match')")
    assert page.evaluate("document.activeElement.id") == "login-secret"
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{secure_url}/chairs/7")
    page.wait_for_selector(".badge[data-link=live]")
    page.wait_for_function("document.getElementById('who').value === 'rn1'")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url(f"{secure_url}/login?from=/chairs/7")


def test_a_locked_screen_shows_and_asks_who_acts(remote, secure_url):
    page = remote.new_page()
    page.goto(f"{secure_url}/chairs/7")
    log_in(page)
    page.wait_for_selector(".badge[data-link=live]")
    page.wait_for_function("document.getElementById('who').value === 'rn1'")
    token = page.evaluate("fetch('/api/v1/logins/current').then((a) => a.json())")["token"]
    page.evaluate(
        "(token) => fetch('/api/v1/logins/lock', {method: 'POST', headers: {'X-Chairside': token}})",
        token)
    page.get_by_role("button", name="NIBP now").click()
    page.wait_for_selector("dialog[open] #login-secret")
    assert page.evaluate("document.activeElement.id") == "login-secret"
    assert page.locator(".badge[data-link]").get_attribute("data-link") == "live"
    page.keyboard.type(PIN)
    page.keyboard.press("Enter")
    # It goes on with what was pressed: the refusal is the ward's own now.
    page.wait_for_selector(".answer:not([hidden])")
    assert page.locator("dialog[open]").count() == 0


@pytest.mark.parametrize("width", [320, 768, 1920])
def test_the_login_page_is_accessible_and_fits(browser, secure_url, width, scheme):
    made = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, ignore_https_errors=True)
    page = made.new_page()
    page.goto(f"{secure_url}/login")
    page.wait_for_selector("#login-user")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()
    page.screenshot(path=f"/tmp/login-{width}-{scheme}.png")
    made.close()
