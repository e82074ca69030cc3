// Several processes may fetch into a directory at once (tests do): one of them does it, and the others wait.

namespace Nestor.Tools.Guests;

internal static class DirectoryLock
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(10);

    /// <summary>Holds the directory until the result is disposed of.</summary>
    internal static FileStream Take(string directory)
    {
        const int HeldByAnother = 11;                   // EWOULDBLOCK
        Directory.CreateDirectory(directory);
        DateTime giveUp = DateTime.UtcNow + s_longestWait;
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult == HeldByAnother && DateTime.UtcNow < giveUp)
            {
                Thread.Sleep(100);
            }
        }
    }
}
