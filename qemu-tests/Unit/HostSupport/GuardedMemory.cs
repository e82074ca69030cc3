// Memory that ends at an unmapped page and starts behind one, so that a load or store one byte outside of it ends
// the test run. Unsafe code that only seems to check its bounds does not survive this.
using System;
using System.Runtime.InteropServices;

namespace Nestor.Tests.Unit.HostSupport;

/// <summary>A buffer whose last byte is the last byte before an unmapped page.</summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ProtectNone = 0;
    private const int ProtectReadWrite = 3;
    private const int MapPrivateAnonymous = 0x22;

    private readonly nuint _mapped;
    private readonly byte* _mapping;

    public GuardedMemory(int size)
    {
        nuint page = (nuint)Environment.SystemPageSize;
        nuint used = ((nuint)size + page - 1) / page * page;
        _mapped = used + (2 * page);
        nint mapping = Map(0, _mapped, ProtectNone, MapPrivateAnonymous, -1, 0);
        if (mapping == -1)
        {
            throw new InvalidOperationException($"mmap failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        _mapping = (byte*)mapping;
        if (used != 0 && Protect(mapping + (nint)page, used, ProtectReadWrite) != 0)
        {
            throw new InvalidOperationException($"mprotect failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        Size = size;
        Start = _mapping + page + used - (nuint)size;
    }

    public GuardedMemory(ReadOnlySpan<byte> contents)
        : this(contents.Length)
    {
        contents.CopyTo(Span);
    }

    public int Size { get; }

    public byte* Start { get; }

    public Span<byte> Span => new(Start, Size);

    public void Dispose() => _ = Unmap((nint)_mapping, _mapped);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int Unmap(nint address, nuint length);
}
