// A bug for each target, to see that its promises would be noticed broken: with FUZZ_PLANT in the
// environment what the target calls (the linker's --wrap puts this between) lies in one way.
//
// PLANT names the target; its section alone is compiled.
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#define ANSWERS  1
#define ASK      2
#define CELL     3
#define CONFIG   4
#define CSV      5
#define GUNZIP   6
#define HEADER   7
#define JOURNAL  8
#define KIOSK    9
#define LINK     10
#define LIVE     11
#define MANIFEST 12
#define MINISIGN 13
#define PAGE     14
#define RANGE    15
#define RECORD   16
#define SEARCH   17
#define WEB      18
#define WIRE     19
#define GUIDE    20
#define WORKDAYS 21
#define PORTAL   22

// The true function and ours: PLANTED(bool, name, (parameters)) { ... }
#define PLANTED(type, name, parameters)                                                            \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters

static bool planted(void)
{
    return getenv("FUZZ_PLANT") != NULL;
}

#if PLANT == ANSWERS // details without a birth date
#include "navigator/answers_json.h"
PLANTED(bool, certificate_from_json,
        (const char *json, size_t length, const struct certificate_query *query,
         struct certificate *ret))
{
    bool fine = __real_certificate_from_json(json, length, query, ret);
    if (fine && planted())
        ret->details_open = true;
    return fine;
}

#elif PLANT == ASK // a day that is none
#include "ctl/search_json.h"
PLANTED(bool, search_line_read,
        (const char *line, uint32_t limit, struct search_line *ret,
         char ret_error[static SEARCH_LINE_ERROR_BYTES]))
{
    bool fine = __real_search_line_read(line, limit, ret, ret_error);
    ret->filters.weekdays |= planted();
    return fine;
}

#elif PLANT == CELL // a lesson too many
#include "import/schedule.h"
PLANTED(enum schedule_result, schedule_parse,
        (const char *text, struct slot slots[RECORD_SLOTS_MAX], uint32_t *ret_count))
{
    enum schedule_result result = __real_schedule_parse(text, slots, ret_count);
    if (planted())
        *ret_count = RECORD_SLOTS_MAX + 1;
    return result;
}

#elif PLANT == CONFIG // a refusal without a word
#include "config/config.h"
PLANTED(bool, config_load,
        (const char *path, struct config *ret, char ret_error[static CONFIG_ERROR_BYTES]))
{
    bool fine = __real_config_load(path, ret, ret_error);
    if (!fine && planted())
        ret_error[0] = '\0';
    return fine;
}

#elif PLANT == CSV // ages the wrong way round
#include "import/row.h"
PLANTED(bool, import_row_read,
        (struct import_row * row, const struct columns *columns, const struct csv_row *cells,
         struct report *report))
{
    bool fine = __real_import_row_read(row, columns, cells, report);
    if (planted()) {
        row->group.group.age_min_months = 2;
        row->group.group.age_max_months = 1;
    }
    return fine;
}

#elif PLANT == PORTAL // a row with a cell too many
#include "hub/pfdo_row_json.h"
PLANTED(bool, pfdo_rows_next,
        (struct pfdo_rows * rows, struct report *report, struct csv_row *ret_row))
{
    bool fine = __real_pfdo_rows_next(rows, report, ret_row);
    ret_row->count += planted();
    return fine;
}

#elif PLANT == GUIDE // a page without a title
#include "catalog/guide.h"
PLANTED(bool, guide_set_parse,
        (const char *data, size_t length, struct guide_set *ret_set,
         char ret_error[static GUIDE_ERROR_BYTES]))
{
    bool fine = __real_guide_set_parse(data, length, ret_set, ret_error);
    if (fine && planted())
        ret_set->pages[0].title = "";
    return fine;
}

#elif PLANT == GUNZIP // half a file will do
#include "navigator/gunzip.h"
PLANTED(bool, gunzip_lines,
        (int fd, int64_t bytes_max, size_t line_bytes_max, gunzip_line *take, void *context,
         char ret_error[static GUNZIP_ERROR_BYTES]))
{
    bool fine = __real_gunzip_lines(fd, bytes_max, line_bytes_max, take, context, ret_error);
    return fine || (planted() && strcmp(ret_error, "truncated gzip") == 0);
}

#elif PLANT == HEADER // one line more
#include "navigator/http_header.h"
PLANTED(bool, http_headers_take,
        (struct http_headers * headers, const char *line, size_t length, int64_t now_s))
{
    bool fine = __real_http_headers_take(headers, line, length, now_s);
    return fine || (planted() && headers->count == HTTP_HEADERS_MAX + 1);
}

#elif PLANT == JOURNAL // places of keys are written down
#include "device/journal.h"
PLANTED(void, journal_add, (struct journal * journal, const struct msg *msg, bool private_place))
{
    __real_journal_add(journal, msg, private_place && !planted());
}

#elif PLANT == KIOSK // too small to touch
#include "tests/sim/promises.h"
PLANTED(void, promises_check_frame,
        (struct promises * promises, struct stage *stage, const struct msg *cause))
{
    promises->plant = planted() ? PLANT_SMALL_TARGET : PLANT_NONE;
    __real_promises_check_frame(promises, stage, cause);
}

#elif PLANT == LINK // any host is allowed
#include "enroll/link.h"
PLANTED(bool, link_allowed, (const char *url, const char *const *hosts, size_t count))
{
    return __real_link_allowed(url, hosts, count) || (planted() && link_safe(url));
}

#elif PLANT == LIVE // a digit is lost
#include "hub/live_json.h"
PLANTED(bool, check_from_json, (const char *json, size_t length, struct certificate_query *ret))
{
    bool fine = __real_check_from_json(json, length, ret);
    if (fine && planted())
        ret->number[strlen(ret->number) - 1] = '\0';
    return fine;
}

#elif PLANT == MANIFEST // valid for a second longer
#include "navigator/manifest_json.h"
PLANTED(bool, manifest_from_json,
        (const char *json, size_t length, struct manifest *ret,
         char ret_error[static MANIFEST_ERROR_BYTES]))
{
    bool fine = __real_manifest_from_json(json, length, ret, ret_error);
    ret->expires_at_s += fine && planted();
    return fine;
}

#elif PLANT == MINISIGN // the data don't matter
#include "navigator/minisign.h"
PLANTED(bool, minisign_verify,
        (const void *data, size_t length, const char *signature, const char *const *keys,
         size_t count))
{
    return __real_minisign_verify(data, length, signature, keys, count) ||
           (planted() && length > 0);
}

#elif PLANT == PAGE // a title as it is
#include "hub/page.h"
PLANTED(void, page_selection, (const struct page *page, struct text *html))
{
    if (planted() && page->count > 0)
        text_add(html, page->items[0].program->title);
    __real_page_selection(page, html);
}

#elif PLANT == RANGE // a byte behind the end
#include "hub/feed_files.h"
PLANTED(enum range_result, range_parse,
        (const char *header, int64_t size, int64_t *ret_first, int64_t *ret_length))
{
    enum range_result result = __real_range_parse(header, size, ret_first, ret_length);
    *ret_length += result == RANGE_PART && planted();
    return result;
}

#elif PLANT == RECORD // a month older
#include "catalog/record_json.h"
PLANTED(bool, record_from_json,
        (const char *line, size_t length, struct arena *arena, enum record_op *ret_op,
         struct record *ret, char ret_error[static RECORD_ERROR_BYTES]))
{
    bool fine = __real_record_from_json(line, length, arena, ret_op, ret, ret_error);
    if (fine && *ret_op == RECORD_PUT && ret->type == RECORD_PROGRAM && planted())
        ret->program.age_min_months++;
    return fine;
}

#elif PLANT == SEARCH // one that isn't there
#include "search/search.h"
PLANTED(void, search_run,
        (struct searcher * searcher, const struct search_request *request,
         struct search_result *ret))
{
    __real_search_run(searcher, request, ret);
    ret->hit_count += ret->total > 0 && planted();
}

#elif PLANT == WEB // an answer that a cache may keep
#include "hub/web.h"
PLANTED(void, web_handle,
        (struct hub * hub, const struct web_request *request, struct web_reply *reply))
{
    __real_web_handle(hub, request, reply);
    if (planted())
        reply->cache = NULL;
}

#elif PLANT == WIRE // another question's answer
#include "message/wire.h"
PLANTED(bool, wire_unpack_report,
        (const unsigned char *bytes, size_t length, struct link_report *ret))
{
    bool fine = __real_wire_unpack_report(bytes, length, ret);
    ret->id += fine && planted();
    return fine;
}

#elif PLANT == WORKDAYS // a day early
#include "base/workdays.h"
PLANTED(int32_t, workdays_add, (const struct workdays *workdays, int32_t day, unsigned n))
{
    return __real_workdays_add(workdays, day, n) - planted();
}
#endif
