// Accesses to timer registers that trap: EL2's own by name, the _EL02 names where memory redirection is off, and EL1's
// names while the timer's interrupt line is up.

using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class TimerTraps
{
    /// <summary>The register that a name means: with E2H=1 EL1's names are EL2's timers, and _EL02 names EL1's.</summary>
    internal static Register Meaning(VirtualCpu* vcpu, Register register, bool isAlias)
    {
        if (isAlias || vcpu->Context != Context.HypervisorVhe)
        {
            return register;
        }

        return register switch
        {
            Register.CNTP_TVAL_EL0 => Register.CNTHP_TVAL_EL2,
            Register.CNTP_CTL_EL0 => Register.CNTHP_CTL_EL2,
            Register.CNTP_CVAL_EL0 => Register.CNTHP_CVAL_EL2,
            Register.CNTV_TVAL_EL0 => Register.CNTHV_TVAL_EL2,
            Register.CNTV_CTL_EL0 => Register.CNTHV_CTL_EL2,
            Register.CNTV_CVAL_EL0 => Register.CNTHV_CVAL_EL2,
            _ => register,
        };
    }

    internal static ulong Read(VirtualCpu* vcpu, Register register)
    {
        switch (register)
        {
            case Register.CNTPCT_EL0:
            case Register.CNTPCTSS_EL0:
                return vcpu->Context == Context.El1
                    ? VirtualTimers.CounterOf(vcpu, Register.CNTP_CVAL_EL0) : SystemRegisters.CNTPCT_EL0 - vcpu->CounterOffset;
            case Register.CNTVCT_EL0:
            case Register.CNTVCTSS_EL0:
                return SystemRegisters.CNTPCT_EL0 - vcpu->CounterOffset - (vcpu->Context == Context.HypervisorVhe ? 0 : vcpu->CNTVOFF_EL2);
            case Register.CNTFRQ_EL0:
                return SystemRegisters.CNTFRQ_EL0;
        }

        // Hardware's two timers go through storage, so that each timer has one description.
        VirtualTimers.Save(vcpu);
        return (SysRegTrap)RegisterTable.Traps[(int)register] == SysRegTrap.Tval
            ? (uint)(*VirtualTimers.CompareOf(vcpu, register) - VirtualTimers.CounterOf(vcpu, register))
            : IsControl(register) ? VirtualTimers.ReadControl(vcpu, register) : *VirtualTimers.CompareOf(vcpu, register);
    }

    internal static void Write(VirtualCpu* vcpu, Register register, ulong value)
    {
        VirtualTimers.Save(vcpu);
        if ((SysRegTrap)RegisterTable.Traps[(int)register] == SysRegTrap.Tval)
        {
            *VirtualTimers.CompareOf(vcpu, register) = VirtualTimers.CounterOf(vcpu, register) + (ulong)(long)(int)value;
        }
        else if (IsControl(register))
        {
            *VirtualTimers.ControlOf(vcpu, register) = value & 3;
        }
        else
        {
            *VirtualTimers.CompareOf(vcpu, register) = value;
        }

        VirtualTimers.Load(vcpu);
        Instructions.Isb();
        Scheduler.SetTimer(vcpu->Cpu, VirtualTimers.Update(vcpu, loaded: true));
    }

    /// <summary>CNTVOFF_EL2 has been written: with E2H=0 it counts for virtual EL2 itself.</summary>
    internal static void FollowOffset(VirtualCpu* vcpu)
    {
        if (vcpu->Context == Context.HypervisorNvhe)
        {
            SystemRegisters.Change_CNTVOFF_EL2(vcpu->CNTVOFF_EL2 + vcpu->CounterOffset);
            Instructions.Isb();
            Scheduler.SetTimer(vcpu->Cpu, VirtualTimers.Update(vcpu, loaded: true));
        }
    }

    private static bool IsControl(Register register) =>
        register is Register.CNTP_CTL_EL0 or Register.CNTV_CTL_EL0 or Register.CNTHP_CTL_EL2 or Register.CNTHV_CTL_EL2;
}
