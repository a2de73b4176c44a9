// What Linux has and Swift's Glibc module does not show: epoll, accept4, pseudo-terminals by
// posix_openpt, names of threads and of error numbers, files in memory, and a process whose end can be
// waited for like a byte. Nothing else belongs here.
#ifndef CLINUX_H
#define CLINUX_H

#include <stddef.h>
#include <stdint.h>

/// Bits of `clinux_ready.events`: epoll's own values.
enum {
  CLINUX_READABLE = 0x001,
  CLINUX_WRITABLE = 0x004,
  CLINUX_ERROR = 0x008,
  CLINUX_HUNG_UP = 0x010,
};

/// One descriptor that has something to say.
struct clinux_ready {
  uint64_t token;
  uint32_t events;
};

/// A new epoll descriptor, closed on exec; -1 and errno on failure.
int clinux_epoll_create(void);
/// Adds `descriptor`, or changes what is wanted of it when it is already there.
int clinux_epoll_set(int epoll, int descriptor, uint32_t events, uint64_t token);
int clinux_epoll_remove(int epoll, int descriptor);
/// What is ready now, at most `capacity` of them. Never waits.
int clinux_epoll_ready(int epoll, struct clinux_ready *ready, int capacity);

/// The next connection of a listening socket, non-blocking, closed on exec; -1 and errno if none.
int clinux_accept(int listener);

/// A new pty master, unlocked, non-blocking, closed on exec; its slave's path in `path`.
int clinux_open_pty_master(char *path, size_t capacity);

/// Names the calling thread for `ps -L`, at most 15 letters.
void clinux_name_thread(const char *name);

/// The symbol of an error number ("EACCES"), or NULL.
const char *clinux_errno_name(int code);

/// Whether the kernel holds the wall clock to be synchronised, and how far it may be off at most.
int clinux_is_clock_synchronised(long *max_error_microseconds);

/// A file that lies in memory alone, closed on exec; -1 and errno on failure.
int clinux_memory_file(const char *name);

/// Starts a program with `input` as its standard input and `complaints` as its standard error, every
/// signal as at the start of a process, and nothing else of ours. Returns a descriptor, closed on exec,
/// that is readable once the process `*pid` has ended; -1 and errno when it did not start.
int clinux_start_player(const char *path, char *const *arguments, int input, int complaints, int *pid);

#endif
