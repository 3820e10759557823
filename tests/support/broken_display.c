// A display that breaks, put before SDL by LD_PRELOAD: BROKEN_DISPLAY is how, and where it names a
// file after a colon, from when that file is there.
//
//   blind[:FILE]   nothing that is drawn is shown, and nothing says so
//   hang[:FILE]    a frame that is shown never comes back
//   spin[:FILE]    the same, with all of a processor
//   slow[:FILE]    a frame takes twice as long as a late one
//   half:RENDERER  SDL's renderer of this name draws nothing (as "opengl" does without libgl1)
#include <SDL.h>

#include <dlfcn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int SDL_UpdateWindowSurface(SDL_Window *window);
int SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *rects, int count);

static bool broken(const char *how)
{
    const char *wish = getenv("BROKEN_DISPLAY");
    size_t length = strlen(how);
    if (wish == NULL || strncmp(wish, how, length) != 0)
        return false;
    return wish[length] == '\0' || (wish[length] == ':' && access(wish + length + 1, F_OK) == 0);
}

static bool nothing_shown(void)
{
    while (broken("hang"))
        pause();
    for (volatile unsigned i = 0; broken("spin");)
        i++;
    if (broken("slow"))
        usleep(200 * 1000);
    return broken("blind");
}

int SDL_UpdateWindowSurface(SDL_Window *window)
{
    int (*next)(SDL_Window *) = NULL;
    *(void **)&next = dlsym(RTLD_NEXT, "SDL_UpdateWindowSurface");
    return nothing_shown() ? 0 : next(window);
}

int SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *rects, int count)
{
    int (*next)(SDL_Window *, const SDL_Rect *, int) = NULL;
    *(void **)&next = dlsym(RTLD_NEXT, "SDL_UpdateWindowSurfaceRects");
    return nothing_shown() ? 0 : next(window, rects, count);
}

int SDL_RenderCopy(SDL_Renderer *renderer, SDL_Texture *texture, const SDL_Rect *from,
                   const SDL_Rect *to)
{
    int (*next)(SDL_Renderer *, SDL_Texture *, const SDL_Rect *, const SDL_Rect *) = NULL;
    const char *wish = getenv("BROKEN_DISPLAY");
    SDL_RendererInfo info = {.name = ""};
    *(void **)&next = dlsym(RTLD_NEXT, "SDL_RenderCopy");
    SDL_GetRendererInfo(renderer, &info);
    bool half = wish != NULL && strncmp(wish, "half:", 5) == 0 && strcmp(wish + 5, info.name) == 0;
    return half || nothing_shown() ? 0 : next(renderer, texture, from, to);
}
