// Any bytes as a file of the region's guide and, behind "==", as the text of a page from the feed.
//
// What is taken is a record that the feed can carry, written out it reads the same, and for a
// parent and for a child it becomes words without a trace of markup.
#include "base/utf8.h"
#include "base/workdays.h"
#include "catalog/record_json.h"
#include "screens/guide_parts.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { FILL = 0xA5, NOON_S = 1795338000 }; // 2026-11-22

static struct words words;
static const struct words *const languages[] = {&words};
static struct visit visit;
static const struct config config = {.help_place = "в Центре «Радуга», каб. 2, с торца здания",
                                     .help_hours = "пн–пт 9:00–18:00, обед 13:00–14:00",
                                     .organization = "Центр «Радуга»"};
static const struct workdays workdays;

static void prepare(void)
{
    char error[WORDS_ERROR_BYTES];
    if (words.texts[0] == NULL)
        CHECK(words_load(SOURCE_DIR "/assets/words/ru.json", &words, error));
}

static void check_words(const char *cell, bool known)
{
    const struct scene scene = {.visit = &visit,
                                .words = &words,
                                .languages = languages,
                                .config = &config,
                                .workdays = &workdays,
                                .clock.wall_s = NOON_S};
    struct guide_page page = {.scene = &scene};
    for (int child = 0; child < 2; child++) {
        char text[GUIDE_CELL_BYTES];
        memset(text, FILL, sizeof text);
        visit.guide.child = child;
        guide_words(&page, cell, text);
        CHECK(utf8_valid(text, strnlen(text, sizeof text)) && strlen(text) < sizeof text);
        CHECK(!known || strpbrk(text, "[]{}") == NULL);
    }
}

// Returns how many lines of a page's text are understood.
static unsigned check_lines(const char *text)
{
    static struct guide_line line;
    unsigned count = 0;
    for (const char *at = text; guide_next(&at, &line); count++) {
        CHECK(at > text && at <= text + strlen(text) && line.kind < GUIDE_KIND_COUNT);
        bool link = line.kind == GUIDE_CODE; // its first cell is no text
        for (int i = 0; i < GUIDE_CELLS_MAX; i++) {
            CHECK(utf8_valid(line.cells[i], strlen(line.cells[i])));
            check_words(line.cells[i], i > 0 || !link);
        }
    }
    return count;
}

static void check_carried(const struct guide *page)
{
    static char memory[RECORD_LINE_BYTES + 1];
    struct record record = {.type = RECORD_GUIDE, .guide = *page};
    struct record again;
    enum record_op op;
    char error[RECORD_ERROR_BYTES];
    struct arena arena = {0};
    struct text line;
    text_init(&line, memory, sizeof memory);
    CHECK(record_to_json(RECORD_PUT, &record, &line));
    CHECK(record_from_json(memory, line.length, &arena, &op, &again, error));
    CHECK(strcmp(again.guide.title, page->title) == 0 && strcmp(again.guide.text, page->text) == 0);
    arena_finish(&arena);
}

static void check_page(const struct guide *page)
{
    CHECK(guide_topic_parse(page->head.local_id) < GUIDE_TOPIC_COUNT);
    CHECK(page->title[0] != '\0');
    unsigned written = 0;
    for (const char *at = page->text; (at = strchr(at, '\n')) != NULL; at++)
        written++;
    CHECK(written <= GUIDE_LINES_MAX && check_lines(page->text) == written);
    check_words(page->title, true);
    check_carried(page);
}

static void check_written(const struct guide_set *set)
{
    static char memory[2 * GUIDE_FILE_BYTES];
    static struct guide_set again;
    struct text file;
    char error[GUIDE_ERROR_BYTES];
    text_init(&file, memory, sizeof memory);
    for (uint32_t i = 0; i < set->count; i++) {
        text_addf(&file, "page: %s | ", set->pages[i].head.local_id);
        text_add(&file, set->pages[i].title);
        text_add(&file, "\n");
        text_add(&file, set->pages[i].text);
    }
    CHECK(guide_set_parse(memory, file.length, &again, error) && again.count == set->count);
    for (uint32_t i = 0; i < set->count; i++) {
        CHECK(strcmp(again.pages[i].head.local_id, set->pages[i].head.local_id) == 0);
        CHECK(strcmp(again.pages[i].title, set->pages[i].title) == 0);
        CHECK(strcmp(again.pages[i].text, set->pages[i].text) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct guide_set set;
    struct fuzz_parts input = {(const char *)data, (const char *)data + size};
    size_t length;
    char error[GUIDE_ERROR_BYTES];
    prepare();
    char *file = fuzz_part(&input, &length);
    memset(error, FILL, sizeof error);
    if (guide_set_parse(file, length, &set, error)) {
        CHECK(set.count > 0 && set.count <= GUIDE_TOPIC_COUNT);
        for (uint32_t i = 0; i < set.count; i++)
            check_page(&set.pages[i]);
        check_written(&set);
    } else {
        fuzz_check_error(error, sizeof error);
        CHECK(strncmp(error, "line ", strlen("line ")) == 0);
    }
    free(file);
    char *page = fuzz_part(&input, &length);
    if (utf8_valid(page, length)) {
        check_lines(page);
        page[length < RECORD_TITLE_BYTES ? length : 0] = '\0';
        check_words(page, false);
    }
    free(page);
    return 0;
}
