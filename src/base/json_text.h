// Is a text JSON at all? The strict answer, before a forgiving parser sees bytes from outside.
//
// cJSON takes much that is no JSON ("\uZZZZ" ends its string, control characters stand raw in one,
// numbers begin with 0): two readers of one signed document must not read two things.
// Pure; recursion ends at depth_max.
#pragma once

#include <stddef.h>

// NULL when it is exactly one value of RFC 8259 in UTF-8, lists and objects nested at most
// depth_max deep, without U+0000; else what was found, in a few words.
const char *json_text_problem(const char *text, size_t length, unsigned depth_max);
