#include "loop.h"

#define RING 256U

static volatile uint8_t ring[RING];
static volatile uint8_t ring_head; /* written by the interrupt only */
static uint8_t ring_tail;
static uint8_t queue[1024];
static uint16_t queued;
static uint16_t sent;

void loop_byte(uint8_t byte)
{
    ring[ring_head] = byte; /* a full ring overwrites: the frame fails its checksum */
    ring_head++;
}

static size_t take(uint8_t *bytes, size_t room)
{
    size_t n = 0U;
    while ((ring_tail != ring_head) && (n < room)) {
        bytes[n] = ring[ring_tail];
        ring_tail++;
        n++;
    }
    return n;
}

static void queue_all(const struct guard_out *out)
{
    if (sent == queued) {
        sent = 0U;
        queued = 0U;
    }
    for (uint16_t i = 0U; (i < out->length) && (queued < sizeof queue); i++) {
        queue[queued] = out->bytes[i];
        queued++;
    }
}

/* Counts whole milliseconds of a free-running counter: interrupts can be lost, it can not. */
static uint32_t millis(uint32_t per_ms, uint32_t mask)
{
    static uint32_t now;
    static uint32_t last;
    static uint32_t rest;
    uint32_t ticks = board_ticks();
    rest += (ticks - last) & mask;
    last = ticks;
    while (rest >= per_ms) {
        rest -= per_ms;
        now++;
    }
    return now;
}

/* A clock that stands still would never close a window. */
static bool time_passes(uint32_t now, uint16_t standing_rounds)
{
    static uint32_t before;
    static uint16_t rounds;
    if (now != before) {
        before = now;
        rounds = 0U;
    } else if (rounds < standing_rounds) {
        rounds++;
    }
    return rounds < standing_rounds;
}

void loop(uint16_t capabilities, uint32_t ticks_per_ms, uint32_t ticks_mask,
          uint16_t standing_rounds)
{
    static struct guard g;
    static struct guard_out out;
    struct guard_saved saved;
    struct guard_inputs inputs = {.supply_mv = GUARD_NO_SUPPLY,
                                  .temperature = GUARD_NO_TEMPERATURE};
    enum guard_cause why = board_begin();
    (void)millis(ticks_per_ms, ticks_mask);
    board_load(&saved);
    guard_start(&g, why, capabilities, &saved, board_entropy(), 0U, &out);
    for (;;) {
        uint8_t bytes[64];
        size_t got = take(bytes, sizeof bytes);
        uint32_t now = millis(ticks_per_ms, ticks_mask);
        if (got > 0U) {
            guard_receive(&g, bytes, got, now, &out);
            board_relays(guard_energised(&g));
        }
        board_inputs(&inputs);
        guard_run(&g, &inputs, now, &out);
        board_relays(guard_energised(&g));
        if (guard_sound(&g, &out) && time_passes(now, standing_rounds)) {
            board_feed();
        } else {
            board_relays(false); /* and the hardware watchdog ends it */
        }
        if (out.save && !guard_energised(&g)) {
            board_keep(&g.saved);
            out.save = false;
        }
        queue_all(&out);
        out.length = 0U;
        while ((sent < queued) && board_send(queue[sent])) {
            sent++;
        }
        if (sent == queued) {
            board_rest();
        }
    }
}
