// What the end of QEMU means. A guest that powers off ends the machine by PSCI SYSTEM_OFF; Nestor says
// that it or a guest failed by PSCI SYSTEM_RESET, which -no-reboot turns into an end with another reason.
using Nestor.Tools.Support;

namespace Nestor.Tools.Launch;

/// <param name="Status">The exit status of the launcher.</param>
/// <param name="Message">One line for the user, or null when there is nothing to explain.</param>
public sealed record Verdict(int Status, string? Message)
{
    public static Verdict TimedOut(int seconds) => new(ExitStatus.Timeout, $"timed out after {seconds} s");

    public static Verdict Interrupted { get; } = new(ExitStatus.Interrupted, null);

    /// <summary>QEMU does not say in a replay how the recorded machine ended.</summary>
    public static Verdict OfReplay(int qemuStatus) => qemuStatus == 0
        ? new Verdict(ExitStatus.Success, "the recording is over")
        : new Verdict(ExitStatus.Failure, $"QEMU ended by itself with status {qemuStatus}");

    /// <param name="reason">The reason in QEMU's SHUTDOWN event, null when there was none.</param>
    /// <param name="qemuStatus">The exit status of QEMU itself.</param>
    public static Verdict Of(string? reason, int qemuStatus) => reason switch
    {
        "guest-shutdown" when qemuStatus == 0 => new Verdict(ExitStatus.Success, null),
        "guest-reset" => new Verdict(ExitStatus.Failure, "the machine was reset: Nestor or a guest failed"),
        "guest-panic" => new Verdict(ExitStatus.Failure, "the machine panicked"),
        "host-qmp-quit" or "host-signal" or "host-ui" => new Verdict(ExitStatus.Interrupted, "QEMU was ended from outside"),
        null => new Verdict(ExitStatus.Failure, $"QEMU ended by itself with status {qemuStatus}"),
        _ => new Verdict(ExitStatus.Failure, $"QEMU ended: {reason}, status {qemuStatus}"),
    };
}
