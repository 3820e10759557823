#include "device/sound.h"

#include "base/log.h"

#include <glob.h>
#include <math.h>
#include <SDL.h>

enum { RATE = 48000, NOTES = 2, FRAMES = RATE / 1000 * SOUND_TONE_MS, STEP_MS = 20 };

// A fifth, each note fading in and out so that nothing clicks.
static void make_tone(uint32_t volume_percent, int16_t *ret_samples)
{
    static const double hertz[NOTES] = {440, 660};
    enum { NOTE = FRAMES / NOTES };
    for (int i = 0; i < FRAMES; i++) {
        double turn = 2 * M_PI * hertz[i / NOTE] * i / RATE;
        double loud = sin(M_PI * (i % NOTE) / NOTE) * volume_percent / 100;
        ret_samples[i] = (int16_t)(sin(turn) * loud * INT16_MAX / 2);
    }
}

static void play(SDL_AudioDeviceID device, uint32_t volume_percent)
{
    static int16_t samples[FRAMES];
    make_tone(volume_percent, samples);
    if (SDL_QueueAudio(device, samples, sizeof samples) != 0)
        return;
    SDL_PauseAudioDevice(device, 0);
    for (int waited_ms = 0; waited_ms < SOUND_LIMIT_MS && SDL_GetQueuedAudioSize(device) > 0;
         waited_ms += STEP_MS)
        SDL_Delay(STEP_MS);
    SDL_Delay(2 * STEP_MS); // what the device still holds
}

bool sound_there(void)
{
    glob_t found;
    bool there = glob("/dev/snd/pcm*p", 0, NULL, &found) == 0;
    if (there)
        globfree(&found);
    return there;
}

void sound_tone(uint32_t volume_percent)
{
    const SDL_AudioSpec wish = {
        .freq = RATE, .format = AUDIO_S16SYS, .channels = 1, .samples = 1024};
    if (SDL_InitSubSystem(SDL_INIT_AUDIO) != 0) {
        log_event("sound", "no device: %s", SDL_GetError());
        return;
    }
    SDL_AudioDeviceID device = SDL_OpenAudioDevice(NULL, 0, &wish, NULL, 0);
    if (device != 0) {
        play(device, volume_percent < 100 ? volume_percent : 100);
        SDL_CloseAudioDevice(device);
    } else {
        log_event("sound", "no device: %s", SDL_GetError());
    }
    SDL_QuitSubSystem(SDL_INIT_AUDIO);
}
