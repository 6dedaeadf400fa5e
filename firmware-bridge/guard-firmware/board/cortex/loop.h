/* The main loop that every Cortex-M board runs, and what a board must give it. */
#ifndef LOOP_H
#define LOOP_H

#include "guard.h"

#define REGISTER(address) (*(volatile uint32_t *)(address))

enum guard_cause board_begin(void); /* outputs off first of all; returns the reset's cause */
uint32_t board_ticks(void);         /* a free-running counter, TICKS_PER_MS, TICKS_MASK */
void board_relays(bool energise);   /* both, each by a pin of its own */
void board_inputs(struct guard_inputs *inputs);
bool board_send(uint8_t byte); /* false when the UART takes no more now */
void board_feed(void); /* the hardware watchdog; called only after the self-check */
void board_load(struct guard_saved *saved);
void board_keep(const struct guard_saved *saved); /* called only while the relays are off */
uint32_t board_entropy(void);
void board_rest(void); /* nothing is left to send: may wait for a byte or about a millisecond */

/* `standing_rounds` of the loop without a millisecond passing mean that the counter stands. */
void loop(uint16_t capabilities, uint32_t ticks_per_ms, uint32_t ticks_mask,
          uint16_t standing_rounds);

/* Called by the UART's interrupt; the ring is read by the loop. */
void loop_byte(uint8_t byte);

#endif
