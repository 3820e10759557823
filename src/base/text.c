#include "base/text.h"

#include "base/check.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void text_init(struct text *text, char *memory, size_t capacity)
{
    CHECK(capacity > 0);
    *text = (struct text){.data = memory, .capacity = capacity};
    memory[0] = '\0';
}

void text_add_bytes(struct text *text, const char *piece, size_t length)
{
    size_t room = text->capacity - 1 - text->length;
    if (length > room) {
        text->cut = true;
        length = room;
        while (length > 0 && ((unsigned char)piece[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(text->data + text->length, piece, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *piece)
{
    text_add_bytes(text, piece, strlen(piece));
}

void text_addf(struct text *text, const char *format, ...)
{
    char piece[1024];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(piece, sizeof piece, format, args);
    va_end(args);
    CHECK(length >= 0);
    size_t whole = strlen(piece);
    if ((size_t)length >= sizeof piece) {
        text->cut = true;
        whole = utf8_drop_last(piece, whole); // vsnprintf may have cut inside a character
    }
    text_add_bytes(text, piece, whole);
}

void text_clear(struct text *text)
{
    text->length = 0;
    text->cut = false;
    text->data[0] = '\0';
}

void text_copy(char *target, size_t capacity, const char *source)
{
    struct text text;
    text_init(&text, target, capacity);
    text_add(&text, source);
}

void text_flatten(char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < 0x20 || *text == 0x7F)
            *text = '?';
}
