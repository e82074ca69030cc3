// One access of an emulated load or store: up to 16 bytes between a buffer, in the order of memory, and what is at a virtual address of
// the guest. The page that the trap was about is known; any other is translated first, and may be RAM or a device. A device sees aligned
// pieces of 1, 2, 4 or 8 bytes, from the lowest address on, as QEMU cuts them.

using System.Numerics;
using System.Runtime.InteropServices;

namespace Nestor.Kernel;

/// <summary>An access in progress. Lives on the stack of the emulation.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct GuestAccess
{
    /// <summary>Most bytes of one access.</summary>
    public const uint MaximumSize = 16;

    private const ulong PageSize = 4096;
    private const ulong PageOffset = PageSize - 1;
    private const uint LargestPiece = 8;

    /// <summary>The vCPU, loaded.</summary>
    public VirtualCpu* Vcpu;

    /// <summary>An address in the page of the trap, and the VM's physical address that it leads to.</summary>
    public ulong Address;

    /// <summary>See <see cref="Address"/>.</summary>
    public ulong Physical;

    /// <summary>With EL0's rights.</summary>
    public bool IsUser;

    /// <summary>The physical addresses are noted in the trace: they are the VM's and not a nested guest's.</summary>
    public bool IsNoted;

    /// <summary>What is read or written, in <see cref="MaximumSize"/> bytes. No array: a local one would be guarded against overflow by ilc.</summary>
    public ulong Low;

    /// <summary>See <see cref="Low"/>.</summary>
    public ulong High;

    /// <summary>After a failure: the access that failed, and why.</summary>
    public ulong FaultAddress;

    /// <summary>See <see cref="FaultAddress"/>.</summary>
    public bool FaultIsWrite;

    /// <summary>See <see cref="FaultAddress"/>.</summary>
    public GuestTranslationResult Fault;

    /// <summary>Reads or writes <see cref="Low"/> and <see cref="High"/>.</summary>
    /// <returns>False when a part of it faulted; what came before it is done.</returns>
    internal static bool Transfer(GuestAccess* access, ulong address, uint size, bool isWrite)
    {
        ulong left = PageSize - (address & PageOffset);
        uint first = size < left ? size : (uint)left;
        ulong physical;
        ulong next = 0;
        byte* data = (byte*)&access->Low;
        if (!Locate(access, address, isWrite, &physical) || (first < size && !Locate(access, address + first, isWrite, &next)))
        {
            return false;
        }

        return TransferInPage(access, address, physical, data, first, isWrite)
            && (first == size || TransferInPage(access, address + first, next, data + first, size - first, isWrite));
    }

    private static bool Locate(GuestAccess* access, ulong address, bool isWrite, ulong* physical)
    {
        if (((address ^ access->Address) & ~PageOffset) == 0)
        {
            *physical = (access->Physical & ~PageOffset) | (address & PageOffset);
            return true;
        }

        const uint User = 2;
        const uint WithPan = 4;
        uint form = (access->IsUser ? User : WithPan) + (isWrite ? 1u : 0);
        access->FaultAddress = address;
        access->FaultIsWrite = isWrite;
        if (!GuestTranslation.Translate(access->Vcpu, address, form, isWrite ? Stage2Access.Write : Stage2Access.Read, &access->Fault))
        {
            return false;
        }

        *physical = access->Fault.Output;
        return true;
    }

    // QEMU makes 9 to 15 bytes, which only the edge of a page leaves, into 8 behind the rest when it reads and before it when it writes.
    private static bool TransferInPage(GuestAccess* access, ulong address, ulong physical, byte* data, uint size, bool isWrite)
    {
        byte* memory = VirtualMachine.Memory(access->Vcpu->Machine, new Ipa(physical), size);
        if (memory != null)
        {
            for (uint i = 0; i < size; i++)
            {
                *(isWrite ? memory + i : data + i) = *(isWrite ? data + i : memory + i);
            }

            return true;
        }

        uint end = size <= LargestPiece ? size : isWrite ? LargestPiece : size - LargestPiece;
        for (uint at = 0; at < size; end = size)
        {
            while (at < end)
            {
                uint piece = 1u << BitOperations.TrailingZeroCount((uint)(end - at) | ((uint)address + at) | LargestPiece);
                if (!TransferPiece(access, physical + at, data + at, piece, isWrite))
                {
                    access->FaultAddress = address + at;
                    access->FaultIsWrite = isWrite;
                    access->Fault.Fault = FaultStatus.External;
                    access->Fault.IsStage2 = false;
                    return false;
                }

                at += piece;
            }
        }

        return true;
    }

    private static bool TransferPiece(GuestAccess* access, ulong physical, byte* data, uint size, bool isWrite)
    {
        ulong value = 0;
        bool isDone;
        if (isWrite)
        {
            for (uint i = 0; i < size; i++)
            {
                value |= (ulong)data[i] << (int)(8 * i);
            }

            isDone = DeviceBus.Write(access->Vcpu, new Ipa(physical), size, value);
        }
        else
        {
            isDone = DeviceBus.Read(access->Vcpu, new Ipa(physical), size, out value);
            for (uint i = 0; i < size; i++)
            {
                data[i] = (byte)(value >> (int)(8 * i));
            }
        }

        if (access->IsNoted)
        {
            TraceRing.Note(access->Vcpu, physical, value);
        }

        return isDone;
    }
}
