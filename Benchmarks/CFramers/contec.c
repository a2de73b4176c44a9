// Contec V7 (nine bytes a live packet, no checksum, bit 7 clear in the first byte only), and the
// older five-byte stream (bit 7 set in the first byte only).
#include "carry.h"
#include "feeds.h"

static const uint8_t v7_lengths[32] = {
    [0x01] = 9, [0x02] = 9, [0x03] = 9, [0x04] = 9, [0x05] = 9, [0x06] = 4, [0x07] = 8,
    [0x08] = 8, [0x09] = 6, [0x0A] = 4, [0x0B] = 4, [0x0C] = 2, [0x0D] = 3, [0x0E] = 3,
    [0x0F] = 8, [0x10] = 3, [0x11] = 9, [0x12] = 8, [0x13] = 9, [0x14] = 9, [0x15] = 9,
};

static void v7_live(const uint8_t *frame, const struct cframer_sinks *sinks) {
  uint8_t data[7];
  for (int i = 0; i < 7; i++) data[i] = (frame[2 + i] & 0x7F) | (frame[1] >> i & 1) << 7;
  struct cframer_sample sample = {.pleth = data[1] & 0x7F};
  if (data[0] & 0x40) sample.status |= CFRAMER_BEAT;
  if (data[0] & 0x20) sample.status |= CFRAMER_DESATURATING;
  if (data[0] & 0x80) sample.status |= CFRAMER_SENSOR_OFF;
  if (data[1] & 0x80 || data[0] & 0x10) sample.status |= CFRAMER_SEARCHING;
  const int is_on = !(sample.status & (CFRAMER_SENSOR_OFF | CFRAMER_SEARCHING));
  if (is_on && data[3] != 0 && data[3] != 255 && data[4] >= 1 && data[4] <= 100) {
    sample.saturation = data[4];
    sample.pulse = data[3] >= 18 ? data[3] : 0;
    const uint16_t perfusion = data[5] | data[6] << 8;
    if (!(data[2] & 0x10) && perfusion >= 2 && perfusion <= 2000) sample.perfusion = perfusion;
  }
  sinks->sample(sinks->context, &sample);
}

static size_t scan_v7(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  size_t start = 0;
  while (start < count) {
    const uint8_t *frame = bytes + start;
    const size_t length = frame[0] < 32 ? v7_lengths[frame[0]] : 0;
    if (length == 0) {
      framer->damaged++;
      start++;
      continue;
    }
    if (count - start < length) break;
    size_t body = 1;
    while (body < length && frame[body] & 0x80) body++;
    if (body < length) {
      framer->damaged += body;
      start += body;
      continue;
    }
    framer->frames++;
    if (frame[0] == 0x01) v7_live(frame, sinks);
    start += length;
  }
  return start;
}

void cframer_contec_v7(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_v7, SHORT, framer, bytes, count, sinks);
}

static void five_live(const uint8_t *frame, const struct cframer_sinks *sinks) {
  struct cframer_sample sample = {.pleth = frame[1]};
  if (frame[0] & 0x40) sample.status |= CFRAMER_BEAT;
  if (frame[0] & 0x20) sample.status |= CFRAMER_DESATURATING;
  if (frame[0] & 0x10 || frame[2] & 0x10) sample.status |= CFRAMER_SENSOR_OFF;
  if (frame[2] & 0x20) sample.status |= CFRAMER_SEARCHING;
  const uint8_t pulse = (frame[2] & 0x40) << 1 | frame[3];
  const int is_on = !(sample.status & (CFRAMER_SENSOR_OFF | CFRAMER_SEARCHING));
  if (is_on && pulse != 0 && pulse != 255 && frame[4] >= 1 && frame[4] <= 100) {
    sample.saturation = frame[4];
    sample.pulse = pulse >= 18 ? pulse : 0;
  }
  sinks->sample(sinks->context, &sample);
}

static size_t scan_five(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  size_t start = 0;
  while (start < count) {
    const uint8_t *frame = bytes + start;
    if (!(frame[0] & 0x80)) {
      framer->damaged++;
      start++;
      continue;
    }
    if (count - start < 5) break;
    size_t body = 1;
    while (body < 5 && !(frame[body] & 0x80)) body++;
    if (body < 5) {
      framer->damaged += body;
      start += body;
      continue;
    }
    framer->frames++;
    five_live(frame, sinks);
    start += 5;
  }
  return start;
}

void cframer_five_byte(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_five, SHORT, framer, bytes, count, sinks);
}
