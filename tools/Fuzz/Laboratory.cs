// Runs programs on two machines and says which of them differ; makes such a program shorter.
using System.Collections.Concurrent;
using System.Diagnostics;

namespace Nestor.Tools.Fuzz;

/// <summary>A QEMU and a directory for files.</summary>
public sealed class Laboratory(string qemu, string directory)
{
    // A program takes about a millisecond where all registers trap; the machine may have other work.
    private static readonly TimeSpan s_boot = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_program = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private int _files;

    /// <summary>Which of some programs differ, alone in their digest. A program that the hardware does not bring to an end proves nothing.</summary>
    public IReadOnlyList<FuzzProgram> Differing(IReadOnlyList<FuzzProgram> programs, FuzzSetting setting)
    {
        FuzzRun[] runs = Run(programs, batch: 1, shows: false, [FuzzSetting.Bare, setting]);
        return [.. programs.Take(runs[0].Digests.Count).Where((_, i) => runs[0].Digests[i] != runs[1].Digests.ElementAtOrDefault(i))];
    }

    /// <summary>Runs programs on machines at the same time.</summary>
    /// <param name="programs">The programs.</param>
    /// <param name="batch">Programs for each digest.</param>
    /// <param name="shows">Whether each says what it did.</param>
    /// <param name="settings">The machines.</param>
    /// <param name="coverage">What the first of the machines reaches is added to it.</param>
    public FuzzRun[] Run(IReadOnlyList<FuzzProgram> programs, int batch, bool shows, IReadOnlyList<FuzzSetting> settings, Coverage? coverage = null)
    {
        string file = Path.Combine(directory, $"programs-{Interlocked.Increment(ref _files)}");
        ProgramFile.Write(file, programs, batch, shows, null);
        string first = file;
        if (coverage is not null)
        {
            first = file + "-covered";
            ProgramFile.Write(first, programs, batch, shows, coverage);
        }

        FuzzRun[] runs = new FuzzRun[settings.Count];
        // The slowest last of the list come first, so that no CPU waits long for another.
        Parallel.ForEach(
            Partitioner.Create(Enumerable.Range(0, settings.Count).Reverse(), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            i => runs[i] = FuzzRun.Of(qemu, settings[i], i == 0 ? first : file, s_boot + (batch * s_program)));
        coverage?.Take(programs, runs[0].Lines);
        File.Delete(file);
        File.Delete(first);
        return runs;
    }

    /// <summary>The shortest program that still differs: without steps, and without instructions.</summary>
    public FuzzProgram Shrink(FuzzProgram program, FuzzSetting setting)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < s_patience)
        {
            IReadOnlyList<FuzzProgram> shorter = [.. Shorter(program)];
            // What ran before in the same boot may have been the cause.
            FuzzProgram? next = shorter.Count == 0 ? null : Differing(shorter, setting).FirstOrDefault(one => Differing([one], setting).Count > 0);
            if (next is null)
            {
                return program;
            }

            program = next;
        }

        return program;
    }

    // From those that leave out most to those that leave out least.
    private static IEnumerable<FuzzProgram> Shorter(FuzzProgram program)
    {
        IReadOnlyList<ProgramStep> steps = program.Steps;
        for (int length = steps.Count / 2; length >= 1; length /= 2)
        {
            for (int start = 0; start + length <= steps.Count; start++)
            {
                yield return program with { Steps = [.. steps.Take(start), .. steps.Skip(start + length)] };
            }
        }

        // Instructions at EL2 stay: half a value could be one that nobody may write, such as HCR_EL2 without RW.
        for (int i = 0; i < steps.Count; i++)
        {
            for (int j = 0; j < steps[i].Code.Count && (steps[i].Pstate & 0xc) != 0x8; j++)
            {
                ProgramStep step = steps[i] with { Code = [.. steps[i].Code.Take(j), .. steps[i].Code.Skip(j + 1)] };
                yield return program with { Steps = [.. steps.Take(i), step, .. steps.Skip(i + 1)] };
            }
        }
    }
}
