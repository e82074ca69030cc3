// The machines that run the programs: the first one is the truth for the others.
using Nestor.Tools.Bench;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz;

/// <summary>A machine for programs.</summary>
/// <param name="Name">For people.</param>
/// <param name="Arguments">QEMU's arguments, from the file of programs.</param>
public sealed record FuzzSetting(string Name, Func<string, IReadOnlyList<string>> Arguments)
{
    private const long Memory = 256 * MemorySize.MiB;

    // Programs run on the first. With one CPU, QEMU does not execute atomic instructions atomically, and they fault differently.
    private const int Cpus = 2;

    private const string Append = "group=fuzz";

    /// <summary>Real EL2.</summary>
    public static FuzzSetting Bare { get; } = Of("bare", BenchColumn.Bare);

    /// <summary>Virtual EL2 in all its forms.</summary>
    public static IReadOnlyList<FuzzSetting> OfNestor { get; } =
    [
        Of("nv2", BenchColumn.Nv2),
        Of("nv1", BenchColumn.Nv1),
        new("inner", file => BenchColumn.WithNestor(
            [
                new GuestDescription("outer")
                {
                    Kernel = RepositoryRoot.Out("nestor"), Append = "guest=inner cpus=2 memory=256M modules=2", Cpus = Cpus, El = 2, Nv = 2,
                    Modules = [new GuestModule(RepositoryRoot.Out("payload"), Append), new GuestModule(file, "", IsInitrd: true)],
                },
            ],
            Cpus,
            icount: false)),
    ];

    private static FuzzSetting Of(string name, BenchColumn column) =>
        new(name, file => column.Arguments(RepositoryRoot.Out("payload"), file, Append, Cpus, Cpus, Memory, icount: false));
}
