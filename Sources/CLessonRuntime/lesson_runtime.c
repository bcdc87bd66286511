#include "lesson_runtime.h"
