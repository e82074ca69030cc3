// The lines by which our initramfs says which of Linux's selftests runs and how it ended, and those by which the tests
// themselves report parts of it (TAP).
using System.Globalization;
using System.Text.RegularExpressions;

namespace Nestor.Tools.Suites;

/// <summary>Reads what a machine that runs selftests says.</summary>
public static partial class Selftest
{
    /// <summary>The line behind the last test.</summary>
    public const string Done = "selftests: done";

    /// <summary>For the initramfs: runs the tests of a list, a name and arguments in each line, for at most $1 seconds each.</summary>
    /// <remarks>
    /// A test's arguments are words without anything that a shell would expand. Its output goes to a file first, of which the console
    /// gets the end: some tests print as fast as they can while they wait, and on a console they would wait for that instead.
    /// </remarks>
    public const string Script = """
        #!/bin/sh
        mkdir -p /dev/shm
        mount -t tmpfs tmpfs /dev/shm
        mount -t tmpfs -o size=64m tmpfs /tmp
        ifconfig lo up
        ulimit -n 65536
        cd /tmp
        while read -r name arguments; do
            echo "selftest $name begins"
            timeout -s KILL "$1" /tests/$name $arguments < /dev/null > /tmp/output 2>&1
            status=$?
            tail -c 65536 /tmp/output
            echo
            echo "selftest $name ends with $status"
        done < /tests/list
        echo "selftests: done"
        poweroff -f

        """;

    // A test that was ended by `timeout`.
    private const int Killed = 128 + 9;

    /// <summary>The test that a line says begins; null for another line.</summary>
    public static string? Begin(string line) => BeginLine().Match(line) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Name and exit status of the test that a line says has ended; null for another line.</summary>
    public static (string Name, int Status)? End(string line) =>
        EndLine().Match(line) is { Success: true } match ? (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)) : null;

    /// <summary>What an exit status means (tools/testing/selftests/kselftest.h); null for a test that ran out of time.</summary>
    public static string? Outcome(int status) => status switch
    {
        0 => "PASS",
        4 => "SKIP",
        Killed => null,
        _ => string.Create(CultureInfo.InvariantCulture, $"FAIL ({status})"),
    };

    /// <summary>The part of a test that a line of TAP reports, or null.</summary>
    public static Subtest? Part(string line) =>
        PartLine().Match(line) is { Success: true } match
            ? new Subtest(match.Groups[3].Success ? "skipped" : match.Groups[1].Value, match.Groups[2].Value)
            : null;

    // What the kernel says on the same console may stand before them.
    [GeneratedRegex(@"selftest (\S+) begins$")]
    private static partial Regex BeginLine();

    [GeneratedRegex(@"selftest (\S+) ends with ([0-9]{1,3})$")]
    private static partial Regex EndLine();

    [GeneratedRegex(@"^(ok|not ok) [0-9]+ (?:- )?(.*?)( # SKIP.*)?$")]
    private static partial Regex PartLine();
}
