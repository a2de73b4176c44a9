// Frames between flags, with escapes inside: GE's DRI (a sum) and IntelliVue (a CRC).
#include "carry.h"
#include "feeds.h"

/// DRI: `7E record sum 7E`; the record begins with its length.
static int is_dri(const uint8_t *body, size_t count) {
  uint8_t sum = 0, last = 0;
  size_t length = 0, unescaped = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t byte = body[i];
    if (byte == 0x7D) {
      if (++i == count) return 0;
      byte = body[i] | 0x20;
    }
    if (unescaped < 2) length |= (size_t)byte << 8 * unescaped;
    unescaped++;
    sum += byte;
    last = byte;
  }
  return unescaped >= 41 && length == unescaped - 1 && (uint8_t)(sum - last) == last;
}

static size_t scan_dri(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  (void)sinks;
  size_t start = 0;
  while (start < count) {
    if (bytes[start] != 0x7E) {
      framer->damaged++;
      start++;
      continue;
    }
    const uint8_t *end = memchr(bytes + start + 1, 0x7E, count - start - 1);
    if (end == NULL) {
      if (count - start < 3000) break;
      framer->damaged++;
      start++;
      continue;
    }
    const size_t length = (size_t)(end - (bytes + start)) + 1;
    if (is_dri(bytes + start + 1, length - 2)) {
      framer->frames++;
      start += length;
    } else {
      framer->damaged += length - 1;
      start += length - 1;
    }
  }
  return start;
}

void cframer_dri(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_dri, 3000, framer, bytes, count, sinks);
}

/// CRC-16 of PPP, one byte.
static inline uint16_t fcs(uint16_t sum, uint8_t byte) {
  uint8_t mixed = byte ^ (uint8_t)sum;
  mixed ^= (uint8_t)(mixed << 4);
  return (uint16_t)(sum >> 8 ^ mixed << 8 ^ mixed << 3 ^ mixed >> 4);
}

/// IntelliVue: `C0 11 01 length payload FCS C1`.
static int is_intellivue(const uint8_t *body, size_t count) {
  uint16_t sum = 0xFFFF;
  uint32_t head = 0;
  size_t unescaped = 0;
  for (size_t i = 0; i < count; i++) {
    uint8_t byte = body[i];
    if (byte == 0x7D) {
      if (++i == count) return 0;
      byte = body[i] ^ 0x20;
    }
    sum = fcs(sum, byte);
    if (unescaped < 4) head = head << 8 | byte;
    unescaped++;
  }
  return sum == 0xF0B8 && unescaped >= 6 && head == (0x11010000u | (uint32_t)(unescaped - 6));
}

static size_t scan_intellivue(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  (void)sinks;
  size_t start = 0;
  while (start < count) {
    if (bytes[start] != 0xC0) {
      framer->damaged++;
      start++;
      continue;
    }
    const uint8_t *end = memchr(bytes + start, 0xC1, count - start);
    if (end == NULL) {
      if (count - start < 5100) break;
      framer->damaged++;
      start++;
      continue;
    }
    const size_t length = (size_t)(end - (bytes + start)) + 1;
    const int is_good = is_intellivue(bytes + start + 1, length - 2);
    framer->frames += (size_t)is_good;
    framer->damaged += (size_t)!is_good;
    start += is_good ? length : 1;
  }
  return start;
}

void cframer_intellivue(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_intellivue, 5100, framer, bytes, count, sinks);
}
