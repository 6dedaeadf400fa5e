/*
 * Writes vectors.txt: plays sessions on the core and records every call with what came out. Run by
 * hand (make vectors) when the protocol changes; read the difference before keeping it.
 */
#include "rig.h"

static bool was_armed;

static void hex(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0U; i < length; i++) {
        printf("%02x", bytes[i]);
    }
    printf("\n");
}

static void seen(struct rig *r, const char *what)
{
    const struct guard_inputs *in = &r->in;
    if (strcmp(what, "in") == 0) {
        printf("in %u ", r->now);
        hex(r->fed, r->fed_length);
    } else if (strcmp(what, "run") == 0) {
        printf("run %u %d %d %d %u %d\n", r->now, in->trip_open, in->button, in->fallen,
               in->supply_mv, in->temperature);
    } else {
        printf("start %u %u %04x c0ffee01\n", r->now, r->g.reset_cause, r->g.capabilities);
    }
    if (r->out.length > 0U) {
        printf("out ");
        hex(r->out.bytes, r->out.length);
    }
    bool armed = guard_energised(&r->g);
    if (armed != was_armed) {
        printf("armed %d\n", armed);
        was_armed = armed;
    }
}

static void story(struct rig *r, const char *name, uint64_t taught)
{
    was_armed = false;
    r->seen = seen;
    rig_new(r, taught);
    printf("\n# %s\nstore %016llx\n", name, (unsigned long long)taught);
    rig_start(r, GUARD_POWER_UP);
}

/* Coarser than a main loop, or the file would be all rounds. */
static void pass(struct rig *r, uint32_t ms)
{
    for (uint32_t i = 0U; i < ms; i += 25U) {
        r->now += 25U;
        r->in.fallen = !guard_energised(&r->g);
        rig_run(r);
    }
}

static void good(struct rig *r, unsigned count)
{
    for (unsigned i = 0U; i < count; i++) {
        pass(r, 50U);
        rig_good(r);
    }
}

static void arm(struct rig *r)
{
    rig_hello(r, GUARD_MAJOR);
    good(r, GUARD_ANSWERS);
}

static void words(void)
{
    static const uint8_t check[] = "123456789";
    printf("\n# the CRC's usual check value\ncrc 313233343536373839 %04x\n", guard_crc(check, 9U));
    printf("\n# code QUESTION NUMBER SCAN IMAGE AGE FLAGS DIGEST CODE\n");
    for (uint32_t i = 0U; i < 16U; i++) {
        uint32_t q = guard_mix(i, 7U);
        struct guard_answer a = {.number = i * 0x11111111U, .scan = guard_mix(q, 1U),
                                 .image = guard_mix(q, 2U), .flags = (uint8_t)(i % 4U),
                                 .digest = ((uint64_t)guard_mix(q, 3U) << 32) | guard_mix(q, 4U)};
        a.age_ms = (uint16_t)(((i & 2U) != 0U) ? 0U : guard_mix(q, 5U));
        printf("code %08x %08x %08x %08x %u %u %016llx %08x\n", q, a.number, a.scan, a.image,
               a.age_ms, a.flags, (unsigned long long)a.digest, guard_code(q, &a));
    }
    printf("\n# frame TYPE SEQUENCE PAYLOAD WIRE\n");
    for (unsigned n = 0U; n <= GUARD_PAYLOAD_MAX; n += 8U) {
        struct guard_frame f = {.type = (uint8_t)(0x80U + n), .seq = (uint8_t)(250U + n),
                                .length = (uint8_t)n};
        uint8_t wire[GUARD_FRAME_MAX];
        for (unsigned i = 0U; i < n; i++) {
            f.payload[i] = (uint8_t)guard_mix(n, i);
        }
        printf("frame %02x %02x ", f.type, f.seq);
        for (unsigned i = 0U; i < n; i++) {
            printf("%02x", f.payload[i]);
        }
        printf("%s ", (n == 0U) ? "-" : "");
        hex(wire, guard_encode(&f, wire, sizeof wire));
    }
}

static void spoiled(struct rig *r, const char *name, void (*spoil)(struct guard_answer *, bool *))
{
    bool wrong = false;
    story(r, name, RIG_SITE);
    arm(r);
    pass(r, 50U);
    struct guard_answer a = rig_answer(r);
    spoil(&a, &wrong);
    rig_send(r, a, wrong ? 4U : 0U);
    pass(r, 25U);
    arm(r);
}

static void bad_code(struct guard_answer *a, bool *wrong)
{
    (void)a;
    *wrong = true;
}

static void bad_number(struct guard_answer *a, bool *wrong)
{
    (void)wrong;
    a->number += 1U;
}

static void bad_flags(struct guard_answer *a, bool *wrong)
{
    (void)wrong;
    a->flags |= 0x80U;
}

static void old_scan(struct guard_answer *a, bool *wrong)
{
    (void)wrong;
    a->scan -= 1U;
}

static void no_roll_call(struct guard_answer *a, bool *wrong)
{
    (void)wrong;
    a->flags = GUARD_FLAG_NO_GRANTS;
}

static void too_old(struct guard_answer *a, bool *wrong)
{
    (void)wrong;
    a->flags = GUARD_FLAG_ROLL_CALL;
    a->age_ms = GUARD_AGE_MS + 1U;
}

static void just_young(struct guard_answer *a, bool *wrong)
{
    too_old(a, wrong);
    a->age_ms--;
    a->image = 0xFFFFFFFFU;
}

static void other_site(struct guard_answer *a, bool *wrong)
{
    (void)wrong;
    a->digest++;
}

static void stories_of_time(struct rig *r)
{
    story(r, "armed, held, and dropped when the answers end; a restart", RIG_SITE);
    arm(r);
    good(r, 5U);
    pass(r, 1300U);
    good(r, 12U);
    rig_start(r, GUARD_WATCHDOG);
    pass(r, 300U);
    arm(r);
    story(r, "an answer too early", RIG_SITE);
    arm(r);
    r->now += GUARD_OPEN_MS - 1U;
    rig_good(r);
    pass(r, 25U);
    story(r, "answers at both ends of the window, then one too late", RIG_SITE);
    arm(r);
    r->now += GUARD_OPEN_MS;
    rig_good(r);
    r->now += GUARD_CLOSE_MS;
    rig_good(r);
    r->now += GUARD_CLOSE_MS + 1U;
    rig_good(r);
    pass(r, 25U);
    story(r, "the clock wraps", RIG_SITE);
    r->now = 0xFFFFFF00U;
    rig_start(r, GUARD_BROWN_OUT);
    arm(r);
    pass(r, 425U);
}

static void stories_of_contacts(struct rig *r)
{
    story(r, "the hard-wired trip, its latch and the button", RIG_SITE);
    arm(r);
    r->in.trip_open = true;
    pass(r, 50U);
    r->in.trip_open = false;
    arm(r);
    rig_start(r, GUARD_POWER_UP);
    arm(r);
    r->in.button = true;
    pass(r, 100U);
    r->in.button = false;
    pass(r, 25U);
    arm(r);
    story(r, "supply", RIG_SITE);
    arm(r);
    r->in.supply_mv = GUARD_SUPPLY_LOW_MV - 1U;
    pass(r, 75U);
    arm(r);
    r->in.supply_mv = GUARD_SUPPLY_HIGH_MV;
    arm(r);
    story(r, "a relay that sticks, a coil that breaks", RIG_SITE);
    arm(r);
    for (unsigned i = 0U; i < 30U; i++) {
        r->now += 25U;
        r->in.fallen = false;
        rig_run(r);
    }
    arm(r);
    for (unsigned i = 0U; i < 12U; i++) {
        r->now += 25U;
        r->in.fallen = true;
        rig_run(r);
    }
    story(r, "teaching a site", 0U);
    arm(r);
    r->in.button = true;
    good(r, 62U);
    r->in.button = false;
    arm(r);
}

static void stories_of_the_line(struct rig *r)
{
    static const uint8_t noise[] = {1U, GUARD_SYNC, 0xFFU, GUARD_SYNC, 48U, 2U, 3U};
    story(r, "noise, half a frame, an unknown frame, a lost one", RIG_SITE);
    arm(r);
    rig_bytes(r, noise, sizeof noise);
    pass(r, 50U);
    rig_good(r);
    rig_bytes(r, noise, sizeof noise);
    rig_good(r);
    pass(r, 50U);
    rig_good(r);
    rig_frame(r, 0x44U, noise, sizeof noise);
    r->seq = (uint8_t)(r->seq + 5U);
    pass(r, 50U);
    rig_good(r);
    pass(r, 100U);
    story(r, "the same answer twice", RIG_SITE);
    arm(r);
    pass(r, 50U);
    struct guard_answer a = rig_answer(r);
    uint8_t payload[GUARD_ANSWER_BYTES];
    a.code = guard_code(r->g.question, &a);
    guard_encode_answer(&a, payload);
    rig_frame(r, GUARD_ANSWER, payload, sizeof payload);
    rig_frame(r, GUARD_ANSWER, payload, sizeof payload);
    pass(r, 450U);
    rig_frame(r, GUARD_ANSWER, payload, sizeof payload);
    pass(r, 100U);
    story(r, "another version; a greeting while armed", RIG_SITE);
    rig_hello(r, GUARD_MAJOR + 1U);
    good(r, 3U);
    arm(r);
    rig_hello(r, GUARD_MAJOR);
    pass(r, 25U);
}

int main(void)
{
    static struct rig rig;
    static const char *const head[] = {
        "# Golden vectors of the guard's link: test/vectors_test.c holds the core to them, and",
        "# GuardVectorsTest and GuardModelTest both Java ends. Made by make vectors.",
        "#",
        "# store DIGEST                              an empty store that was taught this site",
        "# start MILLIS CAUSE CAPABILITIES ENTROPY   a start with what is stored",
        "# in MILLIS BYTES                           the line brought bytes",
        "# run MILLIS TRIP BUTTON FALLEN MV TENTHS   a round of the main loop",
        "# out BYTES                                 what the call before sent; else nothing",
        "# armed 0|1                                 the relays from now on; at first 0",
    };
    for (size_t i = 0U; i < sizeof head / sizeof head[0]; i++) {
        printf("%s\n", head[i]);
    }
    words();
    stories_of_time(&rig);
    spoiled(&rig, "a wrong code", bad_code);
    spoiled(&rig, "an answer to no question", bad_number);
    spoiled(&rig, "unknown flags", bad_flags);
    spoiled(&rig, "the same scan again", old_scan);
    spoiled(&rig, "roll call not complete", no_roll_call);
    spoiled(&rig, "a reading too old", too_old);
    spoiled(&rig, "a reading just young enough, every output on", just_young);
    spoiled(&rig, "another site", other_site);
    stories_of_contacts(&rig);
    stories_of_the_line(&rig);
    return 0;
}
