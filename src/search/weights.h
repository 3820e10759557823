// The numbers of ranking: assets/search/weights.txt, where each is explained.
#pragma once

struct weights {
    float title, activity, organization, teacher, address, text;
    float title_usual, text_usual, text_early, mention, saturation;
    float literal, continued, concept_text, wish;
    float adjacent, adjacent_text, title_is, title_begins, partly;
    float joinable, age_stated, near;
};

// The data is part of the program: a mistake in it is a CHECK.
struct weights weights_read(const char *text);
