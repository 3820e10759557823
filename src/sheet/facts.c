#include "base/text.h"
#include "sheet/parts.h"

#include <string.h>

enum { TIMES_SHOWN = 3, GROUPS_SHOWN = 4, DISTINCT_MAX = 8 };

static bool ended(const struct sheet_scene *scene, const struct group *group)
{
    return group_seats(group, clock_today(&scene->clock), scene->clock.wall_s).seats == SEATS_ENDED;
}

// The groups that a sheet speaks of: the chosen one, or all of the program that haven't ended; all
// of them where all have.
struct meant {
    const struct snapshot_group *groups;
    uint32_t count;
    bool skips_ended;
};

static struct meant groups_meant(const struct sheet_scene *scene, const struct sheet_item *item)
{
    const struct snapshot_program *of = &scene->catalog->programs[item->program];
    if (item->group != SNAPSHOT_NONE)
        return (struct meant){&scene->catalog->groups[item->group], 1, false};
    struct meant meant = {&scene->catalog->groups[of->group_first], of->group_count, false};
    for (uint32_t i = 0; i < meant.count; i++)
        meant.skips_ended |= !ended(scene, &meant.groups[i].record);
    return meant;
}

// The next one from *at on; NULL after the last.
static const struct snapshot_group *next(const struct sheet_scene *scene, const struct meant *meant,
                                         uint32_t *at)
{
    while (*at < meant->count) {
        const struct snapshot_group *group = &meant->groups[(*at)++];
        if (!meant->skips_ended || !ended(scene, &group->record))
            return group;
    }
    return NULL;
}

static bool all_ended(const struct sheet_scene *scene, const struct meant *meant)
{
    for (uint32_t i = 0; i < meant->count; i++)
        if (!ended(scene, &meant->groups[i].record))
            return false;
    return meant->count > 0;
}

// «вт, чт · 16:00; сб · 10:00» of a screen stands here as «вт, чт 16:00, сб 10:00», which may break
// only before «сб».
static void schedule(const struct words *words, const struct group *group, bool starts_only,
                     char ret_text[static FORMAT_BYTES])
{
    static const struct {
        const char *screen;
        const char *paper;
    } changes[] = {{"\u00a0· ", "\u00a0"}, {", ", ",\u00a0"}, {"; ", ", "}};
    char text[FORMAT_BYTES];
    struct text paper;
    format_schedule(words, group, starts_only, text, sizeof text);
    text_init(&paper, ret_text, FORMAT_BYTES);
    for (const char *at = text; *at != '\0';) {
        size_t change = 0;
        while (change < 3 &&
               strncmp(at, changes[change].screen, strlen(changes[change].screen)) != 0)
            change++;
        size_t length = change < 3 ? strlen(changes[change].screen) : 1;
        while (((unsigned char)at[length] & 0xC0) == 0x80)
            length++;
        if (change < 3)
            text_add(&paper, changes[change].paper);
        else
            text_add_bytes(&paper, at, length);
        at += length;
    }
}

// Each distinct text once.
struct variety {
    char texts[DISTINCT_MAX][FORMAT_BYTES];
    uint32_t count;
    uint32_t beyond; // what found no room
};

static void vary(struct variety *variety, const char *text)
{
    for (uint32_t i = 0; i < variety->count; i++)
        if (strcmp(variety->texts[i], text) == 0)
            return;
    if (variety->count < DISTINCT_MAX)
        text_copy(variety->texts[variety->count++], FORMAT_BYTES, text);
    else
        variety->beyond++;
}

// The first of them, and how many more there are: «вт 16:00 · ср 17:40 и ещё 2 варианта».
static void list(const struct words *words, const struct variety *variety, uint32_t max,
                 const char *between, enum word more_word, char *ret_text)
{
    struct text text;
    text_init(&text, ret_text, FORMAT_BYTES);
    uint32_t shown = variety->count < max ? variety->count : max;
    uint32_t more = variety->count - shown + variety->beyond;
    for (uint32_t i = 0; i < shown; i++)
        text_addf(&text, "%s%s", i > 0 ? between : "", variety->texts[i]);
    if (more > 0) {
        char tail[FORMAT_BYTES];
        words_count(words, more_word, more, tail, sizeof tail);
        text_addf(&text, " %s", tail);
    }
}

static void tell_times(const struct sheet_scene *scene, const struct meant *meant, bool starts_only,
                       struct facts *facts)
{
    struct variety times = {.count = 0};
    uint32_t at = 0;
    starts_only |= facts->group == NULL && meant->count > 1;
    if (facts->over) {
        text_copy(facts->times, FORMAT_BYTES, scene->words->texts[WORD_PLACES_ENDED]);
        return;
    }
    for (const struct snapshot_group *group; (group = next(scene, meant, &at)) != NULL;) {
        char text[FORMAT_BYTES];
        schedule(scene->words, &group->record, starts_only, text);
        if (group->record.slot_count > 0)
            vary(&times, text);
    }
    if (times.count == 0)
        vary(&times, scene->words->texts[WORD_PLACES_NO_TIMETABLE]);
    list(scene->words, &times, TIMES_SHOWN, "\u00a0· ", WORD_SHEET_MORE_TIMES, facts->times);
}

// «каб. 24» stays together.
static bool abbreviates(char before)
{
    return before == '.';
}

static void tell_place(const struct sheet_scene *scene, const struct meant *meant,
                       struct facts *facts)
{
    struct variety places = {.count = 0};
    uint32_t at = 0;
    for (const struct snapshot_group *group; (group = next(scene, meant, &at)) != NULL;) {
        char place[FORMAT_BYTES];
        if (group->address == SNAPSHOT_NONE)
            continue;
        sheet_bind(scene->catalog->addresses[group->address].text, abbreviates, place,
                   FORMAT_BYTES);
        vary(&places, place);
    }
    list(scene->words, &places, 1, "", WORD_SHEET_MORE_PLACES, facts->place);
}

// One price for all, or the lowest where they differ.
static void tell_price(const struct sheet_scene *scene, const struct meant *meant,
                       struct facts *facts)
{
    const struct certificate_rest none = {0};
    const struct snapshot_group *cheapest = NULL;
    int64_t lowest = INT64_MAX;
    bool differ = false;
    uint32_t at = 0;
    for (const struct snapshot_group *group; (group = next(scene, meant, &at)) != NULL;) {
        struct share share = format_share(facts->program, &group->record, &none);
        int64_t kopecks = share.parents_kopecks < 0 ? INT64_MAX : share.parents_kopecks;
        differ |= cheapest != NULL && kopecks != lowest;
        if (cheapest == NULL || kopecks < lowest) {
            cheapest = group;
            lowest = kopecks;
        }
    }
    const struct group *group = cheapest == NULL ? NULL : &cheapest->record;
    char price[FORMAT_BYTES];
    format_price(scene->words, facts->program, group, &none, price, sizeof price);
    if (differ && format_share(facts->program, group, &none).kind == SHARE_OWN)
        words_fill(scene->words, WORD_SHEET_PRICE_FROM, &(struct word_part){"price", price}, 1,
                   facts->price, FORMAT_BYTES);
    else
        text_copy(facts->price, FORMAT_BYTES, price);
}

static void tell_groups(const struct sheet_scene *scene, const struct meant *meant,
                        struct facts *facts)
{
    struct variety numbers = {.count = 0};
    uint32_t at = 0;
    for (const struct snapshot_group *group; (group = next(scene, meant, &at)) != NULL;)
        if (group->record.head.local_id[0] != '\0')
            vary(&numbers, group->record.head.local_id);
    if (numbers.count == 0)
        return;
    char all[FORMAT_BYTES];
    list(scene->words, &numbers, GROUPS_SHOWN, ", ", WORD_SHEET_MORE_GROUPS, all);
    words_fill(scene->words, numbers.count == 1 ? WORD_ENROLL_GROUP : WORD_SHEET_GROUPS,
               &(struct word_part){"id", all}, 1, facts->groups, FORMAT_BYTES);
}

static void tell_ages(const struct sheet_scene *scene, struct facts *facts)
{
    const struct group *group = facts->group == NULL ? NULL : &facts->group->record;
    bool own = group != NULL && (group->age_min_months >= 0 || group->age_max_months >= 0);
    format_ages(scene->words, own ? group->age_min_months : facts->program->age_min_months,
                own ? group->age_max_months : facts->program->age_max_months, facts->ages,
                FORMAT_BYTES);
}

void sheet_facts(const struct sheet_scene *scene, const struct sheet_item *item, bool starts_only,
                 struct facts *ret_facts)
{
    const struct snapshot_program *of = &scene->catalog->programs[item->program];
    struct meant meant = groups_meant(scene, item);
    *ret_facts = (struct facts){.program = &of->record, .over = all_ended(scene, &meant)};
    if (item->group != SNAPSHOT_NONE)
        ret_facts->group = &scene->catalog->groups[item->group];
    if (of->organization != SNAPSHOT_NONE) {
        ret_facts->organization = &scene->catalog->organizations[of->organization];
        ret_facts->ours = strcmp(ret_facts->organization->name, scene->config->organization) == 0;
    }
    tell_ages(scene, ret_facts);
    tell_times(scene, &meant, starts_only, ret_facts);
    tell_place(scene, &meant, ret_facts);
    tell_price(scene, &meant, ret_facts);
    tell_groups(scene, &meant, ret_facts);
}
