/*
 * An independent Modbus RTU slave, on libmodbus: at address 1, ten holding registers of a methane
 * head and eight coils.
 *
 *     slave DEVICE BAUD
 *
 * Commands on standard input, one a line:  reg NUMBER VALUE   sets a register.
 * Output, one a line:  ready, then  coil NUMBER VALUE  for each coil write.  Ends with its input.
 */
#include <modbus.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SLAVE = 1, REGISTERS = 10, COILS = 8 };

static void command(modbus_mapping_t *map, const char *line) {
  unsigned number, value;
  if (sscanf(line, "reg %u %u", &number, &value) == 2 && number < REGISTERS) {
    map->tab_registers[number] = (uint16_t)value;
  }
}

static void serve(modbus_t *bus, modbus_mapping_t *map) {
  uint8_t query[MODBUS_RTU_MAX_ADU_LENGTH];
  int length = modbus_receive(bus, query);
  if (length <= 0) {
    return;
  }
  modbus_reply(bus, query, length, map);
  if (query[1] == MODBUS_FC_WRITE_SINGLE_COIL) {
    printf("coil %d %d\n", query[2] << 8 | query[3], query[4] != 0);
  }
}

static int run(modbus_t *bus, modbus_mapping_t *map) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  setvbuf(stdin, NULL, _IONBF, 0); /* poll must see every line that waits */
  puts("ready");
  struct pollfd ready[2] = {{.fd = modbus_get_socket(bus), .events = POLLIN},
                            {.fd = STDIN_FILENO, .events = POLLIN}};
  while (poll(ready, 2, -1) > 0) {
    if (ready[1].revents) {
      char line[80] = "";
      if (!fgets(line, sizeof line, stdin)) {
        return 0;
      }
      command(map, line);
    }
    if (ready[0].revents & POLLIN) {
      serve(bus, map);
    } else if (ready[0].revents) {
      return 0;
    }
  }
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: slave DEVICE BAUD\n");
    return 64;
  }
  modbus_t *bus = modbus_new_rtu(argv[1], atoi(argv[2]), 'N', 8, 1);
  modbus_mapping_t *map = modbus_mapping_new(COILS, 0, REGISTERS, 0);
  if (!bus || !map || modbus_set_slave(bus, SLAVE) || modbus_connect(bus)) {
    perror("slave");
    return 71;
  }
  int result = run(bus, map);
  modbus_close(bus);
  modbus_free(bus);
  modbus_mapping_free(map);
  return result;
}
