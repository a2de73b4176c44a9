// Nonin's formats 1 and 8 (once a second, bit 7 set in the first byte only), and 2 and 7 (five
// bytes with a checksum; the numbers of a packet travel in frames 1 to 3 of 25).
#include "carry.h"
#include "feeds.h"

static void second(const uint8_t *frame, int has_extra, const struct cframer_sinks *sinks) {
  struct cframer_sample sample = {0};
  if (frame[0] & 0x40) sample.status |= CFRAMER_SENSOR_OFF;
  if (frame[0] & 0x20) sample.status |= CFRAMER_POOR_SIGNAL;
  if (frame[0] & 0x10) sample.status |= CFRAMER_LOW_PERFUSION;
  if (frame[0] & 0x08) sample.status |= CFRAMER_MARGINAL_PERFUSION;
  if (frame[0] & 0x04) sample.status |= CFRAMER_ARTIFACT;
  if (has_extra) {
    if (frame[3] & 0x20) sample.status |= CFRAMER_HIGH_QUALITY;
    if (frame[3] & 0x08) sample.status |= CFRAMER_SENSOR_OFF;
    if (frame[3] & 0x01) sample.status |= CFRAMER_LOW_BATTERY;
  }
  if (!(sample.status & CFRAMER_SENSOR_OFF)) {
    const uint16_t pulse = (frame[0] & 3) << 7 | frame[1];
    if (pulse >= 18 && pulse <= 300) sample.pulse = pulse;
    if (frame[2] >= 1 && frame[2] <= 100) sample.saturation = frame[2];
  }
  sinks->sample(sinks->context, &sample);
}

static inline __attribute__((always_inline)) size_t scan_seconds(
    size_t length, struct cframer *framer, const uint8_t *bytes, size_t count,
    const struct cframer_sinks *sinks) {
  size_t start = 0;
  while (start < count) {
    const uint8_t *frame = bytes + start;
    if (!(frame[0] & 0x80)) {
      framer->damaged++;
      start++;
      continue;
    }
    if (count - start < length) break;
    size_t body = 1;
    while (body < length && !(frame[body] & 0x80)) body++;
    if (body < length) {
      framer->damaged += body;
      start += body;
      continue;
    }
    framer->frames++;
    second(frame, length == 4, sinks);
    start += length;
  }
  return start;
}

static size_t scan_1(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  return scan_seconds(3, framer, bytes, count, sinks);
}

static size_t scan_8(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  return scan_seconds(4, framer, bytes, count, sinks);
}

static void packet_frame(
    struct cframer *framer, uint8_t status, uint16_t pleth, uint8_t value,
    const struct cframer_sinks *sinks) {
  struct cframer_sample sample = {.pleth = pleth};
  if (status & 0x48) sample.status |= CFRAMER_SENSOR_OFF;
  if (status & 0x20) sample.status |= CFRAMER_ARTIFACT;
  if (status & 0x10) sample.status |= CFRAMER_POOR_SIGNAL;
  switch (status & 0x06) {
  case 0x06: sample.status |= CFRAMER_BEAT | CFRAMER_MARGINAL_PERFUSION; break;
  case 0x04: sample.status |= CFRAMER_BEAT | CFRAMER_LOW_PERFUSION; break;
  case 0x02: sample.status |= CFRAMER_BEAT; break;
  }
  if (status & 0x01) framer->position = 1;
  else if (framer->position > 0) framer->position++;
  switch (framer->position) {
  case 1: framer->high = value; break;
  case 2: framer->low = value; break;
  case 3:
    if (framer->stat2 & 0x20) sample.status |= CFRAMER_HIGH_QUALITY;
    if (framer->stat2 & 0x01) sample.status |= CFRAMER_LOW_BATTERY;
    if (!(sample.status & CFRAMER_SENSOR_OFF)) {
      const uint16_t pulse = (framer->high & 3) << 7 | framer->low;
      if (pulse >= 18 && pulse <= 300) sample.pulse = pulse;
      if (value >= 1 && value <= 100) sample.saturation = value;
    }
    break;
  case 8: framer->stat2 = value; break;
  }
  sinks->sample(sinks->context, &sample);
}

static int passes_2(const uint8_t *frame) {
  return frame[0] == 0x01 && frame[1] >= 0x80 && frame[3] < 0x80 &&
         (uint8_t)(0x01 + frame[1] + frame[2] + frame[3]) == frame[4];
}

static size_t scan_2(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  size_t start = 0;
  while (count - start >= 5) {
    const uint8_t *frame = bytes + start;
    if (!passes_2(frame)) {
      framer->damaged++;
      framer->position = 0;
      start++;
      continue;
    }
    framer->frames++;
    packet_frame(framer, frame[1], frame[2], frame[3], sinks);
    start += 5;
  }
  return start;
}

static int passes_7(const uint8_t *frame) {
  return frame[0] >= 0x80 && frame[3] < 0x80 &&
         (uint8_t)(frame[0] + frame[1] + frame[2] + frame[3]) == frame[4];
}

/// No byte marks a frame's beginning, so the place is found by three good ones in a row.
static size_t scan_7(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  size_t start = 0;
  while (count - start >= 5) {
    const uint8_t *frame = bytes + start;
    int is_frame = passes_7(frame);
    if (is_frame && !framer->is_locked) {
      if (count - start < 15) break;
      is_frame = passes_7(frame + 5) && passes_7(frame + 10);
    }
    framer->is_locked = is_frame;
    if (!is_frame) {
      framer->damaged++;
      framer->position = 0;
      start++;
      continue;
    }
    framer->frames++;
    packet_frame(framer, frame[0], frame[1] << 8 | frame[2], frame[3], sinks);
    start += 5;
  }
  return start;
}

void cframer_nonin_1(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_1, SHORT, framer, bytes, count, sinks);
}

void cframer_nonin_2(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_2, SHORT, framer, bytes, count, sinks);
}

void cframer_nonin_7(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_7, SHORT, framer, bytes, count, sinks);
}

void cframer_nonin_8(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_8, SHORT, framer, bytes, count, sinks);
}
