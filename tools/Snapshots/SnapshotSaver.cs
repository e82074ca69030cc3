// The launcher's side of `save`: Nestor calls (kernel/Snapshot/Snapshot.cs), and the machine is stopped, read and let go on. That
// the file is there, or cannot be, Nestor learns by the button for powering down, which no guest sees. Pressed without a call, the
// button has Nestor call for each of its guests.
using System.Buffers.Binary;
using System.Text;
using Nestor.Tools.Build;
using Nestor.Tools.Inspect;
using Nestor.Tools.Launch;
using Nestor.Tools.Support;

namespace Nestor.Tools.Snapshots;

/// <summary>Saves snapshots of a running machine.</summary>
/// <param name="qmp">The machine.</param>
/// <param name="symbols">The ELF file of the Nestor that runs there.</param>
/// <param name="directory">Where relative names of files begin.</param>
/// <param name="report">Is told what has happened, in a line each.</param>
public sealed class SnapshotSaver(QmpClient qmp, string symbols, string directory, Action<string> report)
{
    /// <summary>The event that is Nestor's call.</summary>
    public const string Call = "RTC_CHANGE";

    /// <summary>What the names of files end with that are not asked for by name.</summary>
    public const string Extension = ".nestor";

    // kernel/Snapshot/SnapshotMailbox.cs.
    private const int MailboxWords = 10;
    private const int Press = 9;
    private const ulong Wanted = 1;
    private const ulong Done = 2;
    private const ulong MeansSaved = 1;
    private const ulong MeansRefused = 2;
    private const ulong LongestText = 4096;

    // The button's meaning takes turns of 20 ms; it comes round much earlier than after so many looks.
    private const int MostLooks = 1000;
    private static readonly TimeSpan s_betweenLooks = TimeSpan.FromMilliseconds(5);

    // Without a sign of Nestor's for so long it is stuck, or the machine has ended.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly MachineMemory _memory = new(qmp);
    private readonly List<string> _files = [];
    private TaskCompletionSource _all = new();
    private string? _into;
    private int _signs;
    private bool _isBusy;
    private bool _isDone;

    /// <summary>
    /// Has Nestor save all its guests; the machine, which is stopped, runs for that long. Somebody must <see cref="AnswerAsync"/>
    /// meanwhile.
    /// </summary>
    /// <param name="into">Where the files go, each with its guest's name.</param>
    /// <returns>The files. A guest that could not be saved has none, and Nestor has said why on its console.</returns>
    /// <exception cref="InspectionException">Nestor does not answer.</exception>
    public async Task<IReadOnlyList<string>> SaveAllAsync(string into)
    {
        if ((await MailboxAsync().ConfigureAwait(false))[0] == Wanted)
        {
            throw new InspectionException("Nestor has called for another at this moment");
        }

        _files.Clear();
        _all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _into = into;
        await qmp.ExecuteAsync("cont").ConfigureAwait(false);
        await qmp.ExecuteAsync("system_powerdown").ConfigureAwait(false);
        for (int seen = -1; !_all.Task.IsCompleted && (Volatile.Read(ref _isBusy) || seen != _signs);)
        {
            seen = _signs;
            await Task.WhenAny(_all.Task, Task.Delay(s_patience)).ConfigureAwait(false);
        }

        _into = null;
        await qmp.ExecuteAsync("stop").ConfigureAwait(false);
        return _all.Task.IsCompleted ? _files : throw new InspectionException($"Nestor does not answer within {s_patience.TotalSeconds} s");
    }

    /// <summary>Answers a call. Whatever goes wrong is reported, and the machine goes on.</summary>
    public async Task AnswerAsync()
    {
        _signs++;
        Volatile.Write(ref _isBusy, true);
        ScratchDirectory scratch = ScratchDirectory.Create("nestor-save-");
        try
        {
            await qmp.ExecuteAsync("stop").ConfigureAwait(false);
            if (await TrySaveAsync(Path.Combine(scratch.Path, "piece")).ConfigureAwait(false) is { } answer)
            {
                await PressAsync(answer).ConfigureAwait(false);
            }

            await qmp.ExecuteAsync("cont").ConfigureAwait(false);
            if (_isDone)
            {
                _all.TrySetResult();                    // now that no `cont` can come behind the `stop` of who waits for this
            }
        }
        catch (QmpException)
        {
            report("the machine ended before its snapshot was complete: nothing was saved");
        }
        finally
        {
            scratch.Dispose();
            Volatile.Write(ref _isBusy, false);
        }
    }

    // When it is the answer's turn, which is looked up while the machine stands still, as it does again at the end.
    private async Task PressAsync(ulong answer)
    {
        for (int looks = 0; looks < MostLooks; looks++)
        {
            ulong[] mailbox = await MailboxAsync().ConfigureAwait(false);
            if (mailbox[0] != Wanted)
            {
                return;                                 // it has given up waiting
            }

            if (mailbox[Press] == answer)
            {
                await qmp.ExecuteAsync("system_powerdown").ConfigureAwait(false);
                return;
            }

            await qmp.ExecuteAsync("cont").ConfigureAwait(false);
            await Task.Delay(s_betweenLooks).ConfigureAwait(false);
            await qmp.ExecuteAsync("stop").ConfigureAwait(false);
        }
    }

    // The answer to the call; null when nobody waits for one.
    private async Task<ulong?> TrySaveAsync(string scratch)
    {
        ulong? refusal = null;
        try
        {
            ulong[] mailbox = await MailboxAsync().ConfigureAwait(false);
            _isDone = mailbox[0] == Done;
            if (mailbox[0] != Wanted)
            {
                return null;                            // it has given up waiting, and goes on
            }

            refusal = MeansRefused;
            string file = await TextAsync(mailbox[1], mailbox[2]).ConfigureAwait(false);
            string name = await TextAsync(mailbox[3], mailbox[4]).ConfigureAwait(false);
            string? into = file.Length == 0 ? _into : null;
            if (file.Length == 0)
            {
                if (into is null)
                {
                    report($"nothing was saved: somebody has pressed the button, and {name} has no file");
                    return MeansRefused;
                }

                file = Path.Combine(into, string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_')) + Extension);
            }

            file = Path.GetFullPath(file, directory);
            if (WritablePlace.ProblemOfFile(file) is { } why)
            {
                report($"nothing was saved: {file} cannot be written: {why}");
                return MeansRefused;
            }

            byte[] state = await _memory.ReadAsync(mailbox[5], (int)mailbox[6] * 16).ConfigureAwait(false);
            await _memory.CopyAsync(mailbox[7], mailbox[8], scratch).ConfigureAwait(false);
            using FileStream memory = File.OpenRead(scratch);
            SnapshotWriter.Write(file, name, state, memory);
            if (into is not null)
            {
                _files.Add(file);
                return MeansSaved;
            }

            report($"{name} is saved in {file}, {MemorySize.ShowFile(new FileInfo(file).Length)}");
            return MeansSaved;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or BuildException or QmpException or InspectionException)
        {
            report($"nothing was saved: {e.Message}");
            return refusal;
        }
    }

    private async Task<ulong[]> MailboxAsync() =>
        Words(await _memory.ReadAsync(Mailbox(), MailboxWords * sizeof(ulong)).ConfigureAwait(false));

    private ulong Mailbox() =>
        new ElfObject(File.ReadAllBytes(symbols), symbols).Symbols.Single(symbol => symbol.Name == "snapshot_mailbox").Value;

    private async Task<string> TextAsync(ulong address, ulong length) =>
        Encoding.UTF8.GetString(await _memory.ReadAsync(address, (int)Math.Min(length, LongestText)).ConfigureAwait(false));

    private static ulong[] Words(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length / sizeof(ulong)).Select(i => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong))))];
}
