// kiosk-config/schema.json says exactly what the table of keys says.

#include "base/file.h"
#include "config/keys.h"

#include <cjson/cJSON.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static cJSON *schema;
static cJSON *built_in; // a document of all "default" values

static const char *type_of(enum config_kind kind)
{
    return config_kind_is_text(kind) ? "string"
           : kind == CONFIG_FLAG     ? "boolean"
           : kind == CONFIG_INTEGER  ? "integer"
                                     : "number";
}

static void expect_number(const cJSON *object, const char *name, double expected)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
    assert_true(cJSON_IsNumber(item));
    assert_true(item->valuedouble == expected);
}

static void expect_type(const cJSON *leaf, const char *expected)
{
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(leaf, "type");
    assert_string_equal(cJSON_GetStringValue(type), expected);
}

static void compare_leaf(const struct config_key *key, const cJSON *leaf)
{
    if (key->items_max > 0) {
        expect_type(leaf, "array");
        expect_number(leaf, "minItems", key->items_min);
        expect_number(leaf, "maxItems", key->items_max);
        leaf = cJSON_GetObjectItemCaseSensitive(leaf, "items");
    }
    expect_type(leaf, type_of(key->kind));
    if (config_kind_is_text(key->kind)) {
        expect_number(leaf, "maxLength", (double)key->size - 1);
    } else if (key->kind != CONFIG_FLAG) {
        expect_number(leaf, "minimum", key->min);
        expect_number(leaf, "maximum", key->max);
        if (key->step > 0)
            expect_number(leaf, "multipleOf", key->step);
    }
}

static size_t compare_object(const cJSON *object, const char *prefix, cJSON *values)
{
    size_t leaves = 0;
    expect_type(object, "object");
    assert_true(cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(object, "additionalProperties")));
    const cJSON *properties = cJSON_GetObjectItemCaseSensitive(object, "properties");
    for (const cJSON *item = properties->child; item != NULL; item = item->next) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", prefix, item->string);
        const struct config_key *key = config_key_find(path);
        if (key != NULL) {
            const cJSON *value = cJSON_GetObjectItemCaseSensitive(item, "default");
            assert_non_null(value);
            cJSON_AddItemToObject(values, item->string, cJSON_Duplicate(value, true));
            compare_leaf(key, item);
            leaves++;
        } else {
            snprintf(path, sizeof path, "%s%s.", prefix, item->string);
            leaves += compare_object(item, path, cJSON_AddObjectToObject(values, item->string));
        }
    }
    return leaves;
}

static void schema_and_table_agree(void **state)
{
    (void)state;
    size_t count;
    config_keys(&count);
    assert_int_equal(compare_object(schema, "", built_in), count);
}

static void schema_defaults_are_the_built_in_ones(void **state)
{
    (void)state;
    char path[] = "/tmp/config-XXXXXX";
    char error[CONFIG_ERROR_BYTES] = "";
    static struct config expected;
    static struct config config;
    char *text = cJSON_Print(built_in);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    cJSON_free(text);
    assert_true(config_load(NULL, &expected, error));
    bool ok = config_load(path, &config, error);
    unlink(path);
    if (!ok)
        fail_msg("%s", error);
    size_t count;
    const struct config_key *keys = config_keys(&count);
    for (size_t i = 0; i < count; i++) {
        size_t size = config_kind_is_text(keys[i].kind) ? keys[i].size
                      : keys[i].kind == CONFIG_NUMBER   ? sizeof(double)
                      : keys[i].kind == CONFIG_INTEGER  ? sizeof(uint32_t)
                                                        : sizeof(bool);
        assert_memory_equal(config_member(&keys[i], &config), config_member(&keys[i], &expected),
                            size);
    }
    assert_int_equal(config.language_count, expected.language_count);
}

static int read_schema(void **state)
{
    (void)state;
    char *data;
    size_t length;
    if (!file_read(SOURCE_DIR "/kiosk-config/schema.json", CONFIG_FILE_BYTES, &data, &length))
        return 1;
    schema = cJSON_Parse(data);
    built_in = cJSON_CreateObject();
    free(data);
    return schema == NULL;
}

static int free_schema(void **state)
{
    (void)state;
    cJSON_Delete(schema);
    cJSON_Delete(built_in);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(schema_and_table_agree),
        cmocka_unit_test(schema_defaults_are_the_built_in_ones),
    };
    return cmocka_run_group_tests(tests, read_schema, free_schema);
}
