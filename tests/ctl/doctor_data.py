"""Ages a terminal's data folder: doctor_data.py contact SECONDS_AGO | expires SECONDS_AHEAD |
events COUNT FOLDER."""
import glob
import sqlite3
import struct
import sys
import time

what, value, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]


def row_sum(*values):
    """src/navigator/store_steps.c"""
    result = 0xCBF29CE484222325
    for value in values:
        number = isinstance(value, int)
        data = struct.pack("<q", value) if number else value.encode()
        for byte in struct.pack("<iq", 1 if number else 3, len(data)) + data:
            result = (result ^ byte) * 0x100000001B3 & 0xFFFFFFFFFFFFFFFF
    return result - (1 << 64) if result >> 63 else result


if what == "expires":
    db = sqlite3.connect(max(glob.glob(folder + "/catalog-*.db")))
    db.execute("UPDATE catalog SET expires_at = ?", (int(time.time()) + value,))
else:
    db = sqlite3.connect(folder + "/state.db")
    db.create_function("row_sum", -1, row_sum)
    if what == "contact":
        db.execute("UPDATE feed SET last_contact_s = ?", (int(time.time()) - value,))
        db.execute("UPDATE feed SET sum = row_sum(etag, highest_serial, last_contact_s)")
    else:
        rows = [(f"{i:032x}", int(time.time()), 3, "") for i in range(value)]
        db.executemany("INSERT INTO outbox (id, at_s, kind, detail, sum)"
                       " VALUES (?1, ?2, ?3, ?4, row_sum(?1, ?2, ?3, ?4))", rows)
db.commit()
