// After any change to some interrupts of a bank, one question is left: whose list registers are no longer
// what they should be? It is answered here for everybody, so that no register write can forget somebody.

namespace Nestor.Kernel;

/// <summary>Turns changed interrupts into a mask of vCPUs that must refill their list registers.</summary>
internal static unsafe class VirtualGicNotify
{
    /// <summary>
    /// vCPUs concerned by a change, already made, to the interrupts <paramref name="changed"/> of a bank:
    /// the owner, where one has it in a list register or active; else the target, if it may be delivered now.
    /// <paramref name="vcpu"/> matters for bank 0 only.
    /// </summary>
    internal static uint Changed(VirtualGic* gic, uint vcpu, uint index, uint changed)
    {
        InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
        uint owned = changed & (bank->Active | bank->Resident);
        uint deliverable = changed & InterruptBank.Deliverable(bank, gic);
        if ((owned | deliverable) == 0)
        {
            return 0;
        }

        if (index == 0)
        {
            return 1u << (int)vcpu;
        }

        uint kick = 0;
        for (uint other = 0; other < gic->VcpuCount; other++)
        {
            VirtualRedistributor* redistributor = VirtualGic.Redistributor(gic, other);
            if (((owned & redistributor->Owned[index]) | (deliverable & redistributor->Routed[index])) != 0)
            {
                kick |= 1u << (int)other;
            }
        }

        return kick;
    }

    /// <summary>vCPUs that have any of these interrupts in a list register.</summary>
    internal static uint Holders(VirtualGic* gic, uint vcpu, uint index, uint interrupts)
    {
        InterruptBank* bank = VirtualGic.Bank(gic, vcpu, index);
        uint resident = interrupts & bank->Resident;
        if (resident == 0)
        {
            return 0;
        }

        return Changed(gic, vcpu, index, resident);
    }
}
