/* Checks and the list of tests, for each file of unit tests. Names are sentences. */
#ifndef CHECK_H
#define CHECK_H

#include "rig.h"

struct unit {
    const char *name;
    void (*run)(struct rig *rig);
};

static unsigned checks;
static unsigned failures;
static const char *test_name;

#define CHECK(condition) check((condition), #condition, __LINE__)

static inline void check(bool holds, const char *what, int line)
{
    checks++;
    if (!holds) {
        failures++;
        printf("line %d: %s: not so: %s\n", line, test_name, what);
    }
}

static inline bool on(const struct rig *r)
{
    return guard_energised(&r->g);
}

static inline enum guard_cause last(const struct rig *r)
{
    return (enum guard_cause)r->g.saved.latest[0];
}

/* The relays are dead, for this cause, and the rest of a start-up sequence does not help. */
static inline void check_dropped(struct rig *r, enum guard_cause cause, int line)
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

static inline int run_all(const struct unit *units, size_t count)
{
    static struct rig rig;
    for (size_t i = 0U; i < count; i++) {
        test_name = units[i].name;
        units[i].run(&rig);
    }
    printf("%zu tests, %u checks, %u failures\n", count, checks, failures);
    return (failures == 0U) ? 0 : 1;
}

#endif
