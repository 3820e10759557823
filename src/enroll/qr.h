// A QR code as a matrix of modules (ISO/IEC 18004), by libqrencode.
//
// Level M, without the quiet zone: whoever draws keeps 4 modules of white around it. The text must
// be ASCII (a link in punycode): scanners garble UTF-8 (DOMAIN.md, Links and QR).
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    QR_TEXT_BYTES = 512,
    QR_MODULES_MAX = 97, // version 20
    QR_QUIET_MODULES = 4,
};

struct qr {
    uint8_t size; // modules a side; 0 is "no code"
    uint8_t dark[(QR_MODULES_MAX * QR_MODULES_MAX + 7) / 8];
};

// false for empty, too long or non-ASCII text; ret_qr is untouched then.
bool qr_encode(const char *text, struct qr *ret_qr);
bool qr_dark(const struct qr *qr, unsigned x, unsigned y);
