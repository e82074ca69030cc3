// The last exits of each CPU in a file of their own, which needs no image to be read. All numbers are little-endian.
//
//   "NESTORTR" | version u32 | bytes of a record u32 | SHA-256 of all that follows, 32 bytes
//   ticks a second u64 | guests u32 | vCPUs u32 | CPUs u32 | 0 u32
//   guests: name 16 bytes, begun at virtual EL2 u32          vCPUs: guest u32, number in it u32
//   CPUs: number of records u32, then the records, oldest first:
//     time u64 | PC u64 | syndrome u64 | PSTATE u64 | vCPU u32 | context u8 | has a value u8 | 0 u16 | detail u64 | vector u64 | value u64
//     (detail: of an abort its address, of a register's access the value, ...: TraceExit.DetailName)

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Nestor.Tools.Support;

namespace Nestor.Tools.Traces;

/// <summary>A trace.</summary>
/// <param name="Frequency">Ticks of the clock a second.</param>
/// <param name="Guests">The guests.</param>
/// <param name="Vcpus">Their vCPUs.</param>
/// <param name="Cpus">The exits of each CPU, oldest first.</param>
public sealed record TraceFile(ulong Frequency, IReadOnlyList<TraceGuest> Guests, IReadOnlyList<TraceVcpu> Vcpus, IReadOnlyList<IReadOnlyList<TraceExit>> Cpus)
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const uint Version = 3;

    private const uint RecordSize = 64;
    private const uint HasValue = 1 << 8;               // beside the context
    private const int NameSize = 16;
    private const int Head = 16 + SHA256.HashSizeInBytes;
    private const uint MostOfAnything = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "NESTORTR"u8;

    /// <summary>All exits in the order of time, with their CPU.</summary>
    public IEnumerable<(int Cpu, TraceExit Exit)> InOrder =>
        Cpus.SelectMany((exits, cpu) => exits.Select(exit => (cpu, exit))).OrderBy(one => one.exit.Time);

    /// <summary>Reads a file.</summary>
    /// <exception cref="UsageException">It is no trace, of another version, truncated or damaged.</exception>
    public static TraceFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(Directory.Exists(path) ? $"{path} is a directory, not a trace" : $"{path} does not exist");
        }

        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (InvalidDataException e)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <exception cref="InvalidDataException">As for <see cref="Read"/>, without the name.</exception>
    public static TraceFile Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < Magic.Length || !bytes.Span[..Magic.Length].SequenceEqual(Magic))
        {
            throw new InvalidDataException("not a trace of Nestor's");
        }

        Cursor at = new(bytes[Magic.Length..]);
        uint version = at.U32();
        if (version != Version)
        {
            throw new InvalidDataException($"a trace of version {version}; this viewer reads version {Version}");
        }

        uint recordSize = at.U32();
        if (recordSize != RecordSize)
        {
            throw new InvalidDataException($"its records have {recordSize} bytes, not {RecordSize}: the trace is damaged");
        }

        ReadOnlySpan<byte> hash = at.Take(SHA256.HashSizeInBytes);
        if (!hash.SequenceEqual(SHA256.HashData(bytes.Span[Head..])))
        {
            throw new InvalidDataException("the trace is truncated or damaged");
        }

        ulong frequency = at.U64();
        uint guests = at.Count();
        uint vcpus = at.Count();
        uint cpus = at.Count();
        at.U32();
        TraceFile file = new(
            frequency,
            [.. Many(guests, () => new TraceGuest(Encoding.ASCII.GetString(at.Take(NameSize)).TrimEnd('\0'), at.U32() != 0))],
            [.. Many(vcpus, () => new TraceVcpu(at.U32(), at.U32()))],
            [.. Many<IReadOnlyList<TraceExit>>(cpus, () => [.. Many(at.Count(), () => ReadExit(at))])]);
        return at.IsAtEnd && file.IsSound ? file : throw new InvalidDataException("the trace contradicts itself");
    }

    /// <summary>The bytes of a file.</summary>
    public byte[] ToBytes()
    {
        MemoryStream body = new();
        BinaryWriter writer = new(body);
        writer.Write(Frequency);
        writer.Write(Guests.Count);
        writer.Write(Vcpus.Count);
        writer.Write(Cpus.Count);
        writer.Write(0);
        foreach (TraceGuest guest in Guests)
        {
            writer.Write(Encoding.ASCII.GetBytes(guest.Name.PadRight(NameSize, '\0')));
            writer.Write(guest.HasVirtualEl2 ? 1 : 0);
        }

        foreach (TraceVcpu vcpu in Vcpus)
        {
            writer.Write(vcpu.Guest);
            writer.Write(vcpu.Index);
        }

        foreach (IReadOnlyList<TraceExit> exits in Cpus)
        {
            writer.Write(exits.Count);
            foreach (TraceExit exit in exits)
            {
                writer.Write(exit.Time);
                writer.Write(exit.Pc);
                writer.Write(exit.Syndrome);
                writer.Write(exit.Pstate);
                writer.Write(exit.Vcpu);
                writer.Write(exit.Context | (exit.Value is null ? 0 : HasValue));
                writer.Write(exit.Detail);
                writer.Write(exit.Vector);
                writer.Write(exit.Value ?? 0);
            }
        }

        byte[] rest = body.ToArray();
        byte[] head = new byte[Head];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(12), RecordSize);
        SHA256.HashData(rest, head.AsSpan(16));
        return [.. head, .. rest];
    }

    private static TraceExit ReadExit(Cursor at)
    {
        TraceExit exit = new(at.U64(), at.U64(), at.U64(), at.U64(), at.U32(), at.U32(), at.U64(), at.U64(), at.U64());
        return (exit.Context & HasValue) != 0 ? exit with { Context = exit.Context & ~HasValue } : exit with { Value = null };
    }

    private bool IsSound =>
        Frequency != 0 && Vcpus.All(vcpu => vcpu.Guest < Guests.Count)
        && Cpus.All(exits => exits.All(exit => exit.Vcpu < Vcpus.Count && exit.Context < 3));

    private static IEnumerable<T> Many<T>(uint count, Func<T> one)
    {
        for (uint i = 0; i < count; i++)
        {
            yield return one();
        }
    }

    private sealed class Cursor(ReadOnlyMemory<byte> bytes)
    {
        private int _at;

        public bool IsAtEnd => _at == bytes.Length;

        public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));

        public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)));

        public uint Count() => U32() is var count && count <= MostOfAnything ? count : throw new InvalidDataException("the trace contradicts itself");

        public ReadOnlySpan<byte> Take(int count)
        {
            if (count > bytes.Length - _at)
            {
                throw new InvalidDataException("the trace is truncated");
            }

            _at += count;
            return bytes.Span.Slice(_at - count, count);
        }
    }
}
