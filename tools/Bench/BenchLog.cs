// What a person has to be told beside the figures. A failure makes the whole benchmark fail; a remark does not: QEMU's
// counter is not quite free of its host's clock where a CPU waits.

namespace Nestor.Tools.Bench;

/// <summary>Failures and remarks, a line each.</summary>
public sealed class BenchLog
{
    /// <summary>What could not be measured.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>What is to be taken with care.</summary>
    public List<string> Remarks { get; } = [];
}
