// A vCPU's registers for somebody outside: what the holder of a vCPU sees, and, when its CPU does not answer, what can be
// seen all the same.

using System.Runtime.CompilerServices;

namespace Nestor.Kernel;

/// <summary>Registers of a vCPU that is held, or that cannot be.</summary>
public static unsafe class VcpuView
{
    /// <summary>
    /// Reads a register by id; false when there is none. Of a vCPU that is not held the general registers are those of its last
    /// exit, and system registers may be older still: those of the last time that it left its CPU.
    /// </summary>
    public static bool TryGet(VirtualCpu* vcpu, ulong id, out ulong value)
    {
        if (id < RegisterId.SystemRegister)
        {
            return RegisterId.TryGet(vcpu, id, out value);
        }

        value = 0;
        if (!RegisterId.TryRegister(id, out Register register))
        {
            return false;
        }

        value = IsComputed(register) ? VirtualInterfaceControl.Read(vcpu, register)
            : VcpuHold.IsParked(vcpu) ? RegisterAccess.Read(vcpu, register) : *RegisterAccess.Stored(vcpu, register);
        return true;
    }

    /// <summary>What code where the vCPU is calls SP: by PSTATE.EL and PSTATE.SP; AArch32, which has it elsewhere, as at EL0.</summary>
    public static Register StackPointer(VirtualCpu* vcpu) => (Exceptions.GuestPstate(vcpu) & Pstate.ModeMask) switch
    {
        Pstate.El1h => Register.SP_EL1,
        Pstate.El2h => Register.SP_EL2,
        _ => Register.SP_EL0,
    };

    // What a guest hypervisor's list registers make of them; nothing is stored.
    private static bool IsComputed(Register register) =>
        register is Register.ICH_VTR_EL2 or Register.ICH_MISR_EL2 or Register.ICH_EISR_EL2 or Register.ICH_ELRSR_EL2;

    /// <summary>Writes a register by id; false when there is none or the vCPU is not held.</summary>
    public static bool TrySet(VirtualCpu* vcpu, ulong id, ulong value) =>
        VcpuHold.IsParked(vcpu) && RegisterId.TrySet(vcpu, id, value);

    /// <summary>A system register that a vCPU has, as <see cref="TryGet"/> sees it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong Get(VirtualCpu* vcpu, Register register)
    {
        TryGet(vcpu, RegisterId.Of(register), out ulong value);
        return value;
    }
}
