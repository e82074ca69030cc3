// An address as it is typed: an expression, with the kind of address in front where it is not the vCPU's own virtual one.
//   el1:0x80000   el2:pc   l2ipa:0x40000000   ipa:0x40000000   host:0x80000000

using System;
using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

internal static unsafe class AddressWord
{
    /// <summary>Reads a word. False, with the error, when it makes no sense.</summary>
    internal static bool TryRead(VirtualCpu* vcpu, ReadOnlySpan<byte> word, out AddressSpace space, out ulong address)
    {
        int colon = 0;
        while (colon < word.Length && word[colon] != ':')
        {
            colon++;
        }

        space = AddressSpace.Current;
        if (colon == word.Length)
        {
            return Expression.TryValue(vcpu, word, out address);
        }

        if (!TrySpace(word.Slice(0, colon + 1), out space))
        {
            address = 0;
            Output.Error("an address begins with el1:, el2:, l2ipa:, ipa:, host: or none of them, not"u8, word);
            return false;
        }

        if (space is AddressSpace.El2 or AddressSpace.NestedPhysical && !vcpu->Machine->HasVirtualEl2)
        {
            address = 0;
            Output.Error("this vm has no virtual EL2:"u8, word);
            return false;
        }

        return Expression.TryValue(vcpu, word.Slice(colon + 1), out address);
    }

    /// <summary>What can stand in front of an address, in the order of AddressSpace; empty behind the last. Not inlined: several spans in one method are zeroed with a vector register.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ReadOnlySpan<byte> Prefix(uint index) => index switch
    {
        0 => "el1:"u8,
        1 => "el2:"u8,
        2 => "l2ipa:"u8,
        3 => "ipa:"u8,
        4 => "host:"u8,
        _ => default,
    };

    /// <summary>The end of a walk in words.</summary>
    internal static ReadOnlySpan<byte> Describe(WalkEnd end)
    {
        switch (end)
        {
            case WalkEnd.Off: return "translation is off"u8;
            case WalkEnd.Translation: return "translation fault: the descriptor is invalid"u8;
            case WalkEnd.Range: return "translation fault: the address is outside of the range of the tables"u8;
            case WalkEnd.AccessFlag: return "access flag fault: the descriptor's AF is clear"u8;
            case WalkEnd.TableAbort: return "external abort: the table is not in the guest's memory"u8;
            case WalkEnd.TableStage2: return "the guest hypervisor's stage 2 does not map the table"u8;
            case WalkEnd.Configuration: return "translation fault: address size and start level contradict each other"u8;
            default: return "mapped"u8;
        }
    }

    /// <summary>Says why the last translation led nowhere.</summary>
    internal static void Explain(ReadOnlySpan<byte> word)
    {
        if (Translation.HasHostStage2)
        {
            Output.Error(Translation.Physical - GuestMap.GicDistributor < GuestMap.Ram - GuestMap.GicDistributor
                ? "not memory: a device's address, or nothing's:"u8 : "not in the guest's memory:"u8, word);
        }
        else if (Translation.HasGuestStage2)
        {
            Output.Error("not mapped by the guest hypervisor's stage 2:"u8, word);
        }
        else
        {
            Output.Error("not mapped by stage 1:"u8, word);
        }
    }

    private static bool TrySpace(ReadOnlySpan<byte> prefix, out AddressSpace space)
    {
        uint index = 0;
        while (!Prefix(index).IsEmpty && !Letters.AreEqual(prefix, Prefix(index)))
        {
            index++;
        }

        space = Prefix(index).IsEmpty ? AddressSpace.Current : AddressSpace.El1 + (int)index;
        return space != AddressSpace.Current;
    }
}
