// States that stop a conversation (mockups 11b, 11c): the reason, help, and large working ways on.
#pragma once

#include "screens/screen.h"

void notice_view(const struct scene *scene);
void notice_act(struct turn *turn, const struct tap *tap);
