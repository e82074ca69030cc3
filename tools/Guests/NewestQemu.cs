// The newest QEMU that Debian has, for tests of CPUs that the stable one does not know: sid's package with all libraries that it
// needs, unpacked beside the system and started by its own dynamic loader. A script has the name of the program, so that it can
// stand wherever a QEMU can.
using System.Runtime.InteropServices;
using Nestor.Tools.Support;

namespace Nestor.Tools.Guests;

public static class NewestQemu
{
    private const string Program = "qemu-system-aarch64";

    /// <summary>Fetches it if it is not there, and gives the path of the script.</summary>
    /// <exception cref="UsageException">It cannot be had here: another kind of machine, or an archive that does not answer.</exception>
    public static string Ensure() => Ensure(RepositoryRoot.Out("qemu"));

    private static string Ensure(string directory)
    {
        if (RuntimeInformation.OSArchitecture != Architecture.X64)
        {
            throw new UsageException($"the newest QEMU is fetched for amd64; this machine is {RuntimeInformation.OSArchitecture}");
        }

        string script = Path.Combine(directory, Program);
        if (!File.Exists(script))
        {
            using FileStream held = DirectoryLock.Take(directory);
            if (!File.Exists(script))
            {
                Progress.Step("fetching the newest QEMU (qemu-system-arm of Debian sid)", () => Fetch(directory, script));
            }
        }

        return script;
    }

    private static void Fetch(string directory, string script)
    {
        string root = Path.Combine(directory, "root");
        FreshDirectory.Make(root);
        new AptRoot(Path.Combine(directory, "apt"), "amd64", "sid").ExtractWithDependencies("qemu-system-arm", root);
        File.WriteAllText(script + ".new", Script(root));
        File.SetUnixFileMode(script + ".new", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead
            | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.Move(script + ".new", script, overwrite: true);
    }

    // exec: the process that a caller kills is QEMU itself.
    private static string Script(string root) =>
        $"""
        #!/bin/sh
        root='{root.Replace("'", "'\\''", StringComparison.Ordinal)}'
        exec "$root/usr/lib64/ld-linux-x86-64.so.2" --library-path "$root/usr/lib/x86_64-linux-gnu" "$root/usr/bin/{Program}" -L "$root/usr/share/qemu" "$@"

        """;
}
