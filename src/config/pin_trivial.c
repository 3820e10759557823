#include "config/pin.h"

#include <string.h>

bool pin_well_formed(const char *digits)
{
    return strlen(digits) == PIN_DIGITS && strspn(digits, "0123456789") == PIN_DIGITS;
}

// The same beginning again and again.
static bool repeats(const char *digits, int period)
{
    for (int i = period; i < PIN_DIGITS; i++)
        if (digits[i] != digits[i - period])
            return false;
    return true;
}

// Each digit one more, or one less, than the one before; 0 follows 9.
static bool runs(const char *digits, int step)
{
    for (int i = 1; i < PIN_DIGITS; i++)
        if ((digits[i] - digits[i - 1] + 10) % 10 != step)
            return false;
    return true;
}

bool pin_trivial(const char *digits)
{
    return repeats(digits, 1) || repeats(digits, 2) || repeats(digits, 3) || runs(digits, 1) ||
           runs(digits, 9);
}
