#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <sys/wait.h>
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

int clinux_memory_file(const char *name) { return memfd_create(name, MFD_CLOEXEC); }

int clinux_start_player(const char *path, char *const *arguments, int input, int complaints, int *pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, 0);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, complaints, 2);
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  posix_spawnattr_init(&attributes);
  // Dispatch's threads hold signals back, and a server ignores some; the program shall not.
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  extern char **environ;
  const int code = posix_spawn(pid, path, &actions, &attributes, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (code != 0) {
    errno = code;
    return -1;
  }
  const int ended = (int)syscall(SYS_pidfd_open, *pid, 0);
  if (ended >= 0) return ended;
  const int failure = errno;
  kill(*pid, SIGKILL);
  waitpid(*pid, NULL, 0);
  errno = failure;
  return -1;
}
