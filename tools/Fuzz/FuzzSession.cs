// Generates programs until time is up, runs them on every machine and collects what differs.
using System.Diagnostics;
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz;

/// <summary>A session of the fuzzer.</summary>
public sealed class FuzzSession(Laboratory laboratory, WritableBits writable, IReadOnlyList<FuzzSetting> settings)
{
    private const int ProgramsOfBoot = 4000;
    private const int ProgramsOfDigest = 50;

    /// <summary>Programs that ran on every machine.</summary>
    public long Count { get; private set; }

    /// <summary>What differs.</summary>
    public List<Difference> Differences { get; } = [];

    /// <summary>What they reached.</summary>
    public Coverage Coverage { get; } = new();

    /// <summary>Runs.</summary>
    /// <param name="seed">Of the first program; each further one has the next.</param>
    /// <param name="time">How long; the boots that have begun come to their end.</param>
    /// <param name="most">Programs at most.</param>
    /// <param name="differences">When to stop: at so many.</param>
    public void Run(ulong seed, TimeSpan time, long most, int differences)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < time && Count < most && Differences.Count < differences)
        {
            int count = (int)Math.Min(ProgramsOfBoot, most - Count);
            FuzzProgram[] programs = [.. Enumerable.Range(0, count).Select(i => ProgramGenerator.Generate(seed + (ulong)(Count + i), writable, Coverage.Kept))];
            FuzzRun[] runs = laboratory.Run(programs, ProgramsOfDigest, shows: false, [FuzzSetting.Bare, .. settings], Coverage);
            for (int i = 0; i < settings.Count; i++)
            {
                Look(programs, runs[0], runs[i + 1], settings[i], differences);
            }

            Count += count;
            Progress.Line($"fuzz: {Count} programs, {Differences.Count} differences, {Coverage.Kept.Count} reached something new, {clock.Elapsed.TotalSeconds:f0} s");
        }
    }

    private void Look(FuzzProgram[] programs, FuzzRun bare, FuzzRun run, FuzzSetting setting, int most)
    {
        int batches = (programs.Length + ProgramsOfDigest - 1) / ProgramsOfDigest;
        for (int i = 0; i < batches && Differences.Count < most; i++)
        {
            if (bare.Digests.ElementAtOrDefault(i) is { } truth && truth == run.Digests.ElementAtOrDefault(i))
            {
                continue;
            }

            FuzzProgram[] suspects = [.. programs.Skip(i * ProgramsOfDigest).Take(ProgramsOfDigest)];

            // The first of a boot may have spoilt the others.
            FuzzProgram? found = laboratory.Differing(suspects, setting).FirstOrDefault();
            bool isAlone = found is not null && laboratory.Differing([found], setting).Count > 0;
            Progress.Line(isAlone
                ? $"fuzz: seed {found!.Seed} differs on {setting.Name}"
                : $"fuzz: seeds {suspects[0].Seed} to {suspects[^1].Seed} differ on {setting.Name}, but none alone");
            Differences.Add(new Difference(isAlone ? [laboratory.Shrink(found!, setting)] : suspects, isAlone ? found : null, setting));
            if (i >= bare.Digests.Count || i >= run.Digests.Count)
            {
                // Nothing behind it ran.
                return;
            }
        }
    }
}
