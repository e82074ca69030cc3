// The guest's interrupts. One list register holds one of them; when the guest has ended it, the maintenance interrupt says
// so, and the next one goes in.

using Nestor.Hal;

namespace Nestor.Demo;

/// <summary>Interrupts that the guest has asked for.</summary>
internal static class GuestInterrupts
{
    private const ulong Distributor = 0x0800_0000;
    private const ulong Redistributors = 0x080a_0000;
    private const ulong RedistributorsSize = 0x00f6_0000;

    // ICH_HCR_EL2.En.
    private const ulong On = 1;

    // ICH_LR0_EL2: State, Group, EOI, Priority and the number that the guest acknowledges.
    private const int StateShift = 62;
    private const ulong Pending = 1UL << StateShift;
    private const ulong Group1 = 1UL << 60;
    private const ulong TellEnd = 1UL << 41;
    private const ulong Priority = 0x80UL << 48;
    private const ulong Number = 40;

    private static ulong s_left;

    /// <summary>Opens the interrupt controller and the guest's interface to it.</summary>
    public static void Open()
    {
        GicDistributor.Open(Distributor);
        ulong redistributor = GicCpuInterface.Open(Redistributors, RedistributorsSize);
        if (!PlantedBug.LosesMaintenance)
        {
            GicCpuInterface.Enable(redistributor, InterruptIds.Maintenance);
        }

        SystemRegisters.ICH_LR0_EL2 = 0;
        SystemRegisters.ICH_VMCR_EL2 = 0;
        SystemRegisters.ICH_HCR_EL2 = On;
    }

    /// <summary>The guest is to get so many, one after the other.</summary>
    public static void Want(ulong count)
    {
        Speech.Begin("the guest wants "u8);
        Hal.Console.WriteDecimal(count);
        Hal.Console.WriteLine(" interrupts; a list register holds one at a time"u8);
        s_left = count;
        Refill();
    }

    /// <summary>A physical interrupt came while the guest ran.</summary>
    public static void Take()
    {
        ulong interrupt = SystemRegisters.ICC_IAR1_EL1;
        if (interrupt >= InterruptIds.FirstSpecial)
        {
            return;
        }

        Refill();
        SystemRegisters.ICC_EOIR1_EL1 = interrupt;
        Instructions.Isb();
    }

    // An empty register without the wish to be told takes the maintenance interrupt's line down.
    private static void Refill()
    {
        if (SystemRegisters.ICH_LR0_EL2 >> StateShift != 0)
        {
            return;
        }

        SystemRegisters.ICH_LR0_EL2 = s_left == 0 ? 0 : Pending | Group1 | TellEnd | Priority | Number;
        s_left -= s_left == 0 ? 0 : 1UL;
        Instructions.Isb();
    }
}
