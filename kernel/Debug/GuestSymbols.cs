// Names of places in a guest. A Linux kernel is not where it was linked (KASLR); where it is its vectors say: VBAR_EL2 of a VHE
// host, VBAR_EL1 otherwise, and of a guest's guest too if it is the same kernel. A kernel moves by multiples of 2 MiB only, so
// vectors of somebody else are told from its own. All vCPUs of a VM run the same kernel: what one does not know, as its vectors
// are in a CPU that we are not on, another may.

using System;

namespace Nestor.Kernel;

/// <summary>A guest's addresses to names and back, where the launcher has handed its symbols over.</summary>
public static unsafe class GuestSymbols
{
    private const ulong Granule = 0x20_0000;

    /// <summary>The name of an address as the vCPU's regimes know it.</summary>
    /// <param name="vcpu">The vCPU, whose own vectors are asked before those of the others.</param>
    /// <param name="address">The address.</param>
    /// <param name="name">The name.</param>
    /// <param name="length">The name's length.</param>
    /// <param name="offset">How far behind the name's start the address is.</param>
    public static bool TryName(VirtualCpu* vcpu, ulong address, out byte* name, out int length, out ulong offset)
    {
        name = null;
        length = 0;
        offset = 0;
        byte* index = vcpu->Machine->Symbols;
        for (uint i = 0; index != null && i < Places(vcpu); i++)
        {
            if (TrySlide(vcpu, i, out ulong slide) && SymbolIndex.TryName(index, address - slide, out name, out length, out offset))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The address of a name.</summary>
    public static bool TryAddress(VirtualCpu* vcpu, ReadOnlySpan<byte> name, out ulong address)
    {
        bool isPlaced = TryFirstSlide(vcpu, out ulong slide);
        bool isFound = TryLinked(vcpu, name, out address);
        address += slide;
        return isFound && isPlaced;
    }

    /// <summary>Whether a VM has no symbols, or some vCPU of it knows where they are.</summary>
    public static bool IsPlaced(VirtualMachine* machine) =>
        machine->Symbols == null || TryFirstSlide(VirtualMachine.Vcpu(machine, 0), out _);

    /// <summary>Whether there is such a name, wherever it is.</summary>
    public static bool IsName(VirtualCpu* vcpu, ReadOnlySpan<byte> name) => TryLinked(vcpu, name, out _);

    private static bool TryLinked(VirtualCpu* vcpu, ReadOnlySpan<byte> name, out ulong address)
    {
        address = 0;
        return vcpu->Machine->Symbols != null && SymbolIndex.TryAddress(vcpu->Machine->Symbols, name, out address);
    }

    // Virtual EL2 of the vCPU and of all of its VM, then EL1 of them.
    private static uint Places(VirtualCpu* vcpu) => (vcpu->Machine->VcpuCount + 1) * 2;

    private static bool TryFirstSlide(VirtualCpu* vcpu, out ulong slide)
    {
        slide = 0;
        bool isPlaced = false;
        for (uint i = 0; i < Places(vcpu) && !isPlaced; i++)
        {
            isPlaced = TrySlide(vcpu, i, out slide);
        }

        return isPlaced;
    }

    private static bool TrySlide(VirtualCpu* vcpu, uint place, out ulong slide)
    {
        uint count = vcpu->Machine->VcpuCount + 1;
        uint which = place < count ? place : place - count;
        return TrySlide(which == 0 ? vcpu : VirtualMachine.Vcpu(vcpu->Machine, which - 1), isEl2: place < count, out slide);
    }

    private static bool TrySlide(VirtualCpu* vcpu, bool isEl2, out ulong slide)
    {
        slide = 0;
        if (vcpu->Machine->Symbols == null || (isEl2 && !vcpu->Machine->HasVirtualEl2))
        {
            return false;
        }

        ulong anchor = SymbolIndex.Anchor(vcpu->Machine->Symbols);
        if (anchor != 0)
        {
            Register register = isEl2 ? Register.VBAR_EL2 : Register.VBAR_EL1;
            slide = (vcpu->Cpu == PerCpu.Current ? RegisterAccess.Read(vcpu, register) : VcpuView.Get(vcpu, register)) - anchor;
        }

        return (slide & (Granule - 1)) == 0;
    }
}
