"""The patient's button: from an input node to everyone who watches."""

import os
import struct

from clinic import Clock, Daemon, Stream, begin_infusion, config, run, scene, simulate, until

PRESS, RELEASE = (struct.pack("<qqHHi", 1_773_500_531, 250, 1, 28, value) for value in (1, 0))


def with_button(folder):
    """A clinic whose chair has a button at a pipe, which takes no other program's keys away."""
    file = config(folder)
    os.mkfifo(folder / "button")
    file.write_text(file.read_text() + f"    button: {{driver: button, port: {folder}/button}}\n")
    return file, os.open(folder / "button", os.O_RDWR)


def test_a_press_calls_whoever_watches_and_an_unplugged_button_is_seen(tmp_path, started):
    clock = Clock()
    file, hand = with_button(tmp_path)
    simulate(tmp_path, [scene(tmp_path, "well", [[0, 97]])], clock)
    daemon = Daemon(tmp_path, file, clock)
    stream = Stream(daemon)
    begin_infusion(daemon)
    until(lambda: daemon.chair("1")["button"] == "ready")
    os.write(hand, RELEASE + PRESS + RELEASE)
    stream.first("audit", what="patientCalled")
    called = stream.first("alarm", alarm="CALL_STOP", change="raised")
    assert called["priority"] == "medium"
    told = run("alarm", "explain", str(called["id"]), "--db", tmp_path / "chairside.db",
               "--chair", "1")
    assert b"the patient, by the button" in told.stdout, told
    stream.first("alarm", alarm="CALL_STOP", change="escalated")
    os.close(hand)
    until(lambda: daemon.chair("1")["button"] == "lost")
    assert stream.first("device", slot="button", change="disconnected")


def test_a_button_is_bound_to_an_input_node_only(tmp_path):
    file = config(tmp_path)
    text = file.read_text()
    for port, complaint in [("tcp:127.0.0.1:1550", b"/dev/input"), ("usb:1-4", b"/dev/input")]:
        file.write_text(text + f"    button: {{driver: button, port: '{port}'}}\n")
        answer = run("check", file)
        assert answer.returncode == 78 and complaint in answer.stderr, answer
    file.write_text(text + "    button: {driver: button, port: /dev/input/by-path/x-event-kbd}\n")
    answer = run("check", file)
    assert answer.returncode == 0, answer
    assert b"button button at /dev/input/by-path/x-event-kbd" in answer.stdout
