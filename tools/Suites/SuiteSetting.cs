// The machines that a test runs on: bare QEMU at a level, and Nestor beside it.
using Nestor.Tools.Bench;

namespace Nestor.Tools.Suites;

/// <summary>A machine.</summary>
/// <param name="Name">The heading of its column.</param>
/// <param name="Oracle">The machine whose results it must repeat; null for bare QEMU itself.</param>
public sealed record SuiteSetting(string Name, SuiteSetting? Oracle, Func<SuiteTest, string?, IReadOnlyList<string>> Machine)
{
    private static readonly SuiteSetting s_el2 = Of(BenchColumn.Bare, null);

    private static readonly SuiteSetting s_el1 = new(
        "bare EL1", null, (test, initrd) => [.. s_el2.Machine(test, initrd), "-machine", "virtualization=off"]);

    /// <summary>Those with an EL2, each behind its oracle.</summary>
    public static IReadOnlyList<SuiteSetting> WithEl2 { get; } = [s_el2, Of(BenchColumn.Nv2, s_el2), Of(BenchColumn.Nv1, s_el2)];

    /// <summary>All of them, each behind its oracle.</summary>
    public static IReadOnlyList<SuiteSetting> All { get; } = [.. WithEl2, s_el1, Of(BenchColumn.El1, s_el1)];

    /// <summary>QEMU's arguments.</summary>
    /// <param name="test">The test.</param>
    /// <param name="initrd">Its initial RAM disk, or null.</param>
    public IReadOnlyList<string> Arguments(SuiteTest test, string? initrd) => [.. Machine(test, initrd), .. test.QemuArguments];

    private static SuiteSetting Of(BenchColumn column, SuiteSetting? oracle) =>
        new(column.Name, oracle, (test, initrd) => column.Arguments(test.Image, initrd, test.Append, test.Cpus, test.Cpus, test.Memory, icount: false));
}
