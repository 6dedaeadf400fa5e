#define _GNU_SOURCE
#include "uart.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define LOOK_MS 100
#define QUIET_MS 1000
#define STACK_BYTES 65536U
#define RING 1024U /* a power of two */

/* One thread puts, another takes; neither ever waits for the other. */
struct ring {
    uint8_t bytes[RING];
    atomic_uint put;
    atomic_uint taken;
};

static struct ring incoming;
static struct ring outgoing;
static int line;
static int user_end;
static int come; /* bells: bytes have come, bytes are to go */
static int go;

static size_t ring_put(struct ring *ring, const uint8_t *bytes, size_t length)
{
    unsigned put = atomic_load_explicit(&ring->put, memory_order_relaxed);
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_acquire);
    size_t n = 0U;
    while ((n < length) && ((put - taken) < RING)) {
        ring->bytes[put % RING] = bytes[n];
        put++;
        n++;
    }
    atomic_store_explicit(&ring->put, put, memory_order_release);
    return n;
}

static size_t ring_take(struct ring *ring, uint8_t *bytes, size_t room)
{
    unsigned taken = atomic_load_explicit(&ring->taken, memory_order_relaxed);
    unsigned put = atomic_load_explicit(&ring->put, memory_order_acquire);
    size_t n = 0U;
    while ((n < room) && (taken != put)) {
        bytes[n] = ring->bytes[taken % RING];
        taken++;
        n++;
    }
    atomic_store_explicit(&ring->taken, taken, memory_order_release);
    return n;
}

static void ring_bell(int bell)
{
    const uint64_t one = 1U;
    (void)!write(bell, &one, sizeof one);
}

static void silence(int bell)
{
    uint64_t count;
    (void)!read(bell, &count, sizeof count);
}

static int64_t millis(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return ((int64_t)t.tv_sec * 1000) + (t.tv_nsec / 1000000);
}

static void *carry(void *nothing)
{
    int64_t heard = millis();
    bool claimed = false;
    for (;;) {
        struct pollfd ends[] = {{.fd = line, .events = POLLIN}, {.fd = go, .events = POLLIN}};
        (void)poll(ends, 2U, LOOK_MS);
        uint8_t bytes[RING];
        silence(go);
        size_t sending = ring_take(&outgoing, bytes, sizeof bytes);
        if (sending > 0U) {
            (void)!write(line, bytes, sending);
        }
        ssize_t got = read(line, bytes, sizeof bytes);
        if (got > 0) {
            heard = millis();
            claimed = true;
            (void)ring_put(&incoming, bytes, (size_t)got);
            ring_bell(come);
        } else if (claimed && ((millis() - heard) > QUIET_MS)) {
            /* a host that was killed held the terminal for itself, and nobody is there to let go */
            (void)ioctl(user_end, TIOCNXCL);
            claimed = false;
        }
    }
    return nothing;
}

bool uart_open(const char *link)
{
    struct termios raw;
    line = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    if ((line < 0) || (grantpt(line) != 0) || (unlockpt(line) != 0)) {
        return false;
    }
    const char *name = ptsname(line);
    /* held open here too, so that the link may come and go without a hang-up */
    user_end = (name == NULL) ? -1 : open(name, O_RDWR | O_NOCTTY);
    if ((user_end < 0) || (tcgetattr(user_end, &raw) != 0)) {
        return false;
    }
    cfmakeraw(&raw);
    (void)unlink(link);
    return (tcsetattr(user_end, TCSANOW, &raw) == 0) && (symlink(name, link) == 0);
}

bool uart_start(void)
{
    pthread_t thread;
    pthread_attr_t small; /* for all of it is held in memory */
    come = eventfd(0U, EFD_NONBLOCK);
    go = eventfd(0U, EFD_NONBLOCK);
    if ((come < 0) || (go < 0) || (pthread_attr_init(&small) != 0)) {
        return false;
    }
    errno = pthread_attr_setstacksize(&small, STACK_BYTES);
    errno = (errno != 0) ? errno : pthread_create(&thread, &small, carry, NULL);
    return errno == 0;
}

int uart_bell(void)
{
    return come;
}

size_t uart_take(uint8_t *bytes, size_t room)
{
    silence(come);
    return ring_take(&incoming, bytes, room);
}

void uart_put(const uint8_t *bytes, size_t length)
{
    (void)ring_put(&outgoing, bytes, length);
    ring_bell(go);
}
