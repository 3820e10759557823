#pragma once

// What production code logged last, oldest first, on standard error.
void log_tell_last(void);
