/* Unit tests of the core: contacts, supply, memory, line and time. */
#include "check.h"

static void an_open_trip_loop_drops_and_latches_over_a_power_cycle(struct rig *r)
{
    rig_armed_new(r);
    r->in.trip_open = true;
    rig_wait(r, GUARD_TRIP_MS);
    CHECK(on(r)); /* shorter than this is a spark */
    rig_wait(r, 1U);
    CHECK_DROPPED(r, GUARD_TRIP_INPUT);
    r->in.trip_open = false;
    rig_arm(r);
    CHECK(!on(r) && guard_refusal(&r->g) == GUARD_TRIP_INPUT);
    rig_start(r, GUARD_POWER_UP);
    rig_arm(r);
    CHECK(!on(r) && guard_refusal(&r->g) == GUARD_TRIP_INPUT);
    r->in.button = true;
    rig_wait(r, GUARD_PRESS_MS - 1U); /* a bounce */
    r->in.button = false;
    rig_arm(r);
    CHECK(!on(r));
    r->in.button = true;
    r->in.trip_open = true; /* pressed with the loop open */
    rig_wait(r, GUARD_PRESS_MS + 2U);
    r->in.button = false;
    rig_wait(r, 1U);
    r->in.trip_open = false;
    rig_arm(r);
    CHECK(!on(r));
    r->in.button = true;
    rig_wait(r, GUARD_PRESS_MS + 2U);
    r->in.button = false;
    rig_wait(r, 1U);
    rig_arm(r);
    CHECK(on(r));
}

static void an_open_loop_at_the_start_latches_too(struct rig *r)
{
    rig_new(r, RIG_SITE);
    r->in.trip_open = true;
    rig_start(r, GUARD_POWER_UP);
    rig_arm(r);
    CHECK(!on(r) && r->stored.trip_latched == 1U);
}

static void a_supply_outside_its_limits_drops(struct rig *r)
{
    static const uint16_t bad[] = {GUARD_SUPPLY_LOW_MV - 1U, GUARD_SUPPLY_HIGH_MV + 1U};
    for (unsigned i = 0U; i < 2U; i++) {
        rig_armed_new(r);
        r->in.supply_mv = bad[i];
        rig_wait(r, GUARD_SUPPLY_MS);
        CHECK(on(r));
        rig_wait(r, 1U);
        CHECK(!on(r) && last(r) == GUARD_SUPPLY && guard_refusal(&r->g) == GUARD_SUPPLY);
        r->in.fallen = true;
        rig_arm(r);
        CHECK(!on(r));
        r->in.supply_mv = GUARD_SUPPLY_LOW_MV;
        rig_arm(r);
        CHECK(on(r));
    }
}

static void a_relay_that_sticks_keeps_it_from_arming(struct rig *r)
{
    rig_armed_new(r);
    rig_wait(r, GUARD_CLOSE_MS + 1U);
    CHECK(!on(r) && !r->in.fallen);
    rig_hello(r, GUARD_MAJOR);
    for (unsigned i = 0U; i < 2U * GUARD_ANSWERS; i++) {
        rig_wait(r, 50U);
        rig_good(r);
        CHECK(!on(r));
    }
    CHECK(guard_refusal(&r->g) == GUARD_OUTPUT);
    r->in.fallen = true;
    rig_wait(r, 50U);
    rig_good(r);
    CHECK(on(r));
}

static void relays_that_fall_out_by_themselves_do_not_come_back_by_themselves(struct rig *r)
{
    rig_armed_new(r);
    rig_wait(r, 1U);
    for (unsigned i = 0U; i < 4U; i++) {
        r->in.fallen = true;
        rig_wait(r, 50U);
        rig_good(r);
    }
    CHECK(on(r));
    rig_wait(r, 1U);
    CHECK_DROPPED(r, GUARD_OUTPUT);
}

static void a_flipped_bit_of_the_output_drops_for_good(struct rig *r)
{
    for (unsigned bit = 0U; bit < 64U; bit++) {
        rig_armed_new(r);
        if (bit < 32U) {
            r->g.energise ^= (uint32_t)1U << bit;
        } else {
            r->g.inverse ^= (uint32_t)1U << (bit - 32U);
        }
        CHECK(!on(r));
        rig_wait(r, 1U);
        CHECK(!guard_sound(&r->g, &r->out) && guard_refusal(&r->g) == GUARD_ASSERTION);
        CHECK(r->stored.latest[0] == GUARD_ASSERTION);
        rig_arm(r);
        CHECK(!on(r));
    }
}

static void a_damaged_memory_drops_and_the_stored_copy_stays(struct rig *r)
{
    rig_armed_new(r);
    r->g.saved.digest ^= 1U;
    rig_wait(r, 1U);
    CHECK(!on(r) && guard_refusal(&r->g) == GUARD_ASSERTION && r->stored.digest == RIG_SITE);
    rig_armed_new(r);
    r->g.good = 3U;
    rig_wait(r, 1U);
    CHECK(!on(r) && last(r) == GUARD_ASSERTION);
}

static void a_damaged_store_is_an_unknown_site(struct rig *r)
{
    rig_new(r, RIG_SITE);
    r->stored.digest ^= 1U;
    rig_start(r, GUARD_POWER_UP);
    rig_arm(r);
    CHECK(!on(r) && guard_refusal(&r->g) == GUARD_DIGEST);
}

static void noise_and_halves_of_frames_lose_no_later_answer(struct rig *r)
{
    static const uint8_t noise[] = {0x00U, GUARD_SYNC, 0xFFU, GUARD_SYNC, 48U, 2U};
    rig_armed_new(r);
    rig_bytes(r, noise, sizeof noise); /* begins a frame that never comes */
    rig_wait(r, GUARD_GAP_MS + 20U);
    rig_good(r);
    CHECK(on(r) && r->g.good == GUARD_ANSWERS && r->g.parser.bad > 0U);
    uint32_t before = r->g.accepted;
    rig_wait(r, 50U);
    rig_bytes(r, noise, sizeof noise);
    rig_good(r); /* hidden behind half a frame */
    CHECK(r->g.accepted == before);
    rig_wait(r, GUARD_GAP_MS);
    rig_bytes(r, noise, 0U);
    CHECK(on(r) && r->g.accepted == before + 1U);
    rig_frame(r, 0x7FU, noise, 4U); /* no type of ours */
    rig_frame(r, GUARD_ANSWER, noise, 4U);
    rig_frame(r, GUARD_HELLO, noise, 4U);
    CHECK(on(r));
}

static void every_flipped_bit_on_the_line_is_no_answer(struct rig *r)
{
    for (size_t bit = 0U; bit < 8U * (GUARD_ANSWER_BYTES + GUARD_OVERHEAD); bit++) {
        rig_armed_new(r);
        rig_wait(r, 50U);
        struct guard_answer a = rig_answer(r);
        struct guard_frame f = {.type = GUARD_ANSWER, .seq = r->seq, .length = GUARD_ANSWER_BYTES};
        uint8_t wire[GUARD_FRAME_MAX];
        a.code = guard_code(r->g.question, &a);
        guard_encode_answer(&a, f.payload);
        size_t length = guard_encode(&f, wire, sizeof wire);
        wire[bit / 8U] ^= (uint8_t)(1U << (bit % 8U));
        uint32_t before = r->g.accepted;
        rig_bytes(r, wire, length);
        CHECK(r->g.accepted == before);
        rig_wait(r, GUARD_CLOSE_MS);
        CHECK(!on(r) && last(r) == GUARD_TOO_LATE);
    }
}

static void lost_frames_are_counted(struct rig *r)
{
    rig_armed_new(r);
    rig_wait(r, 50U);
    r->seq = (uint8_t)(r->seq + 3U);
    rig_good(r);
    CHECK(on(r) && r->g.lost == 3U);
    rig_wait(r, 50U);
    r->seq = (uint8_t)(r->seq - 1U);
    rig_good(r);
    CHECK(on(r) && r->g.lost == 3U);
}

static void a_clock_that_wraps_changes_nothing(struct rig *r)
{
    rig_new(r, RIG_SITE);
    r->now = 0xFFFFFF00U;
    rig_start(r, GUARD_POWER_UP);
    rig_arm(r);
    CHECK(on(r) && r->now < 1000U);
    rig_wait(r, GUARD_CLOSE_MS + 1U);
    CHECK_DROPPED(r, GUARD_TOO_LATE);
}

static void counters_saturate(struct rig *r)
{
    rig_armed_new(r);
    r->g.saved.counts[GUARD_TOO_LATE] = UINT16_MAX;
    r->g.parser.bad = UINT16_MAX;
    r->g.lost = UINT16_MAX;
    guard_seal(&r->g.saved);
    uint8_t bad[] = {GUARD_SYNC, 0xFFU};
    rig_bytes(r, bad, sizeof bad);
    r->now += 0x7FFFFFFFU;
    rig_run(r);
    CHECK(!on(r) && r->g.saved.counts[GUARD_TOO_LATE] == UINT16_MAX);
    CHECK(r->g.parser.bad == UINT16_MAX && r->g.drop_ms == UINT16_MAX);
}

static void a_flood_of_greetings_overflows_nothing(struct rig *r)
{
    uint8_t flood[64U * 8U];
    size_t length = 0U;
    rig_armed_new(r);
    for (unsigned i = 0U; i < 64U; i++) {
        struct guard_frame f = {.type = GUARD_HELLO, .seq = (uint8_t)i, .length = 2U,
                                .payload = {GUARD_MAJOR, 0U}};
        length += guard_encode(&f, &flood[length], sizeof flood - length);
    }
    rig_bytes(r, flood, length);
    CHECK(!on(r) && r->out.length <= GUARD_OUT_MAX);
    struct guard_parser parser = {.used = GUARD_FRAME_MAX};
    guard_parser_add(&parser, 1U); /* one that nobody takes from */
    CHECK(parser.used == GUARD_FRAME_MAX);
    parser.used = 0U;
    guard_parser_skip(&parser);
    CHECK(parser.used == 0U);
    struct guard_frame big = {.length = GUARD_PAYLOAD_MAX + 1U};
    CHECK(guard_encode(&big, flood, sizeof flood) == 0U);
}

#define TEST(name) { #name, name }
static const struct unit UNITS[] = {
    TEST(an_open_trip_loop_drops_and_latches_over_a_power_cycle),
    TEST(an_open_loop_at_the_start_latches_too),
    TEST(a_supply_outside_its_limits_drops),
    TEST(a_relay_that_sticks_keeps_it_from_arming),
    TEST(relays_that_fall_out_by_themselves_do_not_come_back_by_themselves),
    TEST(a_flipped_bit_of_the_output_drops_for_good),
    TEST(a_damaged_memory_drops_and_the_stored_copy_stays),
    TEST(a_damaged_store_is_an_unknown_site),
    TEST(noise_and_halves_of_frames_lose_no_later_answer),
    TEST(every_flipped_bit_on_the_line_is_no_answer),
    TEST(lost_frames_are_counted),
    TEST(a_clock_that_wraps_changes_nothing),
    TEST(counters_saturate),
    TEST(a_flood_of_greetings_overflows_nothing),
};

int main(void)
{
    return run_all(UNITS, sizeof UNITS / sizeof UNITS[0]);
}
