"""What the pages show while the demo plays: every alarm of it, on every page, at its time."""

import re

from conftest import WIDE, wait_for_chair, wait_for_wall


# A HIGH and a MEDIUM stand, and the title counts what the chips count.
COUNTED = """() => {
  const chips = [...document.querySelectorAll('.chip')].map((chip) => chip.textContent).join(' ');
  const [high, medium] = ['HIGH', 'MED'].map((word) => chips.match(`([1-9]) ${word}`)?.[1]);
  return high && medium && document.title.startsWith(`▲${high} ◆${medium} `);
}"""


def test_every_page_counts_the_alarms_of_all_chairs(browser, fast_url):
    # Opened together: ten times faster, the HIGH of chair 1 stands for as long as three pages load.
    pages = [browser.new_page(viewport=WIDE) for _ in range(3)]
    for page, where in zip(pages, ("wall", "chairs/1", "chairs/5")):
        page.goto(f"{fast_url}/{where}", wait_until="commit")
    for page in pages:
        # At one instant: one look after another may fall on both sides of an alarm's end.
        page.wait_for_function(COUNTED, polling=100, timeout=20_000)
    for page in pages:
        page.close()


def test_a_wall_that_is_loaded_again_tells_again_what_it_draws(browser, fast_url):
    page = browser.new_page(viewport=WIDE)
    wait_for_wall(page, fast_url)
    page.wait_for_selector(".chip >> text='1 HIGH'", timeout=20_000)
    page.reload()
    page.wait_for_selector(".badge[data-link=live]")
    # What nobody confirms is late after five real seconds.
    page.wait_for_timeout(8000)
    shown = page.request.get(f"{fast_url}/api/v1/snapshot").json()
    standing = [alarm["alarm"] for view in shown["chairs"] for alarm in view["alarms"]]
    assert standing and "NOT_DELIVERED" not in standing
    # It is seen, and nobody has heard it: the sounders at the chairs are on until somebody has.
    assert {view["chairAudio"] for view in shown["chairs"]} == {"on"}
    page.select_option("#who", "rn1")
    page.click(".turn-on")
    page.click(".heard-yes")
    page.wait_for_selector(".sound[data-state=on]")
    page.wait_for_timeout(1000)
    shown = page.request.get(f"{fast_url}/api/v1/snapshot").json()
    assert {view["chairAudio"] for view in shown["chairs"]} == {"off"}
    page.close()


def test_a_sensor_that_is_off_leaves_no_number_and_says_since_when(browser, fast_url):
    page = browser.new_page(viewport=WIDE)
    wait_for_chair(page, fast_url, "2")
    page.wait_for_selector("text=/Probe off 0:[1-5]/", timeout=15_000)
    shown = page.eval_on_selector_all(
        "[data-value=spo2], [data-value=pr]", "all => all.map((value) => value.textContent)")
    assert shown and set(shown) == {"--"}
    page.close()


def test_a_chair_becomes_ready_for_sign_off(browser, fast_url):
    page = browser.new_page(viewport=WIDE)
    wait_for_chair(page, fast_url, "4")
    page.wait_for_selector("button:has-text('Sign off')", timeout=20_000)
    page.wait_for_selector("text=0:00 to go")
    assert re.search("eligible", page.inner_text("main"))
    page.close()


def test_a_named_person_acknowledges_and_the_page_says_who(browser, fast_url):
    page = browser.new_page(viewport=WIDE)
    wait_for_chair(page, fast_url, "2")
    page.select_option("#who", "rn1")
    page.wait_for_selector("text=Sensor off", timeout=15_000)
    page.click("button:has-text('Acknowledge')")
    page.wait_for_selector("main >> text=/R\\. Nurse/", timeout=5_000)
    alarm = page.evaluate(
        "async () => (await (await fetch('/api/v1/chairs/2')).json()).alarms[0]")
    assert (alarm["alarm"], alarm["acknowledgedBy"]) == ("SENSOR_OFF", "rn1")
    page.close()


def test_who_signs_types_a_pin_that_is_kept_nowhere(browser, fast_url):
    page = browser.new_page(viewport=WIDE)
    wait_for_chair(page, fast_url, "4")
    page.select_option("#who", "rn1")
    asked = []
    page.on("request", lambda sent: asked.append(sent) if "/commands" in sent.url else None)

    def sign(pin):
        page.click("button:has-text('Sign off')")
        field = page.get_by_label("Your PIN or password")
        assert field.get_attribute("type") == "password" and field.evaluate(
            "field => document.activeElement === field")
        field.fill(pin)
        page.keyboard.press("Enter")
        page.wait_for_selector("dialog", state="detached")

    page.wait_for_selector("button:has-text('Sign off')", timeout=20_000)
    # No PIN, no signature; and thinking better of it sends nothing.
    page.click("button:has-text('Sign off')")
    page.keyboard.press("Enter")
    assert page.is_visible("dialog[open]")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    assert asked == []
    sign("000042")
    page.wait_for_selector(".session .answer >> text=do not match")
    page.wait_for_selector("text=0:00 to go", timeout=20_000)
    sign("135790")
    page.wait_for_function(
        "async () => (await (await fetch('/api/v1/chairs/4')).json()).phase === 'signedOff'",
        timeout=10_000)
    assert asked[-1].post_data_json == {"command": "sign", "by": "rn1", "secret": "135790"}
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "135790" not in kept + page.content() and "000042" not in kept + page.content()
    page.close()
