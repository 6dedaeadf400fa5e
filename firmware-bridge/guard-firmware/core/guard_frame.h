/*
 * Frames between the guard and the interlock, and the parser that finds them.
 *
 * Pure: no clock, no device, no heap. The Java side mirrors this page in
 * davy.bridge.guard.GuardFrame, and both are held to vectors.txt.
 *
 * A frame (every number little-endian):
 *
 *      0      1      2      3     4        4+n    6+n
 *   +------+------+------+------+----- ... +------+
 *   | 0xD5 |  n   | type | seq  | payload  | crc  |
 *   +------+------+------+------+----- ... +------+
 *
 *   n     payload bytes, at most 48
 *   seq   counts the frames of one direction, modulo 256; a gap is a lost frame, counted
 *   crc   CRC-16, polynomial 0x1021, start 0xFFFF, not reflected, over n .. payload
 *
 * From the interlock:
 *
 *   HELLO     0x01   0 major   1 minor
 *   ANSWER    0x02   0 number u32   4 scan u32   8 image u32   12 age ms u16   14 flags   15 zero
 *                    16 site digest u64   24 code u32
 *                    flags: 1 roll call complete, 2 no permit is granted (then the age is 0)
 *
 * From the guard:
 *
 *   IDENTITY  0x81   0 major   1 minor   2 capabilities u16   4 build u32   8 window opens ms u16
 *                    10 window closes ms u16   12 age limit ms u16   14 answers to arm
 *                    15 reset cause   16 boots u16   18 zero u16   20 site digest u64
 *   QUESTION  0x82   0 number u32   4 question u32
 *   STATUS    0x83   0 armed   1 last drop   2 refusal   3 good answers   4 inputs   5 zero
 *                    6 last good answer to drop ms u16   8 supply mV u16 (0xFFFF none)
 *                    10 temperature 0.1 C i16 (0x8000 none)   12 uptime ms u32   16 accepted u32
 *                    20 drops u32   24 bad frames u16   26 lost frames u16   28 duplicates u16
 *                    30 zero u16
 *                    inputs: 1 trip loop open, 2 trip latched, 4 button pressed, 8 relays fallen
 *   DROPS     0x84   0 the latest eight causes, newest first   8 one u16 a cause: how often
 *
 * The code of an answer folds the question and every other word of it; see guard_code.
 */
#ifndef GUARD_FRAME_H
#define GUARD_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifndef GUARD_MAJOR
#define GUARD_MAJOR 1U /* a test builds a guard of another version */
#endif
#define GUARD_MINOR 0U

#define GUARD_SYNC 0xD5U
#define GUARD_PAYLOAD_MAX 48U
#define GUARD_OVERHEAD 6U
#define GUARD_FRAME_MAX (GUARD_PAYLOAD_MAX + GUARD_OVERHEAD)

#define GUARD_HELLO 0x01U
#define GUARD_HELLO_BYTES 2U
#define GUARD_ANSWER 0x02U
#define GUARD_ANSWER_BYTES 28U
#define GUARD_IDENTITY 0x81U
#define GUARD_IDENTITY_BYTES 28U
#define GUARD_QUESTION 0x82U
#define GUARD_QUESTION_BYTES 8U
#define GUARD_STATUS 0x83U
#define GUARD_STATUS_BYTES 32U
#define GUARD_DROPS 0x84U

#define GUARD_FLAG_ROLL_CALL 1U
#define GUARD_FLAG_NO_GRANTS 2U
#define GUARD_FLAGS (GUARD_FLAG_ROLL_CALL | GUARD_FLAG_NO_GRANTS)

struct guard_frame {
    uint8_t type;
    uint8_t seq;
    uint8_t length;
    uint8_t payload[GUARD_PAYLOAD_MAX];
};

struct guard_parser {
    uint8_t bytes[GUARD_FRAME_MAX];
    uint8_t used;
    uint16_t bad; /* candidates that made no frame; saturates */
};

struct guard_answer {
    uint32_t number;
    uint32_t scan;
    uint32_t image;
    uint16_t age_ms;
    uint8_t flags;
    uint64_t digest;
    uint32_t code;
};

uint16_t guard_crc(const uint8_t *bytes, size_t length);

/* The code that answers this question with these words; the answer's own code is not read. */
uint32_t guard_code(uint32_t question, const struct guard_answer *answer);

/* One step of that fold; also makes the next question. */
uint32_t guard_mix(uint32_t hash, uint32_t word);

/* Writes a frame; returns its bytes, 0 where it does not fit into the room. */
size_t guard_encode(const struct guard_frame *frame, uint8_t *to, size_t room);

void guard_decode_answer(const uint8_t *payload, struct guard_answer *answer);
void guard_encode_answer(const struct guard_answer *answer, uint8_t *payload);

/* Adds a byte; call guard_parser_take until it says no before adding the next. */
void guard_parser_add(struct guard_parser *parser, uint8_t byte);

/* Takes the next whole frame, dropping what can't be one. */
bool guard_parser_take(struct guard_parser *parser, struct guard_frame *frame);

/* Gives up the frame that is being received, so that one hidden behind it is found. */
void guard_parser_skip(struct guard_parser *parser);

void guard_put16(uint8_t *to, uint16_t value);
void guard_put32(uint8_t *to, uint32_t value);
void guard_put64(uint8_t *to, uint64_t value);
uint16_t guard_get16(const uint8_t *from);
uint32_t guard_get32(const uint8_t *from);
uint64_t guard_get64(const uint8_t *from);

#endif
