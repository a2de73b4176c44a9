// Longer records: some say how long they are, some have a mark at either end.
#include "carry.h"
#include "feeds.h"

/// Nonin 13: `00 02 00 0D 00`, the count, the data, their sum, `03`.
static size_t scan_13(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  (void)sinks;
  static const uint8_t header[5] = {0x00, 0x02, 0x00, 0x0D, 0x00};
  size_t start = 0;
  while (count - start >= 6) {
    const uint8_t *record = bytes + start;
    const size_t data = record[5];
    int is_good = memcmp(record, header, 5) == 0 && data >= 14 && data <= 40;
    if (is_good && count - start < data + 8) break;
    if (is_good) {
      uint8_t sum = 0;
      for (size_t i = 0; i < data; i++) sum += record[6 + i];
      is_good = record[6 + data] == sum && record[7 + data] == 0x03;
    }
    framer->frames += (size_t)is_good;
    framer->damaged += (size_t)!is_good;
    start += is_good ? data + 8 : 1;
  }
  return start;
}

void cframer_nonin_13(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_13, SHORT, framer, bytes, count, sinks);
}

/// PHDC: a choice of two bytes, a length of two.
static size_t scan_phdc(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  (void)sinks;
  size_t start = 0;
  while (count - start >= 4) {
    const uint8_t *message = bytes + start;
    const size_t length = 4 + ((size_t)message[2] << 8 | message[3]);
    if (message[0] < 0xE2 || message[0] > 0xE7 || message[1] != 0 || length > 9216) {
      framer->damaged++;
      start++;
      continue;
    }
    if (count - start < length) break;
    framer->frames++;
    start += length;
  }
  return start;
}

void cframer_phdc(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_phdc, 9216, framer, bytes, count, sinks);
}

/// Ivy: `FF ANSAR-B`, 400 bytes of waves, text, `FE`.
static size_t scan_ivy(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  (void)sinks;
  size_t start = 0;
  while (count - start >= 409) {
    const uint8_t *frame = bytes + start;
    if (memcmp(frame, "\xFF" "ANSAR-B ", 9) != 0) {
      framer->damaged++;
      start++;
      continue;
    }
    const size_t left = count - start < 900 ? count - start : 900;
    size_t length = 409;
    while (length < left && frame[length] < 0x80) length++;
    if (length == left && left < 900) break;
    const int is_good = length < left && frame[length] == 0xFE;
    framer->frames += (size_t)is_good;
    framer->damaged += (size_t)!is_good;
    start += is_good ? length + 1 : 1;
  }
  return start;
}

void cframer_ivy(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_ivy, 900, framer, bytes, count, sinks);
}

/// HL7 over MLLP: `0B`, text, `1C 0D`.
static size_t scan_hl7(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  (void)sinks;
  size_t start = 0;
  while (start < count) {
    const uint8_t *message = bytes + start;
    if (message[0] != 0x0B) {
      framer->damaged++;
      start++;
      continue;
    }
    const size_t left = count - start;
    size_t length = 1;
    while (length < left && (message[length] >= 0x20 || message[length] == 0x0D ||
                             message[length] == 0x0A || message[length] == 0x09)) {
      length++;
    }
    if (length + 1 >= left && left < LONGEST) break;
    const int is_good = length + 1 < left && message[length] == 0x1C && message[length + 1] == 0x0D;
    framer->frames += (size_t)is_good;
    framer->damaged += (size_t)!is_good;
    start += is_good ? length + 2 : 1;
  }
  return start;
}

void cframer_hl7(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_hl7, LONGEST, framer, bytes, count, sinks);
}
