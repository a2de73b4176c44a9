// SunTech's replies: `3E len … checksum`, the bytes of a packet add up to 0.
#include "carry.h"
#include "feeds.h"

static uint16_t word(const uint8_t *bytes) { return bytes[0] | bytes[1] << 8; }

static void reply(const uint8_t *packet, size_t length, const struct cframer_sinks *sinks) {
  struct cframer_reply reply = {0};
  switch (length) {
  case 4: reply.letter = packet[2]; break;
  case 5: reply.cuff = word(packet + 2); break;
  case 24:
    reply.systolic = word(packet + 2);
    reply.diastolic = word(packet + 4);
    reply.pulse = word(packet + 16);
    reply.mean = word(packet + 18);
    reply.error = packet[20];
    break;
  default: return;
  }
  sinks->reply(sinks->context, &reply);
}

static size_t scan_suntech(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  size_t start = 0;
  while (count - start >= 2) {
    const uint8_t *packet = bytes + start;
    const size_t length = packet[1];
    if (packet[0] != 0x3E || length < 4 || length > 67) {
      framer->damaged++;
      start++;
      continue;
    }
    if (count - start < length) break;
    uint8_t sum = 0;
    for (size_t i = 0; i < length; i++) sum += packet[i];
    if (sum != 0) {
      framer->damaged++;
      start++;
      continue;
    }
    framer->frames++;
    reply(packet, length, sinks);
    start += length;
  }
  return start;
}

void cframer_suntech(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks) {
  feed_by(scan_suntech, SHORT, framer, bytes, count, sinks);
}
