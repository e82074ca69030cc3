// A replay that a person leaves: up to one instruction QEMU follows the recording, and from there on the machine is live and takes
// keys. QEMU cannot change from one to the other, so it saves the machine's state, and a second QEMU goes on from that. It has to
// be one that records (a replay's state fits no other); what it records is thrown away. The recording itself is only read.
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Replay;

/// <param name="qemu">The program.</param>
/// <param name="machine">The recorded machine.</param>
/// <param name="at">Where it goes live, as the number of the instruction; null for when the escape key is typed.</param>
/// <param name="timeoutSeconds">For the replay and what follows.</param>
public sealed class LiveReplay(string qemu, MachineDescription machine, long? at, int? timeoutSeconds)
{
    // QEMU saves no state while something from the log is under way. It has always been over after a few instructions.
    private const int MostAttempts = 20;
    private const string NotNow = "Try once more later";

    /// <summary>Runs to the end and gives the exit status.</summary>
    public async Task<int> RunAsync()
    {
        using ScratchDirectory directory = ScratchDirectory.ForSockets("nestor-live-");
        using Terminal terminal = new();
        using Endings endings = new(timeoutSeconds);
        MachineDescription replayed = machine with { StateImage = directory.File("state.qcow2") };
        EmptyImage.Write(replayed.StateImage);
        if (at is null)
        {
            terminal.MakeRaw();
        }

        if (await SaveAsync(replayed, directory.File("qmp"), endings).ConfigureAwait(false) is { } verdict)
        {
            terminal.Dispose();
            if (verdict.Message is not null)
            {
                Progress.Line(verdict.Message);
            }

            return verdict.Status;
        }

        MachineDescription live = replayed with { IsLive = true, Events = directory.File("events") };
        return await new Launcher(qemu, live, endings).RunAsync().ConfigureAwait(false);
    }

    // How the run ends before anything is live; null when the state is saved.
    private async Task<Verdict?> SaveAsync(MachineDescription replayed, string socketPath, Endings endings)
    {
        await using QemuChild child = QemuChild.Start(qemu, replayed, socketPath, hasKeys: false);
        Task<Verdict?> saving = SaveAsync(child);
        await Task.WhenAny(saving, endings.Any).ConfigureAwait(false);
        Verdict? verdict = endings.Verdict;
        if (verdict is null)
        {
            try
            {
                verdict = await saving.ConfigureAwait(false);
            }
            catch (QmpException e)
            {
                // QEMU has gone, because the recording is over or Ctrl-C was for it, too; or it refuses something.
                await child.WaitForEndAsync().ConfigureAwait(false);
                verdict = endings.Verdict ?? (child.WasKilled ? new Verdict(ExitStatus.Failure, $"QEMU: {e.Message}") : Over(child.ExitCode));
            }
            catch (TimeoutException)
            {
                return new Verdict(ExitStatus.Failure, "QEMU does not answer");
            }
        }

        await child.QuitAsync().ConfigureAwait(false);
        return verdict;
    }

    private async Task<Verdict?> SaveAsync(QemuChild child)
    {
        await Task.WhenAny(child.Connected, child.Ended).ConfigureAwait(false);
        if (child.Ended.IsCompleted)
        {
            return Over(child.ExitCode);
        }

        ControlledReplay replay = new(await child.Connected.ConfigureAwait(false));
        if (at is { } instruction)
        {
            await replay.GoToAsync(instruction).ConfigureAwait(false);
        }
        else
        {
            await using ReplayKeys keys = new(machine.Escape);
            await replay.GoAsync().ConfigureAwait(false);
            await Task.WhenAny(keys.Pressed, child.Ended).ConfigureAwait(false);
            if (!keys.Pressed.IsCompleted)
            {
                return Over(child.ExitCode);
            }

            if (await keys.Pressed.ConfigureAwait(false) == ReplayKeys.Interrupt)
            {
                return Verdict.Interrupted;
            }

            await replay.StopAsync().ConfigureAwait(false);
        }

        long here = 0;
        string complaint = NotNow;
        for (int i = 0; complaint.Contains(NotNow, StringComparison.Ordinal) && i < MostAttempts; i++)
        {
            here = await replay.InstructionAsync().ConfigureAwait(false);
            if (i > 0 || here == 0)
            {
                // A key may be there before the machine has begun.
                here += 1L << i;
                await replay.GoToAsync(here).ConfigureAwait(false);
            }

            complaint = await replay.SaveAsync().ConfigureAwait(false);
        }

        if (complaint.Length != 0)
        {
            return new Verdict(ExitStatus.Failure, $"QEMU cannot save the machine's state: {complaint}");
        }

        Progress.Line(FormattableString.Invariant($"live from instruction {here} on (again: --at {here}); {EscapeKey.Show(machine.Escape)} opens the monitor"));
        return null;
    }

    private Verdict Over(int qemuStatus)
    {
        Verdict verdict = Verdict.OfReplay(qemuStatus);
        return verdict.Status != ExitStatus.Success ? verdict
            : at is { } instruction ? new Verdict(ExitStatus.Failure, FormattableString.Invariant($"--at {instruction}: the recording is over before that instruction"))
            : verdict with { Message = $"{verdict.Message}; nothing was live, because {EscapeKey.Show(machine.Escape)} was not typed" };
    }
}
