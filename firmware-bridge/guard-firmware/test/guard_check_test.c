/* Unit tests of the self-check, one word of the state after the other, and of rare combinations. */
#include "check.h"

static void spoil(struct guard *g, unsigned word)
{
    switch (word) {
    case 0U: g->good = GUARD_ANSWERS + 1U; break;
    case 1U: g->good = GUARD_ANSWERS - 1U; break;
    case 2U: g->parser.used = (uint8_t)(GUARD_FRAME_MAX + 1U); break;
    case 3U: g->greeted = false; break;
    case 4U: g->since_question = GUARD_CLOSE_MS + 1U; break;
    case 5U: g->saved.digest = 0U; break;
    case 6U: g->saved.trip_latched = 1U; break;
    case 7U: g->saved.zero = 1U; break;
    case 8U: g->saved.crc ^= 0x8000U; break;
    case 9U: g->energise = 0U; break;
    default: g->inverse = ~0U; break;
    }
}

static void each_word_that_holds_the_relays_is_checked(struct rig *r)
{
    for (unsigned word = 0U; word <= 10U; word++) {
        rig_armed_new(r);
        rig_wait(r, 30U);
        CHECK(on(r) && guard_sound(&r->g, &r->out));
        spoil(&r->g, word);
        if ((word == 5U) || (word == 6U)) {
            guard_seal(&r->g.saved); /* whole, and yet not what may hold the relays */
        }
        CHECK(!guard_sound(&r->g, &r->out) && !on(r));
        CHECK(!guard_sound(&r->g, &r->out) && !on(r)); /* nor does it mend itself */
        rig_arm(r);
        CHECK(!on(r) && guard_refusal(&r->g) == GUARD_ASSERTION);
    }
}

static void a_half_written_output_that_is_dropped_is_no_less_unsound(struct rig *r)
{
    rig_new(r, RIG_SITE);
    rig_start(r, GUARD_POWER_UP);
    CHECK(guard_sound(&r->g, &r->out));
    r->g.inverse = 0U;
    CHECK(!guard_sound(&r->g, &r->out) && !on(r));
}

static void no_site_matches_a_guard_that_was_taught_none(struct rig *r)
{
    rig_new(r, 0U);
    rig_start(r, GUARD_POWER_UP);
    rig_hello(r, GUARD_MAJOR);
    for (unsigned i = 0U; i < (2U * GUARD_ANSWERS); i++) {
        struct guard_answer a = rig_answer(r);
        a.digest = 0U;
        rig_wait(r, 50U);
        a.number = r->g.number;
        rig_send(r, a, 0U);
    }
    CHECK(!on(r) && guard_refusal(&r->g) == GUARD_DIGEST);
}

static void relays_that_have_not_fallen_yet_are_waited_for(struct rig *r)
{
    rig_new(r, RIG_SITE);
    rig_start(r, GUARD_POWER_UP);
    rig_hello(r, GUARD_MAJOR);
    for (unsigned i = 0U; i < GUARD_ANSWERS; i++) {
        rig_wait(r, 50U);
        if ((i + 1U) == GUARD_ANSWERS) {
            r->in.fallen = false;
            rig_wait(r, 1U);
        }
        rig_good(r);
    }
    CHECK(!on(r) && r->g.good == GUARD_ANSWERS);
    r->in.fallen = true;
    rig_wait(r, 50U);
    rig_good(r);
    CHECK(on(r));
}

static void a_wrong_code_for_the_question_before_is_no_duplicate(struct rig *r)
{
    rig_armed_new(r);
    rig_wait(r, 50U);
    rig_good(r);
    rig_wait(r, 50U);
    struct guard_answer a = rig_answer(r);
    a.number = r->g.number - 1U;
    rig_send(r, a, 1U);
    CHECK(r->g.duplicates == 0U);
    CHECK_DROPPED(r, GUARD_WRONG);
}

static void the_button_teaches_no_site_that_was_last_heard_a_second_ago(struct rig *r)
{
    rig_new(r, RIG_SITE + 1U);
    rig_start(r, GUARD_POWER_UP);
    rig_hello(r, GUARD_MAJOR);
    rig_wait(r, 50U);
    rig_good(r);
    CHECK(guard_refusal(&r->g) == GUARD_DIGEST);
    r->in.button = true;
    rig_wait(r, GUARD_HOLD_MS + 50U);
    r->in.button = false;
    rig_wait(r, 1U);
    CHECK(r->g.saved.digest == (RIG_SITE + 1U) && r->stored.digest == (RIG_SITE + 1U));
}

static void a_press_that_ends_after_three_seconds_releases_no_trip(struct rig *r)
{
    rig_armed_new(r);
    r->in.trip_open = true;
    rig_wait(r, GUARD_TRIP_MS + 1U);
    r->in.trip_open = false;
    rig_wait(r, 1U);
    r->in.button = true;
    rig_wait(r, GUARD_HOLD_MS);
    r->in.button = false;
    rig_wait(r, 1U);
    CHECK(r->g.saved.trip_latched == 1U && guard_refusal(&r->g) == GUARD_TRIP_INPUT);
    r->in.button = true;
    rig_wait(r, GUARD_PRESS_MS + 1U);
    r->in.button = false;
    rig_wait(r, 1U);
    CHECK(r->g.saved.trip_latched == 0U && r->stored.trip_latched == 0U);
}

static void a_button_with_nothing_to_teach_or_release_changes_nothing(struct rig *r)
{
    rig_new(r, RIG_SITE);
    rig_start(r, GUARD_POWER_UP);
    rig_wait(r, 10U);
    unsigned saves = r->saves;
    for (uint32_t held = GUARD_PRESS_MS; held <= (GUARD_HOLD_MS + 50U); held += GUARD_HOLD_MS) {
        r->in.button = true;
        rig_wait(r, held + 1U);
        r->in.button = false;
        rig_wait(r, 1U);
    }
    CHECK(r->saves == saves && r->g.saved.digest == RIG_SITE);
}

#define TEST(name) { #name, name }
static const struct unit UNITS[] = {
    TEST(each_word_that_holds_the_relays_is_checked),
    TEST(a_half_written_output_that_is_dropped_is_no_less_unsound),
    TEST(no_site_matches_a_guard_that_was_taught_none),
    TEST(relays_that_have_not_fallen_yet_are_waited_for),
    TEST(a_wrong_code_for_the_question_before_is_no_duplicate),
    TEST(the_button_teaches_no_site_that_was_last_heard_a_second_ago),
    TEST(a_button_with_nothing_to_teach_or_release_changes_nothing),
    TEST(a_press_that_ends_after_three_seconds_releases_no_trip),
};

int main(void)
{
    return run_all(UNITS, sizeof UNITS / sizeof UNITS[0]);
}
