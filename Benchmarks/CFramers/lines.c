// Protocols in text: a line is what stands between two line ends, if it is printable.
#include "carry.h"
#include "feeds.h"

typedef int is_good(const uint8_t *line, size_t length);

static inline __attribute__((always_inline)) size_t scan_text(
    uint8_t end, size_t longest, is_good *is_good, struct cframer *framer, const uint8_t *bytes,
    size_t count) {
  size_t start = 0;
  while (start < count) {
    size_t last = count - start < longest ? count : start + longest;
    size_t index = start;
    while (index < last && bytes[index] != end &&
           ((bytes[index] >= 0x20 && bytes[index] < 0x7F) || bytes[index] == 0x0D)) {
      index++;
    }
    if (index == last && last == count && count - start < longest) break;
    if (index < last && bytes[index] == end && is_good(bytes + start, index - start)) {
      framer->frames++;
    } else {
      framer->damaged += index + 1 - start;
    }
    start = index + 1;
  }
  return start < count ? start : count;
}

static int is_any(const uint8_t *line, size_t length) {
  (void)line, (void)length;
  return 1;
}

static size_t scan_lines(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  (void)sinks;
  return scan_text(0x0A, 320, is_any, framer, bytes, count);
}

void cframer_lines(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_lines, 320, framer, bytes, count, sinks);
}

/// Two characters of six bits each: the characters' sum modulo FFF.
static int is_summed(const uint8_t *line, size_t length) {
  if (length < 5) return 0;
  uint16_t sum = 0;
  for (size_t i = 0; i < length - 2; i++) {
    sum += line[i] - 0x20 + 1;
    if (sum > 0xFFF) sum -= 0xFFF;
  }
  return line[length - 2] == 0x20 + (sum >> 6) && line[length - 1] == 0x20 + (sum & 0x3F);
}

static size_t scan_dinamap(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  (void)sinks;
  return scan_text(0x0D, 80, is_summed, framer, bytes, count);
}

void cframer_dinamap(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_dinamap, 80, framer, bytes, count, sinks);
}

static int digit(uint8_t byte) {
  if (byte >= '0' && byte <= '9') return byte - '0';
  if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
  return -1;
}

/// PAR: `02 text 03 0D`; the long reply, which begins with S, ends in a sum of two digits.
static size_t scan_par(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  (void)sinks;
  size_t start = 0;
  while (start < count) {
    const uint8_t *reply = bytes + start;
    const size_t left = count - start;
    if (reply[0] != 0x02) {
      framer->damaged++;
      start++;
      continue;
    }
    size_t length = 1;
    while (length < left && length < SHORT && reply[length] != 0x03) length++;
    if (length + 1 >= left && length < SHORT) break;
    int is_good = length < SHORT && reply[length + 1] == 0x0D;
    if (is_good && reply[1] == 'S') {
      uint8_t sum = 0;
      for (size_t i = 1; i + 2 < length; i++) sum += reply[i];
      is_good = length > 3 && digit(reply[length - 2]) * 16 + digit(reply[length - 1]) == sum;
    }
    if (is_good) {
      framer->frames++;
      start += length + 2;
    } else {
      framer->damaged++;
      start++;
    }
  }
  return start;
}

void cframer_par(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_par, SHORT + 2, framer, bytes, count, sinks);
}
