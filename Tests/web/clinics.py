"""A clinic for the pages: the real daemon with simulated devices, run faster than time; and a person who
has nothing but a keyboard."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "e2e"))

import clinic  # noqa: E402

CHECKLIST = clinic.CHECKLIST
PINS = clinic.SECRETS
# The label of what has the focus, as a screen reader would begin to say it.
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return '';
  const group = at.closest('fieldset')?.querySelector('legend')?.textContent;
  const label = at.closest('label')?.textContent;
  return [group, label, at.getAttribute('aria-label'), at.textContent].filter(Boolean).join(' | ');
}"""


class Clinic:
    """Chairs with an oximeter and a cuff each, and nobody in them."""

    def __init__(self, folder, speed, chairs=1):
        self.clock = clinic.Clock(speed)
        scene = clinic.scene(
            folder, "calm", [[0, 97]],
            nibp=[{"start": 0, "done": 20, "sbp": 122, "dbp": 76, "pr": 75}])
        clinic.hire(folder)
        self.devices = clinic.simulate(
            folder, [scene], self.clock, chairs=chairs, oximeter="nonin-8")
        config = clinic.config(folder, chairs=chairs, oximeter="nonin-8")
        self.daemon = clinic.Daemon(folder, config, self.clock)
        self.url = self.daemon.url

    def close(self):
        self.daemon.kill()
        self.devices.kill()


class Keyboard:
    """Somebody who works a page without a pointer."""

    def __init__(self, page):
        self.page = page
        self._keys = page.keyboard

    def press(self, *keys):
        for key in keys:
            self._keys.press(key)

    def type(self, text):
        self._keys.type(text)

    @property
    def focused(self):
        return self.page.evaluate(FOCUSED)

    def tab_to(self, label, back=False, most=150):
        """Presses Tab until what has the focus is called so."""
        seen = []
        for _ in range(most):
            self.press("Shift+Tab" if back else "Tab")
            seen.append(self.focused)
            if label.lower() in seen[-1].lower():
                return
        raise AssertionError(f"Tab does not lead to “{label}”: {seen}")

    def am(self, initial):
        """Says who stands here, by the first letter of the name."""
        self.leave()
        self.press("w", initial)
        self.leave()

    def leave(self):
        """Out of a field, so that single keys are the page's."""
        if self.page.evaluate("document.activeElement.matches('input, select')"):
            self.press("Escape")
