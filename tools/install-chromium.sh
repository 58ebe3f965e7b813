#!/bin/sh
# The browser tests drive Chromium. Where there is none and Debian's packages can be installed, install it; elsewhere
# say so: the tests then skip, naming the reason.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing Chromium for the browser tests"
    apt-get update -qq >/dev/null
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk >/dev/null
else
    echo "No Chromium found: the browser tests will be skipped. Install the package chromium to run them."
fi
