/* Plays vectors.txt against the core: every call must send and switch what is recorded. */
#include "rig.h"

static struct guard g;
static struct guard_saved stored;
static struct guard_out out;
static char expected[2U * GUARD_OUT_MAX + 1U];
static bool armed;
static unsigned line_number;
static unsigned calls;
static unsigned failures;

static void complain(const char *what)
{
    failures++;
    printf("vectors.txt:%u: %s\n", line_number, what);
}

static size_t from_hex(const char *text, uint8_t *bytes, size_t room)
{
    size_t n = 0U;
    unsigned byte;
    while ((n < room) && (sscanf(&text[2U * n], "%2x", &byte) == 1)) {
        bytes[n] = (uint8_t)byte;
        n++;
    }
    return n;
}

static void to_hex(const uint8_t *bytes, size_t length, char *text)
{
    text[0] = '\0';
    for (size_t i = 0U; i < length; i++) {
        (void)sprintf(&text[2U * i], "%02x", bytes[i]);
    }
}

/* Ends the call before: what it sent and switched is known once the next one begins. */
static void finish(void)
{
    char sent[2U * GUARD_OUT_MAX + 1U];
    to_hex(out.bytes, out.length, sent);
    if (strcmp(sent, expected) != 0) {
        complain("the call before this line sent something else:");
        printf("  %s\n  %s\n", sent, expected);
    }
    if ((calls > 0U) && (guard_energised(&g) != armed)) {
        complain("the relays are not as recorded");
    }
    if (out.save) {
        stored = g.saved;
    }
    out = (struct guard_out){0};
    expected[0] = '\0';
    calls++;
}

static void word(const char *line)
{
    unsigned a[8];
    unsigned long long digest;
    char text[200];
    char wire[200];
    uint8_t bytes[GUARD_FRAME_MAX];
    if (sscanf(line, "crc %199s %x", text, &a[0]) == 2) {
        size_t n = from_hex(text, bytes, sizeof bytes);
        if (guard_crc(bytes, n) != a[0]) {
            complain("crc");
        }
    } else if (sscanf(line, "code %x %x %x %x %u %u %llx %x", &a[0], &a[1], &a[2], &a[3], &a[4],
                      &a[5], &digest, &a[6]) == 8) {
        struct guard_answer answer = {.number = a[1], .scan = a[2], .image = a[3],
                                      .age_ms = (uint16_t)a[4], .flags = (uint8_t)a[5],
                                      .digest = digest};
        if (guard_code(a[0], &answer) != a[6]) {
            complain("code");
        }
    } else if (sscanf(line, "frame %x %x %199s %199s", &a[0], &a[1], text, wire) == 4) {
        struct guard_frame f = {.type = (uint8_t)a[0], .seq = (uint8_t)a[1]};
        f.length = (uint8_t)from_hex(text, f.payload, sizeof f.payload);
        to_hex(bytes, guard_encode(&f, bytes, sizeof bytes), text);
        if (strcmp(text, wire) != 0) {
            complain("frame");
        }
    } else {
        complain("not understood");
    }
}

static void play(const char *line)
{
    unsigned a[6];
    int temperature;
    unsigned long long digest;
    char text[2U * GUARD_OUT_MAX + 1U];
    if (sscanf(line, "out %512s", expected) == 1) {
        return;
    }
    if (sscanf(line, "armed %u", &a[0]) == 1) {
        armed = (a[0] == 1U);
    } else if (sscanf(line, "store %llx", &digest) == 1) {
        finish();
        stored = (struct guard_saved){.digest = digest};
        guard_seal(&stored);
        armed = false;
        calls = 0U;
    } else if (sscanf(line, "start %u %u %x %x", &a[0], &a[1], &a[2], &a[3]) == 4) {
        finish();
        guard_start(&g, (enum guard_cause)a[1], (uint16_t)a[2], &stored, a[3], a[0], &out);
    } else if (sscanf(line, "in %u %512s", &a[0], text) == 2) {
        uint8_t bytes[GUARD_OUT_MAX];
        finish();
        guard_receive(&g, bytes, from_hex(text, bytes, sizeof bytes), a[0], &out);
    } else if (sscanf(line, "run %u %u %u %u %u %d", &a[0], &a[1], &a[2], &a[3], &a[4],
                      &temperature) == 6) {
        struct guard_inputs in = {a[1] == 1U, a[2] == 1U, a[3] == 1U, (uint16_t)a[4],
                                  (int16_t)temperature};
        finish();
        guard_run(&g, &in, a[0], &out);
    } else {
        word(line);
    }
}

int main(int count, char **arguments)
{
    static char line[2048];
    unsigned sessions = 0U;
    FILE *file = (count == 2) ? fopen(arguments[1], "r") : 0;
    if (file == 0) {
        printf("usage: vectors_test vectors.txt\n");
        return 2;
    }
    while (fgets(line, sizeof line, file) != 0) {
        line_number++;
        sessions += (strncmp(line, "store", 5U) == 0) ? 1U : 0U;
        if ((line[0] != '#') && (line[0] != '\n')) {
            play(line);
        }
    }
    finish();
    (void)fclose(file);
    printf("%u lines, %u sessions, %u failures\n", line_number, sessions, failures);
    return ((failures == 0U) && (sessions > 10U)) ? 0 : 1;
}
