/* What the masters of the benchmarks share. */
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <time.h>

enum { SECOND = 1000000000 };

/* Of SCHED_FIFO; 0 for none. */
static void take_priority(int wanted) {
  struct sched_param priority = {.sched_priority = wanted};
  if (wanted && sched_setscheduler(0, SCHED_FIFO, &priority)) {
    perror("no real-time priority");
  }
}

static void keep_silent(long nanos) {
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  until.tv_nsec += nanos;
  until.tv_sec += until.tv_nsec / SECOND;
  until.tv_nsec %= SECOND;
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR) {
  }
}
