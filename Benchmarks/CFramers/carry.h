// Frames that lie across two chunks; everything else is read where it lies.
#ifndef CARRY_H
#define CARRY_H

#include <string.h>

#include "cframers.h"

/// The longest frame there is: an HL7 message.
#define LONGEST 65536
/// The longest one of most protocols: SunTech's, and some of the next.
#define SHORT 72

struct cframer {
  size_t carried;
  size_t frames;
  size_t damaged;
  /// Nonin 2 and 7: number of the frame in its packet, and what came in the ones before.
  int position;
  uint8_t high, low, stat2;
  uint8_t is_locked;
  uint8_t carry[LONGEST];
};

/// Reads the frames in `bytes` and returns how many bytes it is done with.
typedef size_t scan(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks);

/// Feeds a scan of frames with at most `longest` bytes.
static inline __attribute__((always_inline)) void feed_by(
    scan *scan, size_t longest, struct cframer *framer, const uint8_t *bytes, size_t count,
    const struct cframer_sinks *sinks) {
  size_t next = 0;
  while (framer->carried > 0 && next < count) {
    const size_t carried = framer->carried;
    size_t taken = longest - carried;
    if (taken > count - next) taken = count - next;
    memcpy(framer->carry + carried, bytes + next, taken);
    const size_t used = scan(framer, framer->carry, carried + taken, sinks);
    if (used >= carried) {
      next += used - carried;
      framer->carried = 0;
    } else {
      next += taken;
      framer->carried = carried + taken - used;
      memmove(framer->carry, framer->carry + used, framer->carried);
    }
  }
  if (next == count) return;
  next += scan(framer, bytes + next, count - next, sinks);
  framer->carried = count - next;
  memcpy(framer->carry, bytes + next, framer->carried);
}

#endif
