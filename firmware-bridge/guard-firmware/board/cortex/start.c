/* Start-up of a Cortex-M without a C library: vectors, memory, main. Any other exception resets. */
#include <stddef.h>
#include <stdint.h>

extern uint32_t stack_top[];
extern uint32_t data_load[], data_start[], data_end[], bss_start[], bss_end[];
int main(void);
void uart_interrupt(void);
void start(void);
void reset(void);
void *memcpy(void *to, const void *from, size_t length);
void *memset(void *to, int value, size_t length);

#define AIRCR (*(volatile uint32_t *)0xE000ED0CUL)

void reset(void)
{
    AIRCR = 0x05FA0004UL;
    for (;;) {
    }
}

void start(void)
{
    const uint32_t *from = data_load;
    /* The linker puts each pair around one object. */
    // cppcheck-suppress comparePointers
    for (uint32_t *to = data_start; to < data_end; to++) {
        *to = *from;
        from++;
    }
    // cppcheck-suppress comparePointers
    for (uint32_t *to = bss_start; to < bss_end; to++) {
        *to = 0U;
    }
    (void)main();
    reset();
}

#define SYSTEM_VECTORS 16U

/* UART_IRQ, the number of the UART's interrupt, comes from the board's makefile line. */
__attribute__((section(".vectors"), used))
static void (*const vectors[SYSTEM_VECTORS + UART_IRQ + 1U])(void) = {
    (void (*)(void))stack_top, start,
    [2 ... SYSTEM_VECTORS + UART_IRQ - 1U] = reset,
    [SYSTEM_VECTORS + UART_IRQ] = uart_interrupt,
};

/* The compiler calls these for structures. */
void *memcpy(void *to, const void *from, size_t length)
{
    uint8_t *t = to;
    const uint8_t *f = from;
    for (size_t i = 0U; i < length; i++) {
        t[i] = f[i];
    }
    return to;
}

void *memset(void *to, int value, size_t length)
{
    uint8_t *t = to;
    for (size_t i = 0U; i < length; i++) {
        t[i] = (uint8_t)value;
    }
    return to;
}
