/* A file layer and a clock for tests, loaded in front of the C library (LD_PRELOAD) of a program as it is.
 *
 * PRATIQUE_LAYER_FOLDER   the folder whose files are watched, and everything in it
 * PRATIQUE_LAYER_DURABLE  where a second copy of them is kept that holds only what a disk would hold after a power cut: what
 *                         fsync or fdatasync was called for, under names that the folder itself was synced for. Without it, none.
 * PRATIQUE_LAYER_ORDERS   a file of numbers (struct orders) that the test changes while the program runs
 *
 * Nothing is really synced: the second copy is the disk, and it is complete before a sync returns. Some of what was never synced
 * reaches it all the same, whole or torn, as a disk may write in any order (orders.leak).
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

struct orders {
    int64_t room;     /* bytes by which files may still grow; less than 0: any */
    int64_t clock_ms; /* by how much the clock of the day is off */
    int64_t leak;     /* of 100 writes, so many reach the disk unsynced */
    int64_t forget;   /* 1: syncs of names that end in -wal do nothing, as if they were never called */
    int64_t fail;     /* n: the nth sync from now fails, and what it was for is lost; 0: none */
    int64_t syncs;    /* syncs so far */
    int64_t failed;   /* syncs that failed so far */
    int64_t refused;  /* writes that found no room so far */
};

struct range {
    off_t at;
    size_t length;
};

struct file {
    char name[256];
    int live, durable; /* durable < 0: no second copy */
    int linked;        /* the folder was synced since it was made */
    int gone;          /* removed; to be forgotten when the folder is synced */
    off_t least;       /* the smallest size since the last sync */
    struct range *ranges;
    size_t count, space;
};

#define FILES 512
#define FDS 65536
#define DIRECTORY (-1)

static struct file files[FILES];
static int file_count;
static int16_t of_fd[FDS]; /* 0: not watched; n: files[n - 1]; DIRECTORY: the folder */
static char folder[4096], durable[4096];
static struct orders *orders;
static struct orders none = {.room = -1};
static unsigned int chance = 1;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void begin(void) {
    const char *path = getenv("PRATIQUE_LAYER_ORDERS");
    orders = &none;
    if (path) {
        int fd = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
        void *at = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *orders, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
        if (at != MAP_FAILED) orders = at;
    }
    if (getenv("PRATIQUE_LAYER_FOLDER")) snprintf(folder, sizeof folder, "%s", getenv("PRATIQUE_LAYER_FOLDER"));
    if (getenv("PRATIQUE_LAYER_DURABLE")) snprintf(durable, sizeof durable, "%s", getenv("PRATIQUE_LAYER_DURABLE"));
    chance = (unsigned int)getpid();
}

/* The path's place in the folder; NULL if it is elsewhere, "" for the folder itself. */
static const char *inside(const char *path, char *whole, size_t size) {
    size_t length = strlen(folder);
    if (!path || !length) return NULL;
    if (path[0] == '/') {
        snprintf(whole, size, "%s", path);
    } else {
        if (syscall(SYS_getcwd, whole, size) < 0) return NULL;
        size_t end = strlen(whole);
        snprintf(whole + end, size - end, "/%s", path);
    }
    if (strncmp(whole, folder, length)) return NULL;
    if (whole[length] == 0) return whole + length;
    if (whole[length] != '/') return NULL;
    return whole + length + 1;
}

/* SQLite's shared memory is no data; it is made anew after a crash. */
static int ends(const char *name, const char *end) {
    size_t a = strlen(name), b = strlen(end);
    return a >= b && !strcmp(name + a - b, end);
}

static off_t size_of(int fd) {
    struct stat at;
    return fstat(fd, &at) ? 0 : at.st_size;
}

static void copy_path(char *out, size_t size, const struct file *file) {
    if (file->linked) snprintf(out, size, "%s/%s", durable, file->name);
    else snprintf(out, size, "%s/unlinked-%d-%s", durable, (int)(file - files), file->name);
}

static struct file *known(const char *name) {
    for (int n = 0; n < file_count; n++)
        if (!files[n].gone && !strcmp(files[n].name, name)) return &files[n];
    return NULL;
}

static struct file *watch(const char *name, const char *path, int is_new) {
    struct file *file = known(name);
    if (file) return file;
    if (file_count == FILES) abort();
    file = &files[file_count++];
    memset(file, 0, sizeof *file);
    snprintf(file->name, sizeof file->name, "%s", name);
    file->linked = !is_new;
    file->live = file->durable = -1;
    if (*durable) {
        char copy[8192];
        copy_path(copy, sizeof copy, file);
        /* Never closed: closing any descriptor of a file lets go of all its locks. */
        file->live = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
        file->durable = (int)syscall(SYS_openat, AT_FDCWD, copy, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        if (file->live < 0 || file->durable < 0) abort();
        file->least = size_of(file->durable);
    }
    return file;
}

static int opened(int at, const char *path, int flags, mode_t mode) {
    char whole[8192];
    const char *name = at == AT_FDCWD || (path && path[0] == '/') ? inside(path, whole, sizeof whole) : NULL;
    if (!name || ends(name, "-shm")) {
        int fd = (int)syscall(SYS_openat, at, path, flags, mode);
        if (fd >= 0 && fd < FDS) of_fd[fd] = 0;
        return fd;
    }
    pthread_mutex_lock(&mutex);
    struct stat found;
    int was = *name ? !stat(whole, &found) : 1;
    int fd = (int)syscall(SYS_openat, at, path, flags, mode);
    int saved = errno;
    if (fd >= 0 && fd < FDS) {
        if (!*name || (!fstat(fd, &found) && S_ISDIR(found.st_mode))) {
            of_fd[fd] = *name ? 0 : DIRECTORY;
        } else if (*durable && strchr(name, '/')) {
            of_fd[fd] = 0; /* the second copy is flat */
        } else if (*durable) {
            struct file *file = watch(name, whole, !was);
            if (flags & O_TRUNC) file->least = 0;
            of_fd[fd] = (int16_t)(file - files + 1);
        } else {
            of_fd[fd] = FILES + 1; /* watched for its size alone */
        }
    }
    pthread_mutex_unlock(&mutex);
    errno = saved;
    return fd;
}

#define MODE(flags, last)                      \
    mode_t mode = 0;                           \
    if ((flags) & (O_CREAT | O_TMPFILE)) {     \
        va_list rest;                          \
        va_start(rest, last);                  \
        mode = va_arg(rest, mode_t);           \
        va_end(rest);                          \
    }

int open(const char *path, int flags, ...) { MODE(flags, flags) return opened(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, flags) return opened(AT_FDCWD, path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags, flags) return opened(at, path, flags, mode); }
int openat64(int at, const char *path, int flags, ...) { MODE(flags, flags) return opened(at, path, flags, mode); }
int creat(const char *path, mode_t mode) { return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

int close(int fd) {
    if (fd >= 0 && fd < FDS) of_fd[fd] = 0;
    return (int)syscall(SYS_close, fd);
}

static int is_watched(int fd) { return fd >= 0 && fd < FDS && of_fd[fd] && of_fd[fd] != DIRECTORY; }
static struct file *file_of(int fd) { return of_fd[fd] <= FILES ? &files[of_fd[fd] - 1] : NULL; }

static void remember(struct file *file, off_t at, size_t length) {
    if (!length) return;
    if (file->count == file->space) {
        file->space = file->space ? 2 * file->space : 64;
        file->ranges = realloc(file->ranges, file->space * sizeof *file->ranges);
        if (!file->ranges) abort();
    }
    file->ranges[file->count++] = (struct range){at, length};
}

/* How many of so many bytes there is room for. */
static size_t room(int fd, off_t at, size_t length) {
    int64_t left = __atomic_load_n(&orders->room, __ATOMIC_SEQ_CST);
    off_t size = size_of(fd);
    if (left < 0 || at + (off_t)length <= size) return length;
    int64_t grows = at + (int64_t)length - (at > size ? at : size);
    if (grows <= left) {
        __atomic_sub_fetch(&orders->room, grows, __ATOMIC_SEQ_CST);
        return length;
    }
    __atomic_add_fetch(&orders->refused, 1, __ATOMIC_SEQ_CST);
    size_t fits = length - (size_t)(grows - left);
    if (fits) __atomic_store_n(&orders->room, 0, __ATOMIC_SEQ_CST);
    return fits;
}

/* What a file gives up can be had by another. */
static void freed(off_t bytes) {
    if (__atomic_load_n(&orders->room, __ATOMIC_SEQ_CST) >= 0) __atomic_add_fetch(&orders->room, bytes, __ATOMIC_SEQ_CST);
}

static void written(int fd, const char *bytes, off_t at, size_t length) {
    struct file *file = file_of(fd);
    if (!file || file->durable < 0) return;
    remember(file, at, length);
    if (orders->leak && rand_r(&chance) % 100 < orders->leak) {
        /* Whole, or torn at a sector. */
        size_t sectors = length / 512;
        size_t part = sectors && rand_r(&chance) % 2 ? 512 * (rand_r(&chance) % sectors + 1) : length;
        if (syscall(SYS_pwrite64, file->durable, bytes, part, at) < 0) abort();
    }
}

static ssize_t put(int fd, const void *bytes, size_t length, off_t at, int has_place) {
    if (!is_watched(fd)) return has_place ? syscall(SYS_pwrite64, fd, bytes, length, at) : syscall(SYS_write, fd, bytes, length);
    pthread_mutex_lock(&mutex);
    if (!has_place) at = fcntl(fd, F_GETFL) & O_APPEND ? size_of(fd) : syscall(SYS_lseek, fd, 0, SEEK_CUR);
    size_t fits = room(fd, at, length);
    ssize_t done;
    if (length && !fits) {
        done = -1;
        errno = ENOSPC;
    } else {
        done = has_place ? syscall(SYS_pwrite64, fd, bytes, fits, at) : syscall(SYS_write, fd, bytes, fits);
        if (done > 0) written(fd, bytes, at, (size_t)done);
    }
    int saved = errno;
    pthread_mutex_unlock(&mutex);
    errno = saved;
    return done;
}

ssize_t write(int fd, const void *bytes, size_t length) { return put(fd, bytes, length, 0, 0); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return put(fd, bytes, length, at, 1); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) { return put(fd, bytes, length, at, 1); }

static ssize_t put_all(int fd, const struct iovec *parts, int count, off_t at, int has_place) {
    ssize_t sum = 0;
    for (int n = 0; n < count; n++) {
        if (!parts[n].iov_len) continue;
        ssize_t done = put(fd, parts[n].iov_base, parts[n].iov_len, at + sum, has_place);
        if (done < 0) return sum ? sum : done;
        sum += done;
        if ((size_t)done < parts[n].iov_len) break;
    }
    return sum;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    return is_watched(fd) ? put_all(fd, parts, count, 0, 0) : syscall(SYS_writev, fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) {
    return is_watched(fd) ? put_all(fd, parts, count, at, 1) : syscall(SYS_pwritev, fd, parts, count, at, 0);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t at) { return pwritev(fd, parts, count, at); }

static int allocated(int fd, off_t at, off_t length) {
    if (is_watched(fd)) {
        pthread_mutex_lock(&mutex);
        size_t fits = room(fd, at, (size_t)length);
        pthread_mutex_unlock(&mutex);
        if (fits < (size_t)length) return ENOSPC;
    }
    return syscall(SYS_fallocate, fd, 0, at, length) ? errno : 0;
}

int posix_fallocate(int fd, off_t at, off_t length) { return allocated(fd, at, length); }
int posix_fallocate64(int fd, off_t at, off_t length) { return allocated(fd, at, length); }
int fallocate(int fd, int mode, off_t at, off_t length) {
    if (mode) return (int)syscall(SYS_fallocate, fd, mode, at, length);
    int failed = allocated(fd, at, length);
    if (failed) errno = failed;
    return failed ? -1 : 0;
}
int fallocate64(int fd, int mode, off_t at, off_t length) { return fallocate(fd, mode, at, length); }

int ftruncate(int fd, off_t size) {
    off_t was = is_watched(fd) ? size_of(fd) : 0;
    int done = (int)syscall(SYS_ftruncate, fd, size);
    if (!done && was > size) freed(was - size);
    if (!done && is_watched(fd) && file_of(fd)) {
        pthread_mutex_lock(&mutex);
        if (size < file_of(fd)->least) file_of(fd)->least = size;
        pthread_mutex_unlock(&mutex);
    }
    return done;
}
int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

/* The second copy gets what was written since the last sync. */
static void settle(struct file *file) {
    static char bytes[1 << 16];
    if (ftruncate(file->durable, file->least < size_of(file->durable) ? file->least : size_of(file->durable))) abort();
    for (size_t n = 0; n < file->count; n++) {
        off_t at = file->ranges[n].at, end = at + (off_t)file->ranges[n].length;
        while (at < end) {
            size_t part = (size_t)(end - at) < sizeof bytes ? (size_t)(end - at) : sizeof bytes;
            ssize_t got = syscall(SYS_pread64, file->live, bytes, part, at);
            if (got <= 0) break;
            if (syscall(SYS_pwrite64, file->durable, bytes, got, at) != got) abort();
            at += got;
        }
    }
    if (ftruncate(file->durable, size_of(file->live))) abort();
}

/* The second copy's names become those of the folder. */
static void settle_names(void) {
    char from[8192], to[8192];
    for (int n = 0; n < file_count; n++)
        if (files[n].gone == 1) {
            copy_path(from, sizeof from, &files[n]);
            syscall(SYS_unlinkat, AT_FDCWD, from, 0);
            files[n].gone = 2;
        }
    for (int n = 0; n < file_count; n++)
        if (!files[n].gone && !files[n].linked) {
            copy_path(from, sizeof from, &files[n]);
            files[n].linked = 1;
            copy_path(to, sizeof to, &files[n]);
            if (syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0)) abort();
        }
}

static int sync_of(int fd) {
    if (fd < 0 || fd >= FDS || !of_fd[fd]) return 0;
    pthread_mutex_lock(&mutex);
    int failed = 0;
    __atomic_add_fetch(&orders->syncs, 1, __ATOMIC_SEQ_CST);
    if (orders->fail > 0 && __atomic_sub_fetch(&orders->fail, 1, __ATOMIC_SEQ_CST) == 0) {
        __atomic_add_fetch(&orders->failed, 1, __ATOMIC_SEQ_CST);
        failed = 1;
    }
    if (of_fd[fd] == DIRECTORY) {
        if (*durable && !failed) settle_names();
    } else if (file_of(fd) && file_of(fd)->durable >= 0) {
        struct file *file = file_of(fd);
        if (!(orders->forget && ends(file->name, "-wal"))) {
            if (!failed) settle(file);
            /* After a failure the pages count as clean, and nothing will ever write them: so does Linux. */
            file->count = 0;
            file->least = size_of(file->live);
        }
    }
    pthread_mutex_unlock(&mutex);
    if (failed) errno = EIO;
    return failed ? -1 : 0;
}

int fsync(int fd) { return sync_of(fd); }
int fdatasync(int fd) { return sync_of(fd); }

static void removed(const char *path) {
    char whole[8192];
    const char *name = inside(path, whole, sizeof whole);
    struct file *file = name && *durable ? known(name) : NULL;
    if (file) file->gone = 1;
}

int unlink(const char *path) {
    pthread_mutex_lock(&mutex);
    int done = (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (!done) removed(path);
    pthread_mutex_unlock(&mutex);
    return done;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int done = (int)syscall(SYS_clock_gettime, clock, time);
    if (!done && orders && orders->clock_ms && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        int64_t ms = orders->clock_ms, ns = time->tv_nsec + ms % 1000 * 1000000;
        time->tv_sec += ms / 1000 + (ns < 0 ? -1 : ns >= 1000000000 ? 1 : 0);
        time->tv_nsec = ns < 0 ? ns + 1000000000 : ns >= 1000000000 ? ns - 1000000000 : ns;
    }
    return done;
}

int gettimeofday(struct timeval *time, void *zone) {
    struct timespec now;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *out) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}
