#include "screens/guide.h"

#include "base/text.h"
#include "screens/certificate.h"
#include "screens/chrome.h"
#include "screens/guide_parts.h"

#include <stdio.h>
#include <string.h>

bool guide_shown(const struct visit *visit)
{
    return visit->screen >= SCREEN_GUIDE && visit->screen < SCREEN_GUIDE + GUIDE_TOPIC_COUNT;
}

enum guide_topic guide_topic_of(enum screen screen)
{
    CHECK(screen >= SCREEN_GUIDE && screen < SCREEN_GUIDE + GUIDE_TOPIC_COUNT);
    return (enum guide_topic)(screen - SCREEN_GUIDE);
}

const struct guide *guide_pages(const struct snapshot *catalog, const struct guide_set *set,
                                uint32_t *ret_count)
{
    if (catalog != NULL && guide_find(catalog->guides, catalog->guide_count, GUIDE_GET) != NULL) {
        *ret_count = catalog->guide_count;
        return catalog->guides;
    }
    *ret_count = set->count;
    return set->pages;
}

const struct guide *guide_of_screen(const struct snapshot *catalog, const struct guide_set *set,
                                    enum screen screen)
{
    uint32_t count;
    const struct guide *pages = guide_pages(catalog, set, &count);
    const struct guide *page = guide_find(pages, count, guide_topic_of(screen));
    return page != NULL ? page : guide_find(pages, count, GUIDE_GET);
}

bool guide_code_link(const struct config *config, const char *cell, char ret_url[static LINK_BYTES])
{
    char whole[LINK_BYTES];
    const char *hosts[LINK_HOSTS_MAX];
    for (uint32_t i = 0; i < config->enroll_host_count; i++)
        hosts[i] = config->enroll_hosts[i];
    struct text url;
    text_init(&url, whole, sizeof whole);
    if (cell[0] == '/' && config->enroll_host_count > 0)
        text_addf(&url, "https://%s", hosts[0]);
    text_add(&url, cell);
    return !url.cut && link_allowed(whole, hosts, config->enroll_host_count) &&
           link_to_ascii(whole, ret_url);
}

void guide_refresh(struct turn *turn)
{
    struct guide_state *state = &turn->visit->guide;
    struct guide_line line;
    char url[LINK_BYTES];
    state->code.size = 0;
    if (!guide_shown(turn->visit))
        return;
    const struct guide *page =
        guide_of_screen(turn->catalog, turn->assets->guide, turn->visit->screen);
    for (const char *at = page->text; guide_next(&at, &line);)
        if (line.kind == GUIDE_CODE && guide_code_link(turn->assets->config, line.cells[0], url))
            qr_encode(url, &state->code);
}

void guide_open(struct turn *turn, enum guide_topic topic)
{
    struct visit *visit = turn->visit;
    if (!guide_shown(visit))
        visit->guide.child = visit->certificate.child;
    turn_go(turn, (enum screen)(SCREEN_GUIDE + topic));
}

// The keypad asks in the same words, unless a number already stands there.
static void choose_reader(struct turn *turn, bool child)
{
    struct visit *visit = turn->visit;
    visit->guide.child = child;
    if (!chrome_holds_certificate(visit))
        visit->certificate.child = child;
    turn->changed = true;
}

// A tap instead of a drag: nearly a screen on, or back to the top.
static void page_down(struct turn *turn, bool to_top)
{
    enum { STEP_PX = 1300, LANDSCAPE_STEP_PX = 720 };
    struct scroll *page = &turn->visit->guide.page;
    float step_px = turn->landscape ? LANDSCAPE_STEP_PX : STEP_PX;
    scroll_jump(page, to_top ? 0 : page->position_px + step_px, turn->clock.now_ms);
    turn->changed = true;
}

void guide_act(struct turn *turn, const struct tap *tap)
{
    switch (tap->action) {
    case ACTION_CHECK_CERTIFICATE:
        turn_go(turn, SCREEN_NUMBER);
        return;
    case ACTION_WHO:
        choose_reader(turn, tap->value == 1);
        return;
    case ACTION_MORE:
        page_down(turn, tap->value == 1);
        return;
    default:
        return;
    }
}
