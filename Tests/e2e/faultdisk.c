// A disk and clocks that misbehave on order, for one program: LD_PRELOAD=faultdisk.so.
//
// Concerns files below FAULTDISK_FOLDER only. Takes its orders from the file FAULTDISK_CONTROL, which
// the test maps as well (faultdisk.py has the same layout), so that they change while the program
// runs. With FAULTDISK_TRACE, writes down there whatever is done to those files, byte for byte, so that
// a test can build the disk as a pulled plug would have left it at any moment.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum op { WRITE = 1, SYNC = 2, TRUNCATE = 4, CREATE = 8, RENAME = 16, READ = 32 };
// TORN writes half, then says EIO; SHORT writes half and says so, and the disk is full from then on; LOST
// says EIO to a sync and drops what was written since the last one, as Linux may.
enum kind { WELL, BROKEN, FULL, TORN, SHORT, LOST };

struct control {
  _Atomic uint64_t count;  // operations so far
  _Atomic uint64_t from, until;  // which of them fail
  _Atomic uint64_t hits;  // how many have failed
  _Atomic uint32_t kind, mask;
  _Atomic uint64_t syncDelay;  // nanoseconds that every sync takes longer
  _Atomic int64_t wallOffset, bootOffset;  // nanoseconds that clocks are ahead
};

struct undo {
  struct undo *older;
  off_t at;
  ssize_t count;  // -1: the size was `at`
  char bytes[];
};

enum { FILES = 4096 };
static struct control *control;
static char folder[PATH_MAX];
static char bootID[PATH_MAX];
static int trace = -1;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
  char *name;
  struct undo *undo;
} files[FILES];

static int (*realOpen)(const char *, int, ...);
static int (*realClose)(int);
static ssize_t (*realWrite)(int, const void *, size_t);
static ssize_t (*realPwrite)(int, const void *, size_t, off_t);
static ssize_t (*realPread)(int, void *, size_t, off_t);
static int (*realFsync)(int);
static int (*realFdatasync)(int);
static int (*realFtruncate)(int, off_t);
static int (*realRename)(const char *, const char *);
static int (*realUnlink)(const char *);

__attribute__((constructor)) static void begin(void) {
  realOpen = dlsym(RTLD_NEXT, "open64");
  realClose = dlsym(RTLD_NEXT, "close");
  realWrite = dlsym(RTLD_NEXT, "write");
  realPwrite = dlsym(RTLD_NEXT, "pwrite64");
  realPread = dlsym(RTLD_NEXT, "pread64");
  realFsync = dlsym(RTLD_NEXT, "fsync");
  realFdatasync = dlsym(RTLD_NEXT, "fdatasync");
  realFtruncate = dlsym(RTLD_NEXT, "ftruncate64");
  realRename = dlsym(RTLD_NEXT, "rename");
  realUnlink = dlsym(RTLD_NEXT, "unlink");
  const char *path = getenv("FAULTDISK_CONTROL"), *below = getenv("FAULTDISK_FOLDER");
  const char *record = getenv("FAULTDISK_TRACE"), *boot = getenv("FAULTDISK_BOOT_ID");
  if (boot) snprintf(bootID, sizeof bootID, "%s", boot);
  if (!path || !below) return;
  snprintf(folder, sizeof folder, "%s", below);
  if (record) trace = realOpen(record, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  int fd = realOpen(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) abort();
  control = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (control == MAP_FAILED) abort();
  realClose(fd);
}

// What happens to an operation.
static enum kind fate(enum op op, int *isFirst) {
  if (!control || !(control->mask & op)) return WELL;
  uint64_t number = atomic_fetch_add(&control->count, 1);
  if (number < control->from || number >= control->until) return WELL;
  *isFirst = atomic_fetch_add(&control->hits, 1) == 0;
  return control->kind;
}

static int refuse(enum kind kind) {
  errno = kind == FULL || kind == SHORT ? ENOSPC : EIO;
  return -1;
}

static int isConcerned(const char *path) {
  size_t length = strlen(folder);
  return control && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static const char *nameOf(int fd) { return fd >= 0 && fd < FILES ? files[fd].name : NULL; }

// One record: what, when, name, second name or bytes, where. Under the lock.
static void note(char what, const char *name, int64_t at, const void *bytes, size_t count) {
  if (trace < 0) return;
  struct timespec now;
  syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  name += strlen(folder);
  struct {
    uint32_t what, nameLength;
    int64_t time, at;
    uint64_t count;
  } head = {what, strlen(name), now.tv_sec * 1000000000ll + now.tv_nsec, at, count};
  char *record = malloc(sizeof head + head.nameLength + count);
  memcpy(record, &head, sizeof head);
  memcpy(record + sizeof head, name, head.nameLength);
  if (count) memcpy(record + sizeof head + head.nameLength, bytes, count);
  if (realWrite(trace, record, sizeof head + head.nameLength + count) < 0) abort();
  free(record);
}

static void remember(int fd, off_t at, size_t count) {
  struct undo *one = malloc(sizeof *one + count);
  one->at = at;
  one->count = realPread(fd, one->bytes, count, at);
  if (one->count < 0) one->count = 0;
  one->older = files[fd].undo;
  struct stat status;
  if (!fstat(fd, &status) && status.st_size < at + (off_t)count) {
    struct undo *size = malloc(sizeof *size);
    *size = (struct undo){.older = one->older, .at = status.st_size, .count = -1};
    one->older = size;
  }
  files[fd].undo = one;
}

static void forget(int fd, int isUndone) {
  for (struct undo *one = files[fd].undo, *older; one; one = older) {
    older = one->older;
    if (isUndone && one->count < 0) {
      if (realFtruncate(fd, one->at)) abort();
    } else if (isUndone && realPwrite(fd, one->bytes, one->count, one->at) != one->count) {
      abort();
    }
    free(one);
  }
  files[fd].undo = NULL;
}

static int isWALIndex(const char *name) {
  size_t length = strlen(name);
  return length > 4 && !strcmp(name + length - 4, "-shm");
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  if (bootID[0] && !strcmp(path, "/proc/sys/kernel/random/boot_id")) path = bootID;
  if (!isConcerned(path)) return realOpen(path, flags, mode);
  int isFirst = 0, isNew = flags & O_CREAT && access(path, F_OK);
  if (isNew) {
    enum kind kind = fate(CREATE, &isFirst);
    if (kind != WELL) return refuse(kind);
  }
  pthread_mutex_lock(&lock);
  int fd = realOpen(path, flags, mode);
  if (fd >= 0 && fd < FILES) {
    files[fd].name = strdup(path);
    if (isNew || flags & O_TRUNC) note('t', path, 0, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  mode_t mode = flags & O_CREAT ? va_arg(list, mode_t) : 0;
  va_end(list);
  return open64(path, flags, mode);
}

int close(int fd) {
  if (nameOf(fd)) {
    pthread_mutex_lock(&lock);
    forget(fd, 0);
    free(files[fd].name);
    files[fd].name = NULL;
    pthread_mutex_unlock(&lock);
  }
  return realClose(fd);
}

static ssize_t put(int fd, const void *bytes, size_t count, off_t at, int isAtEnd) {
  int isFirst = 0;
  enum kind kind = fate(WRITE, &isFirst);
  size_t written = count;
  if (kind == TORN || (kind == SHORT && isFirst)) written = count / 2;
  else if (kind != WELL) return refuse(kind);
  pthread_mutex_lock(&lock);
  if (isAtEnd) at = lseek(fd, 0, SEEK_CUR);
  if (!isWALIndex(files[fd].name)) remember(fd, at, written);
  ssize_t done = realPwrite(fd, bytes, written, at);
  if (done > 0 && isAtEnd) lseek(fd, at + done, SEEK_SET);
  if (done > 0) note('w', files[fd].name, at, bytes, done);
  pthread_mutex_unlock(&lock);
  return kind == TORN ? refuse(kind) : done;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  return nameOf(fd) ? put(fd, bytes, count, 0, 1) : realWrite(fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) {
  return nameOf(fd) ? put(fd, bytes, count, at, 0) : realPwrite(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) {
  return pwrite64(fd, bytes, count, at);
}

ssize_t pread64(int fd, void *bytes, size_t count, off_t at) {
  int isFirst = 0;
  if (nameOf(fd) && fate(READ, &isFirst) != WELL) return refuse(BROKEN);
  return realPread(fd, bytes, count, at);
}

ssize_t pread(int fd, void *bytes, size_t count, off_t at) { return pread64(fd, bytes, count, at); }

static int synchronise(int fd, int (*real)(int)) {
  if (!nameOf(fd)) return real(fd);
  uint64_t delay = control->syncDelay;
  if (delay) {
    struct timespec wait = {delay / 1000000000, delay % 1000000000};
    nanosleep(&wait, NULL);
  }
  int isFirst = 0;
  enum kind kind = fate(SYNC, &isFirst);
  pthread_mutex_lock(&lock);
  int status = 0;
  if (kind != WELL) {
    if (kind == LOST) forget(fd, 1);
    status = refuse(kind);
  } else if (!(status = real(fd))) {
    forget(fd, 0);
    note('s', files[fd].name, 0, NULL, 0);
  }
  pthread_mutex_unlock(&lock);
  return status;
}

int fsync(int fd) { return synchronise(fd, realFsync); }
int fdatasync(int fd) { return synchronise(fd, realFdatasync); }

int ftruncate64(int fd, off_t size) {
  if (!nameOf(fd)) return realFtruncate(fd, size);
  int isFirst = 0;
  enum kind kind = fate(TRUNCATE, &isFirst);
  if (kind != WELL) return refuse(kind);
  pthread_mutex_lock(&lock);
  struct stat status;
  if (!isWALIndex(files[fd].name) && !fstat(fd, &status) && size < status.st_size)
    remember(fd, size, status.st_size - size);
  int done = realFtruncate(fd, size);
  if (!done) note('t', files[fd].name, size, NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int rename(const char *from, const char *to) {
  if (!isConcerned(from)) return realRename(from, to);
  int isFirst = 0;
  enum kind kind = fate(RENAME, &isFirst);
  if (kind != WELL) return refuse(kind);
  pthread_mutex_lock(&lock);
  int done = realRename(from, to);
  if (!done) note('r', from, 0, to + strlen(folder), strlen(to) - strlen(folder));
  pthread_mutex_unlock(&lock);
  return done;
}

int unlink(const char *path) {
  if (!isConcerned(path)) return realUnlink(path);
  pthread_mutex_lock(&lock);
  int done = realUnlink(path);
  if (!done) note('u', path, 0, NULL, 0);
  pthread_mutex_unlock(&lock);
  return done;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int done = syscall(SYS_clock_gettime, clock, time);
  if (done || !control) return done;
  int64_t ahead = clock == CLOCK_REALTIME ? control->wallOffset
    : clock == CLOCK_BOOTTIME ? control->bootOffset : 0;
  if (!ahead) return done;
  int64_t shown = time->tv_sec * 1000000000ll + time->tv_nsec + ahead;
  time->tv_sec = shown / 1000000000;
  time->tv_nsec = shown % 1000000000;
  return done;
}
