#include "device/blend.h"

#include <assert.h>
#include <string.h>
#include <wchar.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static uint32_t divide_255(uint32_t value)
{
    value += 128;
    return (value + (value >> 8)) >> 8;
}

uint32_t blend_pixel(uint32_t below, uint32_t above, uint8_t coverage)
{
    uint32_t result = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t b = below >> shift & 255;
        uint32_t a = above >> shift & 255;
        result |= divide_255(b * (255u - coverage) + a * coverage) << shift;
    }
    return result;
}

uint32_t blend_pixel_over(uint32_t below, uint32_t premultiplied)
{
    uint32_t through = 255 - (premultiplied >> 24);
    uint32_t result = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        uint32_t sum =
            (premultiplied >> shift & 255) + divide_255((below >> shift & 255) * through);
        result |= (sum > 255 ? 255 : sum) << shift;
    }
    return result;
}

void blend_keep(uint32_t *pixels, const uint32_t *before, const uint8_t *mask, int count)
{
    for (int i = 0; i < count; i++)
        pixels[i] = blend_pixel(before[i], pixels[i], mask[i]);
}

// The C library knows the widest stores of the processor at hand.
void blend_fill(uint32_t *pixels, int count, rgb color)
{
    static_assert(sizeof(wchar_t) == sizeof *pixels, "a wide character is a pixel");
    if (count > 0)
        wmemset((wchar_t *)pixels, (wchar_t)color, (size_t)count);
}

#ifdef __SSE2__

static __m128i divide_255_x8(__m128i value)
{
    value = _mm_add_epi16(value, _mm_set1_epi16(128));
    return _mm_srli_epi16(_mm_add_epi16(value, _mm_srli_epi16(value, 8)), 8);
}

// Two pixels as eight 16-bit channels.
static __m128i mix_x8(__m128i below, __m128i above, __m128i coverage)
{
    __m128i through = _mm_sub_epi16(_mm_set1_epi16(255), coverage);
    return divide_255_x8(
        _mm_add_epi16(_mm_mullo_epi16(below, through), _mm_mullo_epi16(above, coverage)));
}

static void mix_four(uint32_t *pixels, __m128i color, __m128i coverage)
{
    const __m128i zero = _mm_setzero_si128();
    __m128i below = _mm_loadu_si128((const __m128i *)(const void *)pixels);
    __m128i low = mix_x8(_mm_unpacklo_epi8(below, zero), color, _mm_unpacklo_epi8(coverage, zero));
    __m128i high = mix_x8(_mm_unpackhi_epi8(below, zero), color, _mm_unpackhi_epi8(coverage, zero));
    __m128i mixed = _mm_and_si128(_mm_packus_epi16(low, high), _mm_set1_epi32(0xFFFFFF));
    _mm_storeu_si128((__m128i *)(void *)pixels, mixed);
}

void blend_mask(uint32_t *pixels, const uint8_t *mask, int count, rgb color)
{
    const __m128i wide = _mm_unpacklo_epi8(_mm_set1_epi32((int)color), _mm_setzero_si128());
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        uint32_t four;
        memcpy(&four, mask + i, sizeof four);
        if (four == 0)
            continue;
        if (four == UINT32_MAX) {
            _mm_storeu_si128((__m128i *)(void *)(pixels + i), _mm_set1_epi32((int)color));
            continue;
        }
        __m128i coverage = _mm_cvtsi32_si128((int)four);
        coverage = _mm_unpacklo_epi8(coverage, coverage);
        mix_four(pixels + i, wide, _mm_unpacklo_epi16(coverage, coverage));
    }
    for (; i < count; i++)
        pixels[i] = blend_pixel(pixels[i], color, mask[i]);
}

void blend_even(uint32_t *pixels, int count, rgb color, uint8_t coverage)
{
    const __m128i wide = _mm_unpacklo_epi8(_mm_set1_epi32((int)color), _mm_setzero_si128());
    int i = 0;
    for (; i + 4 <= count; i += 4)
        mix_four(pixels + i, wide, _mm_set1_epi8((char)coverage));
    for (; i < count; i++)
        pixels[i] = blend_pixel(pixels[i], color, coverage);
}

static __m128i over_x8(__m128i below, __m128i above)
{
    __m128i alpha = _mm_shufflelo_epi16(above, _MM_SHUFFLE(3, 3, 3, 3));
    alpha = _mm_shufflehi_epi16(alpha, _MM_SHUFFLE(3, 3, 3, 3));
    __m128i through = _mm_sub_epi16(_mm_set1_epi16(255), alpha);
    return _mm_add_epi16(above, divide_255_x8(_mm_mullo_epi16(below, through)));
}

void blend_over(uint32_t *pixels, const uint32_t *source, int count)
{
    const __m128i zero = _mm_setzero_si128();
    int i = 0;
    for (; i + 4 <= count; i += 4) {
        __m128i above = _mm_loadu_si128((const __m128i *)(const void *)(source + i));
        __m128i below = _mm_loadu_si128((const __m128i *)(const void *)(pixels + i));
        __m128i low = over_x8(_mm_unpacklo_epi8(below, zero), _mm_unpacklo_epi8(above, zero));
        __m128i high = over_x8(_mm_unpackhi_epi8(below, zero), _mm_unpackhi_epi8(above, zero));
        __m128i sum = _mm_and_si128(_mm_packus_epi16(low, high), _mm_set1_epi32(0xFFFFFF));
        _mm_storeu_si128((__m128i *)(void *)(pixels + i), sum);
    }
    for (; i < count; i++)
        pixels[i] = blend_pixel_over(pixels[i], source[i]);
}

#else

void blend_mask(uint32_t *pixels, const uint8_t *mask, int count, rgb color)
{
    for (int i = 0; i < count; i++)
        pixels[i] = blend_pixel(pixels[i], color, mask[i]);
}

void blend_even(uint32_t *pixels, int count, rgb color, uint8_t coverage)
{
    for (int i = 0; i < count; i++)
        pixels[i] = blend_pixel(pixels[i], color, coverage);
}

void blend_over(uint32_t *pixels, const uint32_t *source, int count)
{
    for (int i = 0; i < count; i++)
        pixels[i] = blend_pixel_over(pixels[i], source[i]);
}

#endif
