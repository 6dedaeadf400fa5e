/*
 * STM32F103C8 ("Blue Pill") or STM32F100RB (STM32VLDISCOVERY): cheap boards with the same registers
 * and an 8 MHz crystal. Built with every test run; no measurement on a real board stands behind it
 * yet: see README.md before it guards anything.
 *
 *   PA0 PA1   coils of the two master relays, each by a transistor with a pull-down at its gate
 *   PA2       trip loop, closed to ground; open or broken reads high
 *   PA3       button to ground
 *   PA4       mirror contacts of both relays in series, to ground: low when both have fallen
 *   PA9 PA10  USART1, the link, 115200 8N1
 *
 * Independent watchdog: its own oscillator, about 200 ms (133 to 266). It can't be stopped.
 */
#include "loop.h"

#define RCC 0x40021000UL
#define GPIO_A 0x40010800UL
#define USART1 0x40013800UL
#define IWDG 0x40003000UL
#define ADC1 0x40012400UL
#define FLASH 0x40022000UL
#define SYSTICK 0xE000E010UL
#define NVIC_ENABLE1 0xE000E104UL
#define UNIQUE_ID 0x1FFFF7E8UL

#define CLOCK_HZ 8000000UL
#define PAGE_A 0x08003800UL
#define PAGE_B 0x08003C00UL

#define RELAYS 0x0003U
#define TRIP 0x0004U
#define BUTTON 0x0008U
#define MIRROR 0x0010U
#define RECEIVE 0x0400U

#define STANDING_ROUNDS 20000U /* a round takes 10 us or more: a fifth of a second at least */
#define CRYSTAL_ROUNDS 100000U
#define ADC_ROUNDS 1000U
#define FLASH_ROUNDS 1000000U
#define REFERENCE_MV 1200U
#define ADC_FULL 4095U

int main(void);
void uart_interrupt(void);

static enum guard_cause reset_cause(void)
{
    uint32_t flags = REGISTER(RCC + 0x24U);
    REGISTER(RCC + 0x24U) = flags | (1UL << 24); /* forget them */
    if ((flags & (1UL << 29)) != 0U) {
        return GUARD_WATCHDOG;
    }
    if ((flags & (1UL << 27)) != 0U) {
        return GUARD_POWER_UP; /* this chip does not tell a brown-out from it */
    }
    return GUARD_RESET;
}

static void begin_clock(void)
{
    REGISTER(RCC) |= 1UL << 16; /* the crystal; without it the internal oscillator of 8 MHz stays */
    for (uint32_t i = 0U; (i < CRYSTAL_ROUNDS) && ((REGISTER(RCC) & (1UL << 17)) == 0U); i++) {
    }
    if ((REGISTER(RCC) & (1UL << 17)) != 0U) {
        REGISTER(RCC + 4U) = 1U;
        REGISTER(RCC) |= 1UL << 19; /* a crystal that stops is an exception, and that a reset */
    }
}

enum guard_cause board_begin(void)
{
    REGISTER(RCC + 0x18U) |= (1UL << 2) | (1UL << 9) | (1UL << 14);
    REGISTER(GPIO_A + 0x14U) = RELAYS; /* level before direction: no glitch */
    REGISTER(GPIO_A + 0x10U) = TRIP | BUTTON | MIRROR | RECEIVE; /* pull-ups */
    REGISTER(GPIO_A + 0x00U) = 0x44488822UL;
    REGISTER(GPIO_A + 0x04U) = 0x444448B4UL;
    REGISTER(IWDG) = 0x5555U;
    REGISTER(IWDG + 4U) = 2U; /* 40 kHz / 16 */
    REGISTER(IWDG + 8U) = 500U;
    REGISTER(IWDG) = 0xAAAAU;
    REGISTER(IWDG) = 0xCCCCU;
    begin_clock();
    REGISTER(USART1 + 0x08U) = 69U; /* 8 MHz / 115200, 0.6 % fast */
    REGISTER(USART1 + 0x0CU) = (1UL << 13) | (1UL << 5) | (1UL << 3) | (1UL << 2);
    REGISTER(NVIC_ENABLE1) = 1UL << (UART_IRQ - 32U);
    REGISTER(SYSTICK + 4U) = 0x00FFFFFFUL;
    REGISTER(SYSTICK) = 5U;
    REGISTER(ADC1 + 0x0CU) = 7UL << 21; /* the internal reference, channel 17 */
    REGISTER(ADC1 + 0x34U) = 17U;
    REGISTER(ADC1 + 0x08U) = (1UL << 23) | (1UL << 20) | (7UL << 17) | 1U;
    return reset_cause();
}

uint32_t board_ticks(void)
{
    return (~REGISTER(SYSTICK + 8U)) & 0x00FFFFFFUL;
}

void board_relays(bool energise)
{
    REGISTER(GPIO_A + (energise ? 0x10U : 0x14U)) = RELAYS;
}

/* The supply by the internal reference; a converter that stands still reads as no supply. */
static uint16_t supply(void)
{
    static uint16_t latest = GUARD_NO_SUPPLY;
    static uint16_t waited;
    if ((REGISTER(ADC1) & 2U) != 0U) {
        uint32_t reading = REGISTER(ADC1 + 0x4CU) & 0xFFFU;
        latest = (reading == 0U) ? 0U : (uint16_t)((REFERENCE_MV * ADC_FULL) / reading);
        waited = 0U;
        REGISTER(ADC1 + 0x08U) |= 1UL << 22;
    } else if (waited == 0U) {
        REGISTER(ADC1 + 0x08U) |= 1UL << 22;
        waited = 1U;
    } else if (waited < ADC_ROUNDS) {
        waited++;
    } else {
        latest = 0U;
    }
    return latest;
}

void board_inputs(struct guard_inputs *inputs)
{
    uint32_t pins = REGISTER(GPIO_A + 8U);
    inputs->trip_open = (pins & TRIP) != 0U;
    inputs->button = (pins & BUTTON) == 0U;
    inputs->fallen = (pins & MIRROR) == 0U;
    inputs->supply_mv = supply();
}

void uart_interrupt(void)
{
    while ((REGISTER(USART1) & 0x28U) != 0U) { /* a byte, or one that overran */
        loop_byte((uint8_t)REGISTER(USART1 + 4U));
    }
}

bool board_send(uint8_t byte)
{
    bool room = (REGISTER(USART1) & 0x80U) != 0U;
    if (room) {
        REGISTER(USART1 + 4U) = byte;
    }
    return room;
}

void board_feed(void)
{
    REGISTER(IWDG) = 0xAAAAU;
}

void board_load(struct guard_saved *saved)
{
    *saved = *(const struct guard_saved *)PAGE_A;
    if (!guard_sealed(saved)) {
        *saved = *(const struct guard_saved *)PAGE_B;
    }
}

static void flash_wait(void)
{
    for (uint32_t i = 0U; (i < FLASH_ROUNDS) && ((REGISTER(FLASH + 0x0CU) & 1U) != 0U); i++) {
    }
}

static void flash_write(uint32_t page, const struct guard_saved *saved)
{
    const uint8_t *bytes = (const uint8_t *)saved;
    REGISTER(FLASH + 0x10U) = 2U; /* erase a page */
    REGISTER(FLASH + 0x14U) = page;
    REGISTER(FLASH + 0x10U) = 2U | (1UL << 6);
    flash_wait();
    REGISTER(FLASH + 0x10U) = 1U;
    for (uint32_t i = 0U; i < sizeof *saved; i += 2U) {
        *(volatile uint16_t *)(page + i) = guard_get16(&bytes[i]);
        flash_wait();
    }
    REGISTER(FLASH + 0x10U) = 0U;
}

/*
 * One copy after the other: a loss of power between them leaves one whole. Both take 85 ms at most
 * by the data sheet, and the watchdog, which the main loop has just fed, waits for 133 ms at least:
 * it is fed nowhere else.
 */
void board_keep(const struct guard_saved *saved)
{
    REGISTER(FLASH + 4U) = 0x45670123UL;
    REGISTER(FLASH + 4U) = 0xCDEF89ABUL;
    flash_write(PAGE_A, saved);
    flash_write(PAGE_B, saved);
    REGISTER(FLASH + 0x10U) = 1UL << 7; /* lock */
}

uint32_t board_entropy(void)
{
    return REGISTER(UNIQUE_ID) ^ REGISTER(UNIQUE_ID + 8U) ^ board_ticks();
}

void board_rest(void)
{
    /* Nothing is to be saved here, and what does not sleep can't oversleep. */
}

int main(void)
{
    loop(GUARD_CAN_SUPPLY | GUARD_CAN_STORE | GUARD_CAN_WATCHDOG | GUARD_CAN_FOLLOW,
         CLOCK_HZ / 1000U, 0x00FFFFFFUL, STANDING_ROUNDS);
    return 0;
}
