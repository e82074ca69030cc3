// The interrupt controller's state by number. What is in a list register is not here: a held vCPU has given it back to the
// model. Routes of shared interrupts follow from GICD_IROUTER, and what may wait of LPIs from the guest's tables.
//
//   a bank of 32 interrupts   0 group, 1 enabled, 2 pending, 3 line, 4 edge, 5 active, 16 to 23 priorities
//   private (class 4)         its bank; 32 asleep, 33 LPIs enabled, 34 GICR_PROPBASER, 35 GICR_PENDBASER,
//                             41 to 43 shared interrupts 32 to 127 that are active here
//   shared (class 17)         0, 1 groups enabled, 2 level of the UART's line, 32 to 127 GICD_IROUTER,
//                             256, 512 and 768 the banks of 32, 64 and 96

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Fields of the interrupt controller.</summary>
public static unsafe class GicState
{
    /// <summary>Numbers of class 4 are below it.</summary>
    public const uint PrivateCount = 44;

    /// <summary>Numbers of class 17 are below it.</summary>
    public const uint SharedCount = 256 * VirtualGic.BankCount;

    private const uint BankFields = 24;
    private const uint Owned = 40;

    /// <summary>A field of a vCPU's redistributor; null when there is none.</summary>
    internal static byte* Private(VirtualGic* gic, uint vcpu, uint number, out uint size)
    {
        VirtualRedistributor* redistributor = VirtualGic.Redistributor(gic, vcpu);
        if (number < BankFields)
        {
            return Bank(&redistributor->Private, number, out size);
        }

        size = number is 34 or 35 ? 8u : 4u;
        return number switch
        {
            32 => (byte*)&redistributor->Asleep,
            33 => (byte*)&redistributor->Lpis.Enabled,
            34 => (byte*)&redistributor->Lpis.PropertyBase,
            35 => (byte*)&redistributor->Lpis.PendingBase,
            > Owned and < Owned + VirtualGic.BankCount => (byte*)(redistributor->Owned + (number - Owned)),
            _ => null,
        };
    }

    /// <summary>A field that all vCPUs share; null when there is none.</summary>
    internal static byte* Shared(VirtualGic* gic, uint number, out uint size)
    {
        size = sizeof(uint);
        if (number >> 8 != 0)
        {
            return number < SharedCount ? Bank(VirtualGic.Bank(gic, 0, number >> 8), number & 0xff, out size) : null;
        }

        if (number is 0 or 1)
        {
            return (byte*)(number == 0 ? &gic->Group0Mask : &gic->Group1Mask);
        }

        if (number == 2)
        {
            size = sizeof(bool);
            return (byte*)Unsafe.AsPointer(ref gic->Machine->UartLine);
        }

        return number >= VirtualGic.FirstSpi && number < VirtualGic.IntIdCount ? (byte*)(gic->Affinity + number) : null;
    }

    /// <summary>Makes what follows from the rest, once all of it is there.</summary>
    internal static void Complete(VirtualGic* gic)
    {
        for (uint vcpu = 0; vcpu < gic->VcpuCount; vcpu++)
        {
            VirtualRedistributor* redistributor = VirtualGic.Redistributor(gic, vcpu);
            redistributor->Lpis.Stale = redistributor->Lpis.Enabled != 0 ? ulong.MaxValue : 0;
            for (uint intId = VirtualGic.FirstSpi; intId < VirtualGic.IntIdCount; intId++)
            {
                uint bit = 1u << (int)(intId & 31);
                uint others = redistributor->Routed[intId >> 5] & ~bit;
                redistributor->Routed[intId >> 5] = gic->Affinity[intId] == vcpu ? others | bit : others;
            }
        }
    }

    private static byte* Bank(InterruptBank* bank, uint field, out uint size)
    {
        size = sizeof(uint);
        return field switch
        {
            0 => (byte*)&bank->Group1,
            1 => (byte*)&bank->Enabled,
            2 => (byte*)&bank->Latch,
            3 => (byte*)&bank->Line,
            4 => (byte*)&bank->Edge,
            5 => (byte*)&bank->Active,
            >= 16 and < BankFields => bank->Priority + ((field - 16) * sizeof(uint)),
            _ => null,
        };
    }
}
