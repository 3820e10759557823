// The files and folders that a configuration names, as the service's own user finds them: root
// looks with that user's rights (CONTRACT.md: secrets that others may read are refused). A user
// whom the machine doesn't have, or anybody but root looking, is this process itself.
#pragma once

#include "ctl/check_report.h"

void check_paths(const struct config *config, struct check_report *report);
