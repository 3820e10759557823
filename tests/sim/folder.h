// Folders for the simulation's false disks, in memory where the system has such a place.
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { FOLDER_PATH_BYTES = 64 };

void folder_create(char ret_path[static FOLDER_PATH_BYTES]); // a fresh one
void folder_add(const char *path);
void folder_remove(const char *path); // with all it holds
// One of its files holds these characters; ret_name tells which.
bool folder_holds(const char *path, const char *characters, char *ret_name, size_t capacity);
// Cuts its newest catalogue file in the middle, or removes it; false when there is none
// or the disk doesn't let it.
bool folder_spoil(const char *path, bool remove_it);
// Descriptors that this process has open.
unsigned folder_open_descriptors(void);
