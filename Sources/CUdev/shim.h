// libudev imports cleanly: no macros to wrap.
#include <libudev.h>
