/*
 * The guard: holds the master relays in only as long as the interlock proves, scan by scan, that it
 * is alive, complete and of the right site.
 *
 * Everything here is a pure function of (state, bytes, inputs, time): no clock, device or heap, so
 * that the same code runs on the host, on an emulated processor and on the real one, and every
 * state of it can be visited. The board calls, in each round of its main loop,
 *
 *     guard_receive(...)   with what the serial line brought
 *     guard_run(...)       with its contacts and voltages
 *     guard_energised(...) and drives both master relays with the answer
 *
 * sends what stands in the output buffer, and stores `saved` when asked to.
 *
 *                    HELLO of our version, known site digest, trip loop closed and acknowledged,
 *                    supply good, relays fallen, 10 good answers in a row, image all withheld
 *            +---------+ ------------------------------------------------------> +-------+
 *   start -> | DROPPED |                                                         | ARMED |
 *            +---------+ <------------------------------------------------------ +-------+
 *                    too late, too early, wrong, scan repeated, age, roll call, digest,
 *                    HELLO again, trip loop, supply, relay that does not follow, assertion
 *
 * A good answer comes while the window is open: 20 to 400 ms after the question was first sent. The
 * next question leaves at once. A question is repeated each 100 ms; that never moves its window. A
 * second right answer to the question before is counted and changes nothing.
 *
 * The hard-wired trip latches, over a loss of power too, until the loop is closed and the guard's
 * own button is pressed (50 ms to 3 s). Held 3 s while dropped and while otherwise good answers
 * bring an unknown site digest, the button teaches that digest. A button held since the start does
 * nothing.
 */
#ifndef GUARD_H
#define GUARD_H

#include "guard_frame.h"

#define GUARD_BUILD 1U

/* Figures; an exploration of all states replaces them by very short ones. */
#ifndef GUARD_OPEN_MS
#define GUARD_OPEN_MS 20U       /* an answer sooner is too early */
#define GUARD_CLOSE_MS 400U     /* an answer later is too late: dropped within 500 ms [J] */
#define GUARD_REPEAT_MS 100U    /* a question without an answer is sent again */
#define GUARD_STATUS_MS 100U
#define GUARD_GAP_MS 30U        /* a frame that stops for so long is given up */
#define GUARD_TRIP_MS 5U        /* the trip loop open so long trips [J] */
#define GUARD_SUPPLY_MS 20U     /* supply outside its limits so long drops [J] */
#define GUARD_FOLLOW_MS 200U    /* a master relay follows within [J] */
#define GUARD_PRESS_MS 50U
#define GUARD_HOLD_MS 3000U
#define GUARD_CANDIDATE_MS 1000U
#define GUARD_ANSWERS 10U       /* good ones in a row before it arms (S14) */
#endif
#define GUARD_AGE_MS 2000U      /* AQ 6201: two seconds from over-limit to power cut */
#define GUARD_SUPPLY_LOW_MV 3000U
#define GUARD_SUPPLY_HIGH_MV 3600U

#define GUARD_NO_SUPPLY 0xFFFFU
#define GUARD_NO_TEMPERATURE INT16_MIN

/* Causes of a drop and reasons for not arming; the codes are on the wire, so new ones come last. */
enum guard_cause {
    GUARD_NONE,
    GUARD_POWER_UP,
    GUARD_BROWN_OUT,
    GUARD_WATCHDOG,
    GUARD_RESET,
    GUARD_ASSERTION,
    GUARD_TOO_LATE,
    GUARD_TOO_EARLY,
    GUARD_WRONG,
    GUARD_SCAN_REPEATED,
    GUARD_AGE,
    GUARD_ROLL_CALL,
    GUARD_DIGEST,
    GUARD_HOST_RESTARTED,
    GUARD_TRIP_INPUT,
    GUARD_SUPPLY,
    GUARD_OUTPUT,
    GUARD_IMAGE,
    GUARD_VERSION,
    GUARD_CAUSES
};

#define GUARD_LATEST 8U
#define GUARD_DROPS_BYTES (GUARD_LATEST + (2U * (unsigned)GUARD_CAUSES))

/* What the board can do; told in IDENTITY. */
#define GUARD_CAN_SUPPLY 1U
#define GUARD_CAN_TEMPERATURE 2U
#define GUARD_CAN_STORE 4U     /* `saved` outlives a loss of power */
#define GUARD_CAN_WATCHDOG 8U  /* a hardware watchdog runs */
#define GUARD_CAN_FOLLOW 16U   /* the mirror contacts of the master relays are read */

/* Kept over resets, and over a loss of power where the board can. */
struct guard_saved {
    uint64_t digest; /* of the site that was taught; 0 none */
    uint32_t drops;
    uint16_t boots;
    uint16_t counts[GUARD_CAUSES];
    uint8_t latest[GUARD_LATEST]; /* causes, newest first */
    uint8_t trip_latched;
    uint8_t zero;
    uint16_t crc; /* of all before, by guard_seal */
};

struct guard_inputs {
    bool trip_open;
    bool button;
    bool fallen; /* both master relays, by their mirror contacts */
    uint16_t supply_mv;
    int16_t temperature;
};

#define GUARD_OUT_MAX 256U

struct guard_out {
    uint8_t bytes[GUARD_OUT_MAX];
    uint16_t length;
    bool save; /* `saved` has changed */
};

struct guard {
    uint32_t energise; /* GUARD_ENERGISED and nothing else holds the relays in */
    uint32_t inverse;  /* its complement, so that one flipped bit is found */
    bool broken;       /* an assertion failed: nothing but a reset helps */
    bool greeted;      /* HELLO of our version was heard */
    bool have_scan;
    bool have_previous;
    uint8_t good;
    uint8_t refusal;
    uint8_t reset_cause;
    uint16_t capabilities;

    uint32_t now;
    uint32_t uptime;
    uint16_t since_question; /* first sent; these counters of milliseconds saturate */
    uint16_t since_repeat;
    uint16_t since_accept;
    uint16_t since_status;
    uint16_t since_byte;
    uint16_t since_candidate;
    uint16_t trip_open_for;
    uint16_t supply_bad_for;
    uint16_t unlike_for; /* relays do not follow */
    uint16_t pressed_for;
    bool button_free; /* seen released since the start, the last teaching or the last change */

    uint32_t number; /* of the question that is open */
    uint32_t question;
    uint32_t previous;          /* the question answered last */
    uint32_t scan;              /* the scan accepted last */
    uint64_t candidate;         /* unknown digest of the latest otherwise good answer */
    uint32_t accepted;
    uint16_t lost;
    uint16_t duplicates;
    uint16_t drop_ms;
    uint8_t tx_seq;
    uint8_t rx_seq;
    bool have_rx_seq;
    bool status_due;

    struct guard_inputs inputs;
    struct guard_parser parser;
    struct guard_saved saved;
};

#define GUARD_ENERGISED 0x5AA5C33CU

/*
 * Starts, dropped. `saved` as the board kept it (anything, if it could not); `entropy` makes the
 * questions differ from run to run.
 */
void guard_start(struct guard *g, enum guard_cause reset, uint16_t capabilities,
                 const struct guard_saved *saved, uint32_t entropy, uint32_t now,
                 struct guard_out *out);

void guard_receive(struct guard *g, const uint8_t *bytes, size_t length, uint32_t now,
                   struct guard_out *out);

void guard_run(struct guard *g, const struct guard_inputs *inputs, uint32_t now,
               struct guard_out *out);

/* Whether both master relays are to be held in; false is the answer to every doubt. */
bool guard_energised(const struct guard *g);

/* Self-check; false means dropped for good. The board feeds its hardware watchdog only if true. */
bool guard_sound(struct guard *g, struct guard_out *out);

/* Why it is not armed; GUARD_NONE while armed or counting good answers. */
enum guard_cause guard_refusal(const struct guard *g);

void guard_seal(struct guard_saved *saved);
bool guard_sealed(const struct guard_saved *saved);

#endif
