// Plain C framers of the protocols that Chairside's drivers read: what the drivers are measured
// against. Each finds frames in chunks of any size, checks the checksum where there is one, and
// looks for the next frame after damage. Those that read numbers as well hand them to a sink.
#ifndef CFRAMERS_H
#define CFRAMERS_H

#include <stddef.h>
#include <stdint.h>

/// Bits of `cframer_sample.status`.
enum {
  CFRAMER_SENSOR_OFF = 1 << 0,
  CFRAMER_SEARCHING = 1 << 1,
  CFRAMER_ARTIFACT = 1 << 2,
  CFRAMER_POOR_SIGNAL = 1 << 3,
  CFRAMER_LOW_PERFUSION = 1 << 4,
  CFRAMER_MARGINAL_PERFUSION = 1 << 5,
  CFRAMER_LOW_BATTERY = 1 << 6,
  CFRAMER_HIGH_QUALITY = 1 << 7,
  CFRAMER_BEAT = 1 << 8,
  CFRAMER_DESATURATING = 1 << 9,
};

/// One frame of an oximeter; 0 stands for "no value".
struct cframer_sample {
  uint16_t saturation;
  uint16_t pulse;
  uint16_t perfusion;
  uint16_t pleth;
  uint16_t status;
};

/// One reply of a cuff; 0 stands for "no value".
struct cframer_reply {
  uint16_t cuff;
  uint16_t systolic;
  uint16_t diastolic;
  uint16_t mean;
  uint16_t pulse;
  uint8_t letter;
  uint8_t error;
};

/// Where frames go.
struct cframer_sinks {
  void (*sample)(void *context, const struct cframer_sample *sample);
  void (*reply)(void *context, const struct cframer_reply *reply);
  void *context;
};

/// What a framer keeps from one chunk to the next.
struct cframer;

struct cframer *cframer_make(void);
void cframer_free(struct cframer *framer);
/// Whole frames so far.
size_t cframer_frames(const struct cframer *framer);

typedef void cframer_feed(
    struct cframer *framer, const uint8_t *bytes, size_t count, const struct cframer_sinks *sinks);

/// The framer of a driver's protocol, by the driver's name, or NULL.
cframer_feed *cframer_for(const char *driver);
/// Whether it reads a frame's numbers, and not only where it begins and ends.
int cframer_reads_numbers(const char *driver);

/// A sink's context that adds everything up.
struct cframer_totals {
  uint64_t readings, saturation, pulse, pleth, pressure;
};

void cframer_add_sample(void *totals, const struct cframer_sample *sample);
void cframer_add_reply(void *totals, const struct cframer_reply *reply);

#endif
