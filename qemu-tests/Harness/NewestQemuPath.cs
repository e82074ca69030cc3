// The newest QEMU, fetched when the tests are listed: only then can a test still be skipped.
using System;
using Nestor.Tools.Guests;
using Nestor.Tools.Support;

namespace Nestor.Tests.Harness;

/// <summary>The newest QEMU of Debian.</summary>
internal static class NewestQemuPath
{
    private static readonly Lazy<(string? Path, string? WhyNot)> s_found = new(Find);

    /// <summary>Where it is.</summary>
    public static string Path => s_found.Value.Path ?? throw new InvalidOperationException(WhyNot);

    /// <summary>Why it is not there; null if it is.</summary>
    public static string? WhyNot => s_found.Value.WhyNot;

    private static (string? Path, string? WhyNot) Find()
    {
        try
        {
            return (NewestQemu.Ensure(), null);
        }
        catch (UsageException e)
        {
            return (null, e.Message);
        }
    }
}
