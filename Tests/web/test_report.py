"""The report of a session: scenes into a real log, the report out of it, on paper by Chromium."""

import json
import os
import re
import sqlite3
import subprocess
from pathlib import Path

import pytest

REPO = Path(__file__).resolve().parents[2]
BINARY = os.environ.get("CHAIRSIDE_BIN", str(REPO / ".build/debug/chairside"))
SCENES = ["S01", "S02", "S18"]
PAPERS = ["A4", "Letter"]
CLINIC = """site: Riverside clinic
store: /nowhere.db
staff:
  - {id: rn1, name: "R. Nurse, RN", role: rn}
  - {id: md1, name: "P. Prescriber, MD", role: prescriber}
chairs:
  - {id: "3"}
"""
# 2026-03-14 is four hours behind UTC there.
ZONE = os.environ | {"TZ": "America/New_York"}


def chairside(*arguments):
    return subprocess.run(
        [BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=120, env=ZONE)


def report(folder, name, *options):
    """The HTML of the session in `folder`/NAME.db."""
    answer = chairside(
        "export", "report", "--db", folder / f"{name}.db", "--chair", "3", *options)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A log for each scene, as the daemon would have written it, and its report."""
    folder = tmp_path_factory.mktemp("report")
    config = folder / "clinic.yaml"
    config.write_text(CLINIC)
    for name in SCENES:
        answer = chairside(
            "scene", REPO / f"fixtures/scenes/{name}.json", "--chair", "3", "--log",
            folder / f"{name}.db", "--config", config)
        assert answer.returncode == 0, answer.stderr
        (folder / f"{name}.html").write_text(report(folder, name))
    return folder


def stored(folder, name, kind):
    connection = sqlite3.connect(folder / f"{name}.db")
    rows = connection.execute("SELECT body FROM event WHERE kind = ? ORDER BY seq", (kind,))
    return [json.loads(body) for (body,) in rows]


def printed(browser, folder, name, paper):
    """The text of each page, as it comes out of Chromium."""
    page = browser.new_page(java_script_enabled=False)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / f"{name}.html").as_uri())
    pdf = folder / f"{name}-{paper}.pdf"
    page.pdf(path=pdf, format=paper, print_background=True)
    page.close()
    assert [url for url in asked if not url.startswith("file:")] == []
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", SCENES)
def test_a_report_prints_whole(browser, folder, name, paper):
    pages = printed(browser, folder, name, paper)
    assert 4 <= len(pages) <= 8
    for number, page in enumerate(pages, 1):
        assert "Riverside clinic, chair 3" in page
        assert "not a certified medical device" in page
        assert f"Page {number} of {len(pages)}" in page
        assert re.search(r"record s-20260314-\d+", page)
    whole = "\n".join(pages)
    assert "UTC-04:00" in whole and "2026-03-14" in whole
    assert "adult-ketamine-default-1" in whole
    readings = stored(folder, name, "reading")
    assert len(readings) >= 6
    for reading in readings:
        assert f"{reading['sbp']}/{reading['dbp']}" in whole
    for alarm in stored(folder, name, "alarm"):
        assert alarm["alarm"] in whole
    for signature in stored(folder, name, "signature"):
        assert signature["result"] in whole
    # No cell lies outside of the paper.
    heads = [page for page in pages if "Oximeter" in page and "Cuff" in page]
    assert heads and all("quality" in page for page in heads)


def test_the_scenes_say_what_they_are_about(folder):
    pressor = (folder / "S02.html").read_text()
    assert "BP_ELEV" in pressor and "REMS" not in pressor
    signed = (folder / "S01.html").read_text()
    assert "R. Nurse, RN" in signed and "signed off" in signed
    spravato = (folder / "S18.html").read_text()
    assert "Spravato REMS" in spravato and "149" in spravato
    alone = report(folder, "S18", "--rems")
    assert "Spravato REMS" in alone and "Oximeter quality" not in alone and len(alone) < len(spravato)


def test_headless_chromium_prints_it_alone(folder):
    pdf = folder / "alone.pdf"
    subprocess.run(
        [os.environ.get("CHAIRSIDE_CHROMIUM", "/usr/bin/chromium"), "--headless", "--no-sandbox",
         f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}",
         (folder / "S01.html").as_uri()],
        capture_output=True, timeout=60, check=True)
    info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    assert 4 <= int(re.search(r"Pages:\s+(\d+)", info)[1]) <= 8


def test_a_changed_log_is_another_report(folder):
    before = report(folder, "S02")
    connection = sqlite3.connect(folder / "S02.db")
    with connection:
        changed = connection.execute(
            "UPDATE event SET body = replace(body, '\"sbp\":168', '\"sbp\":167') WHERE kind = 'reading'")
        assert changed.rowcount > 0
    after = report(folder, "S02")
    assert ">168<" in before and ">168<" not in after and ">167<" in after


def test_what_is_not_there_is_said(folder):
    for arguments, status in [
        (["--chair", "9"], 3), (["--chair", "3", "--session", "s-20260314-999"], 3),
    ]:
        answer = chairside("export", "report", "--db", folder / "S01.db", *arguments)
        assert answer.returncode == status and "session" in answer.stderr
    answer = chairside("export", "report", "--db", folder / "none.db", "--chair", "3")
    assert answer.returncode == 65
    again = chairside(
        "scene", REPO / "fixtures/scenes/S01.json", "--log", folder / "S01.db")
    assert again.returncode == 73


def test_the_station_serves_it_under_a_strict_policy(base_url):
    """The demo's chair 4 has a session; its report is a page that may ask for nothing."""
    from urllib.request import urlopen
    from urllib.error import HTTPError

    with urlopen(f"{base_url}/api/v1/chairs/4/sessions") as answer:
        sessions = json.load(answer)["sessions"]
    assert len(sessions) == 1
    with urlopen(base_url + sessions[0]["report"]) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "sandbox" in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Session report" in answer.read().decode()
    for name in ("s-20260314-1", "nonsense", "..%2f..%2fetc"):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{base_url}/sessions/{name}/report.html")
        assert refused.value.code == 404


def test_it_opens_in_a_browser_as_served(browser, base_url):
    page = browser.new_page()
    complaints = []
    answer = page.goto(f"{base_url}/api/v1/chairs/4/sessions")
    address = answer.json()["sessions"][0]["report"]
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(base_url + address)
    assert page.locator("svg path[data-source='curve spo2']").count() == 1
    # The policy lets the page have its style, and nothing of the page offends it.
    assert page.locator("table.vitals").evaluate("e => getComputedStyle(e).borderCollapse") == "collapse"
    assert [words for words in complaints if "Policy" in words] == []
    page.close()
