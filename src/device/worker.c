#include "device/worker.h"

#include "base/check.h"
#include "base/guard.h"
#include "base/log.h"
#include "catalog/store.h"
#include "config/settings.h"
#include "device/backlight.h"
#include "device/helper.h"
#include "device/mailbox.h"
#include "device/ready.h"
#include "device/sound.h"
#include "device/tries.h"
#include "message/print.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

struct worker {
    struct worker_options options;
    pthread_t thread;
    struct mailbox *orders; // struct effect
    struct mailbox *news;   // struct msg
    int orders_fd;          // eventfd: an order was put, or stop
    int signals_fd;
    atomic_bool stop;
    atomic_bool told_to_end;
    atomic_uint light;           // enum light
    uint32_t brightness_percent; // as staff chose
    uint32_t lit_percent;        // as it was set last; 0 not yet
    struct helper link;
    struct helper print;
    struct pin_gate gate;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// The machine's running time with what it slept.
static int64_t boot_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool tell(struct worker *worker, const struct msg *msg)
{
    bool delivered = mailbox_deliver(worker->news, msg);
    worker->options.wake();
    return delivered;
}

static void tell_link_lost(struct worker *worker)
{
    tell(worker, &(struct msg){.kind = MSG_LINK_LOST});
}

static void tell_print_lost(struct worker *worker)
{
    tell(worker, &(struct msg){.kind = MSG_PRINT_LOST});
}

static void destroy_catalog(const struct loaded_catalog *catalog)
{
    searcher_destroy(catalog->searcher);
    snapshot_destroy(catalog->snapshot);
}

static void load_catalog(struct worker *worker, uint64_t serial)
{
    char error[CATALOG_ERROR_BYTES];
    struct msg msg = {.kind = MSG_CATALOG_FAILED};
    struct snapshot *snapshot = catalog_load(worker->options.data_dir, serial, error);
    if (snapshot == NULL) {
        log_event("catalog", "%s", error);
        tell(worker, &msg);
        return;
    }
    msg.kind = MSG_CATALOG_LOADED;
    msg.catalog.snapshot = snapshot;
    msg.catalog.searcher = searcher_create(snapshot);
    if (!tell(worker, &msg))
        destroy_catalog(&msg.catalog);
}

static bool send_frame(struct helper *helper, unsigned char *frame, size_t length)
{
    bool sent = helper->connected && wire_send(&helper->wire, frame, length);
    explicit_bzero(frame, WIRE_FRAME_BYTES);
    if (helper->connected && helper->wire.fd < 0)
        helper_lost(helper, now_ms());
    return sent;
}

static void send_request(struct worker *worker, const struct link_request *request)
{
    unsigned char frame[WIRE_FRAME_BYTES];
    if (!send_frame(&worker->link, frame, wire_pack_request(request, frame)))
        tell_link_lost(worker);
}

static void send_print(struct worker *worker, const struct print_request *request)
{
    unsigned char frame[WIRE_FRAME_BYTES];
    if (!send_frame(&worker->print, frame, print_pack_request(request, frame)))
        tell_print_lost(worker);
}

static void answer_pin(struct worker *worker, const struct pin_question *question)
{
    struct msg msg = {.kind = MSG_PIN};
    switch (question->kind) {
    case PIN_LOOK:
        msg.pin = pin_gate_look(&worker->gate, boot_ms());
        break;
    case PIN_TRY:
        msg.pin = pin_gate_try(&worker->gate, question->digits, boot_ms());
        break;
    case PIN_SET:
        msg.pin.verdict =
            pin_set(worker->options.data_dir, question->digits) ? PIN_RIGHT : PIN_BROKEN;
        break;
    }
    msg.pin.id = question->id;
    tell(worker, &msg);
}

static void light(struct worker *worker)
{
    unsigned wish = atomic_load(&worker->light);
    uint32_t percent = wish == LIGHT_OFF    ? 0
                       : wish == LIGHT_FULL ? 100
                                            : worker->brightness_percent;
    if (percent == worker->lit_percent)
        return;
    backlight_set(worker->options.backlight_dir, percent);
    worker->lit_percent = percent;
}

static void tell_settings(struct worker *worker)
{
    struct msg msg = {.kind = MSG_SETTINGS};
    msg.settings.kept = settings_load(worker->options.data_dir);
    msg.settings.reach = (struct settings_reach){
        .volume = sound_there(), .brightness = backlight_there(worker->options.backlight_dir)};
    worker->brightness_percent = msg.settings.kept.brightness_percent;
    light(worker);
    tell(worker, &msg);
}

static void look_ready(struct worker *worker)
{
    struct msg msg = {.kind = MSG_READY};
    bool prints = worker->print.arguments[0] != NULL;
    unsigned missing = (worker->link.connected ? 0 : READY_NO_LINK) |
                       (!prints || worker->print.connected ? 0 : READY_NO_PRINT);
    ready_look(worker->options.config, worker->options.assets_dir, missing, &msg.ready);
    tell(worker, &msg);
}

static void carry_out(struct worker *worker, const struct effect *effect)
{
    switch (effect->kind) {
    case EFFECT_LINK_REQUEST:
        send_request(worker, &effect->request);
        break;
    case EFFECT_LOAD_CATALOG:
        load_catalog(worker, effect->serial);
        break;
    case EFFECT_RELEASE_CATALOG:
        destroy_catalog(&effect->catalog);
        break;
    case EFFECT_KEEP_TRIES:
        tries_write(worker->options.data_dir, &effect->tries);
        break;
    case EFFECT_PRINT:
        send_print(worker, &effect->print);
        break;
    case EFFECT_PIN:
        answer_pin(worker, &effect->pin);
        break;
    case EFFECT_KEEP_SETTINGS:
        settings_save(worker->options.data_dir, &effect->settings);
        worker->brightness_percent = effect->settings.brightness_percent;
        light(worker);
        break;
    case EFFECT_LOOK_READY:
        look_ready(worker);
        break;
    case EFFECT_TONE:
        sound_tone(effect->volume_percent);
        break;
    case EFFECT_LEAVE:
    case EFFECT_SPEAK:
    case EFFECT_HUSH:
    case EFFECT_WIPE:
    case EFFECT_KIND_COUNT:
        break;
    }
}

static void carry_out_all(struct worker *worker)
{
    struct effect effect;
    while (mailbox_take(worker->orders, &effect)) {
        carry_out(worker, &effect);
        explicit_bzero(&effect, sizeof effect);
    }
}

static bool understand_link(const unsigned char *payload, size_t length, struct msg *ret_msg)
{
    ret_msg->kind = MSG_LINK_REPORT;
    return wire_unpack_report(payload, length, &ret_msg->report);
}

static bool understand_print(const unsigned char *payload, size_t length, struct msg *ret_msg)
{
    ret_msg->kind = MSG_PRINT_STATE;
    return print_unpack_state(payload, length, &ret_msg->printing);
}

// Everything the helper sent; false when it is lost.
static bool hear(struct worker *worker, struct helper *helper,
                 bool (*understand)(const unsigned char *, size_t, struct msg *))
{
    const unsigned char *payload = NULL;
    size_t length = 0;
    for (;;) {
        enum wire_result result = wire_receive(&helper->wire, &payload, &length);
        if (result != WIRE_FRAME)
            return result == WIRE_WAIT;
        struct msg msg = {0};
        bool understood = understand(payload, length, &msg);
        if (understood)
            tell(worker, &msg);
        explicit_bzero(&msg, sizeof msg);
        if (!understood)
            return false;
    }
}

static void serve(struct worker *worker, struct helper *helper, short events)
{
    if (!helper->connected || events == 0)
        return;
    bool link = helper == &worker->link;
    bool alive = (events & POLLOUT) == 0 || wire_flush(&helper->wire);
    if (alive && events & (POLLIN | POLLHUP | POLLERR))
        alive = hear(worker, helper, link ? understand_link : understand_print);
    if (alive)
        return;
    helper_lost(helper, now_ms());
    if (link)
        tell_link_lost(worker);
    else
        tell_print_lost(worker);
}

static struct pollfd watch(const struct helper *helper)
{
    short events = POLLIN;
    if (wire_wants_write(&helper->wire))
        events |= POLLOUT;
    return (struct pollfd){.fd = helper->connected ? helper->wire.fd : -1, .events = events};
}

// Starts or connects a helper that is due; shortens the wait to the next try.
static void keep_up(struct worker *worker, struct helper *helper, int *timeout_ms)
{
    if (helper->arguments[0] == NULL)
        return;
    int64_t now = now_ms();
    bool due = !helper->connected && now >= helper->next_try_ms;
    if (helper_tick(helper, now))
        return;
    if (due && helper == &worker->link)
        tell_link_lost(worker);
    int wait_ms = (int)(helper->next_try_ms - now);
    if (*timeout_ms < 0 || wait_ms < *timeout_ms)
        *timeout_ms = wait_ms;
}

// A lock of the PIN goes on.
static void keep_lock(struct worker *worker, int *timeout_ms)
{
    int64_t now = boot_ms();
    int64_t next = pin_gate_tick(&worker->gate, now);
    if (next != INT64_MAX && (*timeout_ms < 0 || next - now < *timeout_ms))
        *timeout_ms = (int)(next - now);
}

static void hear_signals(struct worker *worker)
{
    struct signalfd_siginfo info;
    if (read(worker->signals_fd, &info, sizeof info) != sizeof info)
        return;
    atomic_store(&worker->told_to_end, true);
    worker->options.wake();
}

static void *run(void *context)
{
    struct worker *worker = context;
    uint64_t serial = 0;
    guard_stack();
    struct msg tries = {.kind = MSG_TRIES};
    if (tries_read(worker->options.data_dir, &tries.tries))
        tell(worker, &tries);
    tell_settings(worker);
    pin_gate_open(&worker->gate, worker->options.data_dir, boot_ms());
    answer_pin(worker, &(struct pin_question){.kind = PIN_LOOK});
    if (catalog_find_newest(worker->options.data_dir, &serial))
        load_catalog(worker, serial);
    while (!atomic_load(&worker->stop)) {
        int timeout_ms = -1;
        keep_up(worker, &worker->link, &timeout_ms);
        keep_up(worker, &worker->print, &timeout_ms);
        keep_lock(worker, &timeout_ms);
        struct pollfd fds[] = {{.fd = worker->orders_fd, .events = POLLIN},
                               {.fd = worker->signals_fd, .events = POLLIN},
                               watch(&worker->link),
                               watch(&worker->print)};
        guard_sweep();
        if (poll(fds, sizeof fds / sizeof fds[0], timeout_ms) < 0)
            continue;
        uint64_t times;
        if (fds[0].revents != 0 && read(worker->orders_fd, &times, sizeof times) > 0)
            carry_out_all(worker);
        light(worker);
        if (fds[1].revents != 0)
            hear_signals(worker);
        serve(worker, &worker->link, fds[2].revents);
        serve(worker, &worker->print, fds[3].revents);
    }
    atomic_store(&worker->light, LIGHT_CHOSEN);
    light(worker);
    helper_finish(&worker->link);
    helper_finish(&worker->print);
    return NULL;
}

struct worker *worker_create(const struct worker_options *options)
{
    static const char *const none[] = {NULL};
    struct worker *worker = guard_pages(sizeof *worker);
    worker->options = *options;
    helper_init(&worker->link, options->link_socket, options->link_arguments);
    helper_init(&worker->print, options->print_socket,
                options->print_arguments != NULL ? options->print_arguments : none);
    worker->orders = mailbox_create(sizeof(struct effect), WORKER_ORDERS_MAX);
    worker->news = mailbox_create(sizeof(struct msg), WORKER_NEWS_MAX);
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL);
    sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
    worker->signals_fd = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    worker->orders_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    CHECK(worker->signals_fd >= 0 && worker->orders_fd >= 0);
    CHECK(pthread_create(&worker->thread, NULL, run, worker) == 0);
    return worker;
}

static void nudge(const struct worker *worker)
{
    uint64_t one = 1;
    CHECK(write(worker->orders_fd, &one, sizeof one) == sizeof one || errno == EAGAIN);
}

void worker_destroy(struct worker *worker)
{
    if (worker == NULL)
        return;
    atomic_store(&worker->stop, true);
    mailbox_close(worker->news);
    nudge(worker);
    pthread_join(worker->thread, NULL);
    carry_out_all(worker);
    struct msg msg;
    while (mailbox_take(worker->news, &msg))
        if (msg.kind == MSG_CATALOG_LOADED)
            destroy_catalog(&msg.catalog);
    explicit_bzero(&msg, sizeof msg);
    mailbox_destroy(worker->orders);
    mailbox_destroy(worker->news);
    close(worker->orders_fd);
    close(worker->signals_fd);
    guard_release(worker, sizeof *worker);
}

bool worker_ask(struct worker *worker, const struct effect *effect)
{
    bool taken = mailbox_put(worker->orders, effect);
    nudge(worker);
    return taken;
}

void worker_light(struct worker *worker, enum light light)
{
    atomic_store(&worker->light, light);
    nudge(worker);
}

bool worker_take(struct worker *worker, struct msg *ret_msg)
{
    return mailbox_take(worker->news, ret_msg);
}

bool worker_told_to_end(struct worker *worker)
{
    return atomic_load(&worker->told_to_end);
}
