#!/usr/bin/env bash
# Thin front of the launcher in tools/: finds .NET, builds the launcher when a source of it is newer
# than the last build, and becomes it. Everything else is C#; `./build.sh --help` lists the commands.
set -euo pipefail

# A descriptor that is closed would go to the next file that is opened, and the console into that file.
# Bash may have opened this very script there.
for descriptor in 0 1 2; do
    place="/proc/$$/fd/$descriptor"
    if ! [ -e "$place" ] || [ "$place" -ef "${BASH_SOURCE[0]}" ]; then
        eval "exec $descriptor<>/dev/null"
    fi
done

# Through all symbolic links: this file may be one in ~/bin.
root="$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "${BASH_SOURCE[0]}")")" && pwd)"
stamp="$root/out/tools.stamp"
launcher="$root/tools/bin/Release/net10.0/nestor-tools.dll"

# The runtime's diagnostic ports are files in TMPDIR, and the runtime ends with a segmentation fault when that has a % in its name.
export DOTNET_EnableDiagnostics="${DOTNET_EnableDiagnostics:-0}"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

# .NET and NuGet keep files in the home directory. Who has none has it here.
if ! [ -d "${HOME:-}" ]; then
    HOME="$(getent passwd "$(id -u)" | cut -d: -f6 || true)"
    [ -d "$HOME" ] || { HOME="$root/out/home"; mkdir -p "$HOME" 2>/dev/null || true; }
    export HOME
fi

dotnet="$(command -v dotnet || true)"
for directory in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
    [ -n "$dotnet" ] && break
    [ -n "$directory" ] && [ -x "$directory/dotnet" ] && dotnet="$directory/dotnet"
done
if [ -z "$dotnet" ]; then
    echo "nestor: the .NET 10 SDK is needed and no dotnet was found; install it (package dotnet-sdk-10.0) and try again" >&2
    exit 2
fi

# The launcher starts dotnet itself, to build the kernel and to run the tests.
PATH="$PATH:$(dirname "$dotnet")"
export PATH

stale() {
    [ -f "$launcher" ] && [ -f "$stamp" ] || return 0
    [ -n "$(find "$root/tools" "$root/Directory.Build.props" "$root/.editorconfig" \
        \( -path "$root/tools/bin" -o -path "$root/tools/obj" \) -prune -o -newer "$stamp" -print -quit)" ]
}

if stale; then
    version="$("$dotnet" --version 2>/dev/null || echo none)"
    if ! [ "${version%%.*}" -ge 10 ] 2>/dev/null; then
        echo "nestor: the .NET 10 SDK is needed, $dotnet has $version; install it (package dotnet-sdk-10.0) and try again" >&2
        exit 2
    fi
    echo "nestor: building the launcher" >&2
    mkdir -p "$root/out"
    # The stamp is as old as the start of the build, so that a file saved meanwhile counts as newer.
    touch "$stamp.new"
    if ! log="$("$dotnet" build "$root/tools/tools.csproj" -c Release -v quiet -nologo -p:UseSharedCompilation=false 2>&1)"; then
        printf '%s\n' "$log" >&2
        rm -f "$stamp.new"
        exit 1
    fi
    mv "$stamp.new" "$stamp"
    # Making bin/ and obj/ touched tools/ itself; that is no change of a source.
    touch -r "$stamp" "$root/tools"
fi

exec "$dotnet" exec "$launcher" "$@"
