// Writes a snapshot's file. All numbers are little-endian.
//
//   "NESTORVM", version (32 bits), number of parts (32)
//   each part: kind (32), 0 (32), bytes as they are here (64), bytes unpacked (64); then the bytes, packed by Brotli
//   SHA-256 of everything before
//
// The file appears under its name when it is complete and on the disk: a save that fails leaves what was there before.
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Nestor.Tools.Snapshots;

/// <summary>The writing side of the format.</summary>
public static class SnapshotWriter
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const int Version = 1;

    /// <summary>What a file begins with.</summary>
    public const string Magic = "NESTORVM";

    internal const int HeaderSize = 16;
    internal const int PartHeaderSize = 24;

    private const int PageSize = 4096;
    private const int BlockSize = 256 * PageSize;

    /// <summary>Writes a file, or leaves what was there.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="name">The guest's name.</param>
    /// <param name="state">The pairs as they are in Nestor's memory.</param>
    /// <param name="memory">The guest's memory, a whole number of pages.</param>
    /// <exception cref="IOException">It cannot be written; or UnauthorizedAccessException.</exception>
    public static void Write(string file, string name, ReadOnlyMemory<byte> state, Stream memory)
    {
        string part = file + ".part";
        try
        {
            using (FileStream stream = new(part, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                stream.Write(Header());
                Add(stream, SnapshotPart.Name, packed => packed.Write(Encoding.UTF8.GetBytes(name)));
                Add(stream, SnapshotPart.State, packed => packed.Write(state.Span));
                Add(stream, SnapshotPart.Memory, packed => Pack(memory, packed));
                stream.Position = 0;
                byte[] digest = SHA256.HashData(stream);
                stream.Write(digest);
                stream.Flush(flushToDisk: true);
            }

            File.Move(part, file, overwrite: true);
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    private static byte[] Header()
    {
        byte[] header = new byte[HeaderSize];
        Encoding.ASCII.GetBytes(Magic, header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), 3);
        return header;
    }

    private static void Add(FileStream stream, SnapshotPart part, Action<Stream> write)
    {
        long start = stream.Position;
        stream.Position = start + PartHeaderSize;
        using CountingStream plain = new(new BrotliStream(stream, CompressionLevel.Fastest, leaveOpen: true));
        write(plain);
        plain.Dispose();
        long end = stream.Position;
        byte[] header = new byte[PartHeaderSize];
        BinaryPrimitives.WriteInt32LittleEndian(header, (int)part);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), end - start - PartHeaderSize);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(16), plain.Count);
        stream.Position = start;
        stream.Write(header);
        stream.Position = end;
    }

    private static void Pack(Stream memory, Stream packed)
    {
        byte[] block = new byte[BlockSize];
        byte[] number = new byte[sizeof(long)];
        long page = 0;
        int read;
        while ((read = memory.ReadAtLeast(block, BlockSize, throwOnEndOfStream: false)) != 0)
        {
            for (int at = 0; at < read; at += PageSize, page++)
            {
                ReadOnlySpan<byte> bytes = block.AsSpan(at, PageSize);
                if (bytes.IndexOfAnyExcept((byte)0) >= 0)
                {
                    BinaryPrimitives.WriteInt64LittleEndian(number, page);
                    packed.Write(number);
                    packed.Write(bytes);
                }
            }
        }
    }
}
