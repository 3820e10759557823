#include "enroll/qr.h"

#include "base/check.h"

#include <qrencode.h>
#include <string.h>

bool qr_encode(const char *text, struct qr *ret_qr)
{
    size_t length = strnlen(text, QR_TEXT_BYTES);
    if (length == 0 || length >= QR_TEXT_BYTES)
        return false;
    for (size_t i = 0; i < length; i++)
        if (text[i] <= ' ' || text[i] > '~')
            return false;
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (code == NULL)
        return false;
    bool fits = code->width <= QR_MODULES_MAX;
    if (fits) {
        memset(ret_qr, 0, sizeof *ret_qr);
        ret_qr->size = (uint8_t)code->width;
        for (int i = 0; i < code->width * code->width; i++)
            if (code->data[i] & 1)
                ret_qr->dark[i / 8] |= (uint8_t)(1 << i % 8);
    }
    QRcode_free(code);
    return fits;
}

bool qr_dark(const struct qr *qr, unsigned x, unsigned y)
{
    CHECK(x < qr->size && y < qr->size);
    unsigned i = y * qr->size + x;
    return qr->dark[i / 8] >> i % 8 & 1;
}
