// What must be typed, or done for the user, to get missing packages on Debian: one list of commands,
// so that what we print and what we do cannot differ.

namespace Nestor.Tools.Dependencies;

/// <param name="SourceFile">A file to add to apt's sources first, or null.</param>
/// <param name="SourceText">What goes into it.</param>
/// <param name="Commands">Then these commands, in order.</param>
public sealed record InstallPlan(string? SourceFile, string SourceText, IReadOnlyList<IReadOnlyList<string>> Commands)
{
    private const string BackportsFile = "/etc/apt/sources.list.d/nestor-backports.sources";

    // Debian 12 is the last whose own QEMU is too old.
    private const int LastWithOldQemu = 12;

    public static InstallPlan For(
        IReadOnlyList<RequiredProgram> missing, DebianRelease release, IReadOnlyList<AptSource> sources)
    {
        string backports = release.Codename + "-backports";
        bool fromBackports = release.Version <= LastWithOldQemu && missing.Any(IsQemu);
        bool known = sources.Any(source => source.Suites.Contains(backports) && source.Components.Contains("main"));
        AptSource? debian = AptSources.Debian(sources, release.Codename);
        string? file = fromBackports && !known && debian is not null ? BackportsFile : null;

        List<IReadOnlyList<string>> commands = [["apt-get", "-q", "update"]];
        string[] plain = Packages(missing.Where(program => !(fromBackports && IsQemu(program))));
        if (plain.Length > 0)
        {
            commands.Add(["apt-get", "-q", "install", "-y", "--no-install-recommends", .. plain]);
        }

        if (fromBackports)
        {
            commands.Add(
            [
                "apt-get", "-q", "install", "-y", "--no-install-recommends", "-t", backports,
                .. Packages(missing.Where(IsQemu)),
            ]);
        }

        return new InstallPlan(file, file is null ? "" : debian!.Stanza(backports), commands);
    }

    /// <summary>The plan as a user who is not root would type it.</summary>
    public IEnumerable<string> ToType()
    {
        if (SourceFile is not null)
        {
            yield return $"printf '{SourceText.Replace("\n", "\\n")}' | sudo tee {SourceFile}";
        }

        foreach (IReadOnlyList<string> command in Commands)
        {
            yield return "sudo " + string.Join(' ', command);
        }
    }

    private static bool IsQemu(RequiredProgram program) => program.Name == RequiredProgram.Qemu;

    private static string[] Packages(IEnumerable<RequiredProgram> programs) =>
        [.. programs.SelectMany(program => program.Packages).Distinct()];
}
