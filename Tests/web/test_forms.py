"""The forms of a chair in every phase: accessible, whole at every width, and true to what was typed."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from clinics import PINS, Clinic, Keyboard, clinic
from conftest import wait_for_chair

SPEED = 20
SIZES = [(320, 700), (768, 1024), (1920, 1080), (3840, 2160)]
# What sticks out of the page to the right, but for what scrolls in a box of its own.
WIDER = """() => [...document.querySelectorAll('body *')].filter((node) => {
  const box = node.getBoundingClientRect();
  return box.width > 0 && box.right > innerWidth + 1 && !node.closest('.event-items, .unseen');
}).map((node) => `${node.tagName}.${node.className} ${node.textContent.slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Chair 1 at baseline, chair 2 in observation, chair 3 in infusion."""
    opened = Clinic(tmp_path_factory.mktemp("forms"), SPEED, chairs=3)
    station = clinic.Station(opened.daemon)
    try:
        clinic.check_in(opened.daemon, "1")
        for chair in ("2", "3"):
            clinic.begin_infusion(opened.daemon, chair)
        opened.daemon.order("2", "doseEnd")
        yield opened
    finally:
        station.close()
        opened.close()


@pytest.fixture
def open_page(browser, place):
    """Opens a page of a chair as somebody."""
    opened = []

    def go(chair, where="", who="rn1", size=(1920, 1080), scheme="dark"):
        page = browser.new_page(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
        opened.append(page)
        wait_for_chair(page, place.url, chair + where)
        page.wait_for_selector(".forms .tab >> visible=true")
        if who:
            page.select_option("#who", who)
        return page

    yield go
    for page in opened:
        page.close()


STATES = [("1", ""), ("2", ""), ("3", ""), ("2", "/observation")]


def tabs(page):
    return page.locator(".forms .tab:visible")


@pytest.mark.parametrize("chair,where", STATES)
def test_axe_finds_nothing_in_any_form(open_page, scheme, chair, where):
    page = open_page(chair, where, scheme=scheme)
    for number in range(tabs(page).count()):
        tabs(page).nth(number).click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("chair,where", STATES)
def test_no_form_is_wider_than_its_page(open_page, chair, where, size):
    page = open_page(chair, where, size=size)
    for number in range(tabs(page).count()):
        tabs(page).nth(number).click()
        assert page.evaluate(WIDER) == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_axe_finds_nothing_in_the_dialogs(open_page, scheme):
    page = open_page("2", "/observation", scheme=scheme)
    for name in ("Extend", "Transfer", "Leaves against advice", "Sign off"):
        page.get_by_role("button", name=name, exact=True).click()
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.keyboard.press("Escape")


def test_nothing_is_answered_beforehand(open_page):
    for chair, where in STATES:
        page = open_page(chair, where)
        for number in range(tabs(page).count()):
            tabs(page).nth(number).click()
        filled = page.evaluate(
            "[...document.querySelectorAll('form input, form select')].filter("
            "(field) => field.type === 'radio' ? field.checked : field.value !== '').length")
        assert filled == 0, (chair, where)


def test_what_is_typed_outlives_the_updates_and_the_other_forms(open_page):
    page = open_page("1")
    page.keyboard.press("h")
    page.get_by_label("Full name").fill("Half a na")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.press("y")
    page.wait_for_timeout(5000)
    assert page.get_by_role("radio", name="Yes").first.is_checked()
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    assert page.get_by_label("Full name").input_value() == "Half a na"
    assert Keyboard(page).focused.startswith("Full name")


def test_a_refusal_stands_beside_its_button_and_keeps_what_was_typed(open_page):
    page = open_page("1")
    page.keyboard.press("h")
    form = page.locator(".command-form:visible")
    form.get_by_label("Weight", exact=False).first.fill("80")
    form.get_by_label("Weight once more").fill("81")
    page.keyboard.press("Enter")
    page.wait_for_selector(".command-form .answer >> text=both must agree")
    assert form.get_by_label("Weight once more").input_value() == "81"
    # What cannot be meant is not even sent.
    form.get_by_label("Weight once more").fill("eighty")
    page.keyboard.press("Enter")
    page.wait_for_selector(".command-form .answer >> text=a number in 20–400 kg")
    assert Keyboard(page).focused.startswith("Weight once more")


def test_a_refused_waiver_keeps_its_reason(open_page):
    page = open_page("2", "/observation")
    page.get_by_role("button", name="Waive: Walking").click()
    page.get_by_label("Reason").fill("wheelchair")
    page.get_by_label("Your PIN or password").fill(PINS["rn1"])
    page.keyboard.press("Enter")
    page.wait_for_selector(".criterion .answer >> text=Your role may not do this")
    page.get_by_role("button", name="Waive: Walking").click()
    assert page.get_by_label("Reason").input_value() == "wheelchair"
    assert page.get_by_label("Your PIN or password").input_value() == ""


def test_a_criterion_is_answered_in_its_row_and_closes(open_page, place):
    page = open_page("2", "/observation")
    row = page.locator("[data-criterion=orientation]")
    row.get_by_label("Name, place, day").fill("4")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-criterion=orientation][data-state=met]")
    assert row.get_by_role("button", name="Answer again").is_visible()
    place.daemon.order("2", "assess", orientation="3")
    page.wait_for_selector("[data-criterion=orientation][data-state=notMet]")
    assert row.get_by_label("Name, place, day").input_value() == ""


def test_the_five_items_make_the_score(open_page):
    page = open_page("2", "/observation")
    row = page.locator("[data-criterion=aldrete]")
    row.get_by_text("By the five items").click()
    for field in row.locator(".items input").all():
        field.fill("2")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-criterion=aldrete][data-state=met]")
    assert "10" in row.locator(".value").inner_text()


def test_a_reading_by_hand_is_that_of_who_took_it(open_page, place):
    page = open_page("3")
    page.keyboard.press("b")
    page.get_by_label("Systolic").fill("131")
    page.get_by_label("Diastolic").fill("79")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-value=nibp] >> text=131/79")
    last = place.daemon.chair("3")["session"]["readings"][-1]
    assert (last["sbp"], last["source"], last["by"]) == (131, "manual", "rn1")


def test_who_may_not_measure_by_hand_is_told(open_page, place):
    body = {"sbp": 120, "dbp": 80, "by": "admin1"}
    headers = {"X-Chairside": "1"}
    page = open_page("3")

    def answer(chair, **fields):
        return page.request.post(
            f"{place.url}/api/v1/chairs/{chair}/readings", data=body | fields, headers=headers)

    assert answer("3").ok
    for fields, status, why in [
        ({"by": "nobody"}, 409, "unknownStaff"), ({"by": "system"}, 400, None),
        ({"dbp": 130}, 400, None), ({"spo2": 99}, 400, None), ({"sbp": 281}, 400, None),
    ]:
        refused = answer("3", **fields)
        assert refused.status == status, refused.text()
        assert why is None or refused.json()["why"] == [why]
    assert page.request.post(
        f"{place.url}/api/v1/chairs/3/readings", data=body).status == 403


def test_the_criteria_are_not_known_once_nobody_answers(open_page):
    page = open_page("2", "/observation")
    page.wait_for_selector(".criterion[data-state=notMet]")
    page.route("**/api/v1/chairs/2", lambda route: route.abort())
    page.wait_for_selector(".criterion[data-state=unknown] .value >> text=--", timeout=15_000)
    assert page.locator(".criterion[data-state=met]").count() == 0
