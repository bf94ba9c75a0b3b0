#!/usr/bin/env bash
# Builds and tests everything; needs the .NET SDK and Node. ./build.sh [--target=Default|Test|Bench|Torture]
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
rm -f artifacts/result.txt
dotnet tool restore > /dev/null || exit 1
dotnet cake build.cake "$@"
status=$?
if [ -f artifacts/result.txt ]; then cat artifacts/result.txt; fi
exit $status
