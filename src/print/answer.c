#include "print/answer.h"

#include "base/text.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

// ---- reasons

static const struct {
    const char *keyword; // without its ending
    enum printer_reason reason;
} reasons[] = {
    {"connecting-to-device", REASON_SILENT},
    {"timed-out", REASON_SILENT},
    {"offline", REASON_SILENT},
    {"cover-open", REASON_COVER_OPEN},
    {"door-open", REASON_COVER_OPEN},
    {"interlock-open", REASON_COVER_OPEN},
    {"media-jam", REASON_JAM},
    {"media-empty", REASON_NO_PAPER},
    {"media-needed", REASON_NO_PAPER},
    {"input-tray-missing", REASON_NO_TRAY},
    {"output-tray-missing", REASON_NO_TRAY},
    {"output-area-full", REASON_OUTPUT_FULL},
    {"toner-empty", REASON_NO_TONER},
    {"marker-supply-empty", REASON_NO_TONER},
    {"marker-supply-missing", REASON_NO_TONER},
    {"marker-ink-empty", REASON_NO_TONER},
    {"marker-toner-missing", REASON_NO_TONER},
    {"marker-toner-cartridge-missing", REASON_NO_TONER},
    {"marker-waste-full", REASON_WASTE_FULL},
    {"marker-waste-ink-receptacle-full", REASON_WASTE_FULL},
    {"marker-waste-toner-receptacle-full", REASON_WASTE_FULL},
    {"fuser-over-temp", REASON_FUSER},
    {"fuser-under-temp", REASON_FUSER},
    {"opc-life-over", REASON_DRUM},
    {"developer-empty", REASON_DRUM},
    {"paused", REASON_PAUSED},
    {"moving-to-paused", REASON_PAUSED},
    {"shutdown", REASON_PAUSED},
    {"hold-new-jobs", REASON_PAUSED},
    {"spool-area-full", REASON_SPOOL_FULL},
    {"media-low", REASON_LOW_PAPER},
    {"toner-low", REASON_LOW_TONER},
    {"marker-supply-low", REASON_LOW_TONER},
    {"marker-ink-almost-empty", REASON_LOW_TONER},
    {"marker-toner-almost-empty", REASON_LOW_TONER},
    {"output-area-almost-full", REASON_NEARLY_FULL},
    {"marker-waste-almost-full", REASON_NEARLY_FULL},
};

enum { REASONS_COUNT = sizeof reasons / sizeof *reasons };

static bool ends_with(const char *text, size_t length, const char *ending)
{
    size_t ending_length = strlen(ending);
    return length > ending_length &&
           memcmp(text + length - ending_length, ending, ending_length) == 0;
}

// The keyword's length without its ending.
static size_t stem(const char *keyword, bool *ret_error, bool *ret_mild)
{
    static const char *const mild[] = {"-warning", "-report"};
    size_t length = strlen(keyword);
    *ret_mild = false;
    *ret_error = ends_with(keyword, length, "-error");
    if (*ret_error)
        return length - strlen("-error");
    for (size_t i = 0; i < sizeof mild / sizeof *mild; i++)
        if (ends_with(keyword, length, mild[i])) {
            *ret_mild = true;
            return length - strlen(mild[i]);
        }
    return length;
}

uint32_t answer_reason(const char *keyword, bool *ret_stops)
{
    bool error;
    bool mild;
    size_t length = stem(keyword, &error, &mild);
    *ret_stops = false;
    for (int i = 0; i < REASONS_COUNT; i++)
        if (strlen(reasons[i].keyword) == length &&
            strncmp(reasons[i].keyword, keyword, length) == 0) {
            *ret_stops = !mild && reasons[i].reason < REASON_LOW_PAPER;
            return UINT32_C(1) << reasons[i].reason;
        }
    *ret_stops = error;
    return error ? UINT32_C(1) << REASON_OTHER : 0;
}

// ---- attributes

static ipp_attribute_t *find(ipp_t *answer, const char *name, ipp_tag_t tag)
{
    ipp_attribute_t *attribute = ippFindAttribute(answer, name, IPP_TAG_ZERO);
    if (attribute == NULL)
        return NULL;
    ipp_tag_t found = ippGetValueTag(attribute);
    bool number = found == IPP_TAG_INTEGER || found == IPP_TAG_ENUM;
    bool string = found >= IPP_TAG_TEXT && found <= IPP_TAG_MIMETYPE;
    string |= found == IPP_TAG_TEXTLANG || found == IPP_TAG_NAMELANG;
    bool fits = tag == IPP_TAG_INTEGER ? number : tag == IPP_TAG_TEXT ? string : found == tag;
    return fits ? attribute : NULL;
}

static int number(ipp_t *answer, const char *name, int otherwise)
{
    ipp_attribute_t *attribute = find(answer, name, IPP_TAG_INTEGER);
    return attribute != NULL ? ippGetInteger(attribute, 0) : otherwise;
}

static bool truth(ipp_t *answer, const char *name, bool otherwise)
{
    ipp_attribute_t *attribute = find(answer, name, IPP_TAG_BOOLEAN);
    return attribute != NULL ? ippGetBoolean(attribute, 0) != 0 : otherwise;
}

static const char *string(ipp_t *answer, const char *name, int i)
{
    ipp_attribute_t *attribute = find(answer, name, IPP_TAG_TEXT);
    const char *value =
        attribute != NULL && i < ippGetCount(attribute) ? ippGetString(attribute, i, NULL) : NULL;
    return value != NULL && utf8_valid(value, strlen(value)) ? value : "";
}

// True as well when the printer doesn't tell what it supports.
static bool lists(ipp_t *answer, const char *name, const char *value)
{
    ipp_attribute_t *attribute = find(answer, name, IPP_TAG_TEXT);
    return attribute == NULL || ippContainsString(attribute, value);
}

static bool lists_number(ipp_t *answer, const char *name, int value)
{
    ipp_attribute_t *attribute = find(answer, name, IPP_TAG_INTEGER);
    return attribute == NULL || ippContainsInteger(attribute, value);
}

// ---- a printer

static bool takes_our_jobs(ipp_t *answer)
{
    return truth(answer, "printer-is-accepting-jobs", true) &&
           lists(answer, "document-format-supported", "application/pdf") &&
           lists_number(answer, "operations-supported", IPP_OP_CREATE_JOB) &&
           lists_number(answer, "operations-supported", IPP_OP_SEND_DOCUMENT);
}

// marker-levels in percent, beside marker-types (cupsd); negative: unknown. -1 when there is none.
static int marker_percent(ipp_t *answer)
{
    int least = -1;
    ipp_attribute_t *levels = find(answer, "marker-levels", IPP_TAG_INTEGER);
    for (int i = 0; levels != NULL && i < ippGetCount(levels); i++) {
        int level = ippGetInteger(levels, i);
        bool waste = strncmp(string(answer, "marker-types", i), "waste", strlen("waste")) == 0;
        if (!waste && level >= 0 && level <= 100 && (least < 0 || level < least))
            least = level;
    }
    return least;
}

static long supply_number(const char *supply, const char *key)
{
    const char *at = strstr(supply, key);
    return at != NULL ? strtol(at + strlen(key), NULL, 10) : -1;
}

// printer-supply: "type=toner;class=supplyThatIsConsumed;maxcapacity=100;level=65;" (PWG 5100.13).
static int supply_percent(ipp_t *answer)
{
    int least = -1;
    ipp_attribute_t *supplies = find(answer, "printer-supply", IPP_TAG_STRING);
    for (int i = 0; supplies != NULL && i < ippGetCount(supplies); i++) {
        char supply[256];
        int length = 0;
        const void *bytes = ippGetOctetString(supplies, i, &length);
        if (bytes == NULL || length < 0 || (size_t)length >= sizeof supply)
            continue;
        memcpy(supply, bytes, (size_t)length);
        supply[length] = '\0';
        long level = supply_number(supply, "level=");
        long full = supply_number(supply, "maxcapacity=");
        bool consumed = strstr(supply, "class=supplyThatIsConsumed") != NULL;
        if (!consumed || level < 0 || full <= 0 || level > full)
            continue;
        int percent = (int)((double)level * 100 / (double)full);
        if (least < 0 || percent < least)
            least = percent;
    }
    return least;
}

static void read_name(ipp_t *answer, struct printer *printer)
{
    static const char *const names[] = {"printer-info", "printer-make-and-model", "printer-name"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *name = string(answer, names[i], 0);
        if (name[0] == '\0')
            continue;
        text_copy(printer->name, sizeof printer->name, name);
        text_flatten(printer->name);
        return;
    }
}

// What stands in printer-state-reasons; ret_stops: one of them keeps it from printing.
static uint32_t read_reasons(ipp_t *answer, bool *ret_stops)
{
    uint32_t bits = 0;
    *ret_stops = false;
    ipp_attribute_t *keywords = find(answer, "printer-state-reasons", IPP_TAG_TEXT);
    for (int i = 0; keywords != NULL && i < ippGetCount(keywords); i++) {
        bool stops = false;
        const char *keyword = ippGetString(keywords, i, NULL);
        if (keyword != NULL)
            bits |= answer_reason(keyword, &stops);
        *ret_stops |= stops;
    }
    return bits;
}

void answer_printer(ipp_t *answer, struct printer *printer, struct printer_means *ret_means)
{
    const uint32_t causes = (UINT32_C(1) << REASON_LOW_PAPER) - 1;
    bool reason_stops;
    printer->known = true;
    printer->reasons = read_reasons(answer, &reason_stops);
    bool stopped = number(answer, "printer-state", IPP_PSTATE_IDLE) == IPP_PSTATE_STOPPED;
    if (!takes_our_jobs(answer))
        printer->reasons |= UINT32_C(1) << REASON_REFUSED;
    if (stopped && (printer->reasons & causes) == 0)
        printer->reasons |= UINT32_C(1) << REASON_OTHER;
    printer->ready =
        !stopped && !reason_stops && (printer->reasons & UINT32_C(1) << REASON_REFUSED) == 0;
    printer->color = truth(answer, "color-supported", false);
    int percent = marker_percent(answer);
    printer->toner_percent = (int8_t)(percent >= 0 ? percent : supply_percent(answer));
    read_name(answer, printer);

    int least = 0;
    int most = 1;
    ipp_attribute_t *copies = find(answer, "copies-supported", IPP_TAG_RANGE);
    if (copies != NULL)
        least = ippGetRange(copies, 0, &most);
    ret_means->copies_max = least <= 1 && most > 1 ? (uint32_t)most : 1;
    ret_means->a4 = lists(answer, "media-supported", "iso_a4_210x297mm");
    ret_means->color_mode = find(answer, "print-color-mode-supported", IPP_TAG_TEXT) != NULL;
    ret_means->one_sided = find(answer, "sides-supported", IPP_TAG_TEXT) != NULL;
}

static bool covers(ipp_t *size, const char *name, int wanted)
{
    int most = -1;
    ipp_attribute_t *attribute = ippFindAttribute(size, name, IPP_TAG_ZERO);
    ipp_tag_t tag = ippGetValueTag(attribute);
    int least =
        tag == IPP_TAG_RANGE ? ippGetRange(attribute, 0, &most) : (most = number(size, name, -1));
    return least >= 0 && least <= wanted && wanted <= most;
}

bool answer_takes_size(ipp_t *answer, int width_hmm, int height_hmm)
{
    ipp_attribute_t *sizes = find(answer, "media-size-supported", IPP_TAG_BEGIN_COLLECTION);
    for (int i = 0; sizes != NULL && i < ippGetCount(sizes); i++) {
        ipp_t *size = ippGetCollection(sizes, i);
        if (covers(size, "x-dimension", width_hmm) && covers(size, "y-dimension", height_hmm))
            return true;
    }
    return false;
}

void answer_merge(struct printer *printer, const struct printer *behind)
{
    printer->reasons |= behind->reasons;
    printer->ready &= behind->ready;
    if (printer->toner_percent < 0)
        printer->toner_percent = behind->toner_percent;
}

// ---- a job

static bool is_ours(ipp_t *answer, const struct ticket *ticket)
{
    const char *uuid = string(answer, "job-uuid", 0);
    const char *name = string(answer, "job-name", 0);
    if (uuid[0] != '\0' && ticket->uuid[0] != '\0')
        return strcmp(uuid, ticket->uuid) == 0;
    return name[0] == '\0' || strcmp(name, ticket->name) == 0;
}

static void count_sheets(ipp_t *answer, uint32_t *ret_done)
{
    int sheets = number(answer, "job-media-sheets-completed", 0);
    int sides = number(answer, "job-impressions-completed", 0); // one a sheet: we print one-sided
    int most = sheets > sides ? sheets : sides;
    if (most > 0)
        *ret_done = (uint32_t)most;
}

static bool says(ipp_t *answer, const char *reason)
{
    ipp_attribute_t *said = find(answer, "job-state-reasons", IPP_TAG_TEXT);
    return said != NULL && ippContainsString(said, reason);
}

enum job_fate answer_job(ipp_t *answer, const struct ticket *ticket, uint32_t *ret_done)
{
    ipp_status_t status = ippGetStatusCode(answer);
    if (status == IPP_STATUS_ERROR_NOT_FOUND || status == IPP_STATUS_ERROR_GONE)
        return FATE_GONE;
    if (status > IPP_STATUS_OK_EVENTS_COMPLETE)
        return FATE_UNKNOWN;
    if (!is_ours(answer, ticket))
        return FATE_GONE;
    count_sheets(answer, ret_done);
    switch (number(answer, "job-state", 0)) {
    case IPP_JSTATE_PENDING:
    case IPP_JSTATE_PROCESSING:
        return FATE_UNDER_WAY;
    case IPP_JSTATE_HELD:
    case IPP_JSTATE_STOPPED:
        return FATE_STOPPED;
    case IPP_JSTATE_CANCELED:
        return FATE_CANCELED;
    case IPP_JSTATE_ABORTED:
        return FATE_ABORTED;
    case IPP_JSTATE_COMPLETED:
        return says(answer, "job-completed-with-errors") ? FATE_FAULTY : FATE_COMPLETED;
    default:
        return FATE_UNKNOWN;
    }
}
