// Names of places in a guest. A Linux kernel is not where it was linked (KASLR); where it is its vectors say: VBAR_EL2 of a VHE
// host, VBAR_EL1 otherwise, and of a guest's guest too if it is the same kernel. A kernel moves by multiples of 2 MiB only, so
// vectors of somebody else are told from its own.

using System;

namespace Nestor.Kernel;

/// <summary>A guest's addresses to names and back, where the launcher has handed its symbols over.</summary>
public static unsafe class GuestSymbols
{
    private const ulong Granule = 0x20_0000;

    /// <summary>The name of an address as the vCPU's regimes know it.</summary>
    /// <param name="vcpu">The vCPU: on its own CPU, or held; otherwise its vectors may be old.</param>
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
        return index != null
            && ((TrySlide(vcpu, isEl2: true, out ulong slide) && SymbolIndex.TryName(index, address - slide, out name, out length, out offset))
            || (TrySlide(vcpu, isEl2: false, out slide) && SymbolIndex.TryName(index, address - slide, out name, out length, out offset)));
    }

    /// <summary>The address of a name.</summary>
    public static bool TryAddress(VirtualCpu* vcpu, ReadOnlySpan<byte> name, out ulong address)
    {
        bool isPlaced = TrySlide(vcpu, isEl2: true, out ulong slide) || TrySlide(vcpu, isEl2: false, out slide);
        bool isFound = TryLinked(vcpu, name, out address);
        address += slide;
        return isFound && isPlaced;
    }

    /// <summary>Whether there is such a name, wherever it is.</summary>
    public static bool IsName(VirtualCpu* vcpu, ReadOnlySpan<byte> name) => TryLinked(vcpu, name, out _);

    private static bool TryLinked(VirtualCpu* vcpu, ReadOnlySpan<byte> name, out ulong address)
    {
        address = 0;
        return vcpu->Machine->Symbols != null && SymbolIndex.TryAddress(vcpu->Machine->Symbols, name, out address);
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
