#include <png.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* libpng reports errors of its full interface by a long jump, which must not cross Swift frames. These functions catch
   it on the C side. (The simplified interface does too, but it changes the numbers: it takes 16-bit files for linear
   light and applies the file's gamma.) */

struct wt_png {
  png_structp reader;
  png_infop info;
  const uint8_t *bytes;
  size_t count;
  size_t place;
  /* Empty while nothing is wrong. */
  char message[160];
  uint32_t width;
  uint32_t height;
  /* After conversion: 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. */
  uint32_t channels;
  /* After conversion: 8 or 16. */
  uint32_t depth;
  int passes;
};

static void wt_png_fail(png_structp reader, png_const_charp message) {
  struct wt_png *png = (struct wt_png *)png_get_error_ptr(reader);
  strncpy(png->message, message, sizeof(png->message) - 1);
  png_longjmp(reader, 1);
}

static void wt_png_ignore(png_structp reader, png_const_charp message) {
  (void)reader;
  (void)message;
}

static void wt_png_supply(png_structp reader, png_bytep target, size_t wanted) {
  struct wt_png *png = (struct wt_png *)png_get_io_ptr(reader);
  if (png->count - png->place < wanted) png_error(reader, "the file ends early");
  memcpy(target, png->bytes + png->place, wanted);
  png->place += wanted;
}

/* Reads the header. The bytes must stay until wt_png_close; NULL only when there is no memory. */
static struct wt_png *wt_png_open(const uint8_t *bytes, size_t count) {
  struct wt_png *png = (struct wt_png *)calloc(1, sizeof(struct wt_png));
  if (!png) return NULL;
  png->bytes = bytes;
  png->count = count;
  png->reader = png_create_read_struct(PNG_LIBPNG_VER_STRING, png, wt_png_fail, wt_png_ignore);
  png->info = png->reader ? png_create_info_struct(png->reader) : NULL;
  if (!png->info) {
    strcpy(png->message, "there is no memory to read it");
    return png;
  }
  if (setjmp(png_jmpbuf(png->reader))) return png;
  png_set_read_fn(png->reader, png, wt_png_supply);
  png_read_info(png->reader, png->info);
  /* Palettes to colours, 1, 2 and 4 bits to 8, a transparent colour to an alpha channel; 16 bits in this machine's
     order of bytes. */
  png_set_expand(png->reader);
  const uint16_t one = 1;
  uint8_t first;
  memcpy(&first, &one, 1);
  if (first == 1 && png_get_bit_depth(png->reader, png->info) == 16) png_set_swap(png->reader);
  png->passes = png_set_interlace_handling(png->reader);
  png_read_update_info(png->reader, png->info);
  png->width = png_get_image_width(png->reader, png->info);
  png->height = png_get_image_height(png->reader, png->info);
  png->channels = png_get_channels(png->reader, png->info);
  png->depth = png_get_bit_depth(png->reader, png->info);
  return png;
}

/* Reads all rows, each of width * channels * depth / 8 bytes, and what follows them. */
static void wt_png_read(struct wt_png *png, uint8_t *pixels) {
  if (png->message[0]) return;
  if (setjmp(png_jmpbuf(png->reader))) return;
  const size_t row_bytes = (size_t)png->width * png->channels * (png->depth / 8);
  for (int pass = 0; pass < png->passes; pass++) {
    for (uint32_t row = 0; row < png->height; row++) png_read_row(png->reader, pixels + row * row_bytes, NULL);
  }
  png_read_end(png->reader, NULL);
}

static void wt_png_close(struct wt_png *png) {
  if (png->reader) png_destroy_read_struct(&png->reader, &png->info, NULL);
  free(png);
}
