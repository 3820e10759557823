// The print queue: what the kiosk is told, and that no sheet comes out twice.

#include "print/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SUM = 0x5EC7E75 };

static struct queue queue;
static struct work work;
static int64_t now_ms;
static const struct printer fine = {.known = true, .ready = true, .toner_percent = 60};
static const struct printer empty = {.known = true, .reasons = 1 << REASON_NO_PAPER};
static const struct ticket first = {.id = 7, .uuid = "urn:uuid:7"};

static int begin(void **state)
{
    (void)state;
    now_ms = 1000;
    memset(&work, 0, sizeof work);
    queue_init(&queue, true, true, true, now_ms);
    return 0;
}

static struct print_request request_of(enum print_request_kind kind, uint32_t id)
{
    return (struct print_request){
        .kind = kind,
        .id = id,
        .order = {.kind = SHEET_TEST, .paper = PAPER_A4, .copies = 1},
    };
}

static void ask(enum print_request_kind kind, uint32_t id)
{
    struct print_request request = request_of(kind, id);
    queue_request(&queue, &request, now_ms);
}

static void start_slip(uint32_t id)
{
    struct print_request request = request_of(PRINT_START, id);
    request.order.kind = SHEET_SLIP;
    request.order.paper = PAPER_ROLL;
    request.order.slip.balance = SUM;
    queue_request(&queue, &request, now_ms);
}

static enum print_job_state state_of(uint32_t id)
{
    for (uint32_t i = 0; i < queue.state.job_count; i++)
        if (queue.state.jobs[i].id == id)
            return queue.state.jobs[i].state;
    return PRINT_JOB_STATE_COUNT;
}

static const struct print_job *job(uint32_t id)
{
    for (uint32_t i = 0; i < queue.state.job_count; i++)
        if (queue.state.jobs[i].id == id)
            return &queue.state.jobs[i];
    fail_msg("no job %u", id);
    return NULL;
}

static bool offered(enum lane_kind lane)
{
    return queue_next(&queue, lane, now_ms, &work);
}

static void expect_work(enum lane_kind lane, enum work_kind kind)
{
    assert_true(offered(lane));
    assert_int_equal(work.kind, kind);
}

// The next look at this printer, when it is due, and its end.
static void look(enum lane_kind lane, bool answered, const struct printer *printer,
                 enum job_fate fate)
{
    struct work_end end = {.look = {.answered = answered, .fate = fate}};
    if (queue.next_look_ms[lane] > now_ms)
        now_ms = queue.next_look_ms[lane];
    assert_true(offered(lane));
    if (printer != NULL)
        end.look.printer = *printer;
    end.ticket = work.ticket;
    queue_ended(&queue, lane, &end, now_ms);
}

static void end_send(enum lane_kind lane, enum outcome outcome, const struct ticket *ticket)
{
    struct work_end end = {.outcome = outcome};
    if (ticket != NULL)
        end.ticket = *ticket;
    queue_ended(&queue, lane, &end, now_ms);
}

// Job 1 is on the printer as ticket `first`.
static void print_first(void)
{
    ask(PRINT_START, 1);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    end_send(LANE_SEND_A4, OUTCOME_DONE, &first);
}

static void a_job_is_done_only_when_the_printer_says_so(void **state)
{
    (void)state;
    ask(PRINT_START, 1);
    assert_false(offered(LANE_SEND_A4)); // the printer hasn't answered yet
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    assert_int_equal(state_of(1), PRINT_WAITING);
    expect_work(LANE_SEND_A4, WORK_SEND);
    assert_int_equal(state_of(1), PRINT_SENDING);
    end_send(LANE_SEND_A4, OUTCOME_DONE, &first);
    assert_int_equal(state_of(1), PRINT_PRINTING);
    look(LANE_LOOK_A4, true, &fine, FATE_UNDER_WAY);
    assert_int_equal(work.ticket.id, first.id);
    assert_int_equal(state_of(1), PRINT_PRINTING);
    look(LANE_LOOK_A4, true, &empty, FATE_UNDER_WAY);
    assert_int_equal(state_of(1), PRINT_HELD);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    assert_int_equal(state_of(1), PRINT_HELD);
    look(LANE_LOOK_A4, true, &fine, FATE_COMPLETED);
    assert_int_equal(state_of(1), PRINT_DONE);
    assert_int_equal(job(1)->done, job(1)->sheets);
    assert_false(queue.jobs[0].has_order);
}

static void a_job_waits_while_the_printer_cannot(void **state)
{
    (void)state;
    ask(PRINT_START, 1);
    for (int i = 0; i < 100; i++) {
        look(LANE_LOOK_A4, true, &empty, FATE_UNKNOWN);
        assert_false(offered(LANE_SEND_A4));
    }
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
}

static void a_lost_job_is_unsure_until_the_printer_is_back(void **state)
{
    (void)state;
    print_first();
    look(LANE_LOOK_A4, false, NULL, FATE_UNKNOWN);
    assert_int_equal(queue.state.printers[PAPER_A4].reasons, 1 << REASON_SILENT);
    assert_int_equal(state_of(1), PRINT_UNSURE);
    assert_false(offered(LANE_SEND_A4));
    look(LANE_LOOK_A4, true, &fine, FATE_UNDER_WAY);
    assert_int_equal(state_of(1), PRINT_PRINTING);
    look(LANE_LOOK_A4, false, NULL, FATE_UNKNOWN);
    look(LANE_LOOK_A4, true, &fine, FATE_COMPLETED);
    assert_int_equal(state_of(1), PRINT_DONE);
}

static void a_job_that_the_printer_forgot_stays_unsure(void **state)
{
    (void)state;
    print_first();
    ask(PRINT_START, 2);
    look(LANE_LOOK_A4, false, NULL, FATE_UNKNOWN);
    look(LANE_LOOK_A4, true, &fine, FATE_GONE);
    assert_int_equal(state_of(1), PRINT_UNSURE);
    expect_work(LANE_SEND_A4, WORK_SEND); // the next one, not it again
    assert_int_equal(state_of(2), PRINT_SENDING);
    end_send(LANE_SEND_A4, OUTCOME_DONE, &(struct ticket){.id = 8});
    look(LANE_LOOK_A4, true, &fine, FATE_COMPLETED);
    ask(PRINT_AGAIN, 1);
    assert_int_equal(state_of(1), PRINT_WAITING);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    assert_int_equal(state_of(1), PRINT_SENDING);
}

static void a_cut_document_is_looked_for(void **state)
{
    (void)state;
    ask(PRINT_START, 1);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    end_send(LANE_SEND_A4, OUTCOME_CUT, &first);
    assert_int_equal(state_of(1), PRINT_UNSURE);
    look(LANE_LOOK_A4, true, &fine, FATE_ABORTED);
    assert_int_equal(state_of(1), PRINT_FAILED);
    assert_int_equal(job(1)->failure, PRINT_FAILED_ABORTED);
    assert_false(offered(LANE_SEND_A4));
}

static void an_unanswered_look_is_silence_after_a_moment(void **state)
{
    (void)state;
    print_first();
    now_ms = queue.next_look_ms[LANE_LOOK_A4];
    expect_work(LANE_LOOK_A4, WORK_LOOK);
    assert_int_equal(queue_due_ms(&queue), now_ms); // the roll's first look
    look(LANE_LOOK_ROLL, true, &fine, FATE_UNKNOWN);
    now_ms += QUEUE_ANSWER_MS - 1;
    queue_tick(&queue, now_ms);
    assert_int_equal(state_of(1), PRINT_PRINTING);
    now_ms++;
    queue_tick(&queue, now_ms);
    assert_int_equal(state_of(1), PRINT_UNSURE);
    assert_int_equal(queue.state.printers[PAPER_A4].reasons, 1 << REASON_SILENT);
    struct work_end end = {
        .ticket = first,
        .look = {.answered = true, .printer = fine, .fate = FATE_COMPLETED},
    };
    queue_ended(&queue, LANE_LOOK_A4, &end, now_ms + 1000);
    assert_int_equal(state_of(1), PRINT_DONE);
}

static void silence_means_nothing_while_bytes_flow(void **state)
{
    (void)state;
    ask(PRINT_START, 1);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    queue_progress(&queue, LANE_SEND_A4, 0, now_ms + 400);
    look(LANE_LOOK_A4, false, NULL, FATE_UNKNOWN);
    assert_true(queue.state.printers[PAPER_A4].ready);
    now_ms += 400 + QUEUE_MOVING_MS;
    look(LANE_LOOK_A4, false, NULL, FATE_UNKNOWN);
    assert_false(queue.state.printers[PAPER_A4].ready);
    assert_int_equal(state_of(1), PRINT_SENDING);
    assert_false(queue_stops(&queue, LANE_SEND_A4));
    now_ms += QUEUE_SILENT_SEND_MS;
    look(LANE_LOOK_A4, false, NULL, FATE_UNKNOWN);
    assert_true(queue_stops(&queue, LANE_SEND_A4));
    end_send(LANE_SEND_A4, OUTCOME_STOPPED, &first);
    assert_int_equal(state_of(1), PRINT_UNSURE);
    look(LANE_LOOK_A4, true, &fine, FATE_ABORTED);
    assert_int_equal(state_of(1), PRINT_FAILED);
}

static void a_job_is_canceled_wherever_it_stands(void **state)
{
    (void)state;
    ask(PRINT_START, 1);
    ask(PRINT_CANCEL, 1);
    assert_int_equal(state_of(1), PRINT_CANCELED);

    ask(PRINT_START, 2);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    ask(PRINT_CANCEL, 2);
    assert_true(queue_stops(&queue, LANE_SEND_A4));
    end_send(LANE_SEND_A4, OUTCOME_STOPPED, NULL);
    assert_int_equal(state_of(2), PRINT_CANCELED);

    ask(PRINT_START, 3);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    ask(PRINT_CANCEL, 3);
    end_send(LANE_SEND_A4, OUTCOME_STOPPED, &first);
    assert_int_equal(state_of(3), PRINT_PRINTING); // the printer decides
    look(LANE_LOOK_A4, true, &fine, FATE_ABORTED);
    assert_int_equal(work.kind, WORK_CANCEL);
    assert_int_equal(state_of(3), PRINT_CANCELED);
}

static void a_cancel_that_comes_too_late_is_told_so(void **state)
{
    (void)state;
    print_first();
    ask(PRINT_CANCEL, 1);
    look(LANE_LOOK_A4, true, &fine, FATE_UNDER_WAY);
    assert_int_equal(work.kind, WORK_CANCEL);
    assert_int_equal(state_of(1), PRINT_PRINTING);
    look(LANE_LOOK_A4, true, &fine, FATE_COMPLETED);
    assert_int_equal(state_of(1), PRINT_DONE);
}

// Some printers take the pieces of a document for a whole one and complete them.
static void a_document_cut_short_is_never_done(void **state)
{
    (void)state;
    struct ticket cut = first;
    cut.cut = true;
    ask(PRINT_START, 1);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    ask(PRINT_CANCEL, 1);
    end_send(LANE_SEND_A4, OUTCOME_STOPPED, &cut);
    look(LANE_LOOK_A4, true, &fine, FATE_COMPLETED);
    assert_int_equal(state_of(1), PRINT_CANCELED);

    ask(PRINT_START, 2);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    end_send(LANE_SEND_A4, OUTCOME_CUT, &cut);
    look(LANE_LOOK_A4, true, &fine, FATE_COMPLETED);
    assert_int_equal(state_of(2), PRINT_UNSURE);

    ask(PRINT_START, 3);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    end_send(LANE_SEND_A4, OUTCOME_BROKEN, &cut);
    look(LANE_LOOK_A4, true, &fine, FATE_COMPLETED);
    assert_int_equal(state_of(3), PRINT_FAILED);
}

static bool remembers_sum(void)
{
    const int64_t sum = SUM;
    return memmem(&queue, sizeof queue, &sum, sizeof sum) != NULL;
}

static void a_family_s_job_is_forgotten_with_its_end(void **state)
{
    (void)state;
    start_slip(1);
    assert_true(remembers_sum());
    look(LANE_LOOK_ROLL, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_ROLL, WORK_SEND);
    assert_true(work.order.slip.balance == SUM);
    end_send(LANE_SEND_ROLL, OUTCOME_DONE, &first);
    assert_false(remembers_sum());
    look(LANE_LOOK_ROLL, false, NULL, FATE_UNKNOWN);
    assert_int_equal(state_of(1), PRINT_UNSURE);
    ask(PRINT_AGAIN, 1);
    assert_int_equal(state_of(1), PRINT_UNSURE);
}

static void a_family_waits_a_minute_at_most(void **state)
{
    (void)state;
    start_slip(1);
    look(LANE_LOOK_ROLL, true, &empty, FATE_UNKNOWN);
    now_ms += QUEUE_FAMILY_MS - 1;
    queue_tick(&queue, now_ms);
    assert_int_equal(state_of(1), PRINT_WAITING);
    now_ms += 1000;
    queue_tick(&queue, now_ms);
    assert_int_equal(state_of(1), PRINT_FAILED);
    assert_false(remembers_sum());
    look(LANE_LOOK_ROLL, true, &fine, FATE_UNKNOWN);
    assert_false(offered(LANE_SEND_ROLL));
}

static void a_job_too_many_is_refused_and_told(void **state)
{
    (void)state;
    for (uint32_t id = 1; id <= 30; id++)
        ask(PRINT_START, id);
    assert_int_equal(queue.state.job_count, PRINT_JOBS_MAX);
    for (uint32_t id = 1; id < PRINT_JOBS_MAX; id++)
        assert_int_equal(state_of(id), PRINT_WAITING);
    assert_int_equal(job(30)->failure, PRINT_FAILED_FULL);
    ask(PRINT_CANCEL, 4);
    ask(PRINT_FORGET, 4);
    ask(PRINT_FORGET, 5); // still waits
    ask(PRINT_START, 31);
    assert_int_equal(state_of(31), PRINT_WAITING);
    assert_int_equal(state_of(5), PRINT_WAITING);
    assert_int_equal(state_of(4), PRINT_JOB_STATE_COUNT);
}

static void printers_dont_wait_for_each_other(void **state)
{
    (void)state;
    ask(PRINT_START, 1);
    ask(PRINT_START, 2);
    start_slip(3);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    look(LANE_LOOK_ROLL, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    expect_work(LANE_SEND_ROLL, WORK_SEND);
    assert_int_equal(work.paper, PAPER_ROLL);
    end_send(LANE_SEND_A4, OUTCOME_DONE, &first);
    assert_false(offered(LANE_SEND_A4)); // one at a time on each
    look(LANE_LOOK_A4, true, &fine, FATE_COMPLETED);
    expect_work(LANE_SEND_A4, WORK_SEND);
}

static void a_job_that_came_to_nothing_is_tried_again_a_few_times(void **state)
{
    (void)state;
    ask(PRINT_START, 1);
    for (int i = 0; i < QUEUE_TRIES_MAX; i++) {
        assert_int_equal(state_of(1), PRINT_WAITING);
        look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
        expect_work(LANE_SEND_A4, WORK_SEND);
        end_send(LANE_SEND_A4, OUTCOME_NOT_BEGUN, NULL);
        if (state_of(1) == PRINT_WAITING)
            assert_false(offered(LANE_SEND_A4));
    }
    assert_int_equal(state_of(1), PRINT_FAILED);
    assert_int_equal(job(1)->failure, PRINT_FAILED_PRINTER);
    ask(PRINT_AGAIN, 1);
    for (int i = 0; i < 10 * QUEUE_TRIES_MAX; i++) {
        assert_int_equal(state_of(1), PRINT_WAITING);
        look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
        expect_work(LANE_SEND_A4, WORK_SEND);
        end_send(LANE_SEND_A4, OUTCOME_BUSY, NULL); // with what others print
    }
}

static void failures_say_why(void **state)
{
    (void)state;
    ask(PRINT_START, 1);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    end_send(LANE_SEND_A4, OUTCOME_NO_CATALOG, NULL);
    assert_int_equal(job(1)->failure, PRINT_FAILED_CATALOG);

    ask(PRINT_START, 2);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    end_send(LANE_SEND_A4, OUTCOME_REFUSED, &first); // its job is taken off the printer first
    look(LANE_LOOK_A4, true, &fine, FATE_CANCELED);
    assert_int_equal(work.kind, WORK_CANCEL);
    assert_int_equal(state_of(2), PRINT_FAILED);
    assert_int_equal(job(2)->failure, PRINT_FAILED_PRINTER);

    queue_init(&queue, false, false, false, now_ms);
    ask(PRINT_START, 3);
    assert_int_equal(job(3)->failure, PRINT_FAILED_PRINTER);
    ask(PRINT_SAVE, 4);
    assert_int_equal(job(4)->failure, PRINT_FAILED_STICK);
    assert_int_equal(queue_due_ms(&queue), INT64_MAX);
}

static void sheets_are_saved_but_no_family_s(void **state)
{
    (void)state;
    expect_work(LANE_STICK, WORK_LOOK_STICK);
    queue_ended(&queue, LANE_STICK, &(struct work_end){.look.stick = true}, now_ms);
    assert_true(queue.state.stick);
    ask(PRINT_SAVE, 1);
    expect_work(LANE_STICK, WORK_SAVE);
    struct work_end end = {.outcome = OUTCOME_DONE, .file = "navigator.pdf"};
    queue_ended(&queue, LANE_STICK, &end, now_ms);
    assert_int_equal(state_of(1), PRINT_SAVED);
    assert_string_equal(queue.state.file, "navigator.pdf");
    ask(PRINT_SAVE, 2);
    expect_work(LANE_STICK, WORK_SAVE);
    end.outcome = OUTCOME_CUT;
    queue_ended(&queue, LANE_STICK, &end, now_ms);
    assert_int_equal(job(2)->failure, PRINT_FAILED_STICK);

    struct print_request slip = request_of(PRINT_SAVE, 3);
    slip.order.kind = SHEET_SLIP;
    queue_request(&queue, &slip, now_ms);
    assert_int_equal(job(3)->failure, PRINT_FAILED_STICK);
}

static int64_t look_pause(bool answered)
{
    look(LANE_LOOK_A4, answered, &fine, FATE_UNKNOWN);
    return queue.next_look_ms[LANE_LOOK_A4] - now_ms;
}

static void looks_keep_their_pace(void **state)
{
    (void)state;
    assert_int_equal(look_pause(true), QUEUE_LOOK_IDLE_MS);
    ask(PRINT_WATCH, 0);
    assert_int_equal(queue.next_look_ms[LANE_LOOK_A4], now_ms);
    assert_int_equal(look_pause(true), QUEUE_LOOK_WATCHED_MS);
    ask(PRINT_START, 1);
    assert_int_equal(look_pause(true), QUEUE_LOOK_JOB_MS);
    look(LANE_LOOK_A4, false, NULL, FATE_UNKNOWN);
    assert_int_equal(look_pause(false), QUEUE_LOOK_WATCHED_MS);
    now_ms += PRINT_WATCH_S * 1000;
    assert_int_equal(look_pause(false), QUEUE_LOOK_LOST_MS);
}

static void a_kiosk_takes_its_jobs_along(void **state)
{
    (void)state;
    ask(PRINT_START, 1);
    ask(PRINT_START, 2);
    look(LANE_LOOK_A4, true, &fine, FATE_UNKNOWN);
    expect_work(LANE_SEND_A4, WORK_SEND);
    queue_leave(&queue, now_ms);
    assert_true(queue_stops(&queue, LANE_SEND_A4));
    ask(PRINT_START, 1); // of the next kiosk
    assert_int_equal(state_of(1), PRINT_WAITING);
    end_send(LANE_SEND_A4, OUTCOME_STOPPED, &first);
    look(LANE_LOOK_A4, true, &fine, FATE_CANCELED);
    assert_int_equal(work.kind, WORK_CANCEL);
    queue_tick(&queue, now_ms);
    assert_int_equal(queue.state.job_count, 1);
    expect_work(LANE_SEND_A4, WORK_SEND);
}

// ---- whatever happens

static uint64_t seed = 1;

static uint32_t pick(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

static struct work given[LANE_COUNT];
static uint32_t wished[UINT8_MAX + 1];  // how often a person wished job N printed
static uint32_t arrived[UINT8_MAX + 1]; // how often the printer got all or some of it
static bool completed[UINT8_MAX + 1];

static void random_request(void)
{
    struct print_request request = request_of((enum print_request_kind)pick(6), pick(40));
    request.order.kind = pick(4) == 0 ? SHEET_SLIP : SHEET_TEST;
    request.order.paper = (enum sheet_paper)pick(PAPER_COUNT);
    if (request.kind == PRINT_FORGET)
        request.kind = PRINT_CANCEL; // else numbers would come again
    if (request.kind == PRINT_START && state_of(request.id) != PRINT_JOB_STATE_COUNT)
        return;
    if (request.kind == PRINT_START && wished[request.id] > 0)
        return; // a number that was dropped doesn't come again
    bool waited = state_of(request.id) == PRINT_WAITING;
    queue_request(&queue, &request, now_ms);
    wished[request.id] += !waited && state_of(request.id) == PRINT_WAITING;
}

static void random_end(enum lane_kind lane)
{
    struct work_end end = {
        .outcome = (enum outcome)pick(OUTCOME_COUNT),
        .ticket = given[lane].ticket,
        .look = {.answered = pick(3) > 0,
                 .printer = pick(2) == 0 ? fine : empty,
                 .fate = (enum job_fate)pick(FATE_COUNT)},
    };
    uint32_t id = queue.lanes[lane].job;
    if (given[lane].kind == WORK_SEND) {
        bool none = end.outcome == OUTCOME_NOT_BEGUN || end.outcome == OUTCOME_BUSY ||
                    (end.outcome != OUTCOME_DONE && pick(2));
        end.ticket = (struct ticket){.id = none ? 0 : 1 + (int32_t)pick(1000)};
        if (end.outcome == OUTCOME_CUT && none)
            end.ticket.id = 5;
        if (end.outcome == OUTCOME_DONE || end.outcome == OUTCOME_CUT)
            arrived[id & UINT8_MAX]++;
    } else if (end.look.answered && end.look.fate == FATE_COMPLETED) {
        completed[id & UINT8_MAX] = true;
    }
    queue_ended(&queue, lane, &end, now_ms);
}

static void check_promises(void)
{
    assert_in_range(queue.state.job_count, 0, PRINT_JOBS_MAX);
    for (uint32_t i = 0; i < queue.state.job_count; i++) {
        const struct print_job *told = &queue.state.jobs[i];
        bool ended = told->state >= PRINT_DONE;
        assert_true(told->state != PRINT_DONE || completed[told->id & UINT8_MAX]);
        assert_false(ended && queue.jobs[i].family && queue.jobs[i].has_order);
        assert_true(told->done <= told->sheets);
        assert_true((told->state == PRINT_FAILED) == (told->failure != PRINT_NO_FAILURE) ||
                    queue.jobs[i].handed);
        if (told->id < UINT8_MAX)
            assert_true(arrived[told->id] <= wished[told->id]);
    }
}

static void nothing_comes_out_twice_whatever_happens(void **state)
{
    (void)state;
    for (int round = 0; round < 2000; round++) {
        begin(NULL);
        memset(wished, 0, sizeof wished);
        memset(arrived, 0, sizeof arrived);
        memset(completed, 0, sizeof completed);
        for (int step = 0; step < 300; step++) {
            enum lane_kind lane = (enum lane_kind)pick(LANE_COUNT);
            now_ms += pick(2000);
            queue_tick(&queue, now_ms);
            if (pick(5) == 0)
                random_request();
            if (queue.lanes[lane].busy)
                random_end(lane);
            else if (offered(lane))
                given[lane] = work;
            check_promises();
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_job_is_done_only_when_the_printer_says_so, begin),
        cmocka_unit_test_setup(a_job_waits_while_the_printer_cannot, begin),
        cmocka_unit_test_setup(a_lost_job_is_unsure_until_the_printer_is_back, begin),
        cmocka_unit_test_setup(a_job_that_the_printer_forgot_stays_unsure, begin),
        cmocka_unit_test_setup(a_cut_document_is_looked_for, begin),
        cmocka_unit_test_setup(an_unanswered_look_is_silence_after_a_moment, begin),
        cmocka_unit_test_setup(silence_means_nothing_while_bytes_flow, begin),
        cmocka_unit_test_setup(a_job_is_canceled_wherever_it_stands, begin),
        cmocka_unit_test_setup(a_cancel_that_comes_too_late_is_told_so, begin),
        cmocka_unit_test_setup(a_document_cut_short_is_never_done, begin),
        cmocka_unit_test_setup(a_family_s_job_is_forgotten_with_its_end, begin),
        cmocka_unit_test_setup(a_family_waits_a_minute_at_most, begin),
        cmocka_unit_test_setup(a_job_too_many_is_refused_and_told, begin),
        cmocka_unit_test_setup(printers_dont_wait_for_each_other, begin),
        cmocka_unit_test_setup(a_job_that_came_to_nothing_is_tried_again_a_few_times, begin),
        cmocka_unit_test_setup(failures_say_why, begin),
        cmocka_unit_test_setup(sheets_are_saved_but_no_family_s, begin),
        cmocka_unit_test_setup(looks_keep_their_pace, begin),
        cmocka_unit_test_setup(a_kiosk_takes_its_jobs_along, begin),
        cmocka_unit_test(nothing_comes_out_twice_whatever_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
