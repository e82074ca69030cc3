// The machines that each row is measured on.
using System.Globalization;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>A column of the table: a machine that runs the payload.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="El">The exception level of Nestor's guest; 0 for no Nestor on it.</param>
/// <param name="Nv">How Nestor catches EL2 registers.</param>
/// <param name="IsSecondLevel">The payload is a guest of KVM, which is Nestor's guest, or QEMU's.</param>
public sealed record BenchColumn(string Name, int El, int Nv, bool IsSecondLevel = false)
{
    private const long GuestMemory = 256 * MemorySize.MiB;

    // Random numbers and the time of day make one boot of Linux unlike the next.
    private static readonly string[] s_same = ["-machine", "dtb-randomness=off", "-seed", "1", "-rtc", "base=2026-01-01,clock=vm"];

    /// <summary>QEMU's own EL2.</summary>
    public static BenchColumn Bare { get; } = new("bare EL2", 0, 0);

    /// <summary>A plain guest.</summary>
    public static BenchColumn El1 { get; } = new("el=1", 1, 2);

    /// <summary>A guest hypervisor with memory redirection.</summary>
    public static BenchColumn Nv2 { get; } = new("el=2 nv=2", 2, 2);

    /// <summary>A guest hypervisor all of whose EL2 registers trap.</summary>
    public static BenchColumn Nv1 { get; } = new("el=2 nv=1", 2, 1);

    /// <summary>A guest of KVM on QEMU's own EL2.</summary>
    public static BenchColumn Kvm { get; } = new("KVM", 0, 0, IsSecondLevel: true);

    /// <summary>A guest of KVM at virtual EL2, with memory redirection.</summary>
    public static BenchColumn KvmNv2 { get; } = new("KVM, nv=2", 2, 2, IsSecondLevel: true);

    /// <summary>A guest of KVM at virtual EL2, all of whose EL2 registers trap.</summary>
    public static BenchColumn KvmNv1 { get; } = new("KVM, nv=1", 2, 1, IsSecondLevel: true);

    /// <summary>Those on which the payload runs without another system below it.</summary>
    public static IReadOnlyList<BenchColumn> FirstLevel { get; } = [Bare, El1, Nv2, Nv1];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchColumn> All { get; } = [.. FirstLevel, Kvm, KvmNv2, KvmNv1];

    /// <summary>QEMU's arguments for the benchmark payload.</summary>
    /// <param name="payload">The image.</param>
    /// <param name="row">The only row to measure, or null for all.</param>
    /// <param name="icount">Count instructions.</param>
    /// <param name="hostCpus">CPUs of the machine; the guest has two vCPUs.</param>
    /// <param name="count">Repetitions; null for the payload's own choice.</param>
    /// <param name="inBatches">Whether they come in batches, for counts that a tick must not be in, or one behind the other.</param>
    public IReadOnlyList<string> Payload(string payload, string? row, bool icount, int hostCpus = 2, int? count = null, bool inBatches = true)
    {
        string words = "group=bench" + (row is null ? "" : " row=" + row)
            + (count is { } number ? string.Create(CultureInfo.InvariantCulture, $" count={number}") : "")
            + (inBatches ? "" : " batches=1");
        return IsSecondLevel
            ? Arguments(SecondLevelBench.Kernel, SecondLevelBench.Initramfs(payload), SecondLevelBench.Append(words), 2, hostCpus, GuestDescription.DefaultMemory, icount)
            : Arguments(payload, null, words, 2, hostCpus, GuestMemory, icount);
    }

    /// <summary>QEMU's arguments for one guest.</summary>
    public IReadOnlyList<string> Arguments(string kernel, string? initrd, string append, int cpus, int hostCpus, long memory, bool icount) =>
        El == 0
            ? WithoutNestor(kernel, initrd, append, cpus, memory, icount)
            : WithNestor([Guest(GuestResolver.OnlyName, kernel, initrd, append, cpus, memory)], hostCpus, icount);

    /// <summary>A guest of this column's level.</summary>
    public GuestDescription Guest(string name, string kernel, string? initrd, string append, int cpus, long memory = GuestMemory) =>
        new(name) { Kernel = kernel, Initrd = initrd, Append = append, Cpus = cpus, Memory = memory, El = El, Nv = Nv };

    /// <summary>QEMU's arguments for some guests.</summary>
    public static IReadOnlyList<string> WithNestor(IReadOnlyList<GuestDescription> guests, int hostCpus, bool icount) => QemuCommandLine.Build(
        new MachineDescription { Guests = [.. guests], HostCpus = hostCpus, Icount = icount, QemuArguments = s_same }, null);

    private static List<string> WithoutNestor(string kernel, string? initrd, string append, int cpus, long memory, bool icount)
    {
        List<string> line =
        [
            "-M", "virt,virtualization=on,gic-version=3",
            "-cpu", "max",
            "-smp", cpus.ToString(CultureInfo.InvariantCulture),
            "-m", MemorySize.Show(memory),
            "-nodefaults",
            "-display", "none",
            "-no-reboot",
            "-chardev", "stdio,id=console,signal=off",
            "-serial", "chardev:console",
            "-kernel", kernel,
            "-append", append,
        ];
        line.AddRange(initrd is null ? [] : ["-initrd", initrd]);
        line.AddRange(icount ? ["-icount", "shift=0,sleep=off"] : []);
        line.AddRange(s_same);
        return line;
    }
}
