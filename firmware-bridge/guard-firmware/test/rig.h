/* A guard, its contacts and a scripted interlock: what the host tests are made of. */
#ifndef RIG_H
#define RIG_H

#include "guard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RIG_SITE 0x1122334455667788ULL
#define RIG_CAN (GUARD_CAN_SUPPLY | GUARD_CAN_STORE | GUARD_CAN_FOLLOW)

struct rig {
    struct guard g;
    struct guard_inputs in;
    struct guard_saved stored; /* what the board keeps over a reset */
    uint32_t now;
    uint32_t scan;
    uint8_t seq;
    unsigned saves;
    struct guard_out out; /* of the latest call */
    void (*seen)(struct rig *rig, const char *what); /* told after every call, may be 0 */
    const uint8_t *fed;
    size_t fed_length;
};

static inline void rig_after(struct rig *r, const char *what)
{
    if (r->out.save) {
        r->stored = r->g.saved;
        r->saves++;
    }
    if (r->seen != 0) {
        r->seen(r, what);
    }
}

static inline void rig_start(struct rig *r, enum guard_cause reset)
{
    r->out = (struct guard_out){0};
    guard_start(&r->g, reset, RIG_CAN, &r->stored, 0xC0FFEE01U, r->now, &r->out);
    rig_after(r, "start");
}

/* Contacts as they are when all is well, and a site that was taught. */
static inline void rig_new(struct rig *r, uint64_t taught)
{
    void (*seen)(struct rig *, const char *) = r->seen;
    memset(r, 0, sizeof *r);
    r->seen = seen;
    r->in = (struct guard_inputs){.fallen = true, .supply_mv = 3300U,
                                  .temperature = GUARD_NO_TEMPERATURE};
    r->stored.digest = taught;
    guard_seal(&r->stored);
    r->scan = 100U;
    r->now = 1000U;
}

static inline void rig_run(struct rig *r)
{
    r->out = (struct guard_out){0};
    guard_run(&r->g, &r->in, r->now, &r->out);
    rig_after(r, "run");
}

/* One millisecond after the other; relays follow within ten. */
static inline void rig_wait(struct rig *r, uint32_t ms)
{
    for (uint32_t i = 0U; i < ms; i++) {
        r->now++;
        rig_run(r);
    }
}

static inline void rig_bytes(struct rig *r, const uint8_t *bytes, size_t length)
{
    r->out = (struct guard_out){0};
    r->fed = bytes;
    r->fed_length = length;
    guard_receive(&r->g, bytes, length, r->now, &r->out);
    rig_after(r, "in");
}

static inline void rig_frame(struct rig *r, uint8_t type, const uint8_t *payload, uint8_t length)
{
    struct guard_frame f = {.type = type, .seq = r->seq, .length = length};
    uint8_t wire[GUARD_FRAME_MAX];
    memcpy(f.payload, payload, length);
    r->seq++;
    rig_bytes(r, wire, guard_encode(&f, wire, sizeof wire));
}

static inline void rig_hello(struct rig *r, uint8_t major)
{
    uint8_t payload[GUARD_HELLO_BYTES] = {major, 0U};
    rig_frame(r, GUARD_HELLO, payload, sizeof payload);
}

/* A right answer to the open question about the next scan; change it, then send it. */
static inline struct guard_answer rig_answer(struct rig *r)
{
    r->scan++;
    return (struct guard_answer){.number = r->g.number, .scan = r->scan,
                                 .flags = GUARD_FLAGS, .digest = RIG_SITE};
}

static inline void rig_send(struct rig *r, struct guard_answer a, uint32_t spoil)
{
    uint8_t payload[GUARD_ANSWER_BYTES];
    a.code = guard_code(r->g.question, &a) ^ spoil;
    guard_encode_answer(&a, payload);
    rig_frame(r, GUARD_ANSWER, payload, sizeof payload);
}

static inline void rig_good(struct rig *r)
{
    rig_send(r, rig_answer(r), 0U);
}

/* The whole start-up sequence, one answer each 50 ms. */
static inline void rig_arm(struct rig *r)
{
    rig_hello(r, GUARD_MAJOR);
    for (unsigned i = 0U; i < GUARD_ANSWERS; i++) {
        rig_wait(r, 50U);
        rig_good(r);
    }
    r->in.fallen = !guard_energised(&r->g);
}

static inline void rig_armed_new(struct rig *r)
{
    rig_new(r, RIG_SITE);
    rig_start(r, GUARD_POWER_UP);
    rig_arm(r);
}

#endif
