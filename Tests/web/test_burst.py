"""The sounds of the pages, rendered without a loudspeaker and measured."""

import json
import subprocess
from itertools import pairwise

import numpy
import pytest

from conftest import BINARY

NAMES = ["high", "medium", "low", "linkLost", "reminder"]
RATE = 48_000
RENDER = """async (name) => {
  const { BURSTS, lay, length } = await import('/assets/burst.js');
  const burst = BURSTS[name];
  const seconds = length(burst) / 1000 + 0.2;
  const context = new OfflineAudioContext(1, Math.ceil(seconds * 48000), 48000);
  lay(context, burst, 0.1);
  const rendered = await context.startRendering();
  return { burst, samples: Array.from(rendered.getChannelData(0)) };
}"""


@pytest.fixture(scope="module")
def rendered(browser, base_url):
    page = browser.new_page()
    page.goto(f"{base_url}/livez")
    made = {name: page.evaluate(RENDER, name) for name in NAMES}
    page.close()
    return {name: (one["burst"], numpy.array(one["samples"])) for name, one in made.items()}


def pulses(samples):
    """Start and end of each pulse in milliseconds, 0 being where the burst was laid."""
    loud = numpy.flatnonzero(abs(samples) > abs(samples).max() / 100)
    breaks = numpy.flatnonzero(numpy.diff(loud) > 0.03 * RATE)
    starts = loud[numpy.r_[0, breaks + 1]]
    ends = loud[numpy.r_[breaks, len(loud) - 1]]
    return [(start / RATE * 1000 - 100, end / RATE * 1000 - 100)
            for start, end in zip(starts, ends)]


@pytest.mark.parametrize("name", NAMES)
def test_pulses_stand_where_the_table_says(rendered, name):
    burst, samples = rendered[name]
    found = pulses(samples)
    assert len(found) == len(burst["starts"])
    for (start, end), due in zip(found, burst["starts"]):
        assert abs(start - due) < 5
        assert abs(end - due - burst["duration"]) < 5


def test_the_rhythm_is_that_of_its_priority(rendered):
    """`nurse-station.md` 1.7, and the ranges of `clinical.md` 3.6."""
    high, medium, low = (rendered[name] for name in ("high", "medium", "low"))
    begun = [start for start, _ in pulses(high[1])]
    assert begun == pytest.approx(
        [0, 250, 500, 1000, 1250, 2000, 2250, 2500, 3000, 3250], abs=5)
    assert [start for start, _ in pulses(medium[1])] == pytest.approx([0, 400, 800], abs=5)
    assert len(pulses(low[1])) == 2
    assert 2500 <= high[0]["gap"] <= 15_000 and 2500 <= medium[0]["gap"] <= 30_000
    assert low[0]["gap"] > 15_000
    for burst, _ in rendered.values():
        assert 0.1 <= burst["ramp"] / burst["duration"] <= 0.4


@pytest.mark.parametrize("name", NAMES)
def test_each_pulse_has_four_harmonics_within_15_db(rendered, name):
    burst, samples = rendered[name]
    for number, start in enumerate(burst["starts"]):
        tone = burst["tones"][number % len(burst["tones"])] / 100
        first = round((0.1 + start / 1000) * RATE)
        pulse = samples[first:first + burst["duration"] * RATE // 1000]
        spectrum = abs(numpy.fft.rfft(pulse * numpy.hanning(len(pulse)), RATE))

        def near(frequency):
            return spectrum[round(frequency) - 3:round(frequency) + 4].max()

        levels = [20 * numpy.log10(near(tone * k) / spectrum.max()) for k in range(1, 13)]
        strong = [k for k, level in enumerate(levels, 1) if level >= -15 and 300 <= tone * k <= 4000]
        assert len(strong) >= 4, levels
        assert 150 <= tone <= 1000 and near(tone * 1.5) < spectrum.max() / 20


def test_a_higher_priority_is_never_softer_and_nothing_is_clipped(rendered):
    loudness = []
    for name in ("low", "medium", "high"):
        burst, samples = rendered[name]
        assert abs(samples).max() < 1
        first = samples[int(0.1 * RATE):int((0.1 + burst["duration"] / 1000) * RATE)]
        loudness.append((first ** 2).mean())
    assert loudness == sorted(loudness)


@pytest.mark.parametrize("name", NAMES)
def test_the_server_has_the_same_numbers_and_the_same_sound(rendered, name, tmp_path):
    burst, samples = rendered[name]
    told = subprocess.run([BINARY, "sound", name], capture_output=True, text=True, check=True)
    numbers = json.loads(told.stdout)
    partials = numbers.pop("partials")
    assert numbers == burst
    assert partials == [100, 70, 60, 50, 40, 30, 20]
    subprocess.run([BINARY, "sound", name, "-o", tmp_path / "it.wav"], check=True)
    server = numpy.frombuffer((tmp_path / "it.wav").read_bytes()[44:], dtype="<i2") / 32767
    page = samples[int(0.1 * RATE):][:len(server)]
    assert len(server) == round(RATE * (burst["starts"][-1] + burst["duration"]) / 1000)
    # The browser's oscillator is interpolated from a table.
    assert abs(server - page).max() < 0.02 * abs(page).max()
