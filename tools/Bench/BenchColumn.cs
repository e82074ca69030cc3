// The machines that each row is measured on.
using System.Globalization;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>A column of the table: a machine that runs an image.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="El">The guest's exception level; 0 for no Nestor between it and QEMU.</param>
/// <param name="Nv">How Nestor catches EL2 registers.</param>
public sealed record BenchColumn(string Name, int El, int Nv)
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

    /// <summary>All of them.</summary>
    public static IReadOnlyList<BenchColumn> All { get; } = [Bare, El1, Nv2, Nv1];

    /// <summary>QEMU's arguments for the benchmark payload.</summary>
    /// <param name="payload">The image.</param>
    /// <param name="row">The only row to measure, or null for all.</param>
    /// <param name="icount">Count instructions.</param>
    /// <param name="hostCpus">CPUs of the machine; the guest has two vCPUs.</param>
    public IReadOnlyList<string> Payload(string payload, string? row, bool icount, int hostCpus = 2) =>
        Arguments(payload, null, "group=bench" + (row is null ? "" : " row=" + row), 2, hostCpus, GuestMemory, icount);

    /// <summary>QEMU's arguments for any guest.</summary>
    public IReadOnlyList<string> Arguments(string kernel, string? initrd, string append, int cpus, int hostCpus, long memory, bool icount)
    {
        if (El != 0)
        {
            return QemuCommandLine.Build(
                new MachineDescription
                {
                    Guests = [new GuestDescription(GuestResolver.OnlyName) { Kernel = kernel, Initrd = initrd, Append = append, Cpus = cpus, Memory = memory, El = El, Nv = Nv }],
                    HostCpus = hostCpus,
                    Icount = icount,
                    QemuArguments = s_same,
                },
                null);
        }

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
