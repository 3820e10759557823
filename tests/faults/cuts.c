#include "tests/faults/cuts.h"

#include "base/check.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct seen {
    uint64_t *all;
    size_t count;
    size_t room;
};

static bool is_new(struct seen *seen, uint64_t fingerprint)
{
    for (size_t i = 0; i < seen->count; i++)
        if (seen->all[i] == fingerprint)
            return false;
    if (seen->count == seen->room) {
        seen->room = seen->room * 2 + 64;
        seen->all = realloc(seen->all, seen->room * sizeof *seen->all);
        CHECK(seen->all != NULL);
    }
    seen->all[seen->count++] = fingerprint;
    return true;
}

void cuts_make_folder(char ret_folder[static 64])
{
    snprintf(ret_folder, 64, "/tmp/navigator-faults-XXXXXX");
    CHECK(mkdtemp(ret_folder) != NULL);
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info, (void)kind, (void)where;
    return remove(path);
}

void cuts_remove_folder(const char *folder)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static const char *loss_name(enum disk_loss loss)
{
    static const char *const names[DISK_LOSS_COUNT] = {"nothing lost", "all unsynced lost",
                                                       "the write torn", "some lost"};
    return names[loss];
}

static void try_one(struct cuts *cuts, struct seen *seen, uint64_t step, const char *text,
                    enum disk_loss loss, uint64_t seed)
{
    char target[64];
    char why[DISK_TEXT_BYTES] = "";
    cuts->disks++;
    if (!is_new(seen, disk_crash(step, loss, seed, NULL)))
        return;
    cuts_make_folder(target);
    disk_crash(step, loss, seed, target);
    cuts->looks++;
    if (!cuts->look(cuts->context, target, step, why) && cuts->bad++ == 0)
        snprintf(cuts->first_bad, sizeof cuts->first_bad, "after step %s, %s, seed %llu: %s", text,
                 loss_name(loss), (unsigned long long)seed, why);
    cuts_remove_folder(target);
}

void cuts_try(struct cuts *cuts, uint64_t first, uint64_t last)
{
    struct seen seen = {0};
    char text[DISK_TEXT_BYTES]; // before its step is folded into the disk
    for (uint64_t step = first; step <= last; step++) {
        for (unsigned i = 0; i < cuts->mark_count; i++)
            if (cuts->marks[i] == step)
                seen.count = 0;
        cuts->boundaries++;
        snprintf(text, sizeof text, "%s", disk_step_text(step));
        try_one(cuts, &seen, step, text, DISK_LOSS_NONE, 0);
        try_one(cuts, &seen, step, text, DISK_LOSS_ALL, 0);
        for (uint64_t seed = 0; seed < CUTS_SEEDS; seed++) {
            try_one(cuts, &seen, step, text, DISK_LOSS_TORN, seed);
            try_one(cuts, &seen, step, text, DISK_LOSS_SOME, seed + step);
        }
    }
    free(seen.all);
}
