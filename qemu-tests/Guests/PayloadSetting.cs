// The machines that the test guest runs on. What it prints on the hardware must come out under Nestor, too.
using System;
using System.Collections.Generic;
using System.Linq;
using Nestor.Tests.Harness;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tests.Guests;

/// <param name="Name">As it stands in the tests' names.</param>
/// <param name="Oracle">The setting whose transcript this one must repeat; its own name for hardware.</param>
/// <param name="Groups">The groups of checks that run here.</param>
/// <param name="Machine">The machine, from the name of the test, the image and the boot arguments.</param>
public sealed record PayloadSetting(
    string Name, string Oracle, IReadOnlyList<string> Groups, Func<string, string, string, MachineOptions> Machine)
{
    private const int Cpus = 2;
    private const string InnerName = "virtual EL2 of an inner Nestor";
    private const string OneCpu = ", one CPU";

    private static readonly string[] s_atEl2 =
    [
        "e2h-changes", "registers", "vector-lengths", "exceptions", "eret", "eret-modes", "nested-el1", "stage2", "stage2-formats", "stage2-rights",
        "external-aborts", "device-accesses", "emulated-state", "at", "tlbi", "byte-order", "hostile", "timers", "timer-withdrawal", "timers-of-el1",
        "counter-offset", "gic", "list-registers", "one-group", "its", "psci", "smp", "shared-cpu", "wfi", "second-level", "tlbi-at", "traps",
        "trap-classes", "self-debug", "el2-debug",
        "recursion", "ids", "leak", "own-traps",
        "reset-values", "psci-arguments", "pl011",
        "regime-rules", "tge-el0", "vmids", "own-tables",
    ];

    // Memory redirection keeps these registers in memory, where CPTR_EL2 does not count (Arm ARM D8.11).
    private static readonly string[] s_redirected = ["own-traps-redirected"];

    // What two vCPUs that have to share a CPU can do to each other.
    private static readonly string[] s_shared = ["smp", "shared-cpu", "leak", "own-tables"];

    // Tens of seconds each.
    private static readonly string[] s_longer = ["leak", "el1-leak"];

    private static readonly string[] s_atEl1 =
    [
        "el1-exceptions", "el1-timers", "el1-gic", "el1-its", "el1-device-accesses", "el1-psci", "el1-ids", "el1-reset-values", "el1-psci-arguments", "el1-pl011",
        "el1-leak",
    ];

    /// <summary>All of them; a group that cannot pass in a setting is not listed there, and says why.</summary>
    public static IReadOnlyList<PayloadSetting> All { get; } =
    [
        new("EL2 of the hardware", "EL2 of the hardware", [.. s_atEl2, .. s_redirected], (name, image, arguments) =>
            MachineOptions.Bare(name, image, Cpus, "-append", arguments)),
        new("virtual EL2, nv=2", "EL2 of the hardware", s_atEl2, (name, image, arguments) => Guest(name, image, arguments, el: 2, nv: 2)),
        new("virtual EL2, nv=1", "EL2 of the hardware", [.. s_atEl2, .. s_redirected], (name, image, arguments) => Guest(name, image, arguments, el: 2, nv: 1)),
        new("virtual EL2, nv=2" + OneCpu, "EL2 of the hardware", s_shared, (name, image, arguments) => Guest(name, image, arguments, el: 2, nv: 2, hostCpus: 1)),
        new("virtual EL2, nv=1" + OneCpu, "EL2 of the hardware", s_shared, (name, image, arguments) => Guest(name, image, arguments, el: 2, nv: 1, hostCpus: 1)),
        new(InnerName, "EL2 of the hardware", s_atEl2, Inner),
        new("EL1 of the hardware", "EL1 of the hardware", s_atEl1, (name, image, arguments) =>
            MachineOptions.Bare(name, image, Cpus, "-machine", "virtualization=off", "-append", arguments)),
        new("EL1 of a guest", "EL1 of the hardware", s_atEl1, (name, image, arguments) => Guest(name, image, arguments, el: 1, nv: 2)),
        new("EL1 of a guest" + OneCpu, "EL1 of the hardware", ["el1-leak"], (name, image, arguments) => Guest(name, image, arguments, el: 1, nv: 2, hostCpus: 1)),
    ];

    /// <summary>It runs on bare QEMU.</summary>
    public bool IsHardware => Name == Oracle;

    /// <summary>Whether a group takes too long here for `test --fast`.</summary>
    public bool TakesLong(string group) => s_longer.Contains(group) || Name == InnerName || Name.EndsWith(OneCpu, StringComparison.Ordinal);

    // Nestor in Nestor: the test guest is a module of the inner one.
    private static MachineOptions Inner(string name, string image, string arguments) =>
        MachineOptions.Nestor(name, new MachineDescription
        {
            Guests =
            [
                new GuestDescription("outer")
                {
                    Kernel = RepositoryRoot.Out("nestor"), Append = $"guest=inner cpus={Cpus} memory=256M", Cpus = Cpus, El = 2, Nv = 2,
                    Modules = [new GuestModule(image, arguments)],
                },
            ],
        }) with { Deadline = TimeSpan.FromMinutes(5) };     // every exit is many, and the machine may be busy

    private static MachineOptions Guest(string name, string image, string arguments, int el, int nv, int? hostCpus = null) =>
        MachineOptions.Nestor(name, new MachineDescription
        {
            HostCpus = hostCpus,
            Guests = [new GuestDescription("guest") { Kernel = image, Append = arguments, Cpus = Cpus, El = el, Nv = nv }],
        }) with { Deadline = TimeSpan.FromMinutes(3) };     // two vCPUs that wait for each other on one CPU take their time
}
