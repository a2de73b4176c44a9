#include <stdlib.h>
#include <string.h>

#include "carry.h"
#include "feeds.h"

static const struct {
  const char *driver;
  cframer_feed *feed;
  int reads_numbers;
} table[] = {
    {"bci", cframer_five_byte, 1},
    {"contec-5", cframer_five_byte, 1},
    {"contec-v7", cframer_contec_v7, 1},
    {"dinamap", cframer_dinamap, 0},
    {"dri", cframer_dri, 0},
    {"hl7", cframer_hl7, 0},
    {"intellivue", cframer_intellivue, 0},
    {"ivy", cframer_ivy, 0},
    {"masimo-ascii1", cframer_lines, 0},
    {"nellcor", cframer_lines, 0},
    {"nonin-1", cframer_nonin_1, 1},
    {"nonin-13", cframer_nonin_13, 0},
    {"nonin-2", cframer_nonin_2, 1},
    {"nonin-7", cframer_nonin_7, 1},
    {"nonin-8", cframer_nonin_8, 1},
    {"nonin-ascii", cframer_lines, 0},
    {"par-nibp", cframer_par, 0},
    {"phdc", cframer_phdc, 0},
    {"suntech", cframer_suntech, 1},
};

static int row(const char *driver) {
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
    if (strcmp(table[i].driver, driver) == 0) return (int)i;
  }
  return -1;
}

cframer_feed *cframer_for(const char *driver) {
  return row(driver) < 0 ? NULL : table[row(driver)].feed;
}

int cframer_reads_numbers(const char *driver) {
  return row(driver) >= 0 && table[row(driver)].reads_numbers;
}

struct cframer *cframer_make(void) { return calloc(1, sizeof(struct cframer)); }

void cframer_free(struct cframer *framer) { free(framer); }

size_t cframer_frames(const struct cframer *framer) { return framer->frames; }

void cframer_add_sample(void *context, const struct cframer_sample *sample) {
  struct cframer_totals *totals = context;
  totals->readings++;
  totals->saturation += sample->saturation;
  totals->pulse += sample->pulse;
  totals->pleth += sample->pleth;
}

void cframer_add_reply(void *context, const struct cframer_reply *reply) {
  struct cframer_totals *totals = context;
  totals->readings++;
  totals->pressure += reply->cuff + reply->systolic + reply->diastolic + reply->mean;
  totals->pulse += reply->pulse;
}
