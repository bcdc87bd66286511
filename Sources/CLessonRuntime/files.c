#define _GNU_SOURCE
#include "lesson_runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

int walkthrough_memory_file(void) { return memfd_create("walkthrough", MFD_CLOEXEC); }

uint32_t *walkthrough_share_word(void) {
  void *word = mmap(NULL, sizeof(uint32_t), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  return word == MAP_FAILED ? NULL : word;
}

void walkthrough_write_word(uint32_t *word, uint32_t number) { __atomic_store_n(word, number, __ATOMIC_RELEASE); }

void walkthrough_give_back_word(uint32_t *word) { munmap(word, sizeof *word); }

void walkthrough_redirect_output(int file) {
  fflush(stdout);
  setvbuf(stdout, NULL, _IONBF, 0);
  dup2(file, STDOUT_FILENO);
}

bool walkthrough_append(int file, const uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(file, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes += written;
    count -= (size_t)written;
  }
  return true;
}

uint8_t *walkthrough_content(int file, size_t *count) {
  struct stat status;
  if (fstat(file, &status) != 0 || status.st_size < 0 || !S_ISREG(status.st_mode)) return NULL;
  size_t size = (size_t)status.st_size, done = 0;
  uint8_t *bytes = malloc(size > 0 ? size : 1);
  if (bytes == NULL) return NULL;
  while (done < size) {
    ssize_t got = pread(file, bytes + done, size - done, (off_t)done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += (size_t)got;
  }
  if (done < size) {
    free(bytes);
    return NULL;
  }
  *count = size;
  return bytes;
}

uint8_t *walkthrough_read_file(const char *path, size_t *count) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return NULL;
  uint8_t *bytes = walkthrough_content(file, count);
  close(file);
  return bytes;
}

/// Makes the folders above a path.
static void make_folders(char *path) {
  for (char *end = strchr(path + 1, '/'); end != NULL; end = strchr(end + 1, '/')) {
    *end = 0;
    mkdir(path, 0777);
    *end = '/';
  }
}

bool walkthrough_write_file(const char *path, const uint8_t *bytes, size_t count) {
  char *temporary = NULL;
  if (asprintf(&temporary, "%s.%ld.new", path, (long)getpid()) < 0) return false;
  make_folders(temporary);
  int file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  bool done = file >= 0 && walkthrough_append(file, bytes, count) && fsync(file) == 0;
  if (file >= 0) done = close(file) == 0 && done;
  if (done) done = rename(temporary, path) == 0;
  if (!done) unlink(temporary);
  free(temporary);
  return done;
}

void walkthrough_touch(const char *path) { utimensat(AT_FDCWD, path, NULL, 0); }

void walkthrough_remove(const char *path) { unlink(path); }

void walkthrough_close(int file) { close(file); }

void walkthrough_free(uint8_t *bytes) { free(bytes); }
