// `fuzz`: programs that chance wrote run at real EL2 and at virtual EL2, and must leave the same.
using System.CommandLine;
using Nestor.Tools.Build;
using Nestor.Tools.Dependencies;
using Nestor.Tools.Fuzz;
using Nestor.Tools.Support;

namespace Nestor.Tools.Commands;

internal sealed class FuzzCommand : Command
{
    private const int DefaultSeconds = 60;
    private const int DefaultStop = 10;

    private readonly Option<int?> _seconds = NumberOption.Create("--seconds", "N", "for how long (default: 60)");
    private readonly Option<long?> _seed = NumberOption.CreateLong("--seed", "S", "the first program; each further one has the next number (default: by the clock)");
    private readonly Option<long?> _count = NumberOption.CreateLong("--count", "N", "at most so many programs");
    private readonly Option<int?> _stop = NumberOption.Create("--stop", "N", "stop when so many differ (default: 10)");
    private readonly Option<string?> _kind = new("--on") { HelpName = "NAME", Description = "only on this machine: nv2, nv1 or inner (default: nv2 and nv1)" };
    private readonly Option<string?> _program = new("--program") { HelpName = "FILE", Description = "instead: show what the machines make of a saved program" };
    private readonly Option<bool> _print = new("--print") { Description = "instead: print the program of --seed" };
    private readonly Option<string?> _inputs = new("--inputs") { HelpName = "NAME", Arity = ArgumentArity.ZeroOrOne, Description = "instead: damage files, packets and lines that Nestor takes, each kind for --seconds (default: every kind)" };
    private readonly Option<string?> _input = new("--input") { HelpName = "FILE", Description = "with --inputs NAME: what one saved input does" };
    private readonly Option<string?> _journal = new("--journal") { Hidden = true };
    private readonly Option<string?> _qemu = new("--qemu") { HelpName = "PATH", Description = "the QEMU to use" };

    public FuzzCommand()
        : base("fuzz", "Run random programs at real EL2 and under Nestor and compare what they leave.")
    {
        foreach (Option option in (Option[])[_seconds, _seed, _count, _stop, _kind, _program, _print, _inputs, _input, _journal, _qemu])
        {
            Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        int seconds = NumberOption.AtLeastOne("--seconds", parsed.GetValue(_seconds)) ?? DefaultSeconds;
        long count = NumberOption.AtLeastOne("--count", parsed.GetValue(_count)) ?? long.MaxValue;
        int stop = NumberOption.AtLeastOne("--stop", parsed.GetValue(_stop)) ?? DefaultStop;
        if (parsed.GetResult(_inputs) is not null)
        {
            return RunInputs(parsed, new FuzzInputs(parsed.InvocationConfiguration.Output, FirstSeed(parsed), count, TimeSpan.FromSeconds(seconds)));
        }

        FuzzSetting[] settings = [.. FuzzSetting.OfNestor.Where(setting => parsed.GetValue(_kind) is { } name ? setting.Name == name : setting.Name != "inner")];
        if (settings.Length == 0)
        {
            throw new UsageException($"--on: there is no '{parsed.GetValue(_kind)}'; it is {string.Join(", ", FuzzSetting.OfNestor.Select(setting => setting.Name))}");
        }

        string qemu = Requirements.Ensure([Purpose.Build, Purpose.Run], parsed.GetValue(_qemu));
        KernelBuild.Run(RepositoryRoot.Path);
        PayloadBuild.Run(RepositoryRoot.Path);
        using ScratchDirectory files = ScratchDirectory.Create("nestor-");
        Laboratory laboratory = new(qemu, files.Path);
        TextWriter output = parsed.InvocationConfiguration.Output;
        if (parsed.GetValue(_program) is { } path)
        {
            return Show(output, laboratory, SavedProgram.Read(path), settings);
        }

        ulong seed = FirstSeed(parsed);
        Progress.Line($"fuzz: the first seed is {seed}");
        WritableBits writable = WritableBits.Learn(laboratory, ProgramGenerator.Written);
        if (parsed.GetValue(_print))
        {
            output.Write(SavedProgram.Text(ProgramGenerator.Generate(seed, writable)));
            return ExitStatus.Success;
        }

        FuzzSession session = new(laboratory, writable, settings);
        session.Run(seed, TimeSpan.FromSeconds(seconds), count, stop);
        foreach (Difference difference in session.Differences)
        {
            string directory = RepositoryRoot.Out("fuzz", $"{difference.Programs[0].Seed}-{difference.Setting.Name}");
            Directory.CreateDirectory(directory);
            string file = Path.Combine(directory, "program.txt");
            File.WriteAllText(file, string.Concat(difference.Programs.Select(program => $"# seed {program.Seed}\n{SavedProgram.Text(program)}")));
            if (difference.Whole is { } whole)
            {
                // A shorter program may differ for another reason.
                File.WriteAllText(Path.Combine(directory, "whole.txt"), SavedProgram.Text(whole));
            }

            FuzzRun[] runs = laboratory.Run(difference.Programs, 1, shows: true, [FuzzSetting.Bare, difference.Setting]);
            File.WriteAllLines(Path.Combine(directory, "bare.txt"), runs[0].Lines);
            File.WriteAllLines(Path.Combine(directory, difference.Setting.Name + ".txt"), runs[1].Lines);
            output.WriteLine($"seed {difference.Programs[0].Seed} on {difference.Setting.Name}: {file}{(difference.IsAlone ? "" : " (not alone)")}");
        }

        foreach (string line in session.Coverage.Report())
        {
            output.WriteLine(line);
        }

        output.WriteLine($"{session.Count} programs, {session.Differences.Count} differences");
        return session.Differences.Count == 0 ? ExitStatus.Success : ExitStatus.Failure;
    }

    private ulong FirstSeed(ParseResult parsed) => (ulong)(parsed.GetValue(_seed) ?? (Environment.TickCount64 << 20));

    private int RunInputs(ParseResult parsed, FuzzInputs inputs)
    {
        string name = parsed.GetValue(_inputs) ?? "";
        string? file = parsed.GetValue(_input);
        if (name == "" && file is not null)
        {
            throw new UsageException("--input: of which kind the file is must be said with --inputs NAME");
        }

        return file is not null ? inputs.Show(name, file)
            : parsed.GetValue(_journal) is { } journal ? inputs.RunHere(name, journal)
            : inputs.Run(name);
    }

    private static int Show(TextWriter output, Laboratory laboratory, FuzzProgram program, IReadOnlyList<FuzzSetting> settings)
    {
        FuzzRun[] runs = laboratory.Run([program], 1, shows: true, [FuzzSetting.Bare, .. settings]);
        bool isSame = true;
        for (int i = 0; i < settings.Count; i++)
        {
            isSame &= ProgramComparison.Write(output, runs[0].Lines, runs[i + 1].Lines, settings[i].Name);
        }

        return isSame ? ExitStatus.Success : ExitStatus.Failure;
    }
}
