#define _GNU_SOURCE
#include "runtime_internal.h"

#include <dlfcn.h>
#include <string.h>
#include <unistd.h>

// The Swift runtime calls these handlers at every `throw`. An error that leaves the program is reported at its end,
// when the stack of its throw is gone: keep the stacks of the latest throws.

enum { kept = 8 };

typedef struct {
  const void *error;
  int64_t frames[walkthrough_max_frames];
  size_t count;
} throw_place;

// One ring for each thread: no lock at a throw.
static _Thread_local throw_place places[kept];
static _Thread_local size_t next_place;
static _Thread_local throw_place typed_place;

static void note_throw(void *error) {
  throw_place *place = &places[next_place++ % kept];
  place->error = error;
  place->count = walkthrough_collect_frames(place->frames, 0);
}

static void note_typed_throw(void *value, const void *type, const void *witness) {
  (void)value, (void)type, (void)witness;
  typed_place.count = walkthrough_collect_frames(typed_place.frames, 0);
}

void walkthrough_install_throw_handlers(void) {
  void (*set)(void (*)(void *)) = (void (*)(void (*)(void *)))dlsym(RTLD_DEFAULT, "_swift_setWillThrowHandler");
  if (set != NULL) set(note_throw);
  // Typed throws have no setter; the runtime reads this variable.
  typedef void (*typed)(void *, const void *, const void *);
  typed *slot = (typed *)dlsym(RTLD_DEFAULT, "_swift_willThrowTypedImpl");
  if (slot != NULL) __atomic_store_n(slot, note_typed_throw, __ATOMIC_RELEASE);
}

/// Swift's side of this file (LessonKit).
void walkthrough_error_left_program(const void *error);

/// A program's entry point calls the standard library's `swift_errorInMain` when an error leaves the top level. Lessons
/// are linked with `--wrap=swift_errorInMain`, so that the call arrives here.
_Noreturn void __wrap_swift_errorInMain(const void *error) {
  walkthrough_error_left_program(error);
  _exit(1);
}

size_t walkthrough_frames_of_throw(const void *error, int64_t *frames) {
  const throw_place *found = &typed_place;
  // The newest first: an address may have been used before.
  for (size_t i = 0; i < kept && i < next_place; i++) {
    const throw_place *place = &places[(next_place - 1 - i) % kept];
    if (place->error == error) {
      found = place;
      break;
    }
  }
  memcpy(frames, found->frames, found->count * sizeof *frames);
  return found->count;
}
