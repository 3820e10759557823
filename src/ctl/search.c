#include "search/search.h"

#include "base/date.h"
#include "base/options.h"
#include "base/text.h"
#include "ctl/commands.h"
#include "ctl/open.h"
#include "ctl/search_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { WHY_BYTES = 4096 };

struct asking {
    struct snapshot *snapshot;
    struct searcher *searcher;
    int32_t today;
    double latitude;
    double longitude;
    uint32_t limit;
    bool json;
    bool explain;
    struct search_request request;
    struct search_result result;
    char why[WHY_BYTES];
};

static int32_t local_today(void)
{
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    return date_to_days((struct date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday});
}

static int64_t monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static const char *why(void *context, uint32_t program)
{
    struct asking *asking = context;
    if (!search_explain(asking->searcher, &asking->request, program, asking->why,
                        sizeof asking->why))
        asking->why[0] = '\0';
    return asking->why;
}

static int64_t run(struct asking *asking, const struct search_line *line)
{
    asking->request = (struct search_request){
        .query = line->query,
        .filters = line->filters,
        .today = asking->today,
        .latitude = asking->latitude,
        .longitude = asking->longitude,
        .limit = line->limit > 0 ? line->limit : 1,
        .complete = line->complete,
        .exact = line->exact,
    };
    int64_t before_us = monotonic_us();
    search_run(asking->searcher, &asking->request, &asking->result);
    return monotonic_us() - before_us;
}

static void print_text(struct asking *asking, const struct search_line *line, int64_t took_us)
{
    const struct search_result *result = &asking->result;
    if (result->corrected[0] != '\0')
        printf("corrected: %s\n", result->corrected);
    for (uint32_t i = 0; i < result->meaning_count; i++) {
        const struct search_meaning *meaning = &result->meanings[i];
        const char *read = result->corrected[0] != '\0' ? result->corrected : line->query;
        printf("understood: %s %.*s\n", search_facet_name(meaning->facet),
               meaning->to - meaning->from, read + meaning->from);
    }
    for (uint32_t i = 0; i < result->relaxed_count; i++)
        printf("without %s: %u\n", search_facet_name(result->relaxed[i].facet),
               result->relaxed[i].count);
    for (uint32_t i = 0; i < result->hit_count && i < line->limit; i++) {
        const struct snapshot_program *program =
            &asking->snapshot->programs[result->hits[i].program];
        printf("%7.3f  %s  %s\n", (double)result->hits[i].score, program->record.head.id,
               program->record.title);
        if (asking->explain)
            fputs(why(asking, result->hits[i].program), stdout);
    }
    printf("total: %u, took %lld us\n", result->total, (long long)took_us);
}

static bool answer(struct asking *asking, const char *text)
{
    struct search_line line;
    char error[SEARCH_LINE_ERROR_BYTES];
    if (!search_line_read(text, asking->limit, &line, error)) {
        if (asking->json)
            search_line_refuse(error);
        else
            fprintf(stderr, "navigatorctl search: %s\n", error);
        return false;
    }
    int64_t took_us = run(asking, &line);
    if (!asking->json) {
        print_text(asking, &line, took_us);
        return true;
    }
    search_line_answer(&(struct search_answer){
        .searcher = asking->searcher,
        .snapshot = asking->snapshot,
        .line = &line,
        .result = &asking->result,
        .took_us = took_us,
        .why = asking->explain ? why : NULL,
        .context = asking,
    });
    return true;
}

static bool skip_rest_of_line(void)
{
    int byte;
    do
        byte = getchar();
    while (byte != '\n' && byte != EOF);
    return false;
}

static bool answer_lines(struct asking *asking)
{
    char line[SEARCH_LINE_BYTES];
    bool all = true;
    while (fgets(line, sizeof line, stdin) != NULL) {
        size_t length = strcspn(line, "\r\n");
        if (line[length] == '\0' && length == sizeof line - 1) {
            search_line_refuse("request: expected at most 16383 bytes");
            all = skip_rest_of_line();
            continue;
        }
        line[length] = '\0';
        all = answer(asking, line) && all;
    }
    return all;
}

static bool read_limit(const char *text, uint32_t *ret_limit)
{
    char *end;
    unsigned long limit = strtoul(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || limit > SEARCH_HITS_MAX)
        return false;
    *ret_limit = (uint32_t)limit;
    return true;
}

static bool read_place(const char *text, double *ret_latitude, double *ret_longitude)
{
    char *end;
    *ret_latitude = strtod(text, &end);
    if (end == text || *end != ',')
        return false;
    const char *second = end + 1;
    *ret_longitude = strtod(second, &end);
    return end != second && *end == '\0' && *ret_latitude >= -90 && *ret_latitude <= 90 &&
           *ret_longitude >= -180 && *ret_longitude <= 180;
}

static int search_all(const char *data_dir, const char *query, struct asking *asking)
{
    asking->snapshot = open_newest(data_dir);
    if (asking->snapshot == NULL)
        return EXIT_FAILED;
    asking->searcher = searcher_create(asking->snapshot);
    bool ok = query != NULL ? answer(asking, query) : answer_lines(asking);
    searcher_destroy(asking->searcher);
    snapshot_destroy(asking->snapshot);
    return ok ? EXIT_OK : EXIT_FAILED;
}

static int wrong_usage(const char *message)
{
    fprintf(stderr, "navigatorctl search: %s (see --help)\n", message);
    return EXIT_USAGE;
}

int search_command_run(int argc, char **argv)
{
    static struct asking asking;
    const char *data_dir = NULL;
    const char *limit = "20";
    const char *today = NULL;
    const char *near = NULL;
    bool from_stdin = false;
    const struct option table[] = {
        {"data-dir", "DIR", "the terminal's data folder", &data_dir, NULL, true},
        {"limit", "N", "list at most N programs, 0..1000 (20)", &limit, NULL, false},
        {"today", "DATE", "the day to search on, YYYY-MM-DD (today)", &today, NULL, false},
        {"near", "LAT,LON", "where the terminal stands, degrees", &near, NULL, false},
        {.name = "json", .help = "answer as JSON, one object a line", .flag = &asking.json},
        {.name = "explain", .help = "say why each program is there", .flag = &asking.explain},
        {.name = "stdin", .help = "one request a line from standard input", .flag = &from_stdin},
    };
    enum { WORDS_MAX = 64 };
    const struct options options = {
        .program = "navigatorctl search",
        .summary =
            "Searches as the kiosk does. QUERY is text, its last word still being typed, or JSON.",
        .positionals = "[QUERY]...",
        .positional_max = WORDS_MAX,
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int code = options_parse(&options, argc, argv);
    if (code != OPTIONS_RUN)
        return code;
    asking.today = local_today();
    if (!read_limit(limit, &asking.limit))
        return wrong_usage("--limit: expected a number 0..1000");
    struct date day;
    if (today != NULL && !date_parse(today, &day))
        return wrong_usage("--today: expected a date like 2026-11-22");
    if (today != NULL)
        asking.today = date_to_days(day);
    if (near != NULL && !read_place(near, &asking.latitude, &asking.longitude))
        return wrong_usage("--near: expected degrees like 52.06,37.36");
    if (from_stdin && (!asking.json || argv[1] != NULL))
        return wrong_usage("--stdin: expected together with --json, without QUERY");
    if (!from_stdin && argv[1] == NULL)
        return wrong_usage("QUERY is missing");
    char memory[SEARCH_LINE_BYTES];
    struct text query;
    text_init(&query, memory, sizeof memory);
    for (int i = 1; argv[i] != NULL; i++) {
        text_add(&query, i > 1 ? " " : "");
        text_add(&query, argv[i]);
    }
    return search_all(data_dir, from_stdin ? NULL : memory, &asking);
}
