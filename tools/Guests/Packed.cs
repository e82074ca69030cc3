// Kernels come as they are or packed with gzip.
using System.IO.Compression;

namespace Nestor.Tools.Guests;

public static class Packed
{
    public static byte[] Plain(byte[] bytes)
    {
        if (bytes.Length < 2 || bytes[0] != 0x1f || bytes[1] != 0x8b)
        {
            return bytes;
        }

        using GZipStream packed = new(new MemoryStream(bytes), CompressionMode.Decompress);
        using MemoryStream plain = new();
        packed.CopyTo(plain);
        return plain.ToArray();
    }
}
