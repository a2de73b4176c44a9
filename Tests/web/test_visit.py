"""A whole visit through the pages alone, by keyboard alone: from the check-in to the signed report."""

import time

import pytest

from clinics import CHECKLIST, PINS, Clinic, Keyboard
from conftest import WIDE, wait_for_chair

SPEED = 20


@pytest.fixture
def place(tmp_path):
    opened = Clinic(tmp_path, SPEED)
    yield opened
    opened.close()


def until(page, question, seconds=60):
    """Waits until the chair in full answers a question in JavaScript with yes."""
    ask = f"async () => {{ const chair = await (await fetch('/api/v1/chairs/1')).json(); return {question}; }}"
    end = time.monotonic() + seconds
    while not page.evaluate(ask):
        assert time.monotonic() < end, f"not within {seconds} s: {question}"
        page.wait_for_timeout(100)


def chair(page):
    return page.request.get(page.url.split("/chairs")[0] + "/api/v1/chairs/1").json()


def check_in(page, hand):
    hand.am("r")
    hand.tab_to("Initials")
    hand.type("A.P.")
    hand.tab_to("Route")
    hand.type("IV 40")
    hand.tab_to("Two identifiers")
    hand.press("Space")
    hand.tab_to("Sitting quietly")
    hand.type("5")
    hand.tab_to("Check in")
    hand.press("Enter")
    until(page, "chair.phase === 'baseline'")


def fill_in(page, hand):
    """Everything that is asked before the dose."""
    page.wait_for_selector("button:has-text('Checklist')")
    hand.press("c")
    for _ in CHECKLIST:
        hand.press("n", "Tab")
    hand.press("Enter")
    until(page, "Object.values(chair.session.checklist).join('') === 'no'.repeat(9)")
    hand.leave()
    hand.press("h")
    hand.type("Ada Patient")
    for label, answer in [
        ("Date of birth", "1984-06-11"), ("Sex", "f"), ("Visit", "V-17"), ("Drug", "ketamine 10 mg/mL"),
        ("Dose", "40"), ("Weight", "80,5"), ("Weight once more", "80.5"), ("Consent", "y"),
        ("First session", "n"),
    ]:
        hand.tab_to(label)
        hand.type(answer)
    hand.press("Enter")
    until(page, "chair.session.chart.weight === '80.5'")
    assert chair(page)["session"]["chart"] | {"mgPerKg": None} == {
        "name": "Ada Patient", "birthDate": "1984-06-11", "sex": "female", "visit": "V-17",
        "drug": "ketamine 10 mg/mL", "dose": "40", "weight": "80.5", "consent": "yes",
        "firstSession": "no", "mgPerKg": None}
    hand.leave()
    hand.tab_to("Escort")
    hand.press("Enter")
    hand.press("r")
    hand.press("Enter")
    until(page, "chair.session.escort === 'responsibleAdult'")
    hand.tab_to("Name of the escort")
    hand.type("B. Patient")
    hand.press("Tab")
    hand.type("555 0100")
    hand.press("Enter")
    until(page, "chair.session.chart.escortContact === '555 0100'")
    hand.leave()
    hand.tab_to("Series", back=True)
    hand.press("Enter", "i", "Tab")
    hand.type("3")
    hand.press("Enter")
    until(page, "chair.session.series?.text === '3 of 6'")
    hand.leave()
    hand.press("i")
    for limb in ("l", "r", "r"):
        hand.press(limb, "Tab")
    hand.press("Enter")
    until(page, "Object.keys(chair.session.limbs).length === 3")
    assert chair(page)["session"]["limbs"] == {"cuff": "leftArm", "oximeter": "rightArm", "iv": "rightArm"}
    hand.leave()


def start(page, hand):
    """Pressures, baseline, dose: the page says what each step still waits for."""
    page.wait_for_selector(".waits >> text=Two blood pressures at least 1 min apart")
    for number in (1, 2):
        hand.press("n")
        until(page, f"chair.session.readings.length >= {number}")
        page.wait_for_timeout(3500)
    page.wait_for_selector(".waits >> text=Two blood pressures", state="detached")
    hand.tab_to("Accept baseline")
    hand.press("Enter")
    until(page, "chair.baseline !== null")
    hand.tab_to("Start infusion")
    hand.press("Enter")
    page.wait_for_selector("dialog[open]")
    hand.tab_to("Start infusion")
    hand.press("Enter")
    until(page, "chair.phase === 'infusing'")


def infuse(page, hand):
    hand.press("s")
    hand.type("nausea")
    hand.press("Tab")
    hand.type("mild")
    hand.press("Enter")
    hand.leave()
    hand.press("e")
    hand.type("eye mask on")
    hand.press("Enter")
    page.wait_for_selector(".event-items >> text=eye mask on")
    hand.leave()
    hand.press("b")
    hand.type("118")
    hand.press("Tab")
    hand.type("74")
    hand.press("Enter")
    until(page, "chair.session.readings.some(({ source, sbp }) => source === 'manual' && sbp === 118)")
    hand.leave()
    hand.press("k")
    hand.type("14")
    hand.press("Enter")
    until(page, "chair.respiration?.rr === 14 && chair.respiration.countedBy === 'rn1'")
    hand.leave()
    hand.tab_to("End infusion", back=True)
    hand.press("Enter")
    page.wait_for_selector("dialog[open]")
    hand.tab_to("End infusion")
    hand.press("Enter")
    until(page, "chair.phase === 'observation'")


def answer(page, hand, gait="u"):
    """Every question of the criteria, in one go."""
    hand.press("q")
    assert "Aldrete, total" in hand.focused
    hand.type("10")
    for label, said in [
        ("PADSS, total", "10"), ("MOAA/S", "5"), ("Name, place, day", "4"), ("Dissociation", "0"),
        ("Stands 1 min", gait), ("Cannula out", "y"), ("Asked about suicidal", "y"),
        ("Instructions and number", "y"),
    ]:
        hand.tab_to(label)
        hand.type(said)
    hand.press("Enter")


def sign(page, hand, who):
    hand.press("g")
    page.wait_for_selector("dialog[open] input[type=password]")
    hand.type(PINS[who])
    hand.press("Enter")
    page.wait_for_selector("dialog", state="detached")
    # A PIN takes its time to be checked.
    page.wait_for_selector("button.sign:not([disabled])", state="attached")


def test_a_visit_from_check_in_to_the_signed_report_by_keyboard_alone(browser, place):
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    hand = Keyboard(page)
    wait_for_chair(page, place.url, "1")
    check_in(page, hand)
    fill_in(page, hand)
    start(page, hand)
    infuse(page, hand)

    hand.press("o")
    page.wait_for_url("**/observation")
    page.wait_for_selector(".criterion[data-state=notMet]")
    answer(page, hand)
    until(page, "chair.session.criteria.find(({ criterion }) => criterion === 'teaching').pass")
    # A signature now is refused, and says what it lacks beside its button.
    hand.leave()
    sign(page, hand, "rn1")
    page.wait_for_selector(".signing .answer >> text=observation time not over")

    # Who walks unsteadily may go all the same, where a prescriber says why.
    until(page, "chair.timer.remainingSeconds < 60", seconds=90)
    hand.press("n")
    until(page, "chair.nibp.ageSeconds < 60")
    until(page, "chair.timer.blockedBy.join() === 'gait'", seconds=60)
    begun = time.monotonic()
    hand.am("p")
    hand.tab_to("Waive: Walking")
    hand.press("Enter")
    hand.type("goes to the car in a wheelchair")
    hand.press("Tab")
    hand.type(PINS["md1"])
    hand.press("Enter")
    page.wait_for_selector(".criterion[data-criterion=gait][data-state=waived]")
    page.wait_for_selector("text=Two people must sign: a criterion was waived")
    hand.leave()
    # Twenty times faster, one breath of the machine is a gap in the SpO2, which voids a signature.
    for _ in range(8):
        hand.am("r")
        sign(page, hand, "rn1")
        sign(page, hand, "rn1")
        page.wait_for_selector(".signing .answer, .signed >> text=R. Nurse")
        hand.am("p")
        sign(page, hand, "md1")
        page.wait_for_timeout(500)
        if chair(page)["phase"] == "signedOff":
            break
    page.wait_for_selector(".signed >> text=R. Nurse, RN, observation complete")
    page.wait_for_selector(".signed >> text=P. Prescriber, MD, discharge authorised")
    page.wait_for_selector("text=Signed off.")
    assert time.monotonic() - begun < 60

    hand.tab_to("Has left")
    hand.press("Enter")
    hand.type("B. Patient")
    hand.press("Enter")
    page.wait_for_selector("text=The patient has left.")
    with context.expect_page() as opened:
        hand.tab_to("Report of this session", back=True)
        hand.press("Enter")
    report = opened.value
    report.wait_for_load_state()
    text = report.inner_text("body")
    for words in ("R. Nurse, RN", "P. Prescriber, MD", "Ada Patient", "eye mask on", "B. Patient"):
        assert words in text, words
    assert complaints == []
    context.close()
