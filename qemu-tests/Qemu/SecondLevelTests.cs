// KVM in a guest of Nestor, with Debian's own QEMU, boots a second Debian kernel to its shell: everything that nesting
// is for, at once. Both shells answer and both machines are switched off in order.
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Guests;
using Xunit;

namespace Nestor.Tests.Qemu;

public sealed class SecondLevelTests
{
    // Debian's protected KVM shows its guests pointer authentication and memory copies and does not let them use either;
    // on the bare machine the guest ends the same way without these words.
    private const string Unoffered = "arm64.nopauth arm64.nomops";

    // Each mode, number of CPUs and way of trapping, but not all of them together; those are the long tests.
    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(KvmMode.Vhe, 2, 2)]
    [InlineData(KvmMode.Nvhe, 1, 2)]
    [InlineData(KvmMode.Vhe, 1, 1)]
    [InlineData(KvmMode.Nvhe, 2, 1)]
    [InlineData(KvmMode.Protected, 2, 2)]
    public Task Kvm_of_6_12_runs_Linux(KvmMode mode, int cpus, int nv) => RunsLinux(GuestKind.Linux612, mode, cpus, nv);

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(KvmMode.Vhe, 1, 2)]
    [InlineData(KvmMode.Nvhe, 2, 2)]
    [InlineData(KvmMode.Vhe, 2, 1)]
    [InlineData(KvmMode.Nvhe, 1, 1)]
    [InlineData(KvmMode.Protected, 1, 1)]
    public Task Kvm_of_6_1_runs_Linux(KvmMode mode, int cpus, int nv) => RunsLinux(GuestKind.Linux61, mode, cpus, nv);

    [Theory]
    [Trait("Category", "Slow")]
    [Trait("Category", "Long")]
    [InlineData(KvmMode.Vhe, 1, 2)]
    [InlineData(KvmMode.Nvhe, 2, 2)]
    [InlineData(KvmMode.Vhe, 2, 1)]
    [InlineData(KvmMode.Nvhe, 1, 1)]
    [InlineData(KvmMode.Protected, 1, 1)]
    public Task Kvm_of_6_12_runs_Linux_in_the_other_settings(KvmMode mode, int cpus, int nv) => RunsLinux(GuestKind.Linux612, mode, cpus, nv);

    [Theory]
    [Trait("Category", "Slow")]
    [Trait("Category", "Long")]
    [InlineData(KvmMode.Vhe, 2, 2)]
    [InlineData(KvmMode.Nvhe, 1, 2)]
    [InlineData(KvmMode.Vhe, 1, 1)]
    [InlineData(KvmMode.Nvhe, 2, 1)]
    [InlineData(KvmMode.Protected, 1, 2)]
    [InlineData(KvmMode.Protected, 2, 1)]
    public Task Kvm_of_6_1_runs_Linux_in_the_other_settings(KvmMode mode, int cpus, int nv) => RunsLinux(GuestKind.Linux61, mode, cpus, nv);

    private static Task RunsLinux(GuestKind kernel, KvmMode mode, int cpus, int nv, [CallerMemberName] string test = "") =>
        SecondLevelRun.RunAsync(
            mode,
            cpus,
            async (_, second) =>
            {
                await second.StartAsync(cpus, mode == KvmMode.Protected ? "quiet " + Unoffered : "quiet");
                await second.AnswerAndEndAsync();
                await second.PowerOffAsync();
            },
            test,
            kernel,
            nv);
}
