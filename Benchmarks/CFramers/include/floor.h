// The least a program must do to have the bytes of many lines.
#ifndef FLOOR_H
#define FLOOR_H

#include <stdint.h>

struct floor_count {
  uint64_t reads, bytes;
};

/// Opens the ttys and reads whatever comes until the process is told to terminate.
///
/// Wakes for every byte, or with a `beat` looks at all of them every so many nanoseconds. Returns
/// what it has read; -1 in `reads` when a tty cannot be opened.
struct floor_count floor_run(const char *const *paths, int count, int64_t beat);

#endif
