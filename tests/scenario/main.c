#include "tests/scenario/runner.h"

int main(int argc, char **argv)
{
    return scenario_main(argc, argv);
}
