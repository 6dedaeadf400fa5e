/*
 * A terminal whose calls do not come back: loaded before the C library, it holds a process in each
 * read, write, poll or ioctl on a terminal for as long as the file $BLOCKED is there, as a kernel
 * does whose terminals wait for each other. The first call that is held makes the file
 * $BLOCKED.held.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef ssize_t read_call(int, void *, size_t);
typedef ssize_t write_call(int, const void *, size_t);
typedef int poll_call(struct pollfd *, nfds_t, int);
typedef int ioctl_call(int, unsigned long, void *);

static const struct timespec look = {0, 1000 * 1000};

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static bool terminal(int fd) {
    struct stat of;
    return fstat(fd, &of) == 0 && S_ISCHR(of.st_mode);
}

static void hold(int fd) {
    const char *blocked = getenv("BLOCKED");
    if (!terminal(fd) || access(blocked, F_OK) != 0) {
        return;
    }
    char held[4096];
    snprintf(held, sizeof held, "%s.held", blocked);
    close(open(held, O_CREAT | O_WRONLY, 0600));
    while (access(blocked, F_OK) == 0) {
        nanosleep(&look, NULL);
    }
}

ssize_t read(int fd, void *to, size_t room) {
    hold(fd);
    return ((read_call *)real("read"))(fd, to, room);
}

ssize_t write(int fd, const void *from, size_t length) {
    hold(fd);
    return ((write_call *)real("write"))(fd, from, length);
}

int poll(struct pollfd *ends, nfds_t count, int millis) {
    for (nfds_t i = 0; i < count; i++) {
        hold(ends[i].fd);
    }
    return ((poll_call *)real("poll"))(ends, count, millis);
}

int ioctl(int fd, unsigned long request, ...) {
    va_list more;
    va_start(more, request);
    void *argument = va_arg(more, void *);
    va_end(more);
    hold(fd);
    return ((ioctl_call *)real("ioctl"))(fd, request, argument);
}
