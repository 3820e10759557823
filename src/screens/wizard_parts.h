// Parts of the picker that wizard*.c share; nobody else includes this.
#pragma once

#include "screens/screen.h"
#include "wording/format.h"

enum wizard_question {
    QUESTION_AGE,
    QUESTION_TIME,
    QUESTION_INTEREST,
    QUESTION_PAYMENT,
    QUESTION_COUNT
};

enum wizard_question wizard_question(const struct visit *visit);
// The facet whose answer «любой» the question offers.
enum search_facet wizard_facet(enum wizard_question question);
// This year of age is among the answers; of several children it may be added once more.
bool wizard_age_chosen(const struct search_state *state, int years);

// ---- one answer (wizard_answer.c)

enum { ANSWER_GAP = 30, ANSWER_AIR_PX = 10, ANSWER_LINES = 3 };

struct answer {
    uint16_t action;
    uint32_t value;
    const char *label; // aloud
    uint32_t count;
    bool on;
};

// Words one below the other in the middle of a face; the last are the count. NULL: left out.
struct answer_words {
    struct {
        enum style style;
        int gap; // above
        const char *text;
    } lines[ANSWER_LINES];
    int tail;
};

// It would leave nothing.
bool answer_flat(const struct scene *scene, const struct answer *answer);
rgb answer_ink(const struct scene *scene, const struct answer *answer, enum color otherwise);
// Raised; chosen in sun with an ink outline; flat when it leaves nothing. Returns where its face
// stands now.
struct rect answer_draw(const struct scene *scene, struct rect box, const struct answer *answer);
// «12 программ», or the number alone; "" while nothing can be counted.
void answer_count(const struct scene *scene, uint32_t count, bool brief, char *ret_text,
                  size_t capacity);
// The number alone where the words don't fit.
void answer_count_within(const struct scene *scene, uint32_t count, int width, char *ret_text,
                         size_t capacity);
int answer_words_height(const struct pen *pen, int width, const struct answer_words *words);
void answer_draw_words(const struct scene *scene, struct rect face, const struct answer *answer,
                       enum align align, const struct answer_words *words);
// The place of the at-th cell of a grid.
struct rect answer_cell(struct rect area, int columns, int rows, int gap, int at);
struct answer answer_of_filter(const struct scene *scene, enum search_facet facet, uint32_t index,
                               const char *label);
struct answer answer_of_any(const struct scene *scene, enum search_facet facet, const char *label);

// ---- the answers of the question shown (wizard_answers_view.c, wizard_time_view.c)

// Takes the area's height, or more where its words need it. Returns the height.
int wizard_draw_answers(const struct scene *scene, struct rect area);
int wizard_draw_time(const struct scene *scene, struct rect area);
void wizard_draw_quilt(const struct scene *scene, struct rect quilt);
// «Не знаю, покажите разное»; returns the height.
int wizard_draw_mixed(const struct scene *scene, struct rect box);
