// Runs the inputs of a kind in a process of their own, and starts another behind an input that ended it.
using System.Diagnostics;
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz.Inputs;

/// <summary>The inputs of one kind.</summary>
/// <param name="kind">The kind.</param>
/// <param name="seed">Which inputs.</param>
/// <param name="directory">For files in passing.</param>
public sealed class InputRun(FuzzedInput kind, ulong seed, string directory)
{
    private const int MostEnds = 5;
    private const int MostShrinking = 60;

    // Of each process: more is a fault of its own. The launcher and what the inputs need have room in it.
    private const string HeapLimit = "0x40000000";

    /// <summary>How many inputs were tried.</summary>
    public long Count { get; private set; }

    /// <summary>How many of them Nestor took.</summary>
    public long Taken { get; private set; }

    /// <summary>The failing inputs, as files.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Runs them.</summary>
    /// <param name="count">How many.</param>
    /// <param name="time">For how long at most.</param>
    public void Run(long count, TimeSpan time)
    {
        string path = Path.Combine(directory, kind.Name + ".journal");
        Stopwatch spent = Stopwatch.StartNew();
        using InputJournal journal = new(path);
        for (int ends = 0; journal.Number < count && spent.Elapsed < time && ends < MostEnds; ends++)
        {
            int seconds = Math.Max(1, (int)(time - spent.Elapsed).TotalSeconds);
            ChildResult result = Child(["--count", $"{count}", "--seconds", $"{seconds}", "--seed", $"{seed}", "--journal", path]);
            Faults.AddRange(result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            if (result.Status == ExitStatus.Success)
            {
                break;
            }

            if (result.Status is ExitStatus.Usage)
            {
                throw new UsageException(result.Reason);
            }

            byte[] input = InputMutation.Make(kind.Valid, seed, journal.Number);
            bool isAlone = Ends(input);
            input = isAlone ? InputShrinker.Shrink(input, Ends, MostShrinking) : input;
            Faults.Add(Save(kind, $"the process ended with status {result.Status}{(isAlone ? "" : ", but not with this input alone")}: {result.Reason}", input, journal.Number));
            journal.Number++;
        }

        Count = journal.Number;
        Taken = journal.Taken;
    }

    /// <summary>Keeps a failing input, and beside it what it does.</summary>
    /// <returns>The file.</returns>
    public static string Save(FuzzedInput kind, string fault, byte[] input, long number)
    {
        string path = RepositoryRoot.Out("fuzz", "inputs", $"{kind.Name}-{number}");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, input);
        File.WriteAllText(path + ".txt", $"{fault}\n./build.sh fuzz --inputs {kind.Name} --input {path}\n");
        return path;
    }

    private bool Ends(byte[] input)
    {
        string path = Path.Combine(directory, kind.Name + ".input");
        File.WriteAllBytes(path, input);
        return Child(["--input", path]).Status is not (ExitStatus.Success or ExitStatus.Failure or ExitStatus.Usage);
    }

    private ChildResult Child(IEnumerable<string> arguments) => ChildProcess.Run(
        Environment.ProcessPath!,
        ["exec", typeof(InputRun).Assembly.Location, "fuzz", "--inputs", kind.Name, .. arguments],
        environment: new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = HeapLimit, ["DOTNET_DbgEnableMiniDump"] = "0" });
}
