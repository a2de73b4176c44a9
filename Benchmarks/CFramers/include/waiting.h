// What the benchmarks need of Linux and Swift's Glibc module does not show.
#ifndef WAITING_H
#define WAITING_H

#include <poll.h>
#include <stdint.h>

/// `ppoll` for so many nanoseconds; 0 does not wait.
int waiting_poll(struct pollfd *polled, int count, int64_t nanoseconds);

/// `CLOCK_MONOTONIC` in nanoseconds.
int64_t waiting_clock(void);

/// CPU time of this thread in nanoseconds: other programs do not count.
int64_t waiting_own_time(void);

#endif
