// FEAT_NV came to QEMU's `-cpu max` in 9.0, and the rest of the CPU that Nestor is tested on in 9.1.
using System.Text.RegularExpressions;
using Nestor.Tools.Support;

namespace Nestor.Tools.Dependencies;

public static partial class QemuVersion
{
    public static Version Least { get; } = new(9, 1);

    public static Version? Parse(string text)
    {
        Match match = Pattern().Match(text);
        return match.Success && Version.TryParse(match.Groups[1].Value, out Version? version) ? version : null;
    }

    /// <summary>One clear line unless this is a QEMU that has nested virtualization.</summary>
    public static void Require(string qemu)
    {
        ChildResult result = ChildProcess.Run(qemu, ["--version"]);
        Version? version = Parse(result.Output);
        if (version is null)
        {
            throw new UsageException($"{qemu} is not QEMU: --version gives '{result.Output.Split('\n')[0].Trim()}'");
        }

        if (version < Least)
        {
            throw new UsageException($"{qemu} is QEMU {version}, which is too old for FEAT_NV; {Least} or newer is needed");
        }
    }

    [GeneratedRegex(@"^QEMU emulator version (\d+\.\d+(\.\d+)?)", RegexOptions.Multiline)]
    private static partial Regex Pattern();
}
