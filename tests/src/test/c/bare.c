/*
 * The least that one transaction can be: a request of eight bytes, a wait, a reply of twenty-five,
 * for the benchmarks. Nothing is looked at but the count.
 *
 *     bare DEVICE COUNT SILENCE PRIORITY
 *
 * SILENCE, in nanoseconds, is kept before each request. PRIORITY is of SCHED_FIFO, 0 for none.
 * Prints when each write began and when each reply was read, by the monotonic clock, on two lines.
 */
#define _GNU_SOURCE
#include "pace.h"
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

enum { REQUEST = 8, REPLY = 25, WAIT_MILLIS = 100 };

static const unsigned char request[REQUEST] = {1, 3, 0, 0, 0, 10, 0xC5, 0xCD};

static long long now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (long long)at.tv_sec * SECOND + at.tv_nsec;
}

static void transact(int fd, long long *written, long long *done) {
  unsigned char reply[256];
  struct pollfd ready = {.fd = fd, .events = POLLIN};
  ssize_t had = 0;
  *written = now();
  if (write(fd, request, REQUEST) != REQUEST) {
    perror("bare: write");
    exit(74);
  }
  while (had < REPLY && poll(&ready, 1, WAIT_MILLIS) > 0) {
    ssize_t more = read(fd, reply, sizeof reply);
    had += more > 0 ? more : 0;
  }
  if (had != REPLY) {
    fprintf(stderr, "bare: %zd bytes\n", had);
    exit(74);
  }
  *done = now();
}

static void tell(const char *name, const long long *stamps, int count) {
  printf("%s", name);
  for (int i = 0; i < count; i++) {
    printf(" %lld", stamps[i]);
  }
  printf("\n");
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: bare DEVICE COUNT SILENCE PRIORITY\n");
    return 64;
  }
  take_priority(atoi(argv[4]));
  struct termios plain;
  int fd = open(argv[1], O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (fd < 0 || tcgetattr(fd, &plain)) {
    perror("bare: device");
    return 71;
  }
  cfmakeraw(&plain);
  plain.c_cc[VMIN] = 0;
  tcsetattr(fd, TCSANOW, &plain);
  int count = atoi(argv[2]);
  long long *written = calloc((size_t)count, sizeof *written);
  long long *done = calloc((size_t)count, sizeof *done);
  for (int i = 0; i < count; i++) {
    keep_silent(atol(argv[3]));
    transact(fd, &written[i], &done[i]);
  }
  tell("written", written, count);
  tell("done", done, count);
}
