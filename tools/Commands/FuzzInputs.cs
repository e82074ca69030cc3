// `fuzz --inputs`: the files, packets and lines that Nestor takes from outside, damaged at random.
using System.Diagnostics;
using Nestor.Tools.Fuzz.Inputs;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

/// <summary>What `fuzz --inputs` does.</summary>
/// <param name="output">Gets the table.</param>
/// <param name="seed">Which inputs.</param>
/// <param name="count">How many of each kind.</param>
/// <param name="time">For how long each kind.</param>
internal sealed class FuzzInputs(TextWriter output, ulong seed, long count, TimeSpan time)
{
    /// <summary>Runs one kind, or all if the name is empty.</summary>
    public int Run(string name)
    {
        InputCatalogue.Build();
        using ScratchDirectory files = ScratchDirectory.Create("nestor-");
        bool isSound = true;
        Progress.Line($"fuzz: the seed is {seed}");
        output.WriteLine("| input | inputs | taken | seconds | faults |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (FuzzedInput kind in InputCatalogue.Load(files.Path).Named(name))
        {
            Stopwatch spent = Stopwatch.StartNew();
            InputRun run = new(kind, seed, files.Path);
            run.Run(count, time);
            output.WriteLine(FormattableString.Invariant($"| {kind.Name} | {run.Count} | {run.Taken} | {spent.Elapsed.TotalSeconds:f0} | {run.Faults.Count} |"));
            run.Faults.ForEach(fault => Progress.Line($"fuzz: {fault}: {File.ReadLines(fault + ".txt").First()}"));
            isSound &= run.Faults.Count == 0;
        }

        return isSound ? ExitStatus.Success : ExitStatus.Failure;
    }

    /// <summary>The same in this process, which the journal outlives; prints the files of failing inputs.</summary>
    public int RunHere(string name, string journal)
    {
        using ScratchDirectory files = ScratchDirectory.Create("nestor-");
        using InputJournal numbers = new(journal);
        FuzzedInput kind = InputCatalogue.Load(files.Path).Named(name)[0];
        new InputSession(kind, seed, numbers).Run(
            count, DateTime.UtcNow + time, (fault, input, number) => output.WriteLine(InputRun.Save(kind, fault, input, number)));
        return ExitStatus.Success;
    }

    /// <summary>Has one input taken once more.</summary>
    public int Show(string name, string path)
    {
        byte[] input = File.Exists(path) ? File.ReadAllBytes(path) : throw new UsageException($"{path} does not exist");
        using ScratchDirectory files = ScratchDirectory.Create("nestor-");
        FuzzedInput kind = InputCatalogue.Load(files.Path).Named(name)[0];
        using Timer deadline = new(_ => Process.GetCurrentProcess().Kill(), null, InputSession.Deadline, Timeout.InfiniteTimeSpan);
        string? fault = kind.FaultOf(input, out bool isTaken);
        output.WriteLine(fault ?? (isTaken ? "taken" : "refused"));
        return fault is null ? ExitStatus.Success : ExitStatus.Failure;
    }
}
