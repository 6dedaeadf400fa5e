/*
 * Visits every state of the core that any order of events reaches, with limits of one to three
 * steps of time, and holds each to what must never and what must always be possible. Built with
 * short limits in place of the real ones; the code is the same.
 *
 * What only counts (numbers, sequence, totals) is set to one value before states are compared: the
 * core treats all values alike, and the answer is made from the open question at each step.
 */
#include "rig.h"

#define STATES (1UL << 21)
#define SITE RIG_SITE
#define OTHER (RIG_SITE + 1U)

/* A guard and what an onlooker knows of its past. */
struct node {
    struct guard g;
    uint8_t perfect;    /* good answers in a row on a withheld image, saturating */
    uint8_t since_good; /* steps of time since the last good answer, saturating */
    uint8_t held;       /* steps the button was held while dropped, saturating */
};

enum event {
    WAIT_1, WAIT_2, GOOD, GOOD_ON, WRONG, OLD_SCAN, NO_ROLL, TOO_OLD, UNKNOWN_SITE, AGAIN, HELLO,
    HELLO_OTHER, NOISE, TRIP, BUTTON, FALLEN, SUPPLY, RESET, FLIP, EVENTS
};

static struct node nodes[STATES];
static uint32_t table[STATES * 2UL];
static uint32_t count;
static uint32_t armed_states;
static unsigned long steps;

static void fail(const char *what, const struct node *from, int event)
{
    printf("explore: %s; event %d, good %u, refusal %u, latest %u\n", what, event, from->g.good,
           from->g.refusal, from->g.saved.latest[0]);
    exit(1);
}

static void saturate(uint16_t *counter, uint16_t most)
{
    *counter = (*counter > most) ? most : *counter;
}

static void canonical(struct guard *g)
{
    bool sealed = guard_sealed(&g->saved);
    g->uptime = 0U;
    g->now = 0U;
    g->number = 10U;
    g->question = 77U;
    g->previous = g->have_previous ? 55U : 0U;
    g->scan = 500U;
    g->accepted = 0U;
    g->lost = 0U;
    g->duplicates = 0U;
    g->drop_ms = 0U;
    g->tx_seq = 0U;
    g->rx_seq = 0U;
    g->have_rx_seq = false;
    g->status_due = false;
    g->since_status = 0U;
    g->since_repeat = 0U;
    g->since_accept = 0U;
    g->since_byte = 0U;
    g->reset_cause = 0U;
    g->parser = (struct guard_parser){0};
    g->saved.drops = 0U;
    g->saved.boots = 0U;
    memset(g->saved.counts, 0, sizeof g->saved.counts);
    memset(g->saved.latest, 0, GUARD_LATEST);
    g->refusal = 0U; /* told, never asked */
    saturate(&g->since_question, GUARD_CLOSE_MS + 1U);
    saturate(&g->since_candidate, (uint16_t)((g->candidate == 0U) ? 0U : GUARD_CANDIDATE_MS));
    saturate(&g->trip_open_for, GUARD_TRIP_MS);
    saturate(&g->supply_bad_for, GUARD_SUPPLY_MS);
    saturate(&g->unlike_for, GUARD_FOLLOW_MS);
    saturate(&g->pressed_for, GUARD_HOLD_MS);
    if (sealed) {
        guard_seal(&g->saved);
    }
}

static uint64_t hash(const struct node *n)
{
    const uint8_t *b = (const uint8_t *)n;
    uint64_t h = 1469598103934665603ULL;
    for (size_t i = 0U; i < sizeof *n; i++) {
        h = (h ^ b[i]) * 1099511628211ULL;
    }
    return h ^ (h >> 29);
}

static void visit(const struct node *n)
{
    uint64_t at = hash(n) % (STATES * 2UL);
    while (table[at] != 0U) {
        if (memcmp(&nodes[table[at] - 1U], n, sizeof *n) == 0) {
            return;
        }
        at = (at + 1U) % (STATES * 2UL);
    }
    if (count == STATES) {
        printf("explore: more than %lu states\n", STATES);
        exit(1);
    }
    nodes[count] = *n;
    count++;
    table[at] = count;
    armed_states += guard_energised(&n->g) ? 1U : 0U;
}

static void answer(struct rig *r, enum event event)
{
    struct guard_answer a = {.number = r->g.number, .scan = r->g.scan + 1U, .flags = GUARD_FLAGS,
                             .digest = SITE};
    uint32_t question = r->g.question;
    if (event == GOOD_ON) {
        a.image = 1U;
    } else if (event == OLD_SCAN) {
        a.scan = r->g.scan;
    } else if (event == NO_ROLL) {
        a.flags = GUARD_FLAG_NO_GRANTS;
    } else if (event == TOO_OLD) {
        a.flags = GUARD_FLAG_ROLL_CALL;
        a.age_ms = GUARD_AGE_MS + 1U;
    } else if (event == UNKNOWN_SITE) {
        a.digest = OTHER;
    } else if (event == AGAIN) {
        a.number = r->g.number - 1U;
        question = r->g.previous;
    }
    uint8_t payload[GUARD_ANSWER_BYTES];
    a.code = guard_code(question, &a) ^ ((event == WRONG) ? 1U : 0U);
    guard_encode_answer(&a, payload);
    rig_frame(r, GUARD_ANSWER, payload, sizeof payload);
}

static void apply(struct rig *r, enum event event)
{
    static const uint8_t noise[] = {GUARD_SYNC, 3U, GUARD_ANSWER, 9U, 9U, 9U, 9U, 9U, 9U};
    struct guard_inputs *in = &r->in;
    switch (event) {
    case WAIT_1:
    case WAIT_2:
        r->now += (event == WAIT_1) ? 1U : 2U;
        rig_run(r);
        break;
    case HELLO:
    case HELLO_OTHER:
        rig_hello(r, (uint8_t)(GUARD_MAJOR + ((event == HELLO) ? 0U : 1U)));
        break;
    case NOISE:
        rig_bytes(r, noise, sizeof noise);
        break;
    case TRIP:
        in->trip_open = !in->trip_open;
        rig_run(r);
        break;
    case BUTTON:
        in->button = !in->button;
        rig_run(r);
        break;
    case FALLEN:
        in->fallen = !in->fallen;
        rig_run(r);
        break;
    case SUPPLY:
        in->supply_mv = (uint16_t)((in->supply_mv == 3300U) ? 1000U : 3300U);
        rig_run(r);
        break;
    case RESET:
        rig_start(r, GUARD_WATCHDOG);
        r->g.inputs = *in; /* the board reads its contacts in its first round */
        break;
    case FLIP:
        r->g.energise ^= 4U;
        rig_run(r);
        break;
    default:
        answer(r, event);
        break;
    }
}

static struct rig at(const struct node *n)
{
    struct rig r = {.g = n->g, .in = n->g.inputs, .stored = n->g.saved};
    return r;
}

static uint8_t more(uint8_t value, unsigned by)
{
    return (uint8_t)((value + by > 3U) ? 3U : (value + by));
}

static void check_armed(const struct node *n, enum event event, const struct node *to,
                        const struct guard *g, bool was)
{
    if (!was && (event != GOOD) && (event != OLD_SCAN) && (event != UNKNOWN_SITE)) {
        fail("armed by something else than an answer", n, event);
    }
    if (!was && (to->perfect < GUARD_ANSWERS)) {
        fail("armed without the whole start-up sequence", n, event);
    }
    bool taught = (event != UNKNOWN_SITE) || (g->saved.digest == OTHER);
    if ((g->saved.digest == 0U) || !taught || (g->saved.trip_latched != 0U) || !g->greeted) {
        fail("armed for an unknown site, a latched trip or nobody", n, event);
    }
    if (to->since_good > GUARD_CLOSE_MS) {
        fail("held without a good answer", n, event);
    }
    if (was && (event >= WRONG) && (event <= TOO_OLD)) {
        fail("held after a bad answer", n, event);
    }
    if ((event == HELLO) || (event == HELLO_OTHER) || (event == RESET) || (event == FLIP)) {
        fail("held after a greeting, a reset or a flipped bit", n, event);
    }
}

static void check_kept(const struct node *n, enum event event, const struct node *to,
                       const struct guard *g, bool was)
{
    bool inside = (n->g.since_question >= GUARD_OPEN_MS) && (n->g.since_question <= GUARD_CLOSE_MS);
    bool known = (n->g.saved.digest == SITE) && ((event == GOOD) || (event == GOOD_ON));
    bool harmless = known || (event == NOISE)
                    || ((event == AGAIN) && n->g.have_previous);
    if (was && inside && harmless && !guard_energised(g)) {
        fail("a false drop", n, event);
    }
    if ((g->saved.digest != n->g.saved.digest) && ((n->held < GUARD_HOLD_MS - 1U) || was)) {
        fail("taught without its own button while dropped", n, event);
    }
    if ((n->g.saved.trip_latched != 0U) && (g->saved.trip_latched == 0U)
        && ((event != BUTTON) || n->g.inputs.trip_open)) {
        fail("a hard-wired trip released by something else than the button", n, event);
    }
    (void)to;
}

static struct node next(const struct node *n, enum event event)
{
    struct rig r = at(n);
    static const struct node empty;
    struct node to = empty;
    unsigned passed = (event == WAIT_1) ? 1U : ((event == WAIT_2) ? 2U : 0U);
    bool was = guard_energised(&n->g);
    uint32_t accepted = n->g.accepted;
    apply(&r, event);
    bool good = r.g.accepted != accepted;
    to.since_good = good ? 0U : more(n->since_good, passed);
    to.perfect = n->perfect;
    if (good) {
        to.perfect = more(n->perfect, (event == GOOD_ON) ? 0U : 1U);
    } else if ((r.g.good == 0U) || (event == RESET)) {
        to.perfect = 0U;
    }
    to.held = (n->g.inputs.button && !was) ? more(n->held, passed) : 0U;
    if (guard_energised(&r.g)) {
        check_armed(n, event, &to, &r.g, was);
    }
    check_kept(n, event, &to, &r.g, was);
    canonical(&r.g);
    to.g = r.g;
    return to;
}

/* From any state, mended contacts, the button and good answers arm it. */
static void can_arm(const struct node *n)
{
    struct rig r = at(n);
    rig_start(&r, GUARD_POWER_UP);
    r.in = (struct guard_inputs){.fallen = true, .supply_mv = 3300U,
                                 .temperature = GUARD_NO_TEMPERATURE};
    rig_wait(&r, 2U);
    r.in.button = true;
    rig_wait(&r, 1U);
    r.in.button = false;
    rig_wait(&r, 2U);
    rig_hello(&r, GUARD_MAJOR);
    for (unsigned i = 0U; i < 4U * GUARD_ANSWERS; i++) {
        rig_wait(&r, 2U);
        answer(&r, GOOD);
        r.in.fallen = !guard_energised(&r.g);
    }
    if ((n->g.saved.digest == SITE) && guard_sealed(&n->g.saved) && !guard_energised(&r.g)) {
        fail("can never be armed again", n, -1);
    }
}

int main(void)
{
    static struct node first;
    struct rig r;
    memset(&r, 0, sizeof r);
    rig_new(&r, SITE);
    rig_start(&r, GUARD_POWER_UP);
    r.g.inputs = r.in;
    canonical(&r.g);
    first.g = r.g;
    visit(&first);
    for (uint32_t i = 0U; i < count; i++) {
        for (int event = 0; event < EVENTS; event++) {
            struct node to = next(&nodes[i], (enum event)event);
            visit(&to);
            steps++;
        }
        if ((i % 8U) == 0U) { /* dear, and alike among neighbours */
            can_arm(&nodes[i]);
        }
    }
    printf("%u states (%u armed), %lu steps, none breaks a rule\n", count, armed_states, steps);
    return (armed_states > 10U) ? 0 : 1;
}
