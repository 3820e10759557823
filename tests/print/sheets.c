// The sheets of tests/support/desk.h for scripts.
//
//   sheets TREE golden              all but those in greys as text: what stands where
//   sheets TREE list                their names
//   sheets TREE pdf NAME FILE       one of them as a document; FILE.links gets the links its codes
//                                   must lead to, a line each: PAGE LINK, FILE.words its texts
//   sheets TREE cards COUNT FILE    cards of COUNT programs; says what it took
#include "base/text.h"
#include "print/pdf.h"
#include "tests/support/desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static bool put(void *context, const void *bytes, size_t length)
{
    return fwrite(bytes, 1, length, context) == length;
}

static FILE *create(const char *path, const char *tail)
{
    char name[1024];
    snprintf(name, sizeof name, "%s%s", path, tail);
    FILE *file = fopen(name, "we");
    if (file == NULL) {
        fprintf(stderr, "sheets: %s: can't be written\n", name);
        exit(1);
    }
    return file;
}

static void print_draw(const struct desk *desk, const struct draw *draw)
{
    const struct rect box = draw->box;
    if (draw->kind == DRAW_TEXT)
        printf("  %5.1f pt %4d,%-4d %.*s\n",
               desk->theme.styles[draw->text_size][draw->style].size_px * 72.0 /
                   (desk->order.paper == PAPER_ROLL ? 203.2 : 150),
               box.x, box.y, (int)draw->text_length, desk->page.text + draw->text);
    else if (draw->kind == DRAW_QR)
        printf("  code     %4d,%-4d %d modules in %dx%d\n", box.x, box.y, draw->modules_a_side,
               box.w, box.h);
    else if (draw->kind == DRAW_PICTURE)
        printf("  image    %4d,%-4d %s\n", box.x, box.y, picture_file(draw->picture));
}

static void print_golden(struct desk *desk)
{
    for (size_t i = 0; i < desk_case_count; i++) {
        desk_take(desk, &desk_cases[i]);
        for (unsigned page = 0; !desk->order.mono && page < sheet_pages(&desk->order); page++) {
            desk_draw(desk, page);
            printf("%s %u %dx%d\n", desk_cases[i].name, page + 1, desk->page.width,
                   desk->page.height);
            for (uint32_t d = 0; d < desk->page.draw_count; d++)
                print_draw(desk, &desk->page.draws[d]);
        }
    }
}

static struct pdf *open_pdf(const struct desk *desk, FILE *file)
{
    return pdf_create(&(struct pdf_options){.theme = &desk->theme,
                                            .icons_dir = desk->icons_dir,
                                            .title = "sheets",
                                            .made_s = DESK_WALL_S,
                                            .write = put,
                                            .context = file});
}

static bool put_page(const struct desk *desk, struct pdf *pdf)
{
    bool roll = desk->order.paper == PAPER_ROLL;
    return pdf_page(pdf, &desk->page, roll ? 80 : 210, roll ? 4 : 0);
}

// The codes of a page in the order of its items, as the drawer has made them.
static void write_links(const struct desk *desk, unsigned page, FILE *file)
{
    for (uint32_t i = 0; i < SHEET_CODES_MAX; i++) {
        const struct sheet_order *order = &desk->order;
        uint32_t item = order->kind == SHEET_CARDS       ? page * SHEET_CARDS_A_PAGE + i
                        : order->kind == SHEET_SELECTION ? i
                                                         : page;
        char url[LINK_BYTES];
        if (desk->codes.codes[i].size == 0)
            continue;
        if (order->kind == SHEET_TEST)
            fprintf(file, "%u https://xn--80aafey1amqq.example/\n", page + 1);
        else if (sheet_link(&desk->scene, item, url))
            fprintf(file, "%u %s\n", page + 1, url);
    }
}

static void write_words(const struct desk *desk, FILE *file)
{
    for (uint32_t i = 0; i < desk->page.draw_count; i++) {
        const struct draw *draw = &desk->page.draws[i];
        if (draw->kind == DRAW_TEXT)
            fprintf(file, "%.*s\n", (int)draw->text_length, desk->page.text + draw->text);
    }
}

static bool write_case(struct desk *desk, const char *name, const char *path)
{
    size_t i = 0;
    while (i < desk_case_count && strcmp(desk_cases[i].name, name) != 0)
        i++;
    if (i == desk_case_count)
        return false;
    desk_take(desk, &desk_cases[i]);
    FILE *file = create(path, "");
    FILE *links = create(path, ".links");
    FILE *words = create(path, ".words");
    struct pdf *pdf = open_pdf(desk, file);
    bool fine = pdf != NULL;
    for (unsigned page = 0; fine && page < sheet_pages(&desk->order); page++) {
        desk_draw(desk, page);
        write_links(desk, page, links);
        write_words(desk, words);
        fine = put_page(desk, pdf);
    }
    fine = pdf_finish(pdf) && fine;
    fclose(words);
    fclose(links);
    return fclose(file) == 0 && fine;
}

static long most_kb(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss;
}

// Of the processor: a busy machine doesn't make the work more.
static double ms_used(void)
{
    struct timespec used;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
    return (double)used.tv_sec * 1e3 + (double)used.tv_nsec / 1e6;
}

static bool write_cards(struct desk *desk, uint32_t count, const char *path)
{
    enum { WARM_PAGE = 10 };
    FILE *file = create(path, "");
    long warm_kb = 0;
    if (count == 0 || count > SHEET_ITEMS_MAX)
        return false;
    memset(&desk->order, 0, sizeof desk->order);
    desk->order.kind = SHEET_CARDS;
    desk->order.copies = 1;
    desk->order.serial = 1;
    desk->order.item_count = count;
    for (uint32_t i = 0; i < count; i++)
        desk->order.items[i] = (struct sheet_item){i % DESK_PROGRAM_COUNT, SNAPSHOT_NONE};
    double began_ms = ms_used();
    struct pdf *pdf = open_pdf(desk, file);
    bool fine = pdf != NULL;
    unsigned pages = sheet_pages(&desk->order);
    for (unsigned page = 0; fine && page < pages; page++) {
        desk_draw(desk, page);
        fine = put_page(desk, pdf);
        if (page == WARM_PAGE)
            warm_kb = most_kb();
    }
    fine = pdf_finish(pdf) && fine;
    double took_ms = ms_used() - began_ms;
    printf("print_cards_ms %.1f\nprint_growth_kb %ld\nprint_page_kb %.2f\n", took_ms,
           most_kb() - warm_kb, (double)ftell(file) / 1024 / pages);
    return fclose(file) == 0 && fine;
}

int main(int argc, char **argv)
{
    const char *what = argc > 2 ? argv[2] : "";
    struct desk *desk = argc > 2 ? desk_open(argv[1]) : NULL;
    bool fine = true;
    if (strcmp(what, "golden") == 0)
        print_golden(desk);
    else if (strcmp(what, "list") == 0)
        for (size_t i = 0; i < desk_case_count; i++)
            puts(desk_cases[i].name);
    else if (strcmp(what, "pdf") == 0 && argc == 5)
        fine = write_case(desk, argv[3], argv[4]);
    else if (strcmp(what, "cards") == 0 && argc == 5)
        fine = write_cards(desk, (uint32_t)strtoul(argv[3], NULL, 10), argv[4]);
    else
        fine = false;
    if (desk != NULL)
        desk_close(desk);
    if (!fine)
        fprintf(stderr, "usage: sheets TREE golden | list | pdf NAME FILE | cards COUNT FILE\n");
    return fine ? 0 : 1;
}
