// What a keystroke costs: 20 best programs, all facet counts and suggestions (tests/bench/run).
//
//   search-bench costs N          `name value unit` lines for a catalogue of N programs
//   search-bench kinds N          the same by kind of keystroke, and the slowest keystrokes
//   search-bench growth N...      a table over these sizes, as Markdown
//   search-bench spin N KIND S    one kind of keystroke (or all, or build) for S seconds, to
//   profile
//
// The whole list is typed several times; a keystroke's cost is the median of its runs, so that what
// else the machine does stays out.

#include "base/check.h"
#include "search/search.h"
#include "tests/bench/keystrokes.h"
#include "tests/bench/peer_fts5.h"
#include "tests/support/catalog_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SEED = 5600, RUNS = 5, LIMIT = 20, PEER_PROGRAMS_MAX = 30000, WORST = 25 };

struct bench {
    struct snapshot *snapshot;
    struct searcher *searcher;
    struct keystrokes keystrokes;
    double *costs_ms;      // by keystroke
    double *peer_costs_ms; // likewise
    double *found;         // programs, by keystroke
    double *sorted;
    double build_ms;
    double text_bytes;
};

static struct search_result result;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

static double at_part(const double *sorted, uint32_t count, double part)
{
    return count == 0 ? 0 : sorted[(size_t)(part * (double)(count - 1) + 0.5)];
}

// All that a family could read, ids left out.
static double count_text(const struct snapshot *snapshot)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < snapshot->program_count; i++) {
        const struct program *program = &snapshot->programs[i].record;
        bytes += strlen(program->title) + strlen(program->activity);
        bytes += strlen(program->description) + strlen(program->url);
    }
    for (uint32_t i = 0; i < snapshot->group_count; i++)
        bytes += strlen(snapshot->groups[i].record.teacher);
    for (uint32_t i = 0; i < snapshot->organization_count; i++)
        bytes += strlen(snapshot->organizations[i].name);
    for (uint32_t i = 0; i < snapshot->address_count; i++)
        bytes += strlen(snapshot->addresses[i].text);
    for (uint32_t i = 0; i < snapshot->municipality_count; i++)
        bytes += strlen(snapshot->municipalities[i].name);
    return (double)bytes;
}

// The median of three, so that a first run on cold memory doesn't count.
static double time_build(const struct snapshot *snapshot)
{
    enum { BUILDS = 3 };
    double costs_ms[BUILDS];
    for (int i = 0; i < BUILDS; i++) {
        double before = now_ms();
        struct searcher *searcher = searcher_create(snapshot);
        costs_ms[i] = now_ms() - before;
        searcher_destroy(searcher);
    }
    qsort(costs_ms, BUILDS, sizeof *costs_ms, by_value);
    return costs_ms[BUILDS / 2];
}

static double *take_costs(uint32_t count)
{
    double *costs = calloc(count + (size_t)1, sizeof *costs);
    CHECK(costs != NULL);
    return costs;
}

static struct bench open_bench(uint32_t program_count, bool timed)
{
    struct bench bench = {.snapshot = catalog_fixture_snapshot(program_count, SEED)};
    bench.text_bytes = count_text(bench.snapshot);
    bench.build_ms = timed ? time_build(bench.snapshot) : 0;
    bench.searcher = searcher_create(bench.snapshot);
    keystrokes_make(bench.snapshot, &bench.keystrokes);
    bench.costs_ms = take_costs(bench.keystrokes.count);
    bench.peer_costs_ms = take_costs(bench.keystrokes.count);
    bench.found = take_costs(bench.keystrokes.count);
    bench.sorted = take_costs(bench.keystrokes.count);
    return bench;
}

static void close_bench(struct bench *bench)
{
    free(bench->costs_ms);
    free(bench->peer_costs_ms);
    free(bench->found);
    free(bench->sorted);
    keystrokes_finish(&bench->keystrokes);
    searcher_destroy(bench->searcher);
    snapshot_destroy(bench->snapshot);
}

static double ask(struct bench *bench, const char *text)
{
    struct search_request request = {.query = text,
                                     .filters = search_filters_any(),
                                     .today = CATALOG_FIXTURE_TODAY,
                                     .latitude = 52.5,
                                     .longitude = 36.5,
                                     .limit = LIMIT};
    double before = now_ms();
    search_run(bench->searcher, &request, &result);
    return now_ms() - before;
}

static double ask_peer(struct peer *peer, const char *text)
{
    double before = now_ms();
    peer_ask(peer, text);
    return now_ms() - before;
}

// The search's, or the peer's where there is one.
static void measure(struct bench *bench, struct peer *peer, double *ret_costs_ms)
{
    uint32_t count = bench->keystrokes.count;
    double *runs = take_costs(count * RUNS);
    for (int run = -1; run < RUNS; run++)
        for (uint32_t i = 0; i < count; i++) {
            const char *text = bench->keystrokes.items[i].text;
            double cost = peer != NULL ? ask_peer(peer, text) : ask(bench, text);
            if (run >= 0)
                runs[i * RUNS + (uint32_t)run] = cost;
            else if (peer == NULL)
                bench->found[i] = result.total;
        }
    for (uint32_t i = 0; i < count; i++) {
        qsort(runs + (size_t)i * RUNS, RUNS, sizeof *runs, by_value);
        ret_costs_ms[i] = runs[i * RUNS + RUNS / 2];
    }
    free(runs);
}

static void measure_peer(struct bench *bench)
{
    struct peer *peer = peer_create(bench->snapshot);
    measure(bench, peer, bench->peer_costs_ms);
    peer_destroy(peer);
}

// Costs of one kind (all: KEYSTROKE_KINDS) into bench->sorted; returns how many.
static uint32_t sort_costs(struct bench *bench, const double *costs_ms, enum keystroke_kind kind)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < bench->keystrokes.count; i++)
        if (kind == KEYSTROKE_KINDS || bench->keystrokes.items[i].kind == kind)
            bench->sorted[count++] = costs_ms[i];
    qsort(bench->sorted, count, sizeof *bench->sorted, by_value);
    return count;
}

static double part_of(struct bench *bench, const double *costs_ms, double part)
{
    uint32_t count = sort_costs(bench, costs_ms, KEYSTROKE_KINDS);
    return at_part(bench->sorted, count, part);
}

static void print_costs(uint32_t program_count)
{
    struct bench bench = open_bench(program_count, true);
    measure(&bench, NULL, bench.costs_ms);
    printf("keystroke_p50 %.4f ms\n", part_of(&bench, bench.costs_ms, 0.5));
    printf("keystroke_p90 %.4f ms\n", part_of(&bench, bench.costs_ms, 0.9));
    printf("keystroke_p99 %.4f ms\n", part_of(&bench, bench.costs_ms, 0.99));
    printf("keystroke_max %.4f ms\n", part_of(&bench, bench.costs_ms, 1));
    printf("build %.1f ms\n", bench.build_ms);
    printf("memory_of_text %.3f x\n", (double)searcher_bytes(bench.searcher) / bench.text_bytes);
    if (program_count <= PEER_PROGRAMS_MAX) {
        measure_peer(&bench);
        printf("peer_p50 %.4f ms\n", part_of(&bench, bench.peer_costs_ms, 0.5));
        printf("peer_p99 %.4f ms\n", part_of(&bench, bench.peer_costs_ms, 0.99));
    }
    close_bench(&bench);
}

static void print_worst(const struct bench *bench)
{
    printf("\nslowest:\n");
    double below = 1e9;
    for (int i = 0; i < WORST; i++) {
        uint32_t worst = 0;
        double cost = -1;
        for (uint32_t j = 0; j < bench->keystrokes.count; j++)
            if (bench->costs_ms[j] > cost && bench->costs_ms[j] < below) {
                cost = bench->costs_ms[j];
                worst = j;
            }
        below = cost;
        printf("%8.4f  %-12s %6.0f  %s\n", cost,
               keystroke_names[bench->keystrokes.items[worst].kind], bench->found[worst],
               bench->keystrokes.items[worst].text);
    }
}

static void print_kinds(uint32_t program_count)
{
    struct bench bench = open_bench(program_count, false);
    measure(&bench, NULL, bench.costs_ms);
    printf("%-12s %6s %8s %8s %8s %8s ms %8s\n", "keystroke", "count", "p50", "p90", "p99", "max",
           "found");
    for (int kind = 0; kind <= KEYSTROKE_KINDS; kind++) {
        uint32_t count = sort_costs(&bench, bench.costs_ms, (enum keystroke_kind)kind);
        printf("%-12s %6u %8.4f %8.4f %8.4f %8.4f",
               kind == KEYSTROKE_KINDS ? "all" : keystroke_names[kind], count,
               at_part(bench.sorted, count, 0.5), at_part(bench.sorted, count, 0.9),
               at_part(bench.sorted, count, 0.99), at_part(bench.sorted, count, 1));
        sort_costs(&bench, bench.found, (enum keystroke_kind)kind);
        printf(" %11.0f\n", at_part(bench.sorted, count, 0.5));
    }
    print_worst(&bench);
    close_bench(&bench);
}

static void print_growth_row(uint32_t program_count)
{
    struct bench bench = open_bench(program_count, true);
    measure(&bench, NULL, bench.costs_ms);
    printf("| %u | %.1f | %.3f | %.3f | %.3f | %.3f | %.0f | %.1f | %.2f |", program_count,
           bench.text_bytes / 1e6, part_of(&bench, bench.costs_ms, 0.5),
           part_of(&bench, bench.costs_ms, 0.9), part_of(&bench, bench.costs_ms, 0.99),
           part_of(&bench, bench.costs_ms, 1), bench.build_ms,
           (double)searcher_bytes(bench.searcher) / 1e6,
           (double)searcher_bytes(bench.searcher) / bench.text_bytes);
    if (program_count <= PEER_PROGRAMS_MAX) {
        measure_peer(&bench);
        double p50 = part_of(&bench, bench.peer_costs_ms, 0.5);
        double p99 = part_of(&bench, bench.peer_costs_ms, 0.99);
        printf(" %.3f | %.3f | %.1f | %.1f |\n", p50, p99,
               p50 / part_of(&bench, bench.costs_ms, 0.5),
               p99 / part_of(&bench, bench.costs_ms, 0.99));
    } else {
        printf(" | | | |\n");
    }
    fflush(stdout);
    close_bench(&bench);
}

static void print_growth(char **sizes, int count)
{
    printf("| programs | text MB | p50 ms | p90 ms | p99 ms | max ms | build ms | index MB |"
           " of text | FTS5 p50 ms | FTS5 p99 ms | p50 ratio | p99 ratio |\n"
           "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
           " ---: |\n");
    for (int i = 0; i < count; i++)
        print_growth_row((uint32_t)strtoul(sizes[i], NULL, 10));
}

static int spin(uint32_t program_count, const char *kind, double seconds)
{
    struct bench bench = open_bench(program_count, false);
    double end = now_ms() + seconds * 1e3;
    unsigned long asked = 0;
    while (strcmp(kind, "build") == 0 && now_ms() < end) {
        searcher_destroy(searcher_create(bench.snapshot));
        asked++;
    }
    while (now_ms() < end)
        for (uint32_t i = 0; i < bench.keystrokes.count; i++)
            if (strcmp(kind, "all") == 0 ||
                strcmp(keystroke_names[bench.keystrokes.items[i].kind], kind) == 0) {
                ask(&bench, bench.keystrokes.items[i].text);
                asked++;
            }
    printf("%lu times\n", asked);
    close_bench(&bench);
    return asked > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    uint32_t count = argc >= 3 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
    if (count > 0 && strcmp(argv[1], "growth") == 0)
        print_growth(argv + 2, argc - 2);
    else if (count > 0 && argc == 3 && strcmp(argv[1], "costs") == 0)
        print_costs(count);
    else if (count > 0 && argc == 3 && strcmp(argv[1], "kinds") == 0)
        print_kinds(count);
    else if (count > 0 && argc == 5 && strcmp(argv[1], "spin") == 0)
        return spin(count, argv[3], strtod(argv[4], NULL));
    else {
        fprintf(stderr, "usage: search-bench costs N | kinds N | growth N... | spin N KIND S\n");
        return 2;
    }
    return EXIT_SUCCESS;
}
