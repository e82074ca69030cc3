// What is kept of a machine that ended badly, or does not end, in one directory: `why.txt` is for a person and to be read first.
// Everything is read from outside, by QMP and QEMU's gdb stub; Nestor and its guests may be as stuck as they like.

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Nestor.Tools.Build;
using Nestor.Tools.Inspect;
using Nestor.Tools.Launch;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;
using Nestor.Tools.Traces;

namespace Nestor.Tools.PostMortem;

/// <summary>Writes the directory.</summary>
public static partial class PostMortemReport
{
    private const int ShownExits = 10;
    private const uint El2 = 2;

    // The lines by which Nestor and Linux say that they end.
    private static readonly string[] s_lastWords = ["nestor: panic:", "stopped by Nestor", "Kernel panic", "asked for a reset"];

    // Reading the image's debug information takes a second; it does not change while a program runs.
    private static readonly Lazy<KernelLayout> s_layout = new(() => KernelLayout.Read(NestorState.Elf));
    private static readonly Lazy<KernelSymbols> s_symbols = new(() => KernelSymbols.Read(NestorState.Elf));

    /// <summary>Writes everything that can be had; the machine is stopped.</summary>
    /// <param name="directory">Where; it is made.</param>
    /// <param name="qmp">The machine.</param>
    /// <param name="hasNestor">It runs out/nestor.</param>
    /// <param name="why">What went wrong, in a line.</param>
    /// <param name="awaited">What somebody waited for, or null.</param>
    /// <param name="console">Gives the console's text, after the machine has been stopped.</param>
    public static async Task WriteAsync(string directory, QmpClient qmp, bool hasNestor, string why, string? awaited, Func<string> console)
    {
        Directory.CreateDirectory(directory);
        StringBuilder text = new();
        try
        {
            await qmp.ExecuteAsync("stop").ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(directory, "qemu.txt"), await CommandAsync(qmp, "info registers -a").ConfigureAwait(false)).ConfigureAwait(false);
            JsonElement cpus = await qmp.ExecuteAsync("query-cpus-fast").ConfigureAwait(false);
            IReadOnlyList<IReadOnlyDictionary<string, ulong>> hardware = await GdbClient.ReadAsync(qmp, cpus.GetArrayLength()).ConfigureAwait(false);
            (NestorState? state, string? problem) = hasNestor ? await StateAsync(qmp).ConfigureAwait(false) : (null, null);
            text.Append("\nCPUs:\n");
            for (int cpu = 0; cpu < hardware.Count; cpu++)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {cpu}: {Cpu(state, cpu, hardware[cpu], hasNestor)}\n");
            }

            if (state is not null)
            {
                await LookAsync(directory, qmp, state, hardware, text).ConfigureAwait(false);
            }
            else if (problem is not null)
            {
                text.Append(CultureInfo.InvariantCulture, $"\nno vCPUs: {problem}\n");
            }
        }
        catch (Exception e) when (e is QmpException or InspectionException or BuildException)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nno more can be had: {e.Message}\n");
        }

        WriteWhy(directory, why, awaited, console(), text.ToString());
    }

    /// <summary>Writes only `why.txt`: of a machine that is gone, or with what is known about one that is not.</summary>
    public static void WriteWhy(string directory, string why, string? awaited, string console, string more = "")
    {
        Directory.CreateDirectory(directory);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"why: {why}\n");
        if (awaited is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"awaited: {awaited}\n");
        }

        // What follows a carriage return takes the line's place.
        string[] lines = ControlSequence().Replace(console, "").Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (string line in lines.Where(line => s_lastWords.Any(word => line.Contains(word, StringComparison.Ordinal))).Take(3))
        {
            text.Append(CultureInfo.InvariantCulture, $"said: {line}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"the console's last line: {lines.LastOrDefault() ?? "(none)"}\n");
        File.WriteAllText(Path.Combine(directory, "why.txt"), text.Append(more).ToString());
    }

    // ECMA-48 5.3 to 5.5, and what else no terminal shows.
    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-~]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")]
    private static partial Regex ControlSequence();

    private static async Task<(NestorState? State, string? Problem)> StateAsync(QmpClient qmp)
    {
        try
        {
            return (await NestorState.ReadAsync(qmp, s_layout.Value).ConfigureAwait(false), null);
        }
        catch (InspectionException e)
        {
            return (null, e.Message);
        }
    }

    private static async Task LookAsync(
        string directory, QmpClient qmp, NestorState state, IReadOnlyList<IReadOnlyDictionary<string, ulong>> hardware, StringBuilder text)
    {
        text.Append("\nvCPUs:\n");
        StringBuilder registers = new();
        MachineMemory memory = new(qmp);
        foreach (Vcpu vcpu in state.Vcpus)
        {
            HostCpu cpu = state.Cpus[vcpu.Cpu];
            IReadOnlyDictionary<string, ulong>? live = cpu.Data.U64("Loaded") == vcpu.Data.Address
                ? await PanicScratch.RemoveAsync(memory, cpu, hardware[vcpu.Cpu]).ConfigureAwait(false)
                : null;
            bool isRunning = live is not null && Level(live) != El2;
            text.Append(CultureInfo.InvariantCulture, $"  {Describe(state, vcpu, live, isRunning)}\n");
            Registers(registers, state, vcpu, live, isRunning);
        }

        await File.WriteAllTextAsync(Path.Combine(directory, "registers.txt"), registers.ToString()).ConfigureAwait(false);

        TraceFile trace = await TraceReader.ReadAsync(qmp, state).ConfigureAwait(false);
        ExitNames names = new(RepositoryRoot.Path);
        await File.WriteAllBytesAsync(Path.Combine(directory, "trace"), trace.ToBytes()).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(directory, "trace.txt"), ExitList.Write(trace, names)).ConfigureAwait(false);
        string[] exits = ExitList.Write(trace, names).TrimEnd('\n').Split('\n');
        text.Append("\nthe last exits of the guests:\n");
        text.AppendJoin('\n', exits.Take(1).Concat(exits.Skip(1).TakeLast(ShownExits)).Select(line => "  " + line));

        StringBuilder shadows = new();
        foreach (Guest guest in state.Guests)
        {
            shadows.Append(await ShadowTables.WriteAsync(memory, guest).ConfigureAwait(false));
        }

        await File.WriteAllTextAsync(Path.Combine(directory, "shadow.txt"), shadows.ToString()).ConfigureAwait(false);
        text.Append("\n\nbeside this: console.log, registers.txt (each vCPU's, every level), shadow.txt (shadow stage 2), trace.txt, trace (for ./build.sh trace), qemu.txt (the CPUs as QEMU shows them)\n");
    }

    // A CPU is in Nestor when it is at EL2, else in the vCPU that it has loaded.
    private static string Cpu(NestorState? state, int cpu, IReadOnlyDictionary<string, ulong> hardware, bool hasNestor)
    {
        ulong pc = hardware.GetValueOrDefault("pc");
        Vcpu? loaded = state?.Vcpus.FirstOrDefault(vcpu => cpu < state.Cpus.Count && vcpu.Data.Address == state.Cpus[cpu].Data.U64("Loaded"));
        if (Level(hardware) == El2 && hasNestor)
        {
            return $"in Nestor at {pc:x16} {s_symbols.Value.Find(pc) ?? "(not its code)"}" + (loaded is null ? "" : $", {Name(state!, loaded)} loaded");
        }

        return loaded is null
            ? $"at EL{Level(hardware)}, PC {pc:x16}"
            : $"runs {Name(state!, loaded)} at {pc:x16}, {Context(state!, loaded, hardware)}";
    }

    private static string Describe(NestorState state, Vcpu vcpu, IReadOnlyDictionary<string, ulong>? live, bool isRunning)
    {
        string doing = vcpu.Data.U32("State") switch
        {
            0 => "off",
            1 => isRunning ? "running" : live is not null ? "in Nestor, which handles its exit" : "ready, not on its CPU",
            2 => "waiting (WFI)",
            _ => "stopped: its VM has ended",
        };
        ulong pc = isRunning ? live!.GetValueOrDefault("pc") : vcpu.Data.U64("Pc");
        return $"{Name(state, vcpu)} on CPU {vcpu.Cpu}: {doing}; PC {pc:x16}, {Context(state, vcpu, isRunning ? live : null)}";
    }

    private static void Registers(StringBuilder text, NestorState state, Vcpu vcpu, IReadOnlyDictionary<string, ulong>? live, bool isRunning)
    {
        text.Append(CultureInfo.InvariantCulture, $"{Describe(state, vcpu, live, isRunning)}\n");
        ulong General(string hardware, ulong stored) => isRunning ? live!.GetValueOrDefault(hardware) : stored;
        text.Append(CultureInfo.InvariantCulture, $"  PC     {General("pc", vcpu.Data.U64("Pc")):x16}  PSTATE {General("cpsr", vcpu.Data.U64("Pstate")):x16}\n");
        for (int i = 0; i < 31; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"  x{i,-4}  {General($"x{i}", vcpu.Data.U64("X", i)):x16}{(i % 4 == 3 || i == 30 ? "\n" : "")}");
        }

        foreach (IGrouping<RegisterKind, RegisterValue> group in VcpuRegisters.Read(vcpu, live).GroupBy(register => register.Row.Kind))
        {
            text.Append(CultureInfo.InvariantCulture, $"  -- {Title(group.Key)}\n");
            foreach (RegisterValue register in group)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {register.Row.Name,-18} {register.Value:x16}{(register.IsOld ? "  when it last left its CPU" : "")}\n");
            }
        }

        text.Append('\n');
    }

    private static string Title(RegisterKind kind) => kind switch
    {
        RegisterKind.El1 => "EL1",
        RegisterKind.El2 => "virtual EL2",
        RegisterKind.Special => "virtual EL2, special",
        RegisterKind.Common or RegisterKind.Debug => "all levels",
        RegisterKind.Timer => "timers",
        _ => "virtual interface control",
    };

    private static ulong Level(IReadOnlyDictionary<string, ulong> hardware) => hardware.GetValueOrDefault("cpsr") >> 2 & 3;

    private static string Name(NestorState state, Vcpu vcpu) => $"{state.Guests[vcpu.Guest].Name}/{vcpu.Index}";

    // Of one that runs the hardware has the PSTATE.
    private static string Context(NestorState state, Vcpu vcpu, IReadOnlyDictionary<string, ulong>? running) => VcpuRegisters.Level(
        vcpu.Data.U8("Context"), state.Guests[vcpu.Guest].HasVirtualEl2, running?.GetValueOrDefault("cpsr") ?? vcpu.Data.U64("Pstate"));

    private static async Task<string> CommandAsync(QmpClient qmp, string line)
    {
        JsonElement answer = await qmp.ExecuteAsync("human-monitor-command", new JsonObject { ["command-line"] = line }).ConfigureAwait(false);
        return answer.GetString()!.Replace("\r", "", StringComparison.Ordinal);
    }
}
