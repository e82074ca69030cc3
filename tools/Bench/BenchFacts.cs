// What was measured: the versions, hashes and command lines without which a number means nothing.
using System.Security.Cryptography;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>Gathers the facts of a run.</summary>
public static class BenchFacts
{
    /// <summary>A report without figures.</summary>
    /// <param name="qemu">QEMU.</param>
    /// <param name="payload">The benchmark payload.</param>
    /// <param name="columns">What is going to be measured.</param>
    public static BenchReport Begin(string qemu, string payload, params IEnumerable<BenchColumn> columns)
    {
        byte[] image = File.ReadAllBytes(RepositoryRoot.Out("nestor"));
        return new BenchReport
        {
            Qemu = ChildProcess.Run(qemu, ["--version"]).Output.Split('\n')[0].Trim(),
            Commit = Commit(),
            ImageHash = Convert.ToHexStringLower(SHA256.HashData(image)),
            ImageBytes = image.Length,
            OwnKibibytes = [],
            TracingInstructions = TraceCost.Instructions(RepositoryRoot.Out("nestor.elf")),
            Commands = new(columns.ToDictionary(
                column => column.Name, column => CommandLine(qemu, column.Payload(payload, null, icount: false)))),
        };
    }

    /// <summary>A command line, named from the repository, so that it is the same wherever that lies.</summary>
    public static string CommandLine(string qemu, IEnumerable<string> arguments) =>
        string.Join(' ', arguments.Prepend(Path.GetFileName(qemu)).Select(word => Quote(word.Replace(RepositoryRoot.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))));

    private static string Quote(string word) => word.Contains(' ') ? $"'{word}'" : word;

    private static string Commit()
    {
        ChildResult head = ChildProcess.Run("git", ["-C", RepositoryRoot.Path, "rev-parse", "HEAD"]);
        ChildResult changes = ChildProcess.Run("git", ["-C", RepositoryRoot.Path, "status", "--porcelain"]);
        return head.Status != 0 ? "unknown" : head.Output.Trim() + (changes.Output.Trim().Length > 0 ? "+" : "");
    }
}
