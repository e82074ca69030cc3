// A machine did not do what its test waited for. The message carries the end of the console, so that a CI log alone
// is often enough to see why.
using System;

namespace Nestor.Tests.Harness;

/// <summary>The end of a machine's test, with the reason and the last lines of its console.</summary>
public sealed class MachineFailedException(string reason, string details) : Exception(reason + "\n" + details)
{
    /// <summary>What went wrong, without the console.</summary>
    public string Reason { get; } = reason;
}
