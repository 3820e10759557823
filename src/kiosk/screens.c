#include "kiosk/screens.h"

#include "screens/certificate.h"
#include "screens/enroll.h"
#include "screens/guide.h"
#include "screens/home.h"
#include "screens/notice.h"
#include "screens/program.h"
#include "screens/search.h"
#include "screens/selection.h"
#include "screens/staff.h"
#include "screens/staff_add.h"
#include "screens/staff_journal.h"
#include "screens/staff_pin.h"
#include "screens/staff_print.h"
#include "screens/staff_queue.h"
#include "screens/staff_ready.h"
#include "screens/staff_settings.h"
#include "screens/wizard.h"

const struct screen_rules screen_rules[SCREEN_COUNT] = {
    [SCREEN_HOME] = {"home", home_view, home_act},
    [SCREEN_WIZARD_AGE] = {"wizard-age", wizard_view, wizard_act},
    [SCREEN_WIZARD_TIME] = {"wizard-time", wizard_view, wizard_act},
    [SCREEN_WIZARD_INTEREST] = {"wizard-interest", wizard_view, wizard_act},
    [SCREEN_WIZARD_PAYMENT] = {"wizard-payment", wizard_view, wizard_act},
    [SCREEN_SEARCH] = {"search", search_view, search_act, .types = true},
    [SCREEN_PROGRAM] = {"program", program_view, program_act},
    [SCREEN_ENROLL] = {"enroll", enroll_view, enroll_act, .counts_down = true},
    [SCREEN_SELECTION] = {"selection", selection_view, selection_act},
    [SCREEN_SELECTION_CODES] = {"selection-codes", selection_codes_view, selection_codes_act},
    [SCREEN_NUMBER] = {"number", certificate_number_view, certificate_number_act,
                       .is_private = true, .types = true},
    [SCREEN_BIRTH] = {"birth", certificate_birth_view, certificate_birth_act, .is_private = true,
                      .types = true},
    [SCREEN_RESULT] = {"result", certificate_result_view, certificate_result_act,
                       .is_private = true},
    [SCREEN_GUIDE] = {"guide", guide_view, guide_act},
    [SCREEN_GUIDE_NOMINAL] = {"guide-nominal", guide_view, guide_act},
    [SCREEN_GUIDE_REFUSAL] = {"guide-refusal", guide_view, guide_act},
    [SCREEN_GUIDE_TEEN] = {"guide-teen", guide_view, guide_act},
    [SCREEN_GUIDE_CONTACTS] = {"guide-contacts", guide_view, guide_act},
    [SCREEN_NOTICE] = {"notice", notice_view, notice_act},
    [SCREEN_STAFF_PIN] = {"staff-pin", staff_pin_view, staff_pin_act, .is_staff = true,
                          .is_private = true},
    [SCREEN_STAFF] = {"staff", staff_home_view, staff_home_act, .is_staff = true},
    [SCREEN_STAFF_JOURNAL] = {"staff-journal", staff_journal_view, staff_journal_act,
                              .is_staff = true},
    [SCREEN_STAFF_SETTINGS] = {"staff-settings", staff_settings_view, staff_settings_act,
                               .is_staff = true},
    [SCREEN_STAFF_NEW_PIN] = {"staff-new-pin", staff_new_pin_view, staff_new_pin_act,
                              .is_staff = true, .is_private = true},
    [SCREEN_STAFF_PRINT] = {"staff-print", staff_print_view, staff_print_act, .is_staff = true},
    [SCREEN_STAFF_ADD] = {"staff-add", staff_add_view, staff_add_act, .is_staff = true,
                          .types = true},
    [SCREEN_STAFF_QUEUE] = {"staff-queue", staff_queue_view, staff_queue_act, .is_staff = true},
    [SCREEN_STAFF_READY] = {"staff-ready", staff_ready_view, staff_ready_act, .is_staff = true},
};

struct scroll *screen_scroll(struct visit *visit, unsigned action)
{
    if (action == ACTION_SCROLL_CHIPS)
        return visit->screen == SCREEN_SELECTION ? &visit->columns : &visit->search.chip_row;
    if (action == ACTION_SCROLL_GROUPS)
        return visit->screen == SCREEN_RESULT ? &visit->certificate.aside : &visit->program.groups;
    if (action == ACTION_SCROLL_SHEET)
        return visit->help ? &visit->help_page : &visit->search.sheet;
    if (action != ACTION_SCROLL_LIST)
        return NULL;
    switch (visit->screen) {
    case SCREEN_SEARCH:
        return &visit->search.list;
    case SCREEN_PROGRAM:
        return &visit->program.page;
    case SCREEN_RESULT:
        return &visit->certificate.page;
    case SCREEN_GUIDE:
    case SCREEN_GUIDE_NOMINAL:
    case SCREEN_GUIDE_REFUSAL:
    case SCREEN_GUIDE_TEEN:
    case SCREEN_GUIDE_CONTACTS:
        return &visit->guide.page;
    case SCREEN_STAFF_PIN:
    case SCREEN_STAFF_NEW_PIN:
    case SCREEN_STAFF:
    case SCREEN_STAFF_JOURNAL:
    case SCREEN_STAFF_SETTINGS:
    case SCREEN_STAFF_QUEUE:
    case SCREEN_STAFF_READY:
        return &visit->staff.page;
    case SCREEN_STAFF_PRINT:
        return &visit->staff.rows;
    case SCREEN_STAFF_ADD:
        return &visit->search.list;
    case SCREEN_HOME:
    case SCREEN_WIZARD_AGE:
    case SCREEN_WIZARD_TIME:
    case SCREEN_WIZARD_INTEREST:
    case SCREEN_WIZARD_PAYMENT:
    case SCREEN_NOTICE:
    case SCREEN_ENROLL:
    case SCREEN_SELECTION:
    case SCREEN_SELECTION_CODES:
    case SCREEN_NUMBER:
    case SCREEN_BIRTH:
        return &visit->page;
    case SCREEN_COUNT:
        break;
    }
    return NULL;
}
