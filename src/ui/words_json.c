#include "base/file.h"
#include "base/utf8.h"
#include "ui/words.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const keys[] = {
#define WORD(name, key) key,
#include "ui/words.def"
};

static bool store_words(const cJSON *root, const char *path, struct words *words, char *error)
{
    size_t used = 0;
    for (unsigned i = 0; i < WORD_COUNT; i++) {
        const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(root, keys[i]));
        size_t length = text == NULL ? 0 : strlen(text);
        if (text == NULL || !utf8_valid(text, length) || length >= WORDS_BYTES - used) {
            snprintf(error, WORDS_ERROR_BYTES, "%.100s: %s: %s", path, keys[i],
                     text == NULL ? "missing, expected a text" : "too long or not UTF-8");
            return false;
        }
        memcpy(words->store + used, text, length + 1);
        words->texts[i] = words->store + used;
        used += length + 1;
    }
    if (cJSON_GetArraySize(root) == WORD_COUNT)
        return true;
    snprintf(error, WORDS_ERROR_BYTES, "%.100s: found %d keys, expected the %d of words.def", path,
             cJSON_GetArraySize(root), WORD_COUNT);
    return false;
}

bool words_load(const char *path, enum language language, struct words *ret_words,
                char ret_error[static WORDS_ERROR_BYTES])
{
    char *data;
    size_t length;
    if (!file_read(path, WORDS_BYTES * 2, &data, &length)) {
        snprintf(ret_error, WORDS_ERROR_BYTES, "%.200s: can't be read", path);
        return false;
    }
    cJSON *root = cJSON_ParseWithLength(data, length);
    free(data);
    bool ok = cJSON_IsObject(root);
    if (ok)
        ok = store_words(root, path, ret_words, ret_error);
    else
        snprintf(ret_error, WORDS_ERROR_BYTES, "%.200s: expected a JSON object", path);
    cJSON_Delete(root);
    ret_words->language = language;
    return ok;
}
