// What a test says about the machine that it wants.
using System;
using System.Collections.Generic;
using System.Globalization;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Launch;

namespace Nestor.Tests.Harness;

/// <param name="Name">The test's name; what is left of it is kept under it.</param>
/// <param name="CommandLine">
/// Makes the arguments of QEMU from the path of the listening socket that its QMP must connect to. They must put the
/// first serial port on standard input and output, and start the machine stopped (-S), so that no event is missed.
/// </param>
public sealed record MachineOptions(string Name, Func<string, IReadOnlyList<string>> CommandLine)
{
    /// <summary>When this has passed the machine is killed, whatever the test waits for.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Typed while the machine still stands still, so that its first instruction finds it.</summary>
    public string TypedBefore { get; init; } = "";

    /// <summary>Forbidden words that this test expects to see.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>It runs out/nestor, and stays when it ends until it has been looked into.</summary>
    public bool HasNestor { get; init; }

    /// <summary>The QEMU to start.</summary>
    public string Qemu { get; init; } = ToolFinder.Require(RequiredProgram.Qemu);

    /// <summary>A machine that Nestor runs on, as `./build.sh run` would start it.</summary>
    public static MachineOptions Nestor(string name, MachineDescription machine) =>
        new(name, socket => QemuCommandLine.Build(machine with { PostMortem = Artefacts.DirectoryOf(name) }, socket)) { HasNestor = true };

    /// <summary>The same hardware with nothing between it and an image, which starts at the real EL2.</summary>
    public static MachineOptions Bare(string name, string kernel, int cpus = 1, params IReadOnlyList<string> more) =>
        new(name, socket =>
        [
            "-M", "virt,virtualization=on,gic-version=3",
            "-cpu", "max",
            "-smp", cpus.ToString(CultureInfo.InvariantCulture),
            "-m", "256M",
            "-nodefaults",
            "-display", "none",
            "-no-reboot",
            "-chardev", "stdio,id=console,signal=off",
            "-serial", "chardev:console",
            "-chardev", "socket,id=qmp,path=" + socket,
            "-mon", "chardev=qmp,mode=control",
            "-S",
            "-kernel", kernel,
            .. more,
        ]);
}
