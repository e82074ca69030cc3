// The launcher's side of `save`: Nestor calls (kernel/Snapshot/Snapshot.cs), and the machine is stopped, read and let go on. That
// the file is there Nestor learns by the button for powering down, which no guest sees.
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

    // kernel/Snapshot/SnapshotMailbox.cs.
    private const int MailboxWords = 9;
    private const ulong Wanted = 1;
    private const ulong LongestText = 4096;

    private readonly MachineMemory _memory = new(qmp);

    /// <summary>Answers a call. Whatever goes wrong is reported, and the machine goes on.</summary>
    public async Task AnswerAsync()
    {
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
        }
        catch (QmpException)
        {
            report("the machine ended before its snapshot was complete: nothing was saved");
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private async Task<bool> TrySaveAsync(string scratch)
    {
        try
        {
            ulong[] mailbox = Words(await _memory.ReadAsync(Mailbox(), MailboxWords * sizeof(ulong)).ConfigureAwait(false));
            if (mailbox[0] != Wanted)
            {
                return false;                           // it has given up waiting, and goes on
            }

            string file = await TextAsync(mailbox[1], mailbox[2]).ConfigureAwait(false);
            string name = await TextAsync(mailbox[3], mailbox[4]).ConfigureAwait(false);
            byte[] state = await _memory.ReadAsync(mailbox[5], (int)mailbox[6] * 16).ConfigureAwait(false);
            await _memory.CopyAsync(mailbox[7], mailbox[8], scratch).ConfigureAwait(false);
            using FileStream memory = File.OpenRead(scratch);
            file = Path.GetFullPath(file, directory);
            SnapshotWriter.Write(file, name, state, memory);
            report(FormattableString.Invariant($"{name} is saved in {file}, {new FileInfo(file).Length >> 20} MiB"));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or BuildException or QmpException or InspectionException)
        {
            report($"nothing was saved: {e.Message}");
            return false;
        }
    }

    private static ulong Mailbox()
    {
        return new ElfObject(File.ReadAllBytes(NestorState.Elf), NestorState.Elf).Symbols.Single(symbol => symbol.Name == "snapshot_mailbox").Value;
    }

    private async Task<string> TextAsync(ulong address, ulong length) =>
        Encoding.UTF8.GetString(await _memory.ReadAsync(address, (int)Math.Min(length, LongestText)).ConfigureAwait(false));

    private static ulong[] Words(byte[] bytes) =>
        [.. Enumerable.Range(0, bytes.Length / sizeof(ulong)).Select(i => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(i * sizeof(ulong))))];
}
