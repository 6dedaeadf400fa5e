/*
 * What a disk is bound to keep: loaded before the C library, it notes beside the real calls what a
 * process has synchronised, so that a test can take away all else after it was killed, as a loss of
 * power may. Notes stand in the folder $SYNCED, each put in place whole:
 *
 *   file-INODE     bytes of that file that were there at its last fsync or fdatasync
 *   folder-INODE   "INODE NAME" of each entry at that folder's last fsync
 *   former-INODE   the file that a rename has replaced, kept until the folder is synchronised
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A slow disk: most kills come between a write and its sync. */
static const struct timespec slow = {0, 5 * 1000 * 1000};

typedef int sync_call(int);
typedef int rename_call(const char *, const char *);

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

/* A note that is cut short by the kill must not count: written beside, then renamed. */
static FILE *begin_note(char *name, const char *kind, unsigned long inode) {
    char beside[4096 + 8];
    snprintf(name, 4096, "%s/%s-%lu", getenv("SYNCED"), kind, inode);
    snprintf(beside, sizeof beside, "%s.new", name);
    return fopen(beside, "w");
}

static void end_note(FILE *note, const char *name) {
    char beside[4096 + 8];
    rename_call *plain = (rename_call *)real("rename");
    snprintf(beside, sizeof beside, "%s.new", name);
    fclose(note);
    plain(beside, name);
}

static void note_folder(int fd, unsigned long inode) {
    char name[4096];
    FILE *note = begin_note(name, "folder", inode);
    int again = openat(fd, ".", O_RDONLY | O_DIRECTORY);
    DIR *folder = fdopendir(again);
    for (struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        fprintf(note, "%lu %s\n", (unsigned long)entry->d_ino, entry->d_name);
    }
    closedir(folder);
    end_note(note, name);
}

static void note_file(off_t size, unsigned long inode) {
    char name[4096];
    FILE *note = begin_note(name, "file", inode);
    fprintf(note, "%lld\n", (long long)size);
    end_note(note, name);
}

static int synchronise(const char *call, int fd) {
    struct stat before;
    if (fstat(fd, &before) != 0) {
        return ((sync_call *)real(call))(fd);
    }
    nanosleep(&slow, NULL);
    int result = ((sync_call *)real(call))(fd);
    if (result == 0 && S_ISDIR(before.st_mode)) {
        note_folder(fd, before.st_ino);
    } else if (result == 0) {
        note_file(before.st_size, before.st_ino); /* no more than was there when it began */
    }
    return result;
}

int fsync(int fd) { return synchronise("fsync", fd); }

int fdatasync(int fd) { return synchronise("fdatasync", fd); }

int rename(const char *from, const char *to) {
    struct stat former;
    if (stat(to, &former) == 0) {
        char kept[4096];
        snprintf(kept, sizeof kept, "%s/former-%lu", getenv("SYNCED"),
                 (unsigned long)former.st_ino);
        if (link(to, kept) != 0) {
            perror("power_cut: a replaced file could not be kept");
            abort();
        }
    }
    return ((rename_call *)real("rename"))(from, to);
}
