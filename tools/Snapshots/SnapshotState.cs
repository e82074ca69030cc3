// The pairs of a snapshot, as far as this side has to understand them: what the VM is, and whether this Nestor has the
// registers. The rest is for the kernel (kernel/Snapshot), which checks all of it again.
using System.Buffers.Binary;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;

namespace Nestor.Tools.Snapshots;

/// <summary>The state of a saved VM.</summary>
public sealed class SnapshotState
{
    /// <summary>The class of system registers: op0:op1:CRn:CRm:op2 in the low 16 bits (kernel/Vcpu/RegisterId.cs).</summary>
    public const ulong SystemRegister = 0x6003_0001_0000_0000;

    private const int PairSize = 16;
    private const ulong Machine = 0x6003_0010_0000_0000;    // kernel/Snapshot/StateId.cs
    private const ulong MemoryGranule = 2 << 20;
    private const ulong MostMemory = 1UL << 40;
    private const ulong MostCpus = 8;

    private readonly string _file;

    /// <summary>Takes the pairs apart.</summary>
    /// <exception cref="UsageException">They are not pairs, or do not say what the VM is.</exception>
    public SnapshotState(string file, byte[] bytes)
    {
        _file = file;
        Bytes = bytes;
        if (bytes.Length % PairSize != 0)
        {
            throw Wrong("its list of registers ends in the middle of a pair");
        }

        Cpus = (int)Value(0, "the number of CPUs", value => value is >= 1 and <= MostCpus);
        Memory = (long)Value(2, "the size of the memory", value => value is > 0 and <= MostMemory && value % MemoryGranule == 0);
        El = (int)Value(3, "the exception level", value => value is 1 or 2);
        Nv = (int)Value(4, "the way of nesting", value => value is 1 or 2);
    }

    /// <summary>The pairs as Nestor takes them.</summary>
    public byte[] Bytes { get; }

    /// <summary>vCPUs.</summary>
    public int Cpus { get; }

    /// <summary>Bytes of memory.</summary>
    public long Memory { get; }

    /// <summary>The exception level that it started at.</summary>
    public int El { get; }

    /// <summary>1: every EL2 register traps; 2: memory redirection.</summary>
    public int Nv { get; }

    /// <summary>The ids and values in order.</summary>
    public IEnumerable<(ulong Id, ulong Value)> Pairs
    {
        get
        {
            for (int at = 0; at < Bytes.Length; at += PairSize)
            {
                yield return (BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(at)), BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(at + 8)));
            }
        }
    }

    /// <summary>Pairs as bytes.</summary>
    public static byte[] Pack(IEnumerable<(ulong Id, ulong Value)> pairs)
    {
        List<byte> bytes = [];
        foreach ((ulong id, ulong value) in pairs)
        {
            bytes.AddRange(BitConverter.GetBytes(id));
            bytes.AddRange(BitConverter.GetBytes(value));
        }

        return [.. bytes];
    }

    /// <summary>Refuses, by name, a system register that the table does not have.</summary>
    public void CheckRegisters(IEnumerable<RegisterRow> table)
    {
        HashSet<ulong> known = [.. table.Where(row => row.Kind is not (RegisterKind.Host or RegisterKind.Id)).Select(row => SystemRegister | row.Encoding)];
        foreach ((ulong id, _) in Pairs)
        {
            if (id >> 32 == SystemRegister >> 32 && !known.Contains(id))
            {
                throw Wrong($"this Nestor does not know its register {NameOf(id)}");
            }
        }
    }

    // As assemblers and the Arm ARM call a register without a name.
    private static string NameOf(ulong id) => id >> 16 == SystemRegister >> 16
        ? FormattableString.Invariant($"S{id >> 14 & 3}_{id >> 11 & 7}_C{id >> 7 & 15}_C{id >> 3 & 15}_{id & 7}")
        : FormattableString.Invariant($"0x{id:x}");

    private ulong Value(uint number, string what, Func<ulong, bool> isPossible)
    {
        foreach ((ulong id, ulong value) in Pairs)
        {
            if (id == (Machine | number))
            {
                return isPossible(value) ? value : throw Wrong(FormattableString.Invariant($"{value} is impossible for {what}"));
            }
        }

        throw Wrong($"it does not say {what}");
    }

    private UsageException Wrong(string what) => new($"{_file} cannot be restored: {what}");
}
