#include "base/file.h"
#include "base/utf8.h"
#include "ui/words.h"

#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    bool plural;
} keys[] = {
#define WORD(name, key)   {key, false},
#define PLURAL(name, key) {key, true},
#include "ui/words.def"
};

struct reader {
    const char *path;
    char *error;
};

__attribute__((format(printf, 3, 4))) static bool fail(const struct reader *reader, const char *key,
                                                       const char *format, ...)
{
    char sentence[WORDS_ERROR_BYTES / 2];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    snprintf(reader->error, WORDS_ERROR_BYTES, "%.80s: %.40s: %s", reader->path, key, sentence);
    return false;
}

static bool store_words(const struct reader *reader, const cJSON *root, struct words *words)
{
    size_t used = 0;
    for (unsigned i = 0; i < WORD_COUNT; i++) {
        const char *text =
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(root, keys[i].name));
        size_t length = text == NULL ? 0 : strlen(text);
        if (text == NULL)
            return fail(reader, keys[i].name, "found nothing, expected a text");
        if (!utf8_valid(text, length))
            return fail(reader, keys[i].name, "found other bytes, expected UTF-8");
        if (length >= WORDS_BYTES - used)
            return fail(reader, keys[i].name, "found more than %d bytes of texts up to here",
                        (int)WORDS_BYTES);
        memcpy(words->store + used, text, length + 1);
        words->texts[i] = words->store + used;
        used += length + 1;
    }
    return true;
}

static bool no_others(const struct reader *reader, const cJSON *root)
{
    if (cJSON_GetArraySize(root) == WORD_COUNT)
        return true;
    for (const cJSON *item = root->child; item != NULL; item = item->next) {
        bool known = false;
        for (unsigned i = 0; i < WORD_COUNT; i++)
            known |= strcmp(keys[i].name, item->string) == 0;
        if (!known || cJSON_GetObjectItemCaseSensitive(root, item->string) != item)
            return fail(reader, item->string, "found %s, expected the keys of words/ru.json once",
                        known ? "a key twice" : "an unknown key");
    }
    return true;
}

static bool find_rule(const struct reader *reader, struct words *words)
{
    static const char *const names[PLURAL_RULE_COUNT] = {"one-few-many", "one-other", "other"};
    const char *name = words->texts[WORD_PLURAL_RULE];
    for (unsigned i = 0; i < PLURAL_RULE_COUNT; i++)
        if (strcmp(names[i], name) == 0) {
            words->plural = (enum plural_rule)i;
            return true;
        }
    return fail(reader, "plural_rule", "found \"%.24s\", expected %s, %s or %s", name, names[0],
                names[1], names[2]);
}

static bool check_forms(const struct reader *reader, const struct words *words)
{
    for (unsigned i = 0; i < WORD_COUNT; i++) {
        unsigned forms = 1;
        for (const char *at = words->texts[i]; *at != '\0'; at++)
            forms += *at == '|';
        if (keys[i].plural && forms != words_forms(words->plural))
            return fail(reader, keys[i].name, "found %u forms, expected %u (%s)", forms,
                        words_forms(words->plural), words->texts[WORD_PLURAL_RULE]);
    }
    return true;
}

bool words_load(const char *path, struct words *ret_words, char ret_error[static WORDS_ERROR_BYTES])
{
    char *data;
    size_t length;
    if (!file_read(path, (size_t)WORDS_BYTES * 2, &data, &length)) {
        snprintf(ret_error, WORDS_ERROR_BYTES, "%.200s: can't be read", path);
        return false;
    }
    cJSON *root = cJSON_ParseWithLength(data, length);
    free(data);
    const struct reader reader = {path, ret_error};
    bool ok = cJSON_IsObject(root);
    if (ok)
        ok = store_words(&reader, root, ret_words) && no_others(&reader, root) &&
             find_rule(&reader, ret_words) && check_forms(&reader, ret_words);
    else
        snprintf(ret_error, WORDS_ERROR_BYTES, "%.200s: expected a JSON object", path);
    cJSON_Delete(root);
    return ok;
}
