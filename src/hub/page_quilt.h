// The quilt at the head of the hub's pages, drawn in the page itself: nothing is fetched but the
// page.
#pragma once

extern const char page_quilt[]; // <svg class="quilt">
