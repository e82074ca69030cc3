// One boot of one machine with a file of programs.
using Nestor.Tools.Bench;

namespace Nestor.Tools.Fuzz;

/// <summary>What a machine made of some programs.</summary>
/// <param name="Digests">A digest for each batch that came to its end.</param>
/// <param name="Lines">Everything that the machine said.</param>
public sealed record FuzzRun(IReadOnlyList<string> Digests, IReadOnlyList<string> Lines)
{
    private const string Digest = "digest ";
    private const string Last = "fuzz: done";

    /// <summary>Boots the machine and reads what it says.</summary>
    /// <param name="qemu">The program.</param>
    /// <param name="setting">The machine.</param>
    /// <param name="file">The programs.</param>
    /// <param name="silence">After so long without a line the machine is taken for lost.</param>
    public static FuzzRun Of(string qemu, FuzzSetting setting, string file, TimeSpan silence)
    {
        MachineRun run = BenchMachine.Run(qemu, setting.Arguments(file), line => line.TrimEnd().EndsWith(Last, StringComparison.Ordinal), silence, isForEachLine: true);
        string[] lines = [.. run.Lines.Select(line => line.Plain)];
        return new FuzzRun([.. lines.Where(line => line.StartsWith(Digest, StringComparison.Ordinal)).Select(line => line[Digest.Length..])], lines);
    }
}
