#include "hub/quality_report.h"
#include "hub/quality_words.h"

#include <string.h>

enum { DETAIL_BYTES = 2048 };

static void add_cell(FILE *file, const char *text, const char *behind)
{
    fputc('"', file);
    if (text[0] != '\0' && strchr("=+-@\t\r", text[0]))
        fputc('\'', file);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', file);
        fputc(*text, file);
    }
    fprintf(file, "\"%s", behind);
}

static void add_finding(FILE *file, const struct quality_finding *finding)
{
    char memory[DETAIL_BYTES];
    char row[16] = "";
    struct text detail;
    const struct note *note = finding->note;
    text_init(&detail, memory, sizeof memory);
    quality_detail(finding, &detail);
    if (note)
        snprintf(row, sizeof row, "%u", note->row);
    add_cell(file, quality_words(finding->rule)->title, ";");
    add_cell(file, finding->program ? finding->program->title : "", ";");
    add_cell(file, finding->program ? finding->program->head.local_id : "", ";");
    add_cell(file, finding->group ? finding->group->head.local_id : "", ";");
    add_cell(file, finding->organization ? finding->organization->name : "", ";");
    add_cell(file, finding->address ? finding->address->text : "", ";");
    add_cell(file, memory, ";");
    add_cell(file, quality_words(finding->rule)->advice, ";");
    add_cell(file, note ? note->file : "", ";");
    add_cell(file, row, ";");
    add_cell(file, note ? note->column : "", "\r\n");
}

void quality_csv(const struct quality *quality, FILE *file)
{
    fputs("\xEF\xBB\xBF"
          "Замечание;Программа;Номер программы;Группа;Организация;Адрес;Подробно;Что сделать;"
          "Файл;Строка;Столбец\r\n",
          file);
    for (uint32_t i = 0; i < quality->count; i++)
        add_finding(file, &quality->findings[i]);
}
