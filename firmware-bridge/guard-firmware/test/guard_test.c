/* Unit tests of the core: the window, the answers, the site. Each shows the relays dropped where
 * they must be. */
#include "check.h"

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

#define TEST(name) { #name, name }
static const struct unit UNITS[] = {
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
};

int main(void)
{
    return run_all(UNITS, sizeof UNITS / sizeof UNITS[0]);
}
