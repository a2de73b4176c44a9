#include <string.h>

#include "feeds.h"

static const struct {
  const char *driver;
  cframer_feed *feed;
} table[] = {
    {"bci", cframer_five_byte},       {"contec-5", cframer_five_byte},
    {"contec-v7", cframer_contec_v7}, {"nonin-1", cframer_nonin_1},
    {"nonin-2", cframer_nonin_2},     {"nonin-7", cframer_nonin_7},
    {"nonin-8", cframer_nonin_8},     {"suntech", cframer_suntech},
};

cframer_feed *cframer_for(const char *driver) {
  for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
    if (strcmp(table[i].driver, driver) == 0) return table[i].feed;
  }
  return NULL;
}

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
