#include "guard_own.h"

static bool armed(const struct guard *g)
{
    return guard_energised(g);
}

bool guard_energised(const struct guard *g)
{
    return (!g->broken) && (g->energise == GUARD_ENERGISED) && (g->inverse == ~GUARD_ENERGISED);
}

static void energise(struct guard *g, bool on)
{
    g->energise = on ? GUARD_ENERGISED : 0U;
    g->inverse = on ? ~GUARD_ENERGISED : ~0U;
}

/* Opens a fresh question; the one before can be answered no more. */
static void ask(struct guard *g, struct guard_out *out)
{
    g->number++;
    g->question = guard_mix(g->question, g->number);
    g->since_question = 0U;
    guard_send_question(g, out);
}

/* ---- the output ---- */

static void drop(struct guard *g, enum guard_cause cause, struct guard_out *out)
{
    energise(g, false);
    g->drop_ms = g->since_accept;
    g->unlike_for = 0U;
    g->status_due = true;
    guard_note(g, cause, out);
    guard_send_drops(g, out);
}

/* Something is wrong with what the interlock says: it begins anew, and the relays fall. */
static void fault(struct guard *g, enum guard_cause cause, struct guard_out *out)
{
    if (armed(g)) {
        drop(g, cause, out);
    }
    g->status_due = g->status_due || (g->refusal != (uint8_t)cause); /* NONE while it counts */
    g->refusal = (uint8_t)cause;
    g->good = 0U;
}

static enum guard_cause obstacle(const struct guard *g)
{
    if (g->broken) {
        return GUARD_ASSERTION;
    }
    if ((g->saved.trip_latched != 0U) || g->inputs.trip_open) {
        return GUARD_TRIP_INPUT;
    }
    if (g->supply_bad_for >= GUARD_SUPPLY_MS) {
        return GUARD_SUPPLY;
    }
    if (g->unlike_for >= GUARD_FOLLOW_MS) {
        return GUARD_OUTPUT;
    }
    if (!g->greeted) {
        return GUARD_VERSION;
    }
    return GUARD_NONE;
}

enum guard_cause guard_refusal(const struct guard *g)
{
    enum guard_cause why = GUARD_NONE;
    if (!armed(g)) {
        why = obstacle(g);
        if (why == GUARD_NONE) {
            why = (enum guard_cause)g->refusal;
        }
    }
    return why;
}

bool guard_sound(struct guard *g, struct guard_out *out)
{
    bool off = (g->energise == 0U) && (g->inverse == ~0U);
    bool on = (g->energise == GUARD_ENERGISED) && (g->inverse == ~GUARD_ENERGISED);
    bool sound = (off || on) && (g->good <= GUARD_ANSWERS) && guard_sealed(&g->saved)
                 && (g->parser.used <= GUARD_FRAME_MAX)
                 && ((!on) || (g->greeted && (g->good == GUARD_ANSWERS)
                               && (g->saved.digest != 0U) && (g->saved.trip_latched == 0U)
                               && (g->since_question <= GUARD_CLOSE_MS)));
    if ((!sound) && (!g->broken)) {
        g->parser.used = 0U;
        g->good = 0U;
        if (guard_sealed(&g->saved)) {
            drop(g, GUARD_ASSERTION, out);
        } else { /* never seal what may be damaged: the board's copy stays as it was */
            energise(g, false);
            g->status_due = true;
        }
        g->broken = true;
    }
    return !g->broken;
}

/* ---- time ---- */

static void elapse(struct guard *g, uint32_t now)
{
    uint32_t passed = now - g->now;
    g->now = now;
    g->uptime += passed;
    g->since_question = guard_sum16(g->since_question, passed);
    g->since_repeat = guard_sum16(g->since_repeat, passed);
    g->since_accept = guard_sum16(g->since_accept, passed);
    g->since_status = guard_sum16(g->since_status, passed);
    g->since_byte = guard_sum16(g->since_byte, passed);
    g->since_candidate = guard_sum16(g->since_candidate, passed);
    g->trip_open_for = g->inputs.trip_open ? guard_sum16(g->trip_open_for, passed) : 0U;
    bool bad = (g->inputs.supply_mv != GUARD_NO_SUPPLY)
               && ((g->inputs.supply_mv < GUARD_SUPPLY_LOW_MV)
                   || (g->inputs.supply_mv > GUARD_SUPPLY_HIGH_MV));
    g->supply_bad_for = bad ? guard_sum16(g->supply_bad_for, passed) : 0U;
    g->unlike_for = (armed(g) == g->inputs.fallen) ? guard_sum16(g->unlike_for, passed) : 0U;
    g->pressed_for = g->inputs.button ? guard_sum16(g->pressed_for, passed) : g->pressed_for;
}

/* Closes the window when its time has come: first of all, whatever else has happened since. */
static void judge_time(struct guard *g, struct guard_out *out)
{
    if (g->greeted && (!g->broken) && (g->since_question > GUARD_CLOSE_MS)) {
        fault(g, GUARD_TOO_LATE, out);
        g->have_previous = false;
        ask(g, out);
    }
}

/* ---- answers ---- */

static enum guard_cause judge(const struct guard *g, const struct guard_answer *a)
{
    bool no_grants = (a->flags & GUARD_FLAG_NO_GRANTS) != 0U;
    if ((a->number != g->number) || (a->code != guard_code(g->question, a))
        || ((a->flags & (uint8_t)~GUARD_FLAGS) != 0U) || (no_grants && (a->age_ms != 0U))) {
        return GUARD_WRONG;
    }
    if (g->since_question < GUARD_OPEN_MS) {
        return GUARD_TOO_EARLY;
    }
    if (g->have_scan && ((a->scan == g->scan) || ((a->scan - g->scan) > 0x7FFFFFFFU))) {
        return GUARD_SCAN_REPEATED;
    }
    if ((a->flags & GUARD_FLAG_ROLL_CALL) == 0U) {
        return GUARD_ROLL_CALL;
    }
    if (a->age_ms > GUARD_AGE_MS) {
        return GUARD_AGE;
    }
    if ((!armed(g)) && (a->image != 0U)) {
        return GUARD_IMAGE;
    }
    if ((a->digest != g->saved.digest) || (a->digest == 0U)) {
        return GUARD_DIGEST;
    }
    return GUARD_NONE;
}

static void accept(struct guard *g)
{
    g->accepted++;
    if (g->good < GUARD_ANSWERS) {
        g->good++;
    }
    g->refusal = GUARD_NONE;
    g->candidate = 0U;
    if ((!armed(g)) && (g->good == GUARD_ANSWERS) && (obstacle(g) == GUARD_NONE)
        && g->inputs.fallen) {
        energise(g, true);
        g->unlike_for = 0U;
        g->status_due = true;
    }
    g->since_accept = 0U;
}

static void answered(struct guard *g, const struct guard_answer *a, struct guard_out *out)
{
    if ((!g->greeted) || g->broken) {
        return;
    }
    if (g->have_previous && (a->number == (g->number - 1U))
        && (a->code == guard_code(g->previous, a))) {
        g->duplicates = guard_sum16(g->duplicates, 1U);
        return;
    }
    enum guard_cause cause = judge(g, a);
    if (cause == GUARD_DIGEST) {
        g->button_free = g->button_free && ((a->digest == g->candidate) || !g->inputs.button);
        g->candidate = a->digest;
        g->since_candidate = 0U;
    }
    if (cause == GUARD_NONE) {
        accept(g);
    } else {
        fault(g, cause, out);
    }
    g->have_previous = (cause == GUARD_NONE) || (cause == GUARD_DIGEST) || (cause == GUARD_IMAGE);
    g->have_scan = g->have_previous;
    g->scan = a->scan;
    g->previous = g->question;
    ask(g, out);
}

static void greeted(struct guard *g, uint8_t major, struct guard_out *out)
{
    if (armed(g)) {
        fault(g, GUARD_HOST_RESTARTED, out);
    }
    g->greeted = (major == GUARD_MAJOR);
    g->good = 0U;
    g->have_scan = false;
    g->have_previous = false;
    g->candidate = 0U;
    guard_send_identity(g, out);
    guard_send_drops(g, out);
    g->status_due = true;
    if (g->greeted) {
        ask(g, out);
    }
}

static void handle(struct guard *g, const struct guard_frame *f, struct guard_out *out)
{
    if (f->type == GUARD_HELLO) {
        g->have_rx_seq = false;
    }
    uint8_t missed = (uint8_t)(f->seq - g->rx_seq);
    if (g->have_rx_seq && (missed < 128U)) {
        g->lost = guard_sum16(g->lost, missed);
    }
    g->rx_seq = (uint8_t)(f->seq + 1U);
    g->have_rx_seq = true;
    if ((f->type == GUARD_HELLO) && (f->length == GUARD_HELLO_BYTES)) {
        greeted(g, f->payload[0], out);
    } else if ((f->type == GUARD_ANSWER) && (f->length == GUARD_ANSWER_BYTES)) {
        struct guard_answer a;
        guard_decode_answer(f->payload, &a);
        answered(g, &a, out);
    } else {
        g->parser.bad = guard_sum16(g->parser.bad, 1U);
    }
}

static void take_all(struct guard *g, struct guard_out *out)
{
    struct guard_frame frame;
    while (guard_parser_take(&g->parser, &frame)) {
        handle(g, &frame, out);
    }
}

void guard_receive(struct guard *g, const uint8_t *bytes, size_t length, uint32_t now,
                   struct guard_out *out)
{
    elapse(g, now);
    judge_time(g, out);
    while ((g->parser.used > 0U) && (g->since_byte >= GUARD_GAP_MS)) {
        guard_parser_skip(&g->parser);
        take_all(g, out);
    }
    for (size_t i = 0U; i < length; i++) {
        guard_parser_add(&g->parser, bytes[i]);
        take_all(g, out);
        g->since_byte = 0U;
    }
}

/* ---- contacts and voltages ---- */

static void teach(struct guard *g, struct guard_out *out)
{
    g->button_free = false;
    if ((!armed(g)) && (g->candidate != 0U) && (g->since_candidate < GUARD_CANDIDATE_MS)) {
        g->saved.digest = g->candidate;
        g->candidate = 0U;
        g->good = 0U;
        guard_save(g, out);
        guard_send_identity(g, out);
    }
}

static void press(struct guard *g, bool button, struct guard_out *out)
{
    bool down = g->inputs.button;
    if (button && down && g->button_free && (g->pressed_for >= GUARD_HOLD_MS)) {
        teach(g, out);
    }
    if (!button) {
        bool whole = down && g->button_free && (g->pressed_for >= GUARD_PRESS_MS)
                     && (g->pressed_for < GUARD_HOLD_MS);
        if (whole && (g->saved.trip_latched != 0U) && (!g->inputs.trip_open)) {
            g->saved.trip_latched = 0U;
            g->status_due = true;
            guard_save(g, out);
        }
        g->button_free = true;
        g->pressed_for = 0U;
    }
}

static void supervise(struct guard *g, struct guard_out *out)
{
    if ((g->trip_open_for >= GUARD_TRIP_MS) && (g->saved.trip_latched == 0U)) {
        g->saved.trip_latched = 1U;
        if (armed(g)) {
            drop(g, GUARD_TRIP_INPUT, out);
        } else {
            guard_save(g, out);
        }
        g->good = 0U;
        g->status_due = true;
    }
    if (armed(g) && (g->supply_bad_for >= GUARD_SUPPLY_MS)) {
        drop(g, GUARD_SUPPLY, out);
        g->good = 0U;
    }
    if (armed(g) && (g->unlike_for >= GUARD_FOLLOW_MS)) {
        drop(g, GUARD_OUTPUT, out);
        g->good = 0U;
    }
}

void guard_run(struct guard *g, const struct guard_inputs *inputs, uint32_t now,
               struct guard_out *out)
{
    elapse(g, now);
    judge_time(g, out);
    press(g, inputs->button, out);
    g->status_due = g->status_due || (inputs->trip_open != g->inputs.trip_open);
    g->inputs = *inputs;
    supervise(g, out);
    (void)guard_sound(g, out);
    if (g->greeted && (!g->broken) && (g->since_repeat >= GUARD_REPEAT_MS)) {
        guard_send_question(g, out);
    }
    if (g->status_due || (g->since_status >= GUARD_STATUS_MS)) {
        guard_send_status(g, out);
    }
}

void guard_start(struct guard *g, enum guard_cause reset, uint16_t capabilities,
                 const struct guard_saved *saved, uint32_t entropy, uint32_t now,
                 struct guard_out *out)
{
    static const struct guard zero = {0};
    *g = zero;
    energise(g, false);
    if (guard_sealed(saved)) {
        g->saved = *saved;
    }
    g->saved.boots = guard_sum16(g->saved.boots, 1U);
    g->reset_cause = (uint8_t)reset;
    g->capabilities = capabilities;
    g->now = now;
    g->question = guard_mix(entropy, g->saved.boots);
    g->inputs.supply_mv = GUARD_NO_SUPPLY;
    g->inputs.temperature = GUARD_NO_TEMPERATURE;
    g->inputs.button = true; /* until seen released */
    g->since_candidate = UINT16_MAX;
    g->since_accept = UINT16_MAX;
    g->status_due = true;
    guard_note(g, reset, out);
    guard_send_identity(g, out);
    guard_send_drops(g, out);
}
