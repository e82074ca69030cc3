// Unpacks gzip (RFC 1952) from files that nobody has checked. The library takes a file that is cut off for one that ends there,
// so the check value and the length behind the data are compared here. Only the first member counts, as for QEMU.
using System.Buffers.Binary;
using System.IO.Compression;

namespace Nestor.Tools.Support;

/// <summary>Unpacking with a limit.</summary>
public static class Gzip
{
    private const int HeaderSize = 10;
    private const int TrailerSize = 8;
    private const byte Deflate = 8;

    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(static one => Enumerable.Range(0, 8).Aggregate((uint)one, static (value, _) => (value & 1) != 0 ? 0xedb8_8320 ^ (value >> 1) : value >> 1))];

    /// <summary>Whether bytes begin as gzip does.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.Length >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;

    /// <summary>Unpacks the first member.</summary>
    /// <param name="packed">It, and anything behind it.</param>
    /// <param name="most">Most bytes that it may unpack to.</param>
    /// <param name="plain">The bytes, if nothing is wrong.</param>
    /// <returns>What is wrong, in words; null for nothing.</returns>
    public static string? Unpack(ReadOnlyMemory<byte> packed, int most, out byte[] plain)
    {
        plain = [];
        if (HeaderLength(packed.Span) is not { } start)
        {
            return "its gzip header is damaged";
        }

        try
        {
            using MemoryStream from = new(packed[start..].ToArray(), writable: false);
            using DeflateStream inflate = new(from, CompressionMode.Decompress);
            if (!Limited.TryRead(inflate, most, out plain))
            {
                return $"it unpacks to more than {most >> 20} MiB";
            }
        }
        catch (InvalidDataException)
        {
            return "its gzip data is damaged";
        }

        Span<byte> trailer = stackalloc byte[TrailerSize];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Check(plain));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)plain.Length);
        return packed.Span[start..].IndexOf(trailer) >= 0 ? null : "its gzip data is damaged or cut off";
    }

    // RFC 1952 2.3: flags say which fields of variable length follow.
    private static int? HeaderLength(ReadOnlySpan<byte> bytes)
    {
        const int HasCheck = 2;
        const int HasExtra = 4;
        const int HasName = 8;
        const int HasComment = 16;
        if (bytes.Length < HeaderSize + TrailerSize || bytes[2] != Deflate)
        {
            return null;
        }

        int flags = bytes[3];
        int at = HeaderSize;
        if ((flags & HasExtra) != 0)
        {
            at += 2 + BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
        }

        foreach (int text in (int[])[HasName, HasComment])
        {
            if ((flags & text) != 0 && at < bytes.Length)
            {
                int end = bytes[at..].IndexOf((byte)0);
                at = end < 0 ? bytes.Length : at + end + 1;
            }
        }

        at += (flags & HasCheck) != 0 ? 2 : 0;
        return at < bytes.Length ? at : null;
    }

    private static uint Check(ReadOnlySpan<byte> bytes)
    {
        uint value = uint.MaxValue;
        foreach (byte one in bytes)
        {
            value = s_table[(byte)value ^ one] ^ (value >> 8);
        }

        return ~value;
    }
}
