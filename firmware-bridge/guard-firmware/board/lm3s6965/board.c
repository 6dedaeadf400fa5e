/*
 * LM3S6965 (Cortex-M3), the board that QEMU emulates with UART, timer, GPIO and watchdog:
 *
 *   qemu-system-arm -M lm3s6965evb -kernel guard-lm3s6965.elf -nographic -serial pty
 *
 *   PB0 PB1  coils of the two master relays       PB5  trip loop: closed pulls low
 *   UART0    the link                             PB6  button: pressed is high
 *
 * The emulation has no mirror contacts, so the relays count as followed and the capability is not
 * claimed. Nor can anything drive its converter, which gives 512 to 519 of 1023 whatever happens:
 * the supply counts as not measured until a probe writes millivolts in its place. It keeps `saved`
 * over a reset, in memory that start-up leaves alone, not over a loss of power. A site digest of
 * zero in TAUGHT leaves it untaught.
 */
#include "loop.h"

#define SYSCTL 0x400FE000UL
#define GPIO_B 0x40005000UL
#define UART 0x4000C000UL
#define WATCHDOG 0x40000000UL
#define SYSTICK 0xE000E010UL
#define NVIC_ENABLE 0xE000E100UL
#define NVIC_DISABLE 0xE000E180UL
#define NVIC_UNPEND 0xE000E280UL
#define TIMER 0x40030000UL
#define TIMER_IRQ (1UL << 19)

#define CLOCK_HZ 12500000UL
#define WATCHDOG_TICKS (CLOCK_HZ / 4U) /* it resets at the second time-out: half a second */

#define STANDING_ROUNDS 500U /* a round is a byte or a millisecond: half a second */

#define RELAYS 0x03U
#define TRIP 0x20U
#define BUTTON 0x40U

#ifndef TAUGHT
#define TAUGHT 0ULL
#endif

int main(void);
void uart_interrupt(void);

static struct guard_saved kept __attribute__((section(".noinit")));
static uint32_t warm __attribute__((section(".noinit")));
#define WARM 0x47554152UL

static bool energised;
static volatile uint16_t converter_mv = GUARD_NO_SUPPLY;

enum guard_cause board_begin(void)
{
    REGISTER(SYSCTL + 0x108U) |= 2U;              /* clock of port B */
    REGISTER(GPIO_B + (RELAYS << 2)) = 0U;        /* level before direction: no glitch */
    REGISTER(GPIO_B + 0x400U) = RELAYS;           /* direction */
    REGISTER(GPIO_B + 0x51CU) = RELAYS | TRIP | BUTTON;
    REGISTER(SYSCTL + 0x104U) |= 1U;              /* clock of UART0 */
    REGISTER(UART + 0x24U) = 6U;                  /* 115200 baud of 12.5 MHz */
    REGISTER(UART + 0x28U) = 50U;
    REGISTER(UART + 0x2CU) = 0x60U;               /* 8 bits, no queue */
    REGISTER(UART + 0x30U) = 0x301U;
    REGISTER(UART + 0x38U) = 0x10U;               /* interrupt when a byte is in */
    REGISTER(NVIC_ENABLE) = 1UL << UART_IRQ;
    REGISTER(SYSTICK + 4U) = 0x00FFFFFFUL;
    REGISTER(SYSTICK + 0U) = 5U;                  /* free-running, no interrupt */
    REGISTER(SYSCTL + 0x104U) |= 1UL << 16;       /* clock of timer 0: ends the rest */
    REGISTER(TIMER + 0x04U) = 2U;                 /* periodic */
    REGISTER(TIMER + 0x28U) = CLOCK_HZ / 1000U;
    REGISTER(TIMER + 0x18U) = 1U;
    REGISTER(TIMER + 0x0CU) = 1U;
    REGISTER(SYSCTL + 0x100U) |= 8U;              /* clock of the watchdog */
    REGISTER(WATCHDOG + 0xC00U) = 0x1ACCE551UL;
    REGISTER(WATCHDOG + 0U) = WATCHDOG_TICKS;
    REGISTER(WATCHDOG + 8U) = 3U;
    bool was_warm = (warm == WARM);
    warm = WARM;
    return was_warm ? GUARD_WATCHDOG : GUARD_POWER_UP; /* QEMU does not model the reset's cause */
}

uint32_t board_ticks(void)
{
    return (~REGISTER(SYSTICK + 8U)) & 0x00FFFFFFUL;
}

void board_relays(bool energise)
{
    REGISTER(GPIO_B + (RELAYS << 2)) = energise ? RELAYS : 0U;
    energised = energise;
}

void board_inputs(struct guard_inputs *inputs)
{
    uint32_t pins = REGISTER(GPIO_B + ((TRIP | BUTTON) << 2));
    inputs->trip_open = (pins & TRIP) != 0U;
    inputs->button = (pins & BUTTON) != 0U;
    inputs->fallen = !energised;
    inputs->supply_mv = converter_mv;
}

void uart_interrupt(void)
{
    while ((REGISTER(UART + 0x18U) & 0x10U) == 0U) {
        loop_byte((uint8_t)REGISTER(UART));
    }
}

bool board_send(uint8_t byte)
{
    bool room = (REGISTER(UART + 0x18U) & 0x20U) == 0U;
    if (room) {
        REGISTER(UART) = byte;
    }
    return room;
}

void board_feed(void)
{
    REGISTER(WATCHDOG + 0xCU) = 1U;
}

void board_load(struct guard_saved *saved)
{
    if (!guard_sealed(&kept)) {
        static const struct guard_saved fresh = {.digest = TAUGHT};
        kept = fresh;
        guard_seal(&kept);
    }
    *saved = kept;
}

void board_keep(const struct guard_saved *saved)
{
    kept = *saved;
}

uint32_t board_entropy(void)
{
    return board_ticks();
}

/* Leaves the emulating machine its processor. No interrupt of the timer is ever taken. */
void board_rest(void)
{
    __asm volatile("cpsid i" ::: "memory");
    REGISTER(NVIC_ENABLE) = TIMER_IRQ;
    __asm volatile("wfi" ::: "memory");
    REGISTER(NVIC_DISABLE) = TIMER_IRQ;
    REGISTER(TIMER + 0x24U) = 1U;
    REGISTER(NVIC_UNPEND) = TIMER_IRQ;
    __asm volatile("cpsie i" ::: "memory");
}

int main(void)
{
    loop(GUARD_CAN_WATCHDOG, CLOCK_HZ / 1000U, 0x00FFFFFFUL, STANDING_ROUNDS);
    return 0;
}
