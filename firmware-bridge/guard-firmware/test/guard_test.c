/* Unit tests of the core. Names are sentences; each shows the relays dropped where they must be. */
#include "rig.h"

static unsigned checks;
static unsigned failures;
static const char *test_name;

#define CHECK(condition) check((condition), #condition, __LINE__)

static void check(bool holds, const char *what, int line)
{
    checks++;
    if (!holds) {
        failures++;
        printf("guard_test.c:%d: %s: not so: %s\n", line, test_name, what);
    }
}

static bool on(const struct rig *r)
{
    return guard_energised(&r->g);
}

static enum guard_cause last(const struct rig *r)
{
    return (enum guard_cause)r->g.saved.latest[0];
}

/* The relays are dead, for this cause, and the rest of a start-up sequence does not help. */
static void check_dropped(struct rig *r, enum guard_cause cause, int line)
{
    check(!on(r), "dropped", line);
    check(last(r) == cause, "for this cause", line);
    check(r->g.good == 0U, "counting from the beginning", line);
    check(r->stored.latest[0] == (uint8_t)cause, "the cause is stored", line);
    r->in.fallen = true;
    for (unsigned i = 0U; i + 1U < GUARD_ANSWERS; i++) {
        rig_wait(r, 50U);
        rig_good(r);
    }
    check(!on(r), "one good answer short of the whole sequence", line);
}
#define CHECK_DROPPED(r, cause) check_dropped((r), (cause), __LINE__)

static void starts_dropped_after_every_reset(struct rig *r)
{
    for (int reset = GUARD_POWER_UP; reset <= GUARD_RESET; reset++) {
        rig_armed_new(r);
        CHECK(on(r));
        rig_start(r, (enum guard_cause)reset);
        r->in.fallen = true;
        CHECK(!on(r));
        CHECK(last(r) == (enum guard_cause)reset);
        rig_wait(r, 50U);
        CHECK(guard_refusal(&r->g) == GUARD_VERSION);
        rig_good(r);
        CHECK(!on(r) && r->g.good == 0U); /* nobody greeted it: answers count for nothing */
    }
}

static void arms_at_the_tenth_good_answer_and_not_before(struct rig *r)
{
    rig_new(r, RIG_SITE);
    rig_start(r, GUARD_POWER_UP);
    rig_hello(r, GUARD_MAJOR);
    for (unsigned i = 1U; i <= GUARD_ANSWERS; i++) {
        rig_wait(r, 50U);
        CHECK(!on(r));
        rig_good(r);
        CHECK(on(r) == (i == GUARD_ANSWERS));
    }
    r->in.fallen = false;
    for (unsigned i = 0U; i < 2000U; i++) {
        rig_wait(r, 50U);
        struct guard_answer a = rig_answer(r);
        a.image = 3U;
        a.flags = GUARD_FLAG_ROLL_CALL;
        a.age_ms = GUARD_AGE_MS; /* at its limit it still counts */
        rig_send(r, a, 0U);
        CHECK(on(r));
    }
}

static void drops_401_ms_after_the_last_question_and_not_before(struct rig *r)
{
    rig_armed_new(r);
    rig_wait(r, GUARD_CLOSE_MS);
    CHECK(on(r));
    rig_wait(r, 1U);
    CHECK(!on(r) && r->g.drop_ms == GUARD_CLOSE_MS + 1U);
    CHECK_DROPPED(r, GUARD_TOO_LATE);
}

static void an_answer_at_either_end_of_the_window_counts(struct rig *r)
{
    rig_armed_new(r);
    rig_wait(r, GUARD_OPEN_MS);
    rig_good(r);
    CHECK(on(r));
    rig_wait(r, GUARD_CLOSE_MS);
    rig_good(r);
    CHECK(on(r));
    rig_wait(r, GUARD_OPEN_MS - 1U);
    rig_good(r);
    CHECK_DROPPED(r, GUARD_TOO_EARLY);
}

static void an_answer_that_lay_in_the_driver_too_long_is_too_late(struct rig *r)
{
    rig_armed_new(r);
    r->now += GUARD_CLOSE_MS + 1U; /* no round of the main loop in between */
    rig_good(r);
    CHECK_DROPPED(r, GUARD_TOO_LATE);
}

static void every_flipped_bit_of_the_code_is_wrong(struct rig *r)
{
    for (unsigned bit = 0U; bit < 32U; bit++) {
        rig_armed_new(r);
        rig_wait(r, 50U);
        rig_send(r, rig_answer(r), (uint32_t)1U << bit);
        CHECK_DROPPED(r, GUARD_WRONG);
    }
}

static void a_right_code_for_other_words_is_wrong(struct rig *r)
{
    for (unsigned word = 0U; word < 6U; word++) {
        rig_armed_new(r);
        rig_wait(r, 50U);
        struct guard_answer a = rig_answer(r);
        uint8_t payload[GUARD_ANSWER_BYTES];
        a.flags = GUARD_FLAG_ROLL_CALL;
        a.code = guard_code(r->g.question, &a);
        a.number += (word == 0U) ? 1U : 0U;
        a.scan += (word == 1U) ? 1U : 0U;
        a.image ^= (word == 2U) ? 0x80000000U : 0U;
        a.age_ms = (uint16_t)((word == 3U) ? 1U : a.age_ms);
        a.flags = (uint8_t)((word == 4U) ? GUARD_FLAGS : a.flags);
        a.digest ^= (word == 5U) ? (1ULL << 63) : 0U;
        guard_encode_answer(&a, payload);
        rig_frame(r, GUARD_ANSWER, payload, sizeof payload);
        CHECK_DROPPED(r, GUARD_WRONG);
    }
}

static void an_answer_that_contradicts_itself_is_wrong(struct rig *r)
{
    rig_armed_new(r);
    rig_wait(r, 50U);
    struct guard_answer a = rig_answer(r);
    a.age_ms = 1U; /* no permit is granted, yet one leans on a reading */
    rig_send(r, a, 0U);
    CHECK_DROPPED(r, GUARD_WRONG);
    rig_armed_new(r);
    rig_wait(r, 50U);
    a = rig_answer(r);
    a.flags |= 4U;
    rig_send(r, a, 0U);
    CHECK_DROPPED(r, GUARD_WRONG);
}

static void a_recording_of_good_answers_does_not_hold_it(struct rig *r)
{
    uint8_t recorded[8][GUARD_ANSWER_BYTES];
    rig_armed_new(r);
    for (unsigned i = 0U; i < 8U; i++) {
        struct guard_answer a = rig_answer(r);
        a.code = guard_code(r->g.question, &a);
        guard_encode_answer(&a, recorded[i]);
        rig_wait(r, 50U);
        rig_frame(r, GUARD_ANSWER, recorded[i], GUARD_ANSWER_BYTES);
        CHECK(on(r));
    }
    for (unsigned i = 0U; i < 8U; i++) { /* the latest one again and again moves nothing */
        rig_wait(r, 40U);
        rig_frame(r, GUARD_ANSWER, recorded[7], GUARD_ANSWER_BYTES);
        CHECK(on(r));
    }
    CHECK(r->g.duplicates == 8U);
    rig_wait(r, 81U);
    CHECK_DROPPED(r, GUARD_TOO_LATE);
    rig_wait(r, 50U);
    rig_good(r);
    rig_wait(r, 50U);
    rig_frame(r, GUARD_ANSWER, recorded[0], GUARD_ANSWER_BYTES);
    CHECK(r->g.refusal == GUARD_WRONG);
}

static void a_scan_told_twice_or_going_back_drops(struct rig *r)
{
    static const uint32_t steps[] = {0U, (uint32_t)-1, 0x80000000U};
    for (unsigned i = 0U; i < 3U; i++) {
        rig_armed_new(r);
        rig_wait(r, 50U);
        struct guard_answer a = rig_answer(r);
        a.scan = r->g.scan + steps[i];
        rig_send(r, a, 0U);
        CHECK_DROPPED(r, GUARD_SCAN_REPEATED);
    }
    rig_armed_new(r);
    rig_wait(r, 50U);
    struct guard_answer a = rig_answer(r);
    a.scan = r->g.scan + 0x7FFFFFFFU; /* skipped scans are no fault, nor is a number that wraps */
    rig_send(r, a, 0U);
    CHECK(on(r));
}

static void what_the_answer_says_drops(struct rig *r)
{
    rig_armed_new(r);
    rig_wait(r, 50U);
    struct guard_answer a = rig_answer(r);
    a.flags = GUARD_FLAG_ROLL_CALL;
    a.age_ms = GUARD_AGE_MS + 1U;
    rig_send(r, a, 0U);
    CHECK_DROPPED(r, GUARD_AGE);

    rig_armed_new(r);
    rig_wait(r, 50U);
    a = rig_answer(r);
    a.flags = GUARD_FLAG_NO_GRANTS;
    rig_send(r, a, 0U);
    CHECK_DROPPED(r, GUARD_ROLL_CALL);

    rig_armed_new(r);
    rig_wait(r, 50U);
    a = rig_answer(r);
    a.digest ^= 1U;
    rig_send(r, a, 0U);
    CHECK_DROPPED(r, GUARD_DIGEST);
}

static void never_arms_on_an_image_that_is_not_withheld(struct rig *r)
{
    rig_new(r, RIG_SITE);
    rig_start(r, GUARD_POWER_UP);
    rig_hello(r, GUARD_MAJOR);
    for (unsigned i = 0U; i < 3U * GUARD_ANSWERS; i++) {
        rig_wait(r, 50U);
        struct guard_answer a = rig_answer(r);
        a.image = (i % GUARD_ANSWERS == GUARD_ANSWERS - 1U) ? 0x80000000U : 0U;
        rig_send(r, a, 0U);
        CHECK(!on(r));
    }
    CHECK(guard_refusal(&r->g) == GUARD_IMAGE);
}

static void another_version_or_none_never_arms(struct rig *r)
{
    rig_new(r, RIG_SITE);
    rig_start(r, GUARD_POWER_UP);
    rig_hello(r, GUARD_MAJOR + 1U);
    for (unsigned i = 0U; i < 2U * GUARD_ANSWERS; i++) {
        rig_wait(r, 50U);
        rig_good(r);
        CHECK(!on(r));
    }
    CHECK(guard_refusal(&r->g) == GUARD_VERSION);
    rig_arm(r);
    CHECK(on(r));
}

static void a_greeting_while_armed_drops(struct rig *r)
{
    rig_armed_new(r);
    rig_wait(r, 50U);
    rig_hello(r, GUARD_MAJOR);
    CHECK_DROPPED(r, GUARD_HOST_RESTARTED);
}

static void an_unknown_site_never_arms_until_its_digest_is_taught_by_the_button(struct rig *r)
{
    rig_new(r, 0U);
    rig_start(r, GUARD_POWER_UP);
    rig_arm(r);
    CHECK(!on(r) && guard_refusal(&r->g) == GUARD_DIGEST);
    r->in.button = true;
    for (uint32_t held = 0U; held < GUARD_HOLD_MS; held += 50U) {
        CHECK(r->g.saved.digest == 0U);
        rig_wait(r, 50U);
        rig_good(r);
    }
    rig_wait(r, 2U);
    CHECK(r->stored.digest == RIG_SITE);
    r->in.button = false;
    rig_arm(r);
    CHECK(on(r));
}

static void the_button_teaches_nothing(struct rig *r, unsigned variant)
{
    rig_new(r, RIG_SITE + 1U);
    r->in.button = (variant == 0U); /* held since the start */
    rig_start(r, GUARD_POWER_UP);
    rig_hello(r, GUARD_MAJOR);
    rig_wait(r, 50U);
    rig_good(r);
    r->in.button = true;
    for (uint32_t held = 0U; held < GUARD_HOLD_MS + 500U; held += 50U) {
        rig_wait(r, 50U);
        struct guard_answer a = rig_answer(r);
        a.digest += (variant == 1U && held == 1500U) ? 1U : 0U; /* another site in between */
        a.digest = (variant == 2U) ? 0U : a.digest;             /* no site at all */
        if (variant != 3U) {                                    /* nobody answers any more */
            rig_send(r, a, 0U);
        }
        CHECK(!on(r) && r->stored.digest == RIG_SITE + 1U);
    }
}

static void the_button_teaches_only_what_stood_still_while_it_was_held(struct rig *r)
{
    for (unsigned variant = 0U; variant < 4U; variant++) {
        the_button_teaches_nothing(r, variant);
    }
    rig_armed_new(r); /* and nothing at all while armed */
    r->in.button = true;
    for (unsigned i = 0U; i < 100U; i++) {
        rig_wait(r, 50U);
        rig_good(r);
    }
    CHECK(on(r) && r->stored.digest == RIG_SITE);
}

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

static void an_hour_of_jitter_drops_nothing(struct rig *r)
{
    uint32_t chance = 20261122U;
    printf("  seed %u\n", chance);
    rig_armed_new(r);
    for (unsigned i = 0U; i < 72000U; i++) {
        chance = chance * 1664525U + 1013904223U;
        uint32_t wait = 30U + ((chance >> 16) % 40U);
        r->now += wait - 1U;
        rig_wait(r, 1U);
        rig_good(r);
    }
    CHECK(on(r) && r->g.saved.drops == 1U);
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
static const struct {
    const char *name;
    void (*run)(struct rig *rig);
} TESTS[] = {
    TEST(starts_dropped_after_every_reset),
    TEST(arms_at_the_tenth_good_answer_and_not_before),
    TEST(drops_401_ms_after_the_last_question_and_not_before),
    TEST(an_answer_at_either_end_of_the_window_counts),
    TEST(an_answer_that_lay_in_the_driver_too_long_is_too_late),
    TEST(every_flipped_bit_of_the_code_is_wrong),
    TEST(a_right_code_for_other_words_is_wrong),
    TEST(an_answer_that_contradicts_itself_is_wrong),
    TEST(a_recording_of_good_answers_does_not_hold_it),
    TEST(a_scan_told_twice_or_going_back_drops),
    TEST(what_the_answer_says_drops),
    TEST(never_arms_on_an_image_that_is_not_withheld),
    TEST(another_version_or_none_never_arms),
    TEST(a_greeting_while_armed_drops),
    TEST(an_unknown_site_never_arms_until_its_digest_is_taught_by_the_button),
    TEST(the_button_teaches_only_what_stood_still_while_it_was_held),
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
    TEST(an_hour_of_jitter_drops_nothing),
    TEST(a_clock_that_wraps_changes_nothing),
    TEST(counters_saturate),
    TEST(a_flood_of_greetings_overflows_nothing),
};

int main(void)
{
    static struct rig rig;
    size_t count = sizeof TESTS / sizeof TESTS[0];
    for (size_t i = 0U; i < count; i++) {
        test_name = TESTS[i].name;
        TESTS[i].run(&rig);
    }
    printf("%zu tests, %u checks, %u failures\n", count, checks, failures);
    return (failures == 0U) ? 0 : 1;
}
