"""When the connection goes, the numbers go: no old value stays on any screen."""

import pytest

from conftest import wait_for_chair, wait_for_wall

# All text of the tiles but the name of the chair, which may hold a digit.
TILE_TEXT = """() => [...document.querySelectorAll('.tile')].map((tile) => {
  const copy = tile.cloneNode(true);
  copy.querySelectorAll('.tile-name, .tile-link .unseen').forEach((node) => node.remove());
  return copy.textContent.replaceAll(`Chair ${tile.dataset.chair}:`, '');
}).join(' ')"""
VALUES = "all => all.map((value) => value.textContent)"


def digits(text):
    return [letter for letter in text if letter in "0123456789"]


@pytest.mark.parametrize("fault", ["cut", "silence"])
def test_a_lost_stream_covers_the_wall_and_leaves_no_digit(page, cable, snapshot, fault):
    wait_for_wall(page, cable.url)
    names = [view["chair"] for view in snapshot()["chairs"]]
    getattr(cable, fault)()
    page.wait_for_selector(".badge[data-link=delayed]", timeout=4500)
    page.wait_for_selector("text=CONNECTION LOST", timeout=6000)
    assert digits(page.evaluate(TILE_TEXT)) == []
    assert "CONNECTION LOST" in page.title()
    listed = page.eval_on_selector_all(".lost-chairs li", "all => all.map((li) => li.textContent)")
    assert len(listed) == len(names)
    assert all(text.endswith("--") for text in listed)


def test_connection_lost_is_shown_within_six_seconds(page, cable):
    wait_for_wall(page, cable.url)
    cable.silence()
    page.wait_for_selector("text=CONNECTION LOST", timeout=6000)


def test_a_lost_stream_covers_the_chair_page(page, cable, snapshot):
    wait_for_chair(page, cable.url, snapshot()["chairs"][0]["chair"])
    cable.silence()
    page.wait_for_selector("text=CONNECTION LOST", timeout=6000)
    assert set(page.eval_on_selector_all("[data-value]", VALUES)) == {"--"}


def test_the_lost_screen_cannot_be_dismissed(page, cable):
    wait_for_wall(page, cable.url)
    cable.silence()
    page.wait_for_selector(".lost", timeout=6000)
    for key in ("Escape", "Enter", "?", "Tab", "Enter"):
        page.keyboard.press(key)
    assert page.is_visible("text=CONNECTION LOST")
    assert page.evaluate("document.getElementById('main').inert")


@pytest.mark.parametrize("fault", ["cut", "silence"])
def test_the_wall_comes_back_by_itself(page, cable, fault):
    wait_for_wall(page, cable.url)
    getattr(cable, fault)()
    page.wait_for_selector(".lost", timeout=6500)
    cable.mend()
    page.wait_for_selector(".lost", state="detached", timeout=10000)
    page.wait_for_selector(".badge[data-link=live]")
    assert page.locator(".tile").count() > 0


def test_the_browser_going_offline_is_a_loss_too(context, page, cable):
    wait_for_wall(page, cable.url)
    context.set_offline(True)
    cable.cut()
    page.wait_for_selector("text=CONNECTION LOST", timeout=6500)
    assert digits(page.evaluate(TILE_TEXT)) == []
    context.set_offline(False)
