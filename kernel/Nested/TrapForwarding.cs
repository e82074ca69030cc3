// Whose is a trapped access of a guest hypervisor's guest? The table of traps (hal/Registers/traps.table) says which controls
// trap it, and the guest hypervisor's own registers say whether it has set one of them.

namespace Nestor.Kernel;

/// <summary>Traps by system register access and system instruction that a guest hypervisor asks for.</summary>
internal static unsafe class TrapForwarding
{
    private const uint OfReads = 1u << 14;
    private const uint OfWrites = 1u << 15;
    private const uint ControlMask = OfReads - 1;

    /// <summary>Whether the guest hypervisor wants this access of its guest. The vCPU is loaded with that guest.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="encoding">What is accessed, packed as in the register table.</param>
    /// <param name="isRead">MRS rather than MSR or an instruction.</param>
    internal static bool IsWanted(VirtualCpu* vcpu, uint encoding, bool isRead)
    {
        uint access = isRead ? OfReads : OfWrites;
        uint entry = TrapTable.Find(encoding);
        if (entry != TrapTable.Empty)
        {
            for (int i = TrapTable.Starts[(int)entry]; i < TrapTable.Starts[(int)entry + 1]; i++)
            {
                uint condition = TrapTable.Conditions[i];
                if ((condition & access) != 0 && IsSet(vcpu, condition & ControlMask, isRead))
                {
                    return true;
                }
            }
        }

        for (int i = 0; i < TrapTable.PatternMasks.Length; i++)
        {
            uint condition = TrapTable.PatternConditions[i];
            if ((encoding & TrapTable.PatternMasks[i]) == TrapTable.PatternValues[i] && (condition & access) != 0
                && IsSet(vcpu, condition & ControlMask, isRead))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsSet(VirtualCpu* vcpu, uint control, bool isRead)
    {
        Register register = isRead ? TrapTable.ReadRegisters[(int)control] : TrapTable.WriteRegisters[(int)control];
        ulong mask = TrapTable.Masks[(int)(2 * control) + ((vcpu->HCR_EL2 & Hcr.E2H) != 0 ? 1 : 0)];
        return (*RegisterAccess.Stored(vcpu, register) & mask) == (TrapTable.Inverted[(int)control] != 0 ? 0 : mask);
    }
}
