// An address as it is typed: an expression, with the kind of address in front where it is not the vCPU's own virtual one.
//   el1:0x80000   el2:pc   l2ipa:0x40000000   ipa:0x40000000   host:0x80000000

using System;

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

        if (!TrySpace(word.Slice(0, colon), out space))
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
        space = Letters.AreEqual(prefix, "el1"u8) ? AddressSpace.El1
            : Letters.AreEqual(prefix, "el2"u8) ? AddressSpace.El2
            : Letters.AreEqual(prefix, "l2ipa"u8) ? AddressSpace.NestedPhysical
            : Letters.AreEqual(prefix, "ipa"u8) ? AddressSpace.Physical
            : Letters.AreEqual(prefix, "host"u8) ? AddressSpace.Host
            : AddressSpace.Current;
        return space != AddressSpace.Current;
    }
}
