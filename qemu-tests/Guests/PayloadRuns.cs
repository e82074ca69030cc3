// Each group runs once in each setting, when the first test asks for it; all tests of its lines look at that run.
using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Nestor.Tests.Harness;
using Nestor.Tools.Build;
using Nestor.Tools.Support;

namespace Nestor.Tests.Guests;

/// <summary>The runs of the test guest.</summary>
public static class PayloadRuns
{
    private static readonly ConcurrentDictionary<(string Setting, string Group), Lazy<Task<TapReport>>> s_runs = new();
    private static readonly Lazy<string> s_image = new(() =>
    {
        PayloadBuild.Run(RepositoryRoot.Path);
        return RepositoryRoot.Out("payload");
    });

    /// <summary>The test guest.</summary>
    public static string Image => s_image.Value;

    /// <summary>What a group reported in a setting.</summary>
    public static Task<TapReport> Get(string setting, string group) =>
        s_runs.GetOrAdd((setting, group), key => new Lazy<Task<TapReport>>(() => Start(key.Setting, key.Group))).Value;

    /// <summary>What a group must report: a file in Expected/ that was taken from the hardware.</summary>
    public static TapReport Expected(string group) => TapReport.Parse(File.ReadLines(ExpectedFile(group)));

    /// <summary>The file of <see cref="Expected"/>. At EL1 a group prints other lines than at EL2.</summary>
    public static string ExpectedFile(string group) =>
        Path.Combine(RepositoryRoot.Path, "qemu-tests", "Guests", "Expected", group + ".tap");

    private static Task<TapReport> Start(string setting, string group) =>
        PayloadRun.RunAsync(PayloadSetting.All.Single(one => one.Name == setting)
            .Machine($"payload {group} at {setting}", s_image.Value, "group=" + group));
}
