// Sees to it that the programs we need are there: a look at PATH when they are (that is quick, so it
// is done each time), apt when they are not and we may, the commands to type when we may not.
using Nestor.Tools.Support;

namespace Nestor.Tools.Dependencies;

public static class Requirements
{
    /// <param name="purposes">What is about to be done.</param>
    /// <param name="qemu">The user's own QEMU, which is checked but never installed; null for the one on PATH.</param>
    /// <returns>The path of QEMU, or "" when it is not needed.</returns>
    public static string Ensure(IReadOnlyCollection<Purpose> purposes, string? qemu = null)
    {
        if (qemu is not null)
        {
            qemu = ToolFinder.FindNamed(qemu) ?? throw new UsageException($"--qemu: there is no program '{qemu}'");
            QemuVersion.Require(qemu);
        }

        RequiredProgram[] needed =
        [
            .. RequiredProgram.All.Where(program =>
                purposes.Contains(program.Purpose) && (qemu is null || program.Name != RequiredProgram.Qemu)),
        ];
        RequiredProgram[] missing = [.. needed.Where(IsMissing)];
        if (missing.Length > 0)
        {
            Install(missing);
        }

        if (qemu is null && purposes.Contains(Purpose.Run))
        {
            qemu = ToolFinder.Require(RequiredProgram.Qemu);
            QemuVersion.Require(qemu);
        }

        return qemu ?? "";
    }

    private static bool IsMissing(RequiredProgram program)
    {
        string? path = ToolFinder.Find(program.Name);
        return path is null || (program.Name == RequiredProgram.Qemu && IsTooOld(path));
    }

    private static bool IsTooOld(string qemu) =>
        QemuVersion.Parse(ChildProcess.Run(qemu, ["--version"]).Output) is not { } version || version < QemuVersion.Least;

    private static void Install(RequiredProgram[] missing)
    {
        string names = string.Join(", ", missing.Select(program => program.Name));
        DebianRelease? release = DebianRelease.Read();
        if (release is null || ToolFinder.Find("apt-get") is null)
        {
            throw new UsageException(
                $"missing: {names}; install what Debian calls "
                + string.Join(", ", missing.SelectMany(program => program.Packages).Distinct())
                + $" (QEMU {QemuVersion.Least} or newer)");
        }

        InstallPlan plan = InstallPlan.For(missing, release, AptSources.Read());
        if (!Environment.IsPrivilegedProcess)
        {
            throw new UsageException($"missing: {names}; type:\n  {string.Join("\n  ", plan.ToType())}");
        }

        Progress.Line($"missing: {names}");
        if (plan.SourceFile is not null)
        {
            File.WriteAllText(plan.SourceFile, plan.SourceText);
        }

        foreach (IReadOnlyList<string> command in plan.Commands)
        {
            Progress.Step(string.Join(' ', command), () => Execute(command));
        }

        foreach (RequiredProgram program in missing.Where(IsMissing))
        {
            throw new UsageException($"{program.Name} is still missing or too old after {string.Join(' ', plan.Commands[^1])}");
        }
    }

    private static void Execute(IReadOnlyList<string> command)
    {
        ChildResult result = ChildProcess.Run(
            command[0], command.Skip(1), environment: new Dictionary<string, string> { ["DEBIAN_FRONTEND"] = "noninteractive" });
        if (result.Status != 0)
        {
            throw new UsageException($"'{string.Join(' ', command)}' failed: {result.Reason}");
        }
    }
}
