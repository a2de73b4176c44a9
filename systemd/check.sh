#!/bin/sh
# Judges the files of this folder with systemd's own tools; any complaint fails.
# A tool that is missing is skipped with a message.
set -u
cd "$(dirname "$0")" || exit 1
failed=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() { echo "FAIL $1"; failed=1; }
have() { command -v "$1" >/dev/null || { echo "skip $2: $1 is missing"; return 1; }; }

if have systemd-analyze "unit"; then
  # verify wants the program to exist, and returns 0 for an unknown key: any line about us fails.
  sed "s|^ExecStart=[^ ]*|ExecStart=/bin/true|" chairside.service >"$scratch/chairside.service"
  SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no "$scratch/chairside.service" \
    >"$scratch/verify" 2>&1
  status=$?
  if grep chairside "$scratch/verify"; then
    fail "systemd-analyze verify"
  elif [ $status -ne 0 ]; then
    cat "$scratch/verify"
    fail "systemd-analyze verify (status $status)"
  else
    echo "ok   systemd-analyze verify"
  fi
  # Exposure in tenths: 2.0 at most.
  if systemd-analyze security --offline=true --threshold=20 --no-pager \
    "$scratch/chairside.service" >"$scratch/security" 2>&1; then
    echo "ok   $(tail -n 1 "$scratch/security")"
  else
    grep '✗' "$scratch/security"
    tail -n 1 "$scratch/security"
    fail "systemd-analyze security: above 2.0"
  fi
fi

if have systemd-sysusers "users"; then
  if systemd-sysusers --dry-run "$PWD/chairside.sysusers" >"$scratch/users" 2>&1; then
    echo "ok   systemd-sysusers"
  else
    cat "$scratch/users"
    fail "systemd-sysusers"
  fi
fi

if have systemd-tmpfiles "folders"; then
  # In an empty root that knows the user, so that nothing of this machine is touched.
  mkdir -p "$scratch/root/etc"
  echo "root:x:0:0::/root:/bin/sh
chairside:x:990:990::/:/bin/false" >"$scratch/root/etc/passwd"
  printf 'root:x:0:\nchairside:x:990:\n' >"$scratch/root/etc/group"
  cp chairside.tmpfiles "$scratch/chairside.conf"
  if [ "$(id -u)" -ne 0 ]; then
    echo "skip folders: needs root to give them away"
  elif systemd-tmpfiles --create --root="$scratch/root" "$scratch/chairside.conf" \
    >"$scratch/folders" 2>&1 && [ ! -s "$scratch/folders" ] \
    && [ -d "$scratch/root/var/lib/chairside/recordings" ]; then
    echo "ok   systemd-tmpfiles"
  else
    cat "$scratch/folders"
    fail "systemd-tmpfiles"
  fi
fi

# `udevadm verify` only exists from systemd 254 on.
if have udevadm "rules"; then
  if ! udevadm verify --help >/dev/null 2>&1; then
    echo "skip rules: this udevadm has no verify"
  elif udevadm verify ./60-chairside.rules >"$scratch/rules" 2>&1; then
    echo "ok   udevadm verify"
  else
    cat "$scratch/rules"
    fail "udevadm verify"
  fi
fi
# Whatever the tool says: access only, no name and no claim by USB ids.
if grep -v '^#' 60-chairside.rules | grep -E 'idVendor|idProduct|ID_VENDOR_ID|ID_MODEL_ID|SYMLINK|RUN'
then
  fail "60-chairside.rules claims a device"
else
  echo "ok   60-chairside.rules claims nothing"
fi

exit $failed
