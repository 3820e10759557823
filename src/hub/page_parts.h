// What the hub's pages share.
#pragma once

// <svg class="quilt">: drawn in the page itself, nothing is fetched but the page.
extern const char page_quilt[];
// What stands for a character in HTML; NULL: itself.
const char *page_entity(char character);
