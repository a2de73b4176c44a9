#ifndef FEEDS_H
#define FEEDS_H

#include "cframers.h"

cframer_feed cframer_contec_v7, cframer_five_byte;
cframer_feed cframer_nonin_1, cframer_nonin_2, cframer_nonin_7, cframer_nonin_8;
cframer_feed cframer_suntech;
cframer_feed cframer_lines, cframer_dinamap, cframer_par;
cframer_feed cframer_nonin_13, cframer_phdc, cframer_ivy, cframer_hl7;
cframer_feed cframer_dri, cframer_intellivue;

#endif
