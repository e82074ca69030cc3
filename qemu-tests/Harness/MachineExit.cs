// How a machine ended: what QEMU returned, and what it said about why.
namespace Nestor.Tests.Harness;

/// <param name="Status">The exit status of QEMU.</param>
/// <param name="Reason">The reason in QEMU's SHUTDOWN event ("guest-shutdown", "guest-reset", ...); null when there was none.</param>
public sealed record MachineExit(int Status, string? Reason)
{
    /// <summary>Whether the guest powered the machine off, and QEMU agrees that all was well.</summary>
    public bool IsPowerOff => Status == 0 && Reason == "guest-shutdown";

    /// <summary>For messages.</summary>
    public override string ToString() => $"status {Status}, reason {Reason ?? "unknown"}";
}
