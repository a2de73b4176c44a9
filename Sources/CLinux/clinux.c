#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timex.h>
#include <unistd.h>

_Static_assert(CLINUX_READABLE == EPOLLIN && CLINUX_WRITABLE == EPOLLOUT, "epoll's values");
_Static_assert(CLINUX_ERROR == EPOLLERR && CLINUX_HUNG_UP == EPOLLHUP, "epoll's values");

int clinux_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

int clinux_epoll_set(int epoll, int descriptor, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  int result = epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
  if (result != 0 && errno == EEXIST) {
    result = epoll_ctl(epoll, EPOLL_CTL_MOD, descriptor, &event);
  }
  return result;
}

int clinux_epoll_remove(int epoll, int descriptor) {
  return epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, NULL);
}

int clinux_epoll_ready(int epoll, struct clinux_ready *ready, int capacity) {
  struct epoll_event events[64];
  if (capacity > 64) capacity = 64;
  const int count = epoll_wait(epoll, events, capacity, 0);
  for (int i = 0; i < count; i++) {
    ready[i].token = events[i].data.u64;
    ready[i].events = events[i].events;
  }
  return count;
}

int clinux_accept(int listener) {
  return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

int clinux_open_pty_master(char *path, size_t capacity) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
  if (master < 0) return -1;
  // grantpt does nothing on devpts, but glibc asks for it before unlockpt.
  if (grantpt(master) == 0 && unlockpt(master) == 0) {
    const int code = ptsname_r(master, path, capacity);
    if (code == 0) return master;
    errno = code;
  }
  const int code = errno;
  close(master);
  errno = code;
  return -1;
}

void clinux_name_thread(const char *name) { pthread_setname_np(pthread_self(), name); }

const char *clinux_errno_name(int code) { return strerrorname_np(code); }

int clinux_is_clock_synchronised(long *max_error_microseconds) {
  struct timex state = {0};
  const int answer = adjtimex(&state);
  *max_error_microseconds = state.maxerror;
  return answer >= 0 && answer != TIME_ERROR;
}
