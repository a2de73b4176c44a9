// libusb-1.0 imports cleanly: its only variadic call (libusb_set_option) is not needed.
#include <libusb.h>
