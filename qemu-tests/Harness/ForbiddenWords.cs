// No console may show these, in any test: a guest that dies behind a test's back is a failure of that test.
using System;
using System.Collections.Generic;
using System.Linq;

namespace Nestor.Tests.Harness;

/// <summary>The words that end a machine, and the search for them.</summary>
public static class ForbiddenWords
{
    /// <summary>
    /// Ours, Linux's, U-Boot's and Xen's ways of saying that they are broken. None is among what Debian's kernels 6.1 and
    /// 6.12, U-Boot and Xen print on the bare machine, so nothing has to be allowed for them.
    /// </summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "nestor: panic",
        "stopped by Nestor",
        "Unhandled",
        "Kernel panic",
        "BUG:",
        "Oops",
        "WARNING:",
        "Internal error:",
        "rcu: INFO",
        "soft lockup",
        "blocked for more than",
        "\"Synchronous Abort\" handler",
        "Panic on CPU",
    ];

    /// <summary>As far before new text a word may have begun.</summary>
    public static int Reach { get; } = All.Max(word => word.Length) - 1;

    /// <summary>The first word in a text that is forbidden and not allowed; null when there is none.</summary>
    public static string? Find(string text, IReadOnlyList<string> allowed) =>
        All.Where(word => !allowed.Contains(word))
            .Select(word => (Word: word, At: text.IndexOf(word, StringComparison.Ordinal)))
            .Where(found => found.At >= 0)
            .OrderBy(found => found.At)
            .Select(found => found.Word)
            .FirstOrDefault();
}
