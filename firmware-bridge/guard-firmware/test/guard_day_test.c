/*
 * A day of scans as they come on a busy machine, each of its troubles within what the guard allows:
 * none is a reason to drop, so none may. The interlock's end is played as its link plays it: it
 * knows the question that it heard last, and the next scan that ends 25 ms or more after it was
 * heard answers it, whatever became of the answer before.
 */
#include "check.h"

#ifndef DAY_MS
#define DAY_MS 86400000U
#endif

#define PERIOD_MS 50U
#define JITTER_MS 20U
#define MARGIN_MS 25U /* what the link stays behind the question */
#define ROUND_MS 10U
#define CALM_MS 700U /* one trouble at a time */
#define STALL_MS 300U
#define ONE_IN 400U /* scans, for each kind of trouble */

enum trouble { STALL, ANSWER_LOST, QUESTION_LOST, TWICE, SUPPLY_DIP, LOOP_SPARK, BUSY, TROUBLES };

static const char *const NAMES[TROUBLES] = {
    "scans late by up to 300 ms", "answers lost", "questions lost", "answers doubled",
    "dips of the supply", "sparks of the trip loop", "rounds of 60 ms"};

struct day {
    uint32_t chance;
    uint32_t number; /* of the question that was heard last */
    uint32_t question;
    uint32_t heard_at;
    uint32_t next_scan;
    uint32_t calm_from;
    unsigned lose_answers;
    unsigned lose_questions;
    unsigned copies;
    unsigned happened[TROUBLES];
    unsigned answers;
    struct guard_parser parser;
};

static uint32_t draw(struct day *d, uint32_t below)
{
    d->chance = (d->chance * 1664525U) + 1013904223U;
    return (d->chance >> 8) % below;
}

static void hear(const struct rig *r, struct day *d)
{
    struct guard_frame f;
    for (size_t i = 0U; i < r->out.length; i++) {
        guard_parser_add(&d->parser, r->out.bytes[i]);
        while (guard_parser_take(&d->parser, &f)) {
            if (f.type != GUARD_QUESTION) {
                continue;
            }
            if (d->lose_questions > 0U) {
                d->lose_questions--;
            } else if (guard_get32(&f.payload[0]) != d->number) {
                d->number = guard_get32(&f.payload[0]);
                d->question = guard_get32(&f.payload[4]);
                d->heard_at = r->now;
            }
        }
    }
}

/* Rounds of the guard's main loop until then. */
static void pass(struct rig *r, struct day *d, uint32_t until, uint32_t round)
{
    while ((int32_t)(until - r->now) > 0) {
        uint32_t left = until - r->now;
        r->now += (left < round) ? left : round;
        rig_run(r);
        hear(r, d);
    }
}

static void answer(struct rig *r, struct day *d)
{
    struct guard_frame f = {.type = GUARD_ANSWER, .seq = r->seq, .length = GUARD_ANSWER_BYTES};
    struct guard_answer a = {.number = d->number, .scan = r->scan, .image = 3U,
                             .age_ms = (uint16_t)draw(d, GUARD_AGE_MS + 1U),
                             .flags = GUARD_FLAG_ROLL_CALL, .digest = RIG_SITE};
    uint8_t wire[GUARD_FRAME_MAX];
    a.code = guard_code(d->question, &a);
    guard_encode_answer(&a, f.payload);
    size_t length = guard_encode(&f, wire, sizeof wire);
    if (d->lose_answers > 0U) {
        d->lose_answers--;
        wire[draw(d, (uint32_t)length)] ^= (uint8_t)(1U << draw(d, 8U));
    }
    r->seq++;
    d->answers++;
    for (; d->copies > 0U; d->copies--) {
        rig_bytes(r, wire, length);
        hear(r, d);
    }
}

static void trouble(struct rig *r, struct day *d)
{
    uint32_t kind = draw(d, ONE_IN);
    if ((kind >= TROUBLES) || ((int32_t)(r->now - d->calm_from) < 0)) {
        return;
    }
    d->calm_from = r->now + CALM_MS;
    d->happened[kind]++;
    if (kind == STALL) {
        d->next_scan += 1U + draw(d, STALL_MS);
    } else if (kind == ANSWER_LOST) {
        d->lose_answers = 1U + draw(d, 2U);
    } else if (kind == QUESTION_LOST) {
        d->lose_questions = 1U + draw(d, 2U);
    } else if (kind == TWICE) {
        d->copies = 2U;
    } else if (kind == SUPPLY_DIP) {
        r->in.supply_mv = GUARD_SUPPLY_LOW_MV - 200U;
        pass(r, d, r->now + GUARD_SUPPLY_MS - 1U, 1U);
        r->in.supply_mv = 3300U;
    } else if (kind == LOOP_SPARK) {
        r->in.trip_open = true;
        pass(r, d, r->now + GUARD_TRIP_MS - 1U, 1U);
        r->in.trip_open = false;
    } else {
        r->now += 60U;
    }
    rig_run(r);
    hear(r, d);
}

static void a_day_of_scans_drops_nothing(struct rig *r)
{
    static struct day d;
    d = (struct day){.chance = 20261129U};
    rig_armed_new(r);
    hear(r, &d);
    uint32_t end = r->now + DAY_MS;
    d.next_scan = r->now + PERIOD_MS;
    while (((int32_t)(end - r->now) > 0) && on(r)) {
        d.copies = 1U;
        trouble(r, &d);
        pass(r, &d, d.next_scan + draw(&d, JITTER_MS), ROUND_MS);
        d.next_scan = r->now + PERIOD_MS - (JITTER_MS / 2U);
        r->scan++;
        if ((r->now - d.heard_at) >= MARGIN_MS) {
            answer(r, &d);
        }
    }
    CHECK(on(r) && (r->g.saved.drops == 1U));
    printf("  seed 20261129: %u answers, %u taken\n", d.answers, r->g.accepted);
    for (unsigned kind = 0U; kind < TROUBLES; kind++) {
        printf("  %u %s\n", d.happened[kind], NAMES[kind]);
        CHECK(d.happened[kind] > 0U);
    }
}

#define TEST(name) { #name, name }
static const struct unit UNITS[] = {
    TEST(a_day_of_scans_drops_nothing),
};

int main(void)
{
    return run_all(UNITS, sizeof UNITS / sizeof UNITS[0]);
}
