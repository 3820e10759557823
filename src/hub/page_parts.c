#include "hub/page_parts.h"

#include <stddef.h>

const char page_quilt[] =
    "<svg class=\"quilt\" viewBox=\"0 0 480 60\" aria-hidden=\"true\">"
    "<path fill=\"#274FC0\" d=\"M0 0h60v60H0z\"/><path fill=\"#FFF6E0\" d=\"M0 60A60 60 0 0 1 60 "
    "0v60z\"/><path fill=\"#A8DCC8\" d=\"M60 0h60v60H60z\"/><circle fill=\"#195F4D\" cx=\"90\" "
    "cy=\"30\" r=\"24\"/><path fill=\"#C9351A\" d=\"M120 0h60v60h-60z\"/><path fill=\"#F6A9BC\" "
    "d=\"M120 0a60 60 0 0 1 60 60 60 60 0 0 1-60-60z\"/><path fill=\"#F6A9BC\" d=\"M180 "
    "0h60v60h-60z\"/><path fill=\"#C9351A\" d=\"M180 0h60a30 30 0 0 1-60 0zm0 30h60a30 30 0 0 "
    "1-60 0z\"/><path fill=\"#195F4D\" d=\"M240 0h60v60h-60z\"/><path fill=\"#F8BC3F\" d=\"M240 "
    "0a60 60 0 0 0 60 60V0z\"/><path fill=\"#F8BC3F\" d=\"M300 0h60v60h-60z\"/><circle "
    "fill=\"none\" stroke=\"#C9351A\" stroke-width=\"14\" cx=\"330\" cy=\"30\" r=\"17\"/><path "
    "fill=\"#9DC0F7\" d=\"M360 0h60v60h-60z\"/><path fill=\"#274FC0\" d=\"M360 0l60 60h-60z\"/>"
    "<path fill=\"#274FC0\" d=\"M420 0h60v60h-60z\"/><path fill=\"#F8BC3F\" d=\"M420 0a30 30 0 0 1 "
    "30 30 30 30 0 0 1-30-30zm60 0a30 30 0 0 1-30 30 30 30 0 0 1 30-30zm0 60a30 30 0 0 1-30-30 "
    "30 30 0 0 1 30 30zm-60 0a30 30 0 0 1 30-30 30 30 0 0 1-30 30z\"/></svg>";

const char *page_entity(char character)
{
    switch (character) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}
