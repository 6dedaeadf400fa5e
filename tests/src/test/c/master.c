/*
 * A plain Modbus RTU master on libmodbus, for the benchmarks: ten holding registers of each slave
 * in turn, as fast as Modbus allows.
 *
 *     master DEVICE BAUD SLAVES SILENCE PRIORITY
 *
 * SILENCE, in nanoseconds, is kept before each request: libmodbus itself keeps none, and slaves
 * that go by the silence answer nothing then. PRIORITY is of SCHED_FIFO, 0 for none. It runs until
 * it is killed.
 */
#include "pace.h"
#include <errno.h>
#include <modbus.h>
#include <stdio.h>
#include <stdlib.h>

enum { REGISTERS = 10 };

static void poll_for_ever(modbus_t *bus, int slaves, long silence) {
  uint16_t values[REGISTERS];
  for (int slave = 1;; slave = slave % slaves + 1) {
    keep_silent(silence);
    modbus_set_slave(bus, slave);
    if (modbus_read_registers(bus, 0, REGISTERS, values) != REGISTERS) {
      fprintf(stderr, "master: slave %d: %s\n", slave, modbus_strerror(errno));
    }
  }
}

int main(int argc, char **argv) {
  if (argc != 6) {
    fprintf(stderr, "usage: master DEVICE BAUD SLAVES SILENCE PRIORITY\n");
    return 64;
  }
  take_priority(atoi(argv[5]));
  modbus_t *bus = modbus_new_rtu(argv[1], atoi(argv[2]), 'N', 8, 1);
  if (!bus || modbus_connect(bus)) {
    fprintf(stderr, "master: %s\n", modbus_strerror(errno));
    return 71;
  }
  modbus_set_response_timeout(bus, 0, 100000);
  poll_for_ever(bus, atoi(argv[3]), atol(argv[4]));
}
