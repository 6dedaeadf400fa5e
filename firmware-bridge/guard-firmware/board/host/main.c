/*
 * The guard as a process, on a pseudo-terminal: for tests and the demonstration.
 *
 *   guard-host LINK STORE [DIGEST]
 *
 * LINK   a symbolic link to the terminal, made here
 * STORE  the file that stands for its flash; DIGEST (16 hex digits) teaches a new one its site
 *
 * Says on standard output, one line each: "priority real-time", or why it has none, "ready", and
 * "relays 0|1 NANOS" with the monotonic clock whenever the master relays' coils change. Listens on
 * standard input, whose end ends it: "trip 0|1" (1 opens the loop), "button 0|1", "supply
 * MILLIVOLTS", "stick 0|1" (the relays do not fall), "clock PERCENT" (1 to 1000: how fast its own
 * time passes), "reset".
 *
 * Its main loop waits for no call on the terminal, which uart.c carries on a thread of its own. A
 * process has no hardware watchdog: stopped, it keeps its last word.
 */
#define _GNU_SOURCE
#include "guard.h"
#include "uart.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#define ROUND_MS 2
#define RELAY_MS 10U
#define PRIORITY 50
#define CAN (GUARD_CAN_SUPPLY | GUARD_CAN_STORE | GUARD_CAN_FOLLOW)

static struct guard g;
static struct guard_out out;
static struct guard_inputs in = {.fallen = true, .supply_mv = 3300U,
                                 .temperature = GUARD_NO_TEMPERATURE};
static const char *store;
static bool stuck;
static bool coils;
static uint32_t coils_since;
static uint64_t clock_percent = 100U;
static uint64_t clock_from; /* when it began to pass so fast, */
static uint64_t clock_own;  /* and what it showed then */

static uint64_t nanos(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return ((uint64_t)t.tv_sec * 1000000000ULL) + (uint64_t)t.tv_nsec;
}

/* By the guard's own clock, which may be told to be a bad one. */
static uint64_t own_nanos(void)
{
    return clock_own + (((nanos() - clock_from) * clock_percent) / 100U);
}

static uint32_t millis(void)
{
    return (uint32_t)(own_nanos() / 1000000ULL);
}

static void set_clock(int percent)
{
    clock_own = own_nanos();
    clock_from = nanos();
    clock_percent = (uint64_t)((percent < 1) ? 1 : ((percent > 1000) ? 1000 : percent));
}

static int fail(const char *what)
{
    fprintf(stderr, "guard-host: %s: %s\n", what, strerror(errno));
    return 1;
}

static struct guard_saved load(void)
{
    struct guard_saved saved = {0};
    FILE *file = fopen(store, "rb");
    if (file != NULL) {
        (void)!fread(&saved, sizeof saved, 1U, file);
        (void)fclose(file);
    }
    return saved;
}

static void keep(void)
{
    char fresh[4096];
    (void)snprintf(fresh, sizeof fresh, "%s.new", store);
    FILE *file = fopen(fresh, "wb");
    if (file != NULL) {
        bool whole = fwrite(&g.saved, sizeof g.saved, 1U, file) == 1U;
        if ((fclose(file) == 0) && whole) {
            (void)rename(fresh, store);
        }
    }
}

/* Drives first, then talks. */
static void deliver(void)
{
    bool on = guard_energised(&g);
    if (on != coils) {
        coils = on;
        coils_since = millis();
        printf("relays %d %llu\n", on, (unsigned long long)nanos());
        (void)fflush(stdout);
    }
    uart_put(out.bytes, out.length);
    if (out.save) {
        keep();
    }
    out = (struct guard_out){0};
}

static void start(enum guard_cause reset)
{
    struct guard_saved saved = load();
    guard_start(&g, reset, CAN, &saved, (uint32_t)nanos() ^ (uint32_t)getpid(), millis(), &out);
    deliver();
}

static void command(const char *words)
{
    int value = 0;
    if (sscanf(words, "trip %d", &value) == 1) {
        in.trip_open = (value != 0);
    } else if (sscanf(words, "button %d", &value) == 1) {
        in.button = (value != 0);
    } else if (sscanf(words, "supply %d", &value) == 1) {
        in.supply_mv = (uint16_t)value;
    } else if (sscanf(words, "stick %d", &value) == 1) {
        stuck = (value != 0);
    } else if (sscanf(words, "clock %d", &value) == 1) {
        set_clock(value);
    } else if (strncmp(words, "reset", 5U) == 0) {
        start(GUARD_RESET);
    } else {
        fprintf(stderr, "guard-host: not understood: %s", words);
    }
}

/* False at the end of standard input. */
static bool listen(void)
{
    static char text[256];
    static size_t used;
    ssize_t got = read(STDIN_FILENO, &text[used], sizeof text - 1U - used);
    if (got <= 0) {
        return false;
    }
    used += (size_t)got;
    text[used] = '\0';
    char *from = text;
    for (char *end = strchr(from, '\n'); end != NULL; end = strchr(from, '\n')) {
        *end = '\0';
        command(from);
        from = end + 1;
    }
    used = (size_t)(&text[used] - from);
    used = (used >= sizeof text - 1U) ? 0U : used;
    memmove(text, from, used);
    return true;
}

static void turn(void)
{
    uint8_t bytes[256];
    size_t got = uart_take(bytes, sizeof bytes);
    if (got > 0U) {
        guard_receive(&g, bytes, got, millis(), &out);
        deliver();
    }
    bool settled = (millis() - coils_since) >= RELAY_MS;
    in.fallen = !stuck && ((settled && !coils) || (!settled && coils));
    guard_run(&g, &in, millis(), &out);
    deliver();
    if (!guard_sound(&g, &out)) {
        start(GUARD_WATCHDOG); /* what the hardware watchdog would do */
    }
}

/* It stands for a processor of its own, which no load of this machine keeps waiting. */
static void claim_processor(void)
{
    const struct sched_param own = {.sched_priority = PRIORITY};
    bool granted = sched_setscheduler(0, SCHED_FIFO, &own) == 0;
    printf("priority %s\n", granted ? "real-time" : strerror(errno));
    (void)mlockall(MCL_CURRENT | MCL_FUTURE); /* without it a page may have to be fetched first */
}

int main(int count, char **words)
{
    if ((count < 3) || (count > 4)) {
        fprintf(stderr, "usage: guard-host LINK STORE [DIGEST]\n");
        return 64;
    }
    store = words[2];
    set_clock(100);
    if ((count == 4) && (access(store, F_OK) != 0)) {
        g.saved.digest = strtoull(words[3], NULL, 16);
        guard_seal(&g.saved);
        keep();
    }
    if (!uart_open(words[1])) {
        return fail(words[1]);
    }
    claim_processor();
    if (!uart_start()) {
        return fail("a thread for the serial port");
    }
    start(GUARD_POWER_UP);
    printf("ready\n");
    (void)fflush(stdout);
    bool going = true;
    while (going) {
        struct pollfd ends[] = {{.fd = uart_bell(), .events = POLLIN},
                                {.fd = STDIN_FILENO, .events = POLLIN}};
        (void)poll(ends, 2U, ROUND_MS);
        turn();
        if (ends[1].revents != 0) {
            going = listen();
        }
    }
    (void)unlink(words[1]);
    return 0;
}
