import Testing

/// What needs an emulated /sys, /dev and udev: one test at a time, since a process has only one.
@Suite(
  .serialized, .enabled(if: Testbed.isAvailable, Comment(rawValue: Testbed.whyNot)),
  .timeLimit(.minutes(2)))
enum UdevTests {}
