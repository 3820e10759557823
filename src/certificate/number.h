// A certificate's number: how a region writes it, and what of it is compared.
//
// PFDO has ten digits read as 2-2-6; other systems differ in length, grouping and letters
// (DOMAIN.md, Certificates), so a region's configuration gives a mask: "99 99 999999" is digits,
// "ЯЯ 999999" begins with two Cyrillic letters, "ZZ 999999" with two Latin ones. Numbers are
// personal: clear every copy with explicit_bzero.
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    CERTIFICATE_NUMBER_MAX = 24,                               // characters without grouping
    CERTIFICATE_NUMBER_BYTES = 2 * CERTIFICATE_NUMBER_MAX + 1, // UTF-8 with its NUL
    CERTIFICATE_GROUPS_MAX = 6,
    CERTIFICATE_FORMAT_BYTES = CERTIFICATE_NUMBER_BYTES + CERTIFICATE_GROUPS_MAX,
};

enum certificate_place { PLACE_DIGIT, PLACE_LATIN, PLACE_CYRILLIC };

struct certificate_format {
    uint8_t groups[CERTIFICATE_GROUPS_MAX]; // characters of each
    uint8_t group_count;
    uint8_t length;                         // characters of all
    uint8_t places[CERTIFICATE_NUMBER_MAX]; // enum certificate_place
};

// A mask of 9, Z and Я in groups parted by single spaces; false when it is none.
bool certificate_format_parse(const char *mask, struct certificate_format *ret_format);

// The character as it is written at this place (letters large, a look-alike of the other alphabet
// as the place's own); 0 when it can't stand there.
uint32_t certificate_place_take(enum certificate_place place, uint32_t character);

// «67 •• ••••56»: the first group's and the last two characters stay.
void certificate_mask(const struct certificate_format *format, const char *number, char *ret_text,
                      unsigned capacity);

// A text that is a whole number of this form, digits among it, whatever blanks and hyphens part it:
// writes it without them. false, and nothing written, when it is something else.
bool certificate_number_typed(const struct certificate_format *format, const char *text,
                              char ret_number[static CERTIFICATE_NUMBER_BYTES]);

// The form that is hashed and compared: no blanks and dashes, letters large, Cyrillic letters that
// look like Latin ones (А В Е К М Н О Р С Т У Х) as these. False when it isn't
// 1..CERTIFICATE_NUMBER_MAX digits, Latin and Russian letters.
bool certificate_number_fold(const char *text, char ret_number[static CERTIFICATE_NUMBER_BYTES]);

// The last digit is right by Luhn's rule (ISO/IEC 7812-1, annex B); letters don't count.
bool certificate_number_checks(const char *number);
