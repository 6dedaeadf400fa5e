/*
 * The host board's serial port, a pseudo-terminal. Bytes come and go on a thread of their own, as
 * they do in a processor's UART: whatever a call on the terminal waits for, the guard does not.
 */
#ifndef UART_H
#define UART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Makes the terminal and the symbolic link to it; false, with errno, where that can't be. */
bool uart_open(const char *link);

/* From now on bytes are carried; the thread has the caller's priority. False: there is none. */
bool uart_start(void);

/* Readable once bytes have come. */
int uart_bell(void);

/* What has come, silencing the bell. Never waits. */
size_t uart_take(uint8_t *bytes, size_t room);

/* Sends; what finds no room is lost, as on a wire that nobody listens to. Never waits. */
void uart_put(const uint8_t *bytes, size_t length);

#endif
