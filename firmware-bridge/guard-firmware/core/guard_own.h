/* Between the parts of the core; no board includes this. */
#ifndef GUARD_OWN_H
#define GUARD_OWN_H

#include "guard.h"

/* The sum, at most UINT16_MAX. */
uint16_t guard_sum16(uint16_t a, uint32_t more);

/* Asks the board to store what is kept. */
void guard_save(struct guard *g, struct guard_out *out);

/* Counts and keeps the cause of a drop. */
void guard_note(struct guard *g, enum guard_cause cause, struct guard_out *out);

void guard_send_identity(struct guard *g, struct guard_out *out);
void guard_send_drops(struct guard *g, struct guard_out *out);
void guard_send_status(struct guard *g, struct guard_out *out);
void guard_send_question(struct guard *g, struct guard_out *out);

#endif
