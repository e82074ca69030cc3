// Reads a snapshot's file. Nothing of it is used before all of it has been checked: length, digest, version, parts. What is
// wrong is said in one line, and the file is left as it is.
using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Nestor.Tools.Support;

namespace Nestor.Tools.Snapshots;

/// <summary>The reading side of the format; see <see cref="SnapshotWriter"/>.</summary>
public sealed class SnapshotReader : IDisposable
{
    private const int DigestSize = 32;
    private const int PageSize = 4096;
    private const int LongestName = 64;
    private const int LongestState = 64 << 20;

    private readonly string _file;
    private readonly FileStream _stream;
    private readonly Dictionary<SnapshotPart, (long Start, long Stored, long Plain)> _parts = [];

    /// <summary>Opens and checks a file.</summary>
    /// <exception cref="UsageException">It cannot be read, or is not a whole and sound snapshot of this version.</exception>
    public SnapshotReader(string file)
    {
        _file = file;
        try
        {
            _stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong(Directory.Exists(file) ? "it is a directory" : File.Exists(file) ? "it cannot be read" : "it does not exist");
        }

        try
        {
            Check();
            Name = Encoding.UTF8.GetString(Read(SnapshotPart.Name, LongestName));
            State = new SnapshotState(file, Read(SnapshotPart.State, LongestState));
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The guest's name.</summary>
    public string Name { get; }

    /// <summary>Its state, but for the memory.</summary>
    public SnapshotState State { get; }

    /// <summary>Writes the guest's memory into files of at most so many bytes each; zeroes are holes.</summary>
    /// <returns>The files in order.</returns>
    public IReadOnlyList<string> UnpackMemory(string directory, long pieceSize)
    {
        List<FileStream> pieces = [];
        try
        {
            for (long start = 0; start < State.Memory; start += pieceSize)
            {
                FileStream piece = new(Path.Combine(directory, FormattableString.Invariant($"memory{pieces.Count}")), FileMode.CreateNew);
                pieces.Add(piece);
                piece.SetLength(Math.Min(pieceSize, State.Memory - start));
            }

            Unpack(pieces, pieceSize);
            return [.. pieces.Select(piece => piece.Name)];
        }
        finally
        {
            pieces.ForEach(piece => piece.Dispose());
        }
    }

    public void Dispose() => _stream.Dispose();

    private void Unpack(List<FileStream> pieces, long pieceSize)
    {
        using Stream packed = Open(SnapshotPart.Memory);
        byte[] record = new byte[sizeof(long) + PageSize];
        long left = _parts[SnapshotPart.Memory].Plain;
        for (; left >= record.Length; left -= record.Length)
        {
            Fill(packed, record);
            long at = BinaryPrimitives.ReadInt64LittleEndian(record);
            if (at < 0 || at >= State.Memory / PageSize)
            {
                throw Wrong(FormattableString.Invariant($"page {at} is outside of the guest's memory"));
            }

            at *= PageSize;
            FileStream piece = pieces[(int)(at / pieceSize)];
            piece.Position = at % pieceSize;
            piece.Write(record.AsSpan(sizeof(long)));
        }

        if (left != 0)
        {
            throw Wrong("the memory ends in the middle of a page");
        }
    }

    private void Check()
    {
        byte[] header = new byte[SnapshotWriter.HeaderSize];
        if (_stream.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length
            || Encoding.ASCII.GetString(header, 0, SnapshotWriter.Magic.Length) != SnapshotWriter.Magic)
        {
            throw Wrong("it is not a snapshot of Nestor");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
        if (version != SnapshotWriter.Version)
        {
            throw Wrong(FormattableString.Invariant($"it is of version {version} of the format; this Nestor reads {SnapshotWriter.Version}"));
        }

        CheckDigest();
        FindParts(BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12)));
    }

    private void CheckDigest()
    {
        long length = _stream.Length - DigestSize;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[1 << 20];
        _stream.Position = 0;
        while (_stream.Position < length)
        {
            int read = _stream.Read(block, 0, (int)Math.Min(block.Length, length - _stream.Position));
            hash.AppendData(block, 0, read);
        }

        byte[] digest = new byte[DigestSize];
        if (length < SnapshotWriter.HeaderSize || _stream.ReadAtLeast(digest, DigestSize, throwOnEndOfStream: false) < DigestSize
            || !hash.GetHashAndReset().AsSpan().SequenceEqual(digest))
        {
            throw Wrong("it is damaged or cut off: its contents are not what its checksum is of");
        }
    }

    private void FindParts(int count)
    {
        long end = _stream.Length - DigestSize;
        long at = SnapshotWriter.HeaderSize;
        byte[] header = new byte[SnapshotWriter.PartHeaderSize];
        for (int i = 0; i < count; i++)
        {
            if (end - at < header.Length)
            {
                throw Wrong("it lacks a part");
            }

            _stream.Position = at;
            _stream.ReadExactly(header);
            int kind = BinaryPrimitives.ReadInt32LittleEndian(header);
            long stored = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(8));
            long plain = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16));
            at += header.Length;
            if (stored < 0 || stored > end - at || plain < 0)
            {
                throw Wrong(FormattableString.Invariant($"part {i} has an impossible size"));
            }

            if (!Enum.IsDefined((SnapshotPart)kind) || !_parts.TryAdd((SnapshotPart)kind, (at, stored, plain)))
            {
                throw Wrong(FormattableString.Invariant($"it has a part of kind {kind}, which this Nestor does not know or has seen already"));
            }

            at += stored;
        }

        if (at != end || _parts.Count != Enum.GetValues<SnapshotPart>().Length)
        {
            throw Wrong("it does not have the parts that it should have");
        }
    }

    private byte[] Read(SnapshotPart part, int longest)
    {
        long size = _parts[part].Plain;
        if (size > longest)
        {
            throw Wrong(FormattableString.Invariant($"its {part} has {size} bytes"));
        }

        using Stream packed = Open(part);
        byte[] bytes = new byte[size];
        Fill(packed, bytes);
        return bytes;
    }

    private BrotliStream Open(SnapshotPart part)
    {
        _stream.Position = _parts[part].Start;
        return new BrotliStream(_stream, CompressionMode.Decompress, leaveOpen: true);
    }

    private void Fill(Stream packed, Span<byte> bytes)
    {
        try
        {
            packed.ReadExactly(bytes);
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or InvalidDataException)
        {
            throw Wrong("a part cannot be unpacked");
        }
    }

    private UsageException Wrong(string what) => new($"{_file} cannot be restored: {what}");
}
