/* What the guard keeps, and what it says of itself. Decides nothing. */
#include "guard_own.h"

#define SAVED_BYTES offsetof(struct guard_saved, crc)

uint16_t guard_sum16(uint16_t a, uint32_t more)
{
    uint32_t sum = (uint32_t)a + ((more > UINT16_MAX) ? UINT16_MAX : more);
    return (uint16_t)((sum > UINT16_MAX) ? UINT16_MAX : sum);
}

/* ---- what is kept ---- */

void guard_seal(struct guard_saved *saved)
{
    saved->zero = 0U;
    saved->crc = guard_crc((const uint8_t *)saved, SAVED_BYTES);
}

bool guard_sealed(const struct guard_saved *saved)
{
    return (saved->zero == 0U) && (saved->crc == guard_crc((const uint8_t *)saved, SAVED_BYTES));
}

void guard_save(struct guard *g, struct guard_out *out)
{
    guard_seal(&g->saved);
    out->save = true;
}

void guard_note(struct guard *g, enum guard_cause cause, struct guard_out *out)
{
    for (uint8_t i = GUARD_LATEST - 1U; i > 0U; i--) {
        g->saved.latest[i] = g->saved.latest[i - 1U];
    }
    g->saved.latest[0] = (uint8_t)cause;
    g->saved.counts[cause] = guard_sum16(g->saved.counts[cause], 1U);
    g->saved.drops++;
    guard_save(g, out);
}

/* ---- frames out ---- */

static void send(struct guard *g, struct guard_frame *frame, struct guard_out *out)
{
    frame->seq = g->tx_seq;
    size_t written = guard_encode(frame, &out->bytes[out->length], GUARD_OUT_MAX - out->length);
    if (written > 0U) {
        out->length = (uint16_t)(out->length + written);
    }
    g->tx_seq++; /* a frame without room is a lost one, and shows as a gap */
}

void guard_send_identity(struct guard *g, struct guard_out *out)
{
    struct guard_frame f = {.type = GUARD_IDENTITY, .length = GUARD_IDENTITY_BYTES};
    f.payload[0] = GUARD_MAJOR;
    f.payload[1] = GUARD_MINOR;
    guard_put16(&f.payload[2], g->capabilities);
    guard_put32(&f.payload[4], GUARD_BUILD);
    guard_put16(&f.payload[8], GUARD_OPEN_MS);
    guard_put16(&f.payload[10], GUARD_CLOSE_MS);
    guard_put16(&f.payload[12], GUARD_AGE_MS);
    f.payload[14] = GUARD_ANSWERS;
    f.payload[15] = g->reset_cause;
    guard_put16(&f.payload[16], g->saved.boots);
    guard_put64(&f.payload[20], g->saved.digest);
    send(g, &f, out);
}

void guard_send_drops(struct guard *g, struct guard_out *out)
{
    struct guard_frame f = {.type = GUARD_DROPS, .length = GUARD_DROPS_BYTES};
    for (uint8_t i = 0U; i < GUARD_LATEST; i++) {
        f.payload[i] = g->saved.latest[i];
    }
    for (uint8_t cause = 0U; cause < (uint8_t)GUARD_CAUSES; cause++) {
        guard_put16(&f.payload[GUARD_LATEST + (2U * cause)], g->saved.counts[cause]);
    }
    send(g, &f, out);
}

void guard_send_status(struct guard *g, struct guard_out *out)
{
    struct guard_frame f = {.type = GUARD_STATUS, .length = GUARD_STATUS_BYTES};
    const struct guard_inputs *in = &g->inputs;
    f.payload[0] = guard_energised(g) ? 1U : 0U;
    f.payload[1] = g->saved.latest[0];
    f.payload[2] = (uint8_t)guard_refusal(g);
    f.payload[3] = g->good;
    f.payload[4] = (uint8_t)((in->trip_open ? 1U : 0U) | ((g->saved.trip_latched != 0U) ? 2U : 0U)
                             | (in->button ? 4U : 0U) | (in->fallen ? 8U : 0U));
    guard_put16(&f.payload[6], g->drop_ms);
    guard_put16(&f.payload[8], in->supply_mv);
    guard_put16(&f.payload[10], (uint16_t)in->temperature);
    guard_put32(&f.payload[12], g->uptime);
    guard_put32(&f.payload[16], g->accepted);
    guard_put32(&f.payload[20], g->saved.drops);
    guard_put16(&f.payload[24], g->parser.bad);
    guard_put16(&f.payload[26], g->lost);
    guard_put16(&f.payload[28], g->duplicates);
    send(g, &f, out);
    g->since_status = 0U;
    g->status_due = false;
}

void guard_send_question(struct guard *g, struct guard_out *out)
{
    struct guard_frame f = {.type = GUARD_QUESTION, .length = GUARD_QUESTION_BYTES};
    guard_put32(&f.payload[0], g->number);
    guard_put32(&f.payload[4], g->question);
    send(g, &f, out);
    g->since_repeat = 0U;
}
