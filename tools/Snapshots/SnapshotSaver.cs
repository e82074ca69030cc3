// The launcher's side of `save`: Nestor calls (kernel/Snapshot/Snapshot.cs), and the machine is stopped, read and let go on. That
// the file is there Nestor learns by the button for powering down, which no guest sees. Pressed without a call, the button has
// Nestor call for each of its guests.
using System.Buffers.Binary;
using System.Text;
using Nestor.Tools.Build;
using Nestor.Tools.Inspect;
using Nestor.Tools.Launch;

namespace Nestor.Tools.Snapshots;

/// <summary>Saves snapshots of a running machine.</summary>
/// <param name="qmp">The machine.</param>
/// <param name="directory">Where relative names of files begin.</param>
/// <param name="report">Is told what has happened, in a line each.</param>
public sealed class SnapshotSaver(QmpClient qmp, string directory, Action<string> report)
{
    /// <summary>The event that is Nestor's call.</summary>
    public const string Call = "RTC_CHANGE";

    /// <summary>What the names of files end with that are not asked for by name.</summary>
    public const string Extension = ".nestor";

    // kernel/Snapshot/SnapshotMailbox.cs.
    private const int MailboxWords = 9;
    private const ulong Wanted = 1;
    private const ulong Done = 2;
    private const ulong LongestText = 4096;

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
        DirectoryInfo scratch = Directory.CreateTempSubdirectory("nestor-save-");
        try
        {
            await qmp.ExecuteAsync("stop").ConfigureAwait(false);
            bool isSaved = await TrySaveAsync(Path.Combine(scratch.FullName, "piece")).ConfigureAwait(false);
            await qmp.ExecuteAsync("cont").ConfigureAwait(false);
            if (isSaved)
            {
                await qmp.ExecuteAsync("system_powerdown").ConfigureAwait(false);
            }

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
            scratch.Delete(recursive: true);
            Volatile.Write(ref _isBusy, false);
        }
    }

    private async Task<bool> TrySaveAsync(string scratch)
    {
        try
        {
            ulong[] mailbox = await MailboxAsync().ConfigureAwait(false);
            _isDone = mailbox[0] == Done;
            if (mailbox[0] != Wanted)
            {
                return false;                           // it has given up waiting, and goes on
            }

            string file = await TextAsync(mailbox[1], mailbox[2]).ConfigureAwait(false);
            string name = await TextAsync(mailbox[3], mailbox[4]).ConfigureAwait(false);
            string? into = file.Length == 0 ? _into : null;
            if (file.Length == 0)
            {
                if (into is null)
                {
                    return false;                       // somebody else has pressed the button
                }

                file = Path.Combine(into, string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) ? letter : '_')) + Extension);
            }

            byte[] state = await _memory.ReadAsync(mailbox[5], (int)mailbox[6] * 16).ConfigureAwait(false);
            await _memory.CopyAsync(mailbox[7], mailbox[8], scratch).ConfigureAwait(false);
            using FileStream memory = File.OpenRead(scratch);
            file = Path.GetFullPath(file, directory);
            SnapshotWriter.Write(file, name, state, memory);
            if (into is not null)
            {
                _files.Add(file);
                return true;
            }

            report(FormattableString.Invariant($"{name} is saved in {file}, {new FileInfo(file).Length >> 20} MiB"));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or BuildException or QmpException or InspectionException)
        {
            report($"nothing was saved: {e.Message}");
            return false;
        }
    }

    private async Task<ulong[]> MailboxAsync() =>
        Words(await _memory.ReadAsync(Mailbox(), MailboxWords * sizeof(ulong)).ConfigureAwait(false));

    private static ulong Mailbox()
    {
        return new ElfObject(File.ReadAllBytes(NestorState.Elf), NestorState.Elf).Symbols.Single(symbol => symbol.Name == "snapshot_mailbox").Value;
    }

    private async Task<string> TextAsync(ulong address, ulong length) =>
        Encoding.UTF8.GetString(await _memory.ReadAsync(address, (int)Math.Min(length, LongestText)).ConfigureAwait(false));

    private static ulong[] Words(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length / sizeof(ulong)).Select(i => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong))))];
}
