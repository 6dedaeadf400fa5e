/*
 * Feeds the core with hostile bytes. With libFuzzer (make fuzz FUZZER=libfuzzer) or, where there is
 * none, with a seeded generator of its own that mixes noise, damaged frames and good ones, under
 * the address and undefined-behaviour sanitisers.
 *
 * Whatever comes: the parser stays within its buffer, what goes out stays within its own, and an
 * interlock that never answers rightly never gets the relays.
 */
#include "rig.h"

static struct rig rig;

static void must(bool holds, const char *what)
{
    if (!holds) {
        printf("fuzz: not so: %s\n", what);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte of each piece says how long it is and what time passes before it. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t at = 0U;
    rig_new(&rig, RIG_SITE);
    rig_start(&rig, GUARD_POWER_UP);
    rig_hello(&rig, GUARD_MAJOR);
    while (at < size) {
        size_t piece = data[at] & 0x3FU;
        rig.now += (uint32_t)(data[at] >> 6) * 17U;
        at++;
        piece = (piece > size - at) ? (size - at) : piece;
        rig_bytes(&rig, &data[at], piece);
        at += piece;
        must(rig.g.parser.used < GUARD_FRAME_MAX, "a full parser has taken or dropped");
        must(rig.out.length <= GUARD_OUT_MAX, "the output stays within its room");
        rig_run(&rig);
        must(rig.g.accepted == 0U, "no bytes from nowhere are a good answer");
        must(!guard_energised(&rig.g), "the relays stay dropped");
        must(guard_sound(&rig.g, &rig.out), "the state stays sound");
    }
    /* and it is not deaf afterwards */
    rig_wait(&rig, GUARD_GAP_MS + 1U);
    rig_hello(&rig, GUARD_MAJOR);
    rig_wait(&rig, 50U);
    rig_good(&rig);
    must(rig.g.accepted == 1U, "a good answer after all that counts");
    return 0;
}

#ifndef LIBFUZZER
static uint32_t chance;

static uint32_t draw(uint32_t below)
{
    chance = chance * 1664525U + 1013904223U;
    return (chance >> 8) % below;
}

static size_t damaged_frame(uint8_t *to)
{
    struct guard_frame f = {.type = (uint8_t)draw(4U), .seq = (uint8_t)draw(256U)};
    f.length = (uint8_t)((draw(2U) == 0U) ? GUARD_ANSWER_BYTES : draw(GUARD_PAYLOAD_MAX + 1U));
    for (uint8_t i = 0U; i < f.length; i++) {
        f.payload[i] = (uint8_t)((draw(3U) == 0U) ? draw(256U) : 0U);
    }
    size_t length = guard_encode(&f, to, GUARD_FRAME_MAX);
    if (draw(2U) == 0U) {
        to[draw((uint32_t)length)] ^= (uint8_t)(1U << draw(8U));
    }
    return (draw(4U) == 0U) ? draw((uint32_t)length) : length;
}

int main(int count, char **arguments)
{
    static uint8_t data[1024];
    unsigned long runs = (count > 1) ? strtoul(arguments[1], 0, 10) : 20000UL;
    chance = (count > 2) ? (uint32_t)strtoul(arguments[2], 0, 10) : 20261122U;
    printf("gcc, sanitisers, seeded generator; seed %u, ", chance);
    for (unsigned long run = 0UL; run < runs; run++) {
        size_t size = 0U;
        while (size + GUARD_FRAME_MAX + 1U < sizeof data && draw(12U) != 0U) {
            if (draw(3U) == 0U) {
                data[size++] = (uint8_t)((draw(8U) == 0U) ? GUARD_SYNC : draw(256U));
            } else {
                size_t length = damaged_frame(&data[size + 1U]);
                data[size] = (uint8_t)(length | (draw(4U) << 6));
                size += length + 1U;
            }
        }
        (void)LLVMFuzzerTestOneInput(data, size);
    }
    printf("%lu runs, nothing broke\n", runs);
    return 0;
}
#endif
