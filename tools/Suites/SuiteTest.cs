// One test of a suite: an image with its arguments, and the machine that it wants.
namespace Nestor.Tools.Suites;

/// <summary>A test.</summary>
/// <param name="Name">As its suite calls it.</param>
/// <param name="Image">The file that is the kernel.</param>
/// <param name="Cpus">CPUs.</param>
/// <param name="Memory">Memory in bytes.</param>
/// <param name="Append">The command line.</param>
/// <param name="QemuArguments">What else QEMU needs, on every machine.</param>
/// <param name="WhyNot">Why it cannot run here; null when it can.</param>
public sealed record SuiteTest(string Name, string Image, int Cpus, long Memory, string Append, IReadOnlyList<string> QemuArguments, string? WhyNot);
