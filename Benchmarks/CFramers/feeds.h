#ifndef FEEDS_H
#define FEEDS_H

#include "cframers.h"

cframer_feed cframer_contec_v7, cframer_five_byte;
cframer_feed cframer_nonin_1, cframer_nonin_2, cframer_nonin_7, cframer_nonin_8;
cframer_feed cframer_suntech;

#endif
