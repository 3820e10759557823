#include "search/question.h"

#include "base/text.h"

#include <string.h>

void question_read(const char *text, bool complete, struct question *ret_question)
{
    struct question *question = ret_question;
    memset(question, 0, sizeof *question);
    text_copy(question->text, sizeof question->text, text);
    question->understood = search_filters_any();
    struct word_reader reader = word_reader_make(question->text, strlen(question->text));
    struct word word;
    while (question->word_count < SEARCH_WORDS_MAX && word_reader_next(&reader, &word)) {
        struct question_word *at = &question->words[question->word_count];
        at->word = word;
        at->role = ROLE_ABOUT;
        if (question->word_count > 0) {
            uint32_t end = at[-1].word.to;
            at->joined = word.from == end + 1 && question->text[end] == '-';
        }
        question->word_count++;
    }
    // A blank behind the last word says that it is whole.
    if (question->word_count > 0) {
        struct question_word *last = &question->words[question->word_count - 1];
        last->typing = !complete && question->text[last->word.to] == '\0';
    }
}

void question_folded(const struct question *question, char ret_text[static SEARCH_QUERY_BYTES])
{
    struct text text;
    text_init(&text, ret_text, SEARCH_QUERY_BYTES);
    for (uint32_t i = 0; i < question->word_count; i++) {
        text_add(&text, i > 0 ? " " : "");
        text_add(&text, question->words[i].word.text);
    }
}
