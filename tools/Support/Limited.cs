// Reading what may have no end.

namespace Nestor.Tools.Support;

/// <summary>Reads a stream up to a limit.</summary>
public static class Limited
{
    /// <summary>All that a stream has; false if that is more than the limit.</summary>
    public static bool TryRead(Stream stream, int most, out byte[] bytes)
    {
        using MemoryStream all = new();
        byte[] block = new byte[1 << 16];
        int read;
        while ((read = stream.Read(block)) != 0)
        {
            if (all.Length + read > most)
            {
                bytes = [];
                return false;
            }

            all.Write(block, 0, read);
        }

        bytes = all.ToArray();
        return true;
    }
}
