// A kiosk's end of navigator-print's socket, for scripts: requests as lines on standard input, each
// report as one line on standard output.
//
//   start|save ID KIND PAPER COPIES [ITEMS [SERIAL]]    cancel|again|forget ID    watch
//   1700000000123 a4:+ready,media-low roll:-silent stick:no file: 1:printing:0:2/6
//
// The first number is the wall clock in milliseconds; a job is ID:STATE:FAILURE:DONE/SHEETS.
#include "catalog/snapshot.h"
#include "message/print_names.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static struct wire wire;
static struct print_request request;

static _Noreturn void wrong(const char *name)
{
    fprintf(stderr, "kiosk: found \"%s\"\n", name);
    exit(2);
}

static enum print_request_kind request_kind(const char *name)
{
    for (int i = 0; i < PRINT_REQUEST_KIND_COUNT; i++)
        if (strcmp(name, print_request_name((enum print_request_kind)i)) == 0)
            return (enum print_request_kind)i;
    wrong(name);
}

static enum sheet_kind sheet_kind(const char *name)
{
    for (int i = 0; i < SHEET_KIND_COUNT; i++)
        if (strcmp(name, sheet_kind_name((enum sheet_kind)i)) == 0)
            return (enum sheet_kind)i;
    wrong(name);
}

static void send_line(const char *line)
{
    static unsigned char frame[WIRE_FRAME_BYTES];
    char what[16] = "watch";
    char kind[16] = "test";
    char paper[16] = "a4";
    unsigned id = 0;
    unsigned copies = 1;
    unsigned items = 0;
    unsigned long long serial = 0;
    if (sscanf(line, "%15s %u %15s %15s %u %u %llu", what, &id, kind, paper, &copies, &items,
               &serial) < 1)
        return;
    memset(&request, 0, sizeof request);
    request.kind = request_kind(what);
    request.id = id;
    request.order.kind = sheet_kind(kind);
    request.order.paper = strcmp(paper, "roll") == 0 ? PAPER_ROLL : PAPER_A4;
    request.order.copies = copies;
    request.order.serial = serial;
    request.order.item_count = items;
    for (unsigned i = 0; i < items; i++)
        request.order.items[i] = (struct sheet_item){i, SNAPSHOT_NONE};
    wire_send(&wire, frame, print_pack_request(&request, frame));
}

static void print_printer(const char *name, const struct printer *printer)
{
    printf(" %s:%s", name, !printer->known ? "none" : printer->ready ? "+ready" : "-");
    for (unsigned i = 0; i < PRINTER_REASON_COUNT; i++)
        if ((printer->reasons >> i & 1) != 0)
            printf(",%s", printer_reason_name((enum printer_reason)i));
}

static void print_state(const struct print_state *state)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    printf("%lld", (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000);
    print_printer("a4", &state->printers[PAPER_A4]);
    print_printer("roll", &state->printers[PAPER_ROLL]);
    printf(" toner:%d stick:%s file:%s", state->printers[PAPER_A4].toner_percent,
           state->stick ? "yes" : "no", state->file);
    for (unsigned i = 0; i < state->job_count; i++) {
        const struct print_job *job = &state->jobs[i];
        printf(" %u:%s:%d:%u/%u", job->id, print_job_state_name(job->state), job->failure,
               job->done, job->sheets);
    }
    printf("\n");
    fflush(stdout);
}

static void receive(void)
{
    static struct print_state state;
    const unsigned char *payload;
    size_t length;
    enum wire_result result;
    while ((result = wire_receive(&wire, &payload, &length)) == WIRE_FRAME)
        if (print_unpack_state(payload, length, &state))
            print_state(&state);
    if (result == WIRE_CLOSED)
        exit(1);
}

int main(int argc, char **argv)
{
    char line[256];
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (argc != 2 || strlen(argv[1]) >= sizeof address.sun_path)
        return 2;
    strcpy(address.sun_path, argv[1]);
    if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
        return 1;
    wire_init(&wire, fd);
    setvbuf(stdin, NULL, _IONBF, 0);
    for (;;) {
        struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                               {.fd = fd, .events = POLLIN}};
        poll(fds, 2, -1);
        if (fds[0].revents != 0) {
            if (fgets(line, sizeof line, stdin) == NULL)
                return 0;
            send_line(line);
        }
        if (fds[1].revents != 0)
            receive();
    }
}
