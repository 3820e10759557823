// What tests/support/disk.h knows of a folder: inodes and names, each with what is durable and
// what is pending. Nothing here touches a disk but disk_image_write.
//
// An operation is folded into the image once nobody wants to crash before it any more. Inodes live
// as long as a name, durable or pending or present, leads to them (disk_image_sweep).
#pragma once

#include "tests/support/disk.h"

#include <sys/types.h>

enum disk_op_kind {
    DISK_OP_WRITE,
    DISK_OP_CUT, // to `offset` bytes, longer or shorter
    DISK_OP_SYNC,
    DISK_OP_SYNC_FAILED,
    DISK_OP_NAME,   // `name` leads to the inode; `from`, if any, is gone (a rename)
    DISK_OP_UNNAME, // `name` is gone
    DISK_OP_SWAP,   // the folders `name` and `from`, beside each other, changed places
};

struct disk_op {
    enum disk_op_kind kind;
    bool lost;     // a failed fsync took it: no later one helps
    uint64_t step; // its number
    struct disk_inode *inode;
    struct disk_inode *folder; // of `name`
    char *name;                // relative to the watched folder; owned, like the two below
    char *from;
    unsigned char *data;
    int64_t offset;
    size_t length;
};

struct disk_ops {
    struct disk_op *all;
    size_t count;
    size_t room;
};

struct disk_inode {
    struct disk_inode *next;
    ino_t number;   // the kernel's; 0 once it was given to another file
    unsigned names; // that lead here now
    bool is_folder;
    bool reached; // while sweeping
    unsigned char *durable;
    size_t size;
    struct disk_ops pending; // writes and cuts
};

struct disk_name {
    char *path; // "" the watched folder
    struct disk_inode *inode;
};

struct disk_names {
    struct disk_name *all;
    size_t count;
    size_t room;
};

struct disk_image {
    struct disk_inode *inodes;
    struct disk_names durable;
    struct disk_ops pending; // of names, in order
};

// ".", ".." and SQLite's shared memory.
bool disk_is_unseen(const char *name);

struct disk_inode *disk_names_find(const struct disk_names *names, const char *path);
void disk_names_put(struct disk_names *names, const char *path, struct disk_inode *inode);
void disk_names_drop(struct disk_names *names, const char *path);
// The two folders with all that lies below them.
void disk_names_swap(struct disk_names *names, const char *one, const char *other);
void disk_names_finish(struct disk_names *names);

struct disk_op *disk_ops_push(struct disk_ops *ops, const struct disk_op *op);
void disk_ops_finish(struct disk_ops *ops); // with what the operations own

struct disk_inode *disk_image_add(struct disk_image *image, ino_t number, bool is_folder);
// Takes over what the operation owns.
void disk_image_fold(struct disk_image *image, const struct disk_op *op);
// Frees the inodes to which no durable, pending or present name leads.
void disk_image_sweep(struct disk_image *image, const struct disk_names *present);
// See disk_crash; `step` is the newest one that was folded.
uint64_t disk_image_write(const struct disk_image *image, uint64_t step, enum disk_loss loss,
                          uint64_t seed, const char *target);
// Whether the folder holds what the image would with nothing lost, and nothing else.
bool disk_image_is(const struct disk_image *image, const char *folder,
                   char ret_why[static DISK_TEXT_BYTES]);
void disk_image_finish(struct disk_image *image);
