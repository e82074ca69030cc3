// Without memory redirection and with E2H=0 nothing traps the names ZCR_EL1 and SMCR_EL1 of virtual EL2, where hardware has the
// lengths of virtual EL2 itself and not those of EL1 that are meant: only CPTR_EL2.{TZ,TSM} do, which trap every vector instruction
// with them. So those two are answered here from EL1's bank, and any other instruction is let through, one step at a time.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class VectorTraps
{
    /// <summary>What of CPTR_EL2 virtual EL2 with E2H=0 needs trapped.</summary>
    internal static ulong Controls(VirtualCpu* vcpu)
    {
        if (vcpu->MemoryRedirection)
        {
            return 0;
        }

        bool isStepping = vcpu->Debug != null && vcpu->Debug->IsVectorStep;
        return ContextSwitch.CptrTrapCpacr | (isStepping ? 0 : ContextSwitch.CptrTrapSve | ContextSwitch.CptrTrapSme);
    }

    /// <summary>A trapped vector instruction, or ZCR_EL1 or SMCR_EL1, of virtual EL2 with E2H=0.</summary>
    internal static TrapResult Handle(VirtualCpu* vcpu)
    {
        // MSR and MRS: bit 21 says which, the register's name is packed as the table packs it (Arm ARM C4.1.93).
        const uint Move = 0xd510_0000;
        const uint MoveMask = 0xffd0_0000;
        if (!GuestTranslation.Fetch(vcpu, out uint instruction))
        {
            return TrapResult.Resume;
        }

        uint found = (instruction & MoveMask) == Move ? RegisterTable.Find(instruction >> 5 & 0xffff) : RegisterTable.Empty;
        if (found is (uint)Register.ZCR_EL1 or (uint)Register.SMCR_EL1)
        {
            Access(vcpu, (Register)found, ((instruction & 31) << 5) | (instruction >> 21 & 1));
            return TrapResult.Skip;
        }

        return VcpuDebug.StepVector(vcpu) ? TrapResult.Reschedule : TrapResult.Crash;
    }

    /// <summary>A move between a general register and a vector length, which may be where CPTR_EL2 keeps EL2 from as well.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="register">The vector length.</param>
    /// <param name="syndrome">Rt and the direction, as a syndrome has them.</param>
    internal static void Access(VirtualCpu* vcpu, Register register, ulong syndrome)
    {
        ulong traps = vcpu->Cpu->Cptr;
        HostRegisters.SetCptr(vcpu->Cpu, ContextSwitch.CptrOpen);
        Instructions.Isb();
        SystemRegisterTrap.Move(vcpu, register, syndrome);
        HostRegisters.SetCptr(vcpu->Cpu, traps);
    }
}
