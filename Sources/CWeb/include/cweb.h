#pragma once

#include <stddef.h>

/// A file of the web pages, held in the binary.
struct cweb_asset {
  /// The path it is served under: `/wall`, `/assets/tile.js`. The shell of a chair is `/chairs/{chair}`.
  const char *path;
  /// The value of Content-Type.
  const char *type;
  const unsigned char *bytes;
  size_t count;
};

/// How many assets there are.
size_t cweb_count(void);

/// The asset at an index below `cweb_count()`, else NULL. Lives as long as the process.
const struct cweb_asset *cweb_asset_at(size_t index);
