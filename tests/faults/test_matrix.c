// Plays every cell of matrix.md: each fault at each kind of request, what the visitor sees, what
// the store holds, and that all is well once the fault is over.
//
//   faults-matrix TREE [--found | --plant NAME] [FAULT [KIND]]
//
// --found prints the table as it was found; --plant: with a bug (matrix_plants.c) that must show.
#include "base/check.h"
#include "base/text.h"
#include "navigator/clock.h"
#include "navigator/http.h"
#include "tests/faults/cuts.h"
#include "tests/faults/matrix_cell.h"
#include "tests/faults/matrix_plants.h"

#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    ROWS_MAX = 64,
    CELL_BYTES = 96,
    QUICK_AT_ONCE = 6, // besides those that wait for limits
    HANG_LIMIT_S = 150,
    DAY_S = 86400,
};

struct row {
    const struct matrix_fault *fault;
    char cells[MATRIX_KIND_COUNT][CELL_BYTES];
    pid_t players[MATRIX_KIND_COUNT];
    bool chosen[MATRIX_KIND_COUNT];
};

struct table {
    struct row rows[ROWS_MAX];
    unsigned row_count;
    struct matrix_result (*results)[MATRIX_KIND_COUNT]; // shared with the players
};

static _Noreturn void fail(const char *what, const char *detail)
{
    fprintf(stderr, "matrix: %s: %s\n", what, detail);
    exit(2);
}

// ---- the table

// Cuts the next cell off a line of the table; NULL at its end.
static char *next_cell(char **at)
{
    char *cell = *at + strspn(*at, " ");
    char *end = strchr(cell, '|');
    if (end == NULL)
        return NULL;
    *at = end + 1;
    while (end > cell && end[-1] == ' ')
        end--;
    *end = '\0';
    return cell;
}

static void read_row(struct table *table, char *line)
{
    char *at = line + 1;
    char *name = next_cell(&at);
    if (name == NULL || strcmp(name, "fault") == 0 || strncmp(name, "---", 3) == 0)
        return;
    CHECK(table->row_count < ROWS_MAX);
    struct row *row = &table->rows[table->row_count++];
    row->fault = matrix_fault_find(name);
    if (row->fault == NULL)
        fail("no such fault", name);
    for (int kind = 0; kind < MATRIX_KIND_COUNT; kind++) {
        char *cell = next_cell(&at);
        if (cell == NULL)
            fail("too few cells", name);
        if (strncmp(cell, "n/a", 3) == 0 && strlen(cell) < 8)
            fail("n/a without a reason", name);
        text_copy(row->cells[kind], CELL_BYTES, cell);
    }
}

static void read_table(struct table *table, const char *tree)
{
    char line[2048];
    char path[1024];
    snprintf(path, sizeof path, "%s/tests/faults/matrix.md", tree);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        fail("can't be read", path);
    while (fgets(line, sizeof line, file) != NULL)
        if (line[0] == '|')
            read_row(table, line);
    fclose(file);
    if (table->row_count != matrix_fault_count())
        fail("a fault has no row, or two", path);
}

static bool applies(const struct row *row, int kind)
{
    return row->chosen[kind] && strncmp(row->cells[kind], "n/a", 3) != 0;
}

// ---- certificates

// libcurl's door must be the first to open OpenSSL.
static void open_door(void)
{
    char error[HTTP_ERROR_BYTES] = "";
    struct http_origin origin = {.url = "http://127.0.0.1:9"};
    struct http *http = http_create(&origin, error);
    if (http == NULL)
        fail("http", error);
    http_destroy(http);
}

static struct made_certificate make(const char *name, const struct made_certificate *issuer,
                                    const char *hosts, int64_t from_s, int64_t to_s)
{
    return certificate_make(&(struct certificate_wish){
        .name = name, .hosts = hosts, .issuer = issuer, .from_s = from_s, .to_s = to_s});
}

static void make_certificates(struct matrix_certificates *certificates, const char *folder)
{
    static const char here[] = "DNS:localhost,IP:127.0.0.1";
    struct made_certificate ca = make("a CA", NULL, NULL, -DAY_S, DAY_S);
    struct made_certificate stranger = make("a stranger", NULL, NULL, -DAY_S, DAY_S);
    snprintf(certificates->ca_file, sizeof certificates->ca_file, "%s/ca.pem", folder);
    certificate_write(&ca, certificates->ca_file);
    certificates->good = make("a navigator", &ca, here, -DAY_S, DAY_S);
    certificates->of[MATRIX_TLS_OTHER_HOST] =
        make("a navigator", &ca, "DNS:other.example", -DAY_S, DAY_S);
    certificates->of[MATRIX_TLS_UNTRUSTED] = make("a navigator", &stranger, here, -DAY_S, DAY_S);
    certificates->of[MATRIX_TLS_EXPIRED] = make("a navigator", &ca, here, -2 * DAY_S, -DAY_S);
    certificate_finish(&ca);
    certificate_finish(&stranger);
}

// ---- players

static void start_player(struct table *table, unsigned row, int kind,
                         const struct matrix_feed *feed,
                         const struct matrix_certificates *certificates)
{
    fflush(NULL);
    pid_t player = fork();
    CHECK(player >= 0);
    if (player == 0) {
        alarm(HANG_LIMIT_S);
        matrix_cell_play(table->rows[row].fault, (enum matrix_kind)kind, feed, certificates,
                         &table->results[row][kind]);
        _exit(0);
    }
    table->rows[row].players[kind] = player;
}

static bool end_player(struct table *table)
{
    int status = 0;
    pid_t player = wait(&status);
    CHECK(player > 0);
    for (unsigned row = 0; row < table->row_count; row++)
        for (int kind = 0; kind < MATRIX_KIND_COUNT; kind++) {
            if (table->rows[row].players[kind] != player)
                continue;
            struct matrix_result *result = &table->results[row][kind];
            if (status != 0)
                snprintf(result->why, sizeof result->why, "%s %d",
                         WIFSIGNALED(status) ? "died by signal" : "ended with",
                         WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
            return table->rows[row].fault->slow;
        }
    return false;
}

static void play_all(struct table *table, const struct matrix_feed *feed,
                     const struct matrix_certificates *certificates)
{
    unsigned slow = 0;
    unsigned quick = 0;
    for (int pass = 0; pass < 2; pass++)
        for (unsigned row = 0; row < table->row_count; row++)
            for (int kind = 0; kind < MATRIX_KIND_COUNT; kind++) {
                if (table->rows[row].fault->slow != (pass == 0) ||
                    !applies(&table->rows[row], kind))
                    continue;
                while (quick >= QUICK_AT_ONCE)
                    *(end_player(table) ? &slow : &quick) -= 1;
                start_player(table, row, kind, feed, certificates);
                *(pass == 0 ? &slow : &quick) += 1;
            }
    while (slow + quick > 0)
        *(end_player(table) ? &slow : &quick) -= 1;
}

// ---- what came of it

static void print_found(const struct table *table)
{
    for (unsigned row = 0; row < table->row_count; row++) {
        printf("| %s |", table->rows[row].fault->name);
        for (int kind = 0; kind < MATRIX_KIND_COUNT; kind++) {
            const struct matrix_result *result = &table->results[row][kind];
            if (applies(&table->rows[row], kind))
                printf(" %s / %s |", result->visitor, result->store);
            else
                printf(" %s |", table->rows[row].cells[kind]);
        }
        printf("\n");
    }
}

static unsigned judge(const struct table *table, unsigned *ret_played)
{
    unsigned wrong = 0;
    for (unsigned row = 0; row < table->row_count; row++)
        for (int kind = 0; kind < MATRIX_KIND_COUNT; kind++) {
            char found[CELL_BYTES];
            const struct matrix_result *result = &table->results[row][kind];
            if (!applies(&table->rows[row], kind))
                continue;
            ++*ret_played;
            snprintf(found, sizeof found, "%s / %s", result->visitor, result->store);
            bool same = strcmp(found, table->rows[row].cells[kind]) == 0;
            if (same && result->why[0] == '\0')
                continue;
            wrong++;
            printf("%s, %s: found \"%s\", expected \"%s\"%s%s\n", table->rows[row].fault->name,
                   matrix_kind_name((enum matrix_kind)kind), found, table->rows[row].cells[kind],
                   result->why[0] != '\0' ? "; " : "", result->why);
        }
    return wrong;
}

static void choose(struct table *table, const char *fault, const char *kind)
{
    for (unsigned row = 0; row < table->row_count; row++)
        for (int i = 0; i < MATRIX_KIND_COUNT; i++)
            table->rows[row].chosen[i] =
                (fault == NULL || strcmp(fault, table->rows[row].fault->name) == 0) &&
                (kind == NULL || strcmp(kind, matrix_kind_name((enum matrix_kind)i)) == 0);
}

int main(int argc, char **argv)
{
    static struct table table;
    static struct matrix_feed feed;
    static struct matrix_certificates certificates;
    char folder[64];
    bool found = argc > 2 && strcmp(argv[2], "--found") == 0;
    bool plant = argc > 3 && strcmp(argv[2], "--plant") == 0;
    char **chosen = argv + 2 + (plant ? 2 : found);
    if (argc < 2)
        fail("usage", "faults-matrix TREE [--found | --plant NAME] [FAULT [KIND]]");
    if (plant && !matrix_plant(argv[3]))
        fail("no such plant", argv[3]);
    int64_t begun_ms = clock_ms();
    CHECK(sodium_init() >= 0);
    signal(SIGPIPE, SIG_IGN);
    read_table(&table, argv[1]);
    choose(&table, chosen[0], chosen[0] != NULL ? chosen[1] : NULL);
    table.results = mmap(NULL, ROWS_MAX * sizeof *table.results, PROT_READ | PROT_WRITE,
                         MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(table.results != MAP_FAILED);
    open_door();
    cuts_make_folder(folder);
    make_certificates(&certificates, folder);
    matrix_feed_init(&feed);
    matrix_cell_prepare(argv[1]);
    play_all(&table, &feed, &certificates);
    cuts_remove_folder(folder);
    matrix_feed_finish(&feed);
    if (found)
        print_found(&table);
    unsigned played = 0;
    unsigned wrong = judge(&table, &played);
    printf("%u of %u cells are as matrix.md says, in %.1f s\n", played - wrong, played,
           (double)(clock_ms() - begun_ms) / 1000);
    return wrong == 0 && played > 0 ? 0 : 1;
}
