#include "guard_frame.h"

#define CODE_START 0x44565947U

uint16_t guard_crc(const uint8_t *bytes, size_t length)
{
    uint16_t crc = 0xFFFFU;
    for (size_t i = 0U; i < length; i++) {
        crc = (uint16_t)(crc ^ (uint16_t)((uint16_t)bytes[i] << 8));
        for (uint8_t bit = 0U; bit < 8U; bit++) {
            bool top = (crc & 0x8000U) != 0U;
            crc = (uint16_t)(crc << 1);
            if (top) {
                crc = (uint16_t)(crc ^ 0x1021U);
            }
        }
    }
    return crc;
}

uint32_t guard_mix(uint32_t hash, uint32_t word)
{
    uint32_t h = hash ^ word;
    h *= 0x85EBCA6BU;
    h ^= h >> 13;
    h *= 0xC2B2AE35U;
    h ^= h >> 16;
    return h;
}

uint32_t guard_code(uint32_t question, const struct guard_answer *answer)
{
    uint32_t h = guard_mix(CODE_START, question);
    h = guard_mix(h, answer->number);
    h = guard_mix(h, answer->scan);
    h = guard_mix(h, answer->image);
    h = guard_mix(h, (uint32_t)answer->age_ms | ((uint32_t)answer->flags << 16));
    h = guard_mix(h, (uint32_t)answer->digest);
    h = guard_mix(h, (uint32_t)(answer->digest >> 32));
    return h;
}

size_t guard_encode(const struct guard_frame *frame, uint8_t *to, size_t room)
{
    size_t total = (size_t)frame->length + GUARD_OVERHEAD;
    if ((frame->length > GUARD_PAYLOAD_MAX) || (total > room)) {
        return 0U;
    }
    to[0] = GUARD_SYNC;
    to[1] = frame->length;
    to[2] = frame->type;
    to[3] = frame->seq;
    for (uint8_t i = 0U; i < frame->length; i++) {
        to[4U + i] = frame->payload[i];
    }
    guard_put16(&to[4U + frame->length], guard_crc(&to[1], (size_t)frame->length + 3U));
    return total;
}

void guard_decode_answer(const uint8_t *payload, struct guard_answer *answer)
{
    answer->number = guard_get32(&payload[0]);
    answer->scan = guard_get32(&payload[4]);
    answer->image = guard_get32(&payload[8]);
    answer->age_ms = guard_get16(&payload[12]);
    answer->flags = payload[14];
    answer->digest = guard_get64(&payload[16]);
    answer->code = guard_get32(&payload[24]);
}

void guard_encode_answer(const struct guard_answer *answer, uint8_t *payload)
{
    guard_put32(&payload[0], answer->number);
    guard_put32(&payload[4], answer->scan);
    guard_put32(&payload[8], answer->image);
    guard_put16(&payload[12], answer->age_ms);
    payload[14] = answer->flags;
    payload[15] = 0U;
    guard_put64(&payload[16], answer->digest);
    guard_put32(&payload[24], answer->code);
}

static void discard(struct guard_parser *parser, uint8_t count)
{
    parser->used = (uint8_t)(parser->used - count);
    for (uint8_t i = 0U; i < parser->used; i++) {
        parser->bytes[i] = parser->bytes[i + count];
    }
}

void guard_parser_skip(struct guard_parser *parser)
{
    if (parser->used > 0U) {
        if (parser->bad < UINT16_MAX) {
            parser->bad++;
        }
        discard(parser, 1U);
    }
}

void guard_parser_add(struct guard_parser *parser, uint8_t byte)
{
    if (parser->used >= GUARD_FRAME_MAX) {
        guard_parser_skip(parser); /* only where the caller did not take */
    }
    parser->bytes[parser->used] = byte;
    parser->used++;
}

bool guard_parser_take(struct guard_parser *parser, struct guard_frame *frame)
{
    while (parser->used > 0U) {
        const uint8_t *b = parser->bytes;
        if (b[0] != GUARD_SYNC) {
            discard(parser, 1U);
        } else if (parser->used < 2U) {
            return false;
        } else if (b[1] > GUARD_PAYLOAD_MAX) {
            guard_parser_skip(parser);
        } else if (parser->used < (b[1] + GUARD_OVERHEAD)) {
            return false;
        } else if (guard_crc(&b[1], (size_t)b[1] + 3U) != guard_get16(&b[4U + b[1]])) {
            guard_parser_skip(parser);
        } else {
            frame->length = b[1];
            frame->type = b[2];
            frame->seq = b[3];
            for (uint8_t i = 0U; i < frame->length; i++) {
                frame->payload[i] = b[4U + i];
            }
            discard(parser, (uint8_t)(frame->length + GUARD_OVERHEAD));
            return true;
        }
    }
    return false;
}

void guard_put16(uint8_t *to, uint16_t value)
{
    to[0] = (uint8_t)value;
    to[1] = (uint8_t)(value >> 8);
}

void guard_put32(uint8_t *to, uint32_t value)
{
    guard_put16(&to[0], (uint16_t)value);
    guard_put16(&to[2], (uint16_t)(value >> 16));
}

void guard_put64(uint8_t *to, uint64_t value)
{
    guard_put32(&to[0], (uint32_t)value);
    guard_put32(&to[4], (uint32_t)(value >> 32));
}

uint16_t guard_get16(const uint8_t *from)
{
    return (uint16_t)((uint16_t)from[0] | (uint16_t)((uint16_t)from[1] << 8));
}

uint32_t guard_get32(const uint8_t *from)
{
    return (uint32_t)guard_get16(&from[0]) | ((uint32_t)guard_get16(&from[2]) << 16);
}

uint64_t guard_get64(const uint8_t *from)
{
    return (uint64_t)guard_get32(&from[0]) | ((uint64_t)guard_get32(&from[4]) << 32);
}
