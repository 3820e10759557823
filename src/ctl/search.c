#include "catalog/search.h"

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

struct searcher {
    struct snapshot *snapshot;
    struct search_workspace *workspace;
    int32_t today;
    struct search_result result;
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

static int64_t run(struct searcher *searcher, const struct search_line *line)
{
    const struct search_request request = {
        .query = line->query,
        .filters = line->filters,
        .today = searcher->today,
        .complete = line->complete,
    };
    int64_t before_us = monotonic_us();
    search_run(searcher->snapshot, searcher->workspace, &request, &searcher->result);
    return monotonic_us() - before_us;
}

static void print_text(const struct searcher *searcher, const struct search_line *line,
                       int64_t took_us)
{
    const struct search_result *result = &searcher->result;
    if (result->corrected[0] != '\0')
        printf("corrected: %s\n", result->corrected);
    for (uint32_t i = 0; i < result->hit_count && i < line->limit; i++) {
        const struct snapshot_program *program =
            &searcher->snapshot->programs[result->hits[i].program];
        printf("%7.3f  %s  %s\n", (double)result->hits[i].score, program->record.head.id,
               program->record.title);
    }
    printf("total: %u, took %lld us\n", result->total, (long long)took_us);
}

static bool answer(struct searcher *searcher, const char *text, uint32_t limit, bool json)
{
    struct search_line line;
    char error[SEARCH_LINE_ERROR_BYTES];
    if (!search_line_read(text, limit, &line, error)) {
        if (json)
            search_line_refuse(error);
        else
            fprintf(stderr, "navigatorctl search: %s\n", error);
        return false;
    }
    int64_t took_us = run(searcher, &line);
    if (json)
        search_line_answer(searcher->snapshot, &line, &searcher->result, took_us);
    else
        print_text(searcher, &line, took_us);
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

static bool answer_lines(struct searcher *searcher, uint32_t limit)
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
        all = answer(searcher, line, limit, true) && all;
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

static int search_all(const char *data_dir, const char *query, uint32_t limit, bool json)
{
    struct snapshot *snapshot = open_newest(data_dir);
    if (snapshot == NULL)
        return EXIT_FAILED;
    static struct searcher searcher;
    searcher.snapshot = snapshot;
    searcher.workspace = search_workspace_create(snapshot);
    searcher.today = local_today();
    bool ok =
        query != NULL ? answer(&searcher, query, limit, json) : answer_lines(&searcher, limit);
    search_workspace_destroy(searcher.workspace);
    snapshot_destroy(snapshot);
    return ok ? EXIT_OK : EXIT_FAILED;
}

static int wrong_usage(const char *message)
{
    fprintf(stderr, "navigatorctl search: %s (see --help)\n", message);
    return EXIT_USAGE;
}

int search_command_run(int argc, char **argv)
{
    const char *data_dir = NULL;
    const char *limit_text = "20";
    bool json = false;
    bool from_stdin = false;
    const struct option table[] = {
        {"data-dir", "DIR", "the terminal's data folder", &data_dir, NULL, true},
        {"limit", "N", "list at most N programs, 0..1000 (20)", &limit_text, NULL, false},
        {.name = "json", .help = "answer as JSON, one object a line", .flag = &json},
        {.name = "stdin", .help = "one request a line from standard input", .flag = &from_stdin},
    };
    const struct options options = {
        .program = "navigatorctl search",
        .summary =
            "Searches as the kiosk does. QUERY is text, its last word still being typed, or JSON.",
        .positionals = "[QUERY]",
        .positional_max = 1,
        .table = table,
        .count = sizeof table / sizeof *table,
    };
    int count;
    uint32_t limit;
    enum options_result result = options_parse(&options, argc, argv, &count);
    if (result != OPTIONS_RUN)
        return result == OPTIONS_DONE ? EXIT_OK : EXIT_USAGE;
    if (!read_limit(limit_text, &limit))
        return wrong_usage("--limit: expected a number 0..1000");
    if (from_stdin && (!json || count > 0))
        return wrong_usage("--stdin: expected together with --json, without QUERY");
    if (!from_stdin && count == 0)
        return wrong_usage("QUERY is missing");
    return search_all(data_dir, from_stdin ? NULL : argv[1], limit, json);
}
