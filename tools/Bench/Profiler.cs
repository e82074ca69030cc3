// Runs one row with QEMU logging each instruction, and names what it executed by the symbols of the images.
using Nestor.Tools.Build;
using Nestor.Tools.Support;

namespace Nestor.Tools.Bench;

/// <summary>Profiles a row.</summary>
public static class Profiler
{
    // Fewer places to return to are those around a loop that never traps.
    private const int FewestRepetitions = 50;

    private const string LoopType = "Nestor.Payloads.InterruptRows";
    private static readonly string[] s_assemblies = ["kernel", "hal", "corelib", "payloads"];
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(300);

    /// <summary>The profile of a row in a column.</summary>
    /// <param name="qemu">QEMU.</param>
    /// <param name="column">The machine; one with Nestor in it.</param>
    /// <param name="row">The row.</param>
    /// <exception cref="UsageException">There is no such row, or it does not run.</exception>
    public static Profile Run(string qemu, BenchColumn column, string row)
    {
        if (column.El == 0 || column.IsSecondLevel)
        {
            throw new UsageException($"--profile: there is no Nestor right below the payload in the column '{column.Name}'");
        }

        ElfObject payload = Read("payload.elf");
        Profile profile = new(Names(SymbolTable.Functions(Read("nestor.elf"))), Loops(payload));
        PayloadRun payloadRun = PayloadRun.OfRow(row);
        MachineRun run = BenchMachine.Run(
            qemu,
            [.. column.Payload(RepositoryRoot.Out("payload"), payloadRun.Row, icount: true, payloadRun.HostCpus, inBatches: false), "-accel", "tcg,one-insn-per-tb=on", "-d", "exec,nochain"],
            BenchLine.IsEnd,
            s_deadline,
            line =>
            {
                if (Executed.Parse(line) is { } executed)
                {
                    profile.Add(executed);
                }
            });
        if (!run.Lines.Any(line => BenchLine.Parse(line.Text)?.Name == payloadRun.Row))
        {
            throw new UsageException($"--profile: {column.Name} has no row '{row}'");
        }

        if (profile.Count < FewestRepetitions)
        {
            throw new UsageException($"--profile: in the column '{column.Name}' no repetitions of '{row}' can be told apart that go to Nestor");
        }

        return profile;
    }

    private static ElfObject Read(string name) => new(File.ReadAllBytes(RepositoryRoot.Out(name)), name);

    private static SortedDictionary<ulong, string> Names(SortedDictionary<ulong, string> symbols) =>
        new(symbols.ToDictionary(symbol => symbol.Key, symbol => Name(symbol.Value)));

    private static string Name(string symbol)
    {
        MethodName name = MethodName.Parse(symbol, s_assemblies);
        return name.Type.Length == 0 ? name.Name : $"{name.Type[(name.Type.LastIndexOf('.') + 1)..]}.{name.Name}";
    }

    // The page of code that the payload makes at run time, and the C# of the rows about two CPUs.
    private static List<(ulong First, ulong End)> Loops(ElfObject payload)
    {
        ulong code = payload.Symbols.Single(symbol => symbol.Name == "code_area").Value;
        List<(ulong First, ulong End)> loops = [(code, code + 0x1000)];
        KeyValuePair<ulong, string>[] functions = [.. SymbolTable.Functions(payload)];
        for (int i = 0; i + 1 < functions.Length; i++)
        {
            if (MethodName.Parse(functions[i].Value, s_assemblies).Type == LoopType)
            {
                loops.Add((functions[i].Key, functions[i + 1].Key));
            }
        }

        return loops;
    }
}
