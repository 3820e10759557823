// Any lines of the feed as what a phone's page is made of: the page is whole HTML with the tags of
// hub/page.c only, whatever the catalogue's texts hold.
#include "base/utf8.h"
#include "catalog/record_json.h"
#include "hub/page.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { TODAY = 20779, NOW_S = 1795331400 };

static const char *const tags[] = {
    "!doctype html",
    "html lang=\"ru\"",
    "head",
    "meta charset=\"utf-8\"",
    "title",
    "style",
    "body",
    "main",
    "h1",
    "p",
    "section class=\"card\"",
    "h2",
    "span class=\"seats\"",
    "span class=\"seats ask\"",
    "span class=\"seats shut\"",
    "dl",
    "dt",
    "dd",
    "dd class=\"big\"",
    "b",
    "p class=\"quiet\"",
    "p class=\"note\"",
    "p class=\"host\"",
    "meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"",
    "meta name=\"robots\" content=\"noindex\"",
    "meta name=\"referrer\" content=\"no-referrer\"",
    "meta name=\"format-detection\" content=\"telephone=no\"",
    "p class=\"patch tech\"",
    "p class=\"patch science\"",
    "p class=\"patch sport\"",
    "p class=\"patch art\"",
    "p class=\"patch tour\"",
    "p class=\"patch social\"",
    "p class=\"patch none\"",
};

static bool is_link(const char *tag, size_t length)
{
    static const char *const starts[] = {"a class=\"go\" rel=\"noreferrer\" href=\"http://",
                                         "a class=\"go\" rel=\"noreferrer\" href=\"https://",
                                         "a class=\"call\" href=\"tel:"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t start = strlen(starts[i]);
        if (length > start && strncasecmp(tag, starts[i], start) == 0)
            return memchr(tag + start, '"', length - start) == tag + length - 1;
    }
    return false;
}

static bool is_known(const char *tag, size_t length)
{
    bool closing = length > 0 && tag[0] == '/';
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        size_t word = closing ? strcspn(tags[i], " ") : strlen(tags[i]);
        if (word == length - closing && memcmp(tags[i], tag + closing, word) == 0)
            return true;
    }
    return is_link(tag, length) || (closing && length == 2 && tag[1] == 'a');
}

static void check_html(const struct text *html)
{
    static const char end[] = "</main></body></html>\n";
    CHECK(!html->cut && html->length >= strlen(end));
    CHECK(strcmp(html->data + html->length - strlen(end), end) == 0);
    CHECK(utf8_valid(html->data, html->length));
    // The head is one fixed text with a drawing in it.
    const char *at = strstr(html->data, "<main>");
    CHECK(at != NULL && strncmp(html->data, "<!doctype html>\n<html", 21) == 0);
    for (; (at = strchr(at, '<')) != NULL;) {
        size_t length = strcspn(++at, "<>");
        CHECK(at[length] == '>' && is_known(at, length));
        at += length;
    }
}

// Each line goes to where its type belongs; the last of a type stays.
static void take_line(const char *line, size_t length, struct arena *arena,
                      struct record records[RECORD_TYPE_COUNT], bool known[RECORD_TYPE_COUNT])
{
    struct record record;
    enum record_op op;
    char error[RECORD_ERROR_BYTES];
    if (!record_from_json(line, length, arena, &op, &record, error) || op != RECORD_PUT)
        return;
    records[record.type] = record;
    known[record.type] = true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char memory[PAGE_BYTES];
    static struct record records[RECORD_TYPE_COUNT];
    bool known[RECORD_TYPE_COUNT] = {false};
    struct arena arena = {0};
    struct text html;
    char *lines = fuzz_text(data, size);
    for (char *at = lines; at < lines + size;) {
        size_t length = strcspn(at, "\n");
        take_line(at, length, &arena, records, known);
        at += length + 1;
    }
    free(lines);
    struct page page = {.code = "K7-42-X9", .today = TODAY, .now_s = NOW_S, .gone = size % 2};
    page.count = !known[RECORD_PROGRAM] ? 0 : size % 2 == 1 ? 1 : PAGE_ITEMS_MAX;
    for (uint32_t i = 0; i < page.count; i++)
        page.items[i] = (struct page_item){
            .program = &records[RECORD_PROGRAM].program,
            .group = known[RECORD_GROUP] && i != 1 ? &records[RECORD_GROUP].group : NULL,
            .organization =
                known[RECORD_ORGANIZATION] ? &records[RECORD_ORGANIZATION].organization : NULL,
            .address = known[RECORD_ADDRESS] ? &records[RECORD_ADDRESS].address : NULL};
    text_init(&html, memory, sizeof memory);
    page_selection(&page, &html);
    check_html(&html);
    arena_finish(&arena);
    return 0;
}
