#define _GNU_SOURCE
#include "waiting.h"

#include <time.h>

int waiting_poll(struct pollfd *polled, int count, int64_t nanoseconds) {
  const struct timespec time = {nanoseconds / 1000000000, nanoseconds % 1000000000};
  return ppoll(polled, (nfds_t)count, &time, 0);
}

static int64_t nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t waiting_clock(void) { return nanoseconds(CLOCK_MONOTONIC); }

int64_t waiting_own_time(void) { return nanoseconds(CLOCK_THREAD_CPUTIME_ID); }
