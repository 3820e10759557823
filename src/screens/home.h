// Home (mockups 01, l01): the question, the search field, the six patches, the certificate.
#pragma once

#include "screens/screen.h"

void home_view(const struct scene *scene);
void home_act(struct turn *turn, const struct tap *tap);
