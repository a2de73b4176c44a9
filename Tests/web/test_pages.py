"""The wall and the chair page show what the daemon says, and nothing that it does not say."""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import wait_for_chair, wait_for_wall

DISCLAIMER = "Chairside is not a certified medical device and must not be the only alarm."
UNKNOWN = {"--", "?"}
# Null stands for nothing known, which no number equals.
# Asks the daemon and reads the tiles at one instant; as text, since that is what a nurse reads.
COMPARE = """async () => {
  const { chairs } = await (await fetch('/api/v1/snapshot')).json();
  return chairs.map((view) => {
    const tile = document.querySelector(`.tile[data-chair="${view.chair}"]`);
    const shown = (kind) => tile.querySelector(`[data-value=${kind}]`).textContent;
    const { oximeter, nibp } = view;
    return { chair: view.chair,
      pairs: [[shown('spo2'), oximeter.spo2], [shown('pr'), oximeter.pr],
        [shown('nibp'), nibp.sbp === null ? null : `${nibp.sbp}/${nibp.dbp}`]],
      age: tile.querySelector('.age').textContent, hasPressure: nibp.state !== 'none' };
  });
}"""
OVERFLOWS = """() => [...document.querySelectorAll('.tile [data-value]')]
  .filter((value) => value.offsetParent !== null)
  .filter((value) => {
    const inner = value.getBoundingClientRect();
    const box = value.closest('.tile').getBoundingClientRect();
    return inner.right > box.right || inner.bottom > box.bottom || inner.left < box.left
      || [...value.closest('.tile').querySelectorAll('.strip')].some((strip) => {
        const over = strip.getBoundingClientRect();
        return over.height > 0 && over.top < inner.bottom - inner.height * 0.2;
      });
  }).map((value) => value.closest('.tile').dataset.chair)"""


def listen(page):
    """Everything the console complains about, and every address asked for."""
    complaints, hosts = [], set()
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.context.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    return complaints, hosts


def first_chair(snapshot):
    return snapshot()["chairs"][0]["chair"]


def test_the_wall_has_a_tile_for_every_chair_in_room_order(page, base_url, snapshot):
    wait_for_wall(page, base_url)
    tiles = page.eval_on_selector_all(".tile", "all => all.map((tile) => tile.dataset.chair)")
    assert tiles == [view["chair"] for view in snapshot()["chairs"]]


@pytest.mark.parametrize("where", ["wall", "chair"])
def test_a_page_is_quiet_in_the_console_and_asks_nobody_else(page, base_url, snapshot, where):
    complaints, hosts = listen(page)
    if where == "wall":
        wait_for_wall(page, base_url)
    else:
        wait_for_chair(page, base_url, first_chair(snapshot))
    page.wait_for_timeout(3000)
    assert complaints == []
    assert hosts == {urlsplit(base_url).netloc}


@pytest.mark.parametrize("where", ["wall", "chair"])
def test_axe_finds_nothing(browser, base_url, snapshot, where, scheme):
    page = browser.new_page(color_scheme=scheme)
    if where == "wall":
        wait_for_wall(page, base_url)
    else:
        wait_for_chair(page, base_url, first_chair(snapshot))
    page.wait_for_timeout(500)
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_the_numbers_on_the_tiles_are_those_of_the_snapshot(page, base_url):
    wait_for_wall(page, base_url)
    wrong = []
    for _ in range(10):
        compared = page.evaluate(COMPARE)
        wrong = [
            (one["chair"], text, value)
            for one in compared
            for text, value in one["pairs"]
            if text not in UNKNOWN and text != str(value)
        ]
        assert all(one["age"] for one in compared if one["hasPressure"])
        if not wrong:
            return
        page.wait_for_timeout(300)
    assert wrong == []


@pytest.mark.parametrize("size", [(1920, 1080), (3840, 2160), (1024, 768), (390, 844)])
def test_no_number_is_cut_or_covered(browser, base_url, size):
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    wait_for_wall(page, base_url)
    page.wait_for_timeout(700)
    cut = page.evaluate(OVERFLOWS)
    page.close()
    assert cut == []


@pytest.mark.parametrize("where", ["wall", "chair"])
def test_every_page_says_that_it_is_no_medical_device(page, base_url, snapshot, where):
    name = first_chair(snapshot)
    page.goto(f"{base_url}/wall" if where == "wall" else f"{base_url}/chairs/{name}")
    assert DISCLAIMER in page.inner_text("footer")
    page.wait_for_selector(".badge[data-link=live]")
    assert snapshot()["version"] in page.inner_text("footer")


def test_a_demonstration_says_so_on_every_page(page, base_url, snapshot):
    seen = snapshot()
    wait_for_wall(page, base_url)
    assert page.is_visible(".band") == (seen["mode"] == "demo" or seen["speed"] != 1)
    if seen["mode"] == "demo":
        assert "DEMO" in page.inner_text(".band")


def test_the_title_counts_high_and_medium(page, base_url, snapshot):
    wait_for_wall(page, base_url)
    page.wait_for_timeout(1200)
    assert re.fullmatch(r"(▲\d+ )?(◆\d+ )?Wall", page.title())


def test_the_keyboard_leads_to_a_chair_and_back(page, base_url, snapshot):
    wait_for_wall(page, base_url)
    names = [view["chair"] for view in snapshot()["chairs"]]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/chairs/"))
    assert page.url.endswith(f"/chairs/{names[min(1, len(names) - 1)]}")
    page.wait_for_selector(".badge[data-link=live]")
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile("/wall$"))


def test_the_question_mark_lists_the_keys(page, base_url):
    wait_for_wall(page, base_url)
    page.keyboard.press("?")
    assert page.is_visible("dialog[open] kbd")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")


def test_a_command_needs_a_person(page, base_url, snapshot):
    wait_for_chair(page, base_url, first_chair(snapshot))
    sent = []
    # What a page tells of the alarms that it draws is no command.
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/commands") else None)
    page.get_by_role("button", name="Pause sound 2 min").click()
    assert "who you are" in page.inner_text("[role=status]")
    assert sent == []


def test_a_refused_command_says_why_beside_its_button(page, base_url, snapshot):
    wait_for_chair(page, base_url, first_chair(snapshot))
    page.select_option("#who", index=1)
    page.route("**/commands", lambda route: route.fulfill(
        status=409, content_type="application/problem+json",
        body='{"title":"refused","status":409,"detail":"","why":["bpAge"]}'))
    page.get_by_role("button", name="NIBP now").click()
    page.wait_for_selector(".cuff-row .answer")
    assert "blood pressure too old" in page.inner_text(".cuff-row .answer")
    assert "blood pressure too old" in page.inner_text("[role=status]")


def test_a_command_carries_the_person_and_the_header(page, base_url, snapshot):
    name = first_chair(snapshot)
    wait_for_chair(page, base_url, name)
    page.select_option("#who", index=1)
    page.route("**/commands", lambda route: route.fulfill(json={"result": "accepted"}))
    with page.expect_request("**/commands") as caught:
        # Until sound is on, the button that turns it on has the focus.
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("Space")
    request = caught.value
    assert request.url.endswith(f"/api/v1/chairs/{name}/commands")
    assert request.headers["x-chairside"] == "1"
    assert request.post_data_json == {
        "command": "audioPause", "seconds": 120, "by": page.input_value("#who")}


def test_a_phone_calls_itself_a_secondary_display(browser, base_url):
    page = browser.new_page(viewport={"width": 390, "height": 844})
    wait_for_wall(page, base_url)
    assert page.get_by_text("secondary display - not an alarm device").is_visible()
    page.close()


def test_a_chair_that_does_not_exist_is_not_drawn(page, base_url):
    page.goto(f"{base_url}/chairs/no-such-chair")
    page.wait_for_selector(".missing, body:not(:has(main))", state="visible")
    assert not page.is_visible(".numbers")
