// A copy of one of the kernel's structures, read from a machine.

using System.Buffers.Binary;

namespace Nestor.Tools.Inspect;

/// <summary>A structure with its fields by name.</summary>
/// <param name="Layout">Where the fields are.</param>
/// <param name="Type">The structure's name.</param>
/// <param name="Address">Where it was.</param>
/// <param name="Bytes">What was there.</param>
public sealed record KernelObject(KernelLayout Layout, string Type, ulong Address, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Reads a structure.</summary>
    public static async Task<KernelObject> ReadAsync(MachineMemory memory, KernelLayout layout, string type, ulong address) =>
        new(layout, type, address, await memory.ReadAsync(address, layout.Size(type)).ConfigureAwait(false));

    /// <summary>A field of 8 bytes, or an element of one that repeats.</summary>
    public ulong U64(string field, int index = 0) => BinaryPrimitives.ReadUInt64LittleEndian(From(field)[(index * sizeof(ulong))..]);

    /// <summary>A field of 4 bytes.</summary>
    public uint U32(string field) => BinaryPrimitives.ReadUInt32LittleEndian(From(field));

    /// <summary>A field of 1 byte.</summary>
    public byte U8(string field) => From(field)[0];

    /// <summary>All from the start of a field.</summary>
    public ReadOnlySpan<byte> From(string field) => Bytes.Span[Layout.Offset(Type, field)..];
}
