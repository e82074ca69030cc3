// Without memory redirection and with E2H=0 nothing traps the names ZCR_EL1 and SMCR_EL1 of virtual EL2, where hardware has the
// lengths of virtual EL2 itself and not those of EL1 that are meant: only CPTR_EL2.{TZ,TSM} do, which trap every vector instruction
// with them. So those two are answered here from EL1's bank, and any other instruction is let through, one step at a time.

using System;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class VectorTraps
{
    private const ulong CptrTrapFp = 1UL << 10;
    private const int FpEnable = 20;

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
            return Access(vcpu, (Register)found, ((instruction & 31) << 5) | (instruction >> 21 & 1));
        }

        return VcpuDebug.StepVector(vcpu) ? TrapResult.Reschedule : TrapResult.Crash;
    }

    /// <summary>
    /// Virtual EL2 moves a value to or from a register of the vector units that its own CPTR_EL2 may keep it from. The move may also
    /// be one that Nestor's CPTR_EL2 keeps EL2 from.
    /// </summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="register">The register.</param>
    /// <param name="syndrome">Rt and the direction, as a syndrome has them.</param>
    internal static TrapResult Access(VirtualCpu* vcpu, Register register, ulong syndrome)
    {
        ulong own = vcpu->Context == Context.El1 ? 0 : OwnTrap(vcpu, register);
        if (own != 0)
        {
            Exceptions.ToCurrent(vcpu, own, 0);
            return TrapResult.Resume;
        }

        ulong traps = vcpu->Cpu->Cptr;
        HostRegisters.SetCptr(vcpu->Cpu, ContextSwitch.CptrOpen);
        Instructions.Isb();
        SystemRegisterTrap.Move(vcpu, register, syndrome);
        HostRegisters.SetCptr(vcpu->Cpu, traps);
        return TrapResult.Skip;
    }

    // The syndrome of the exception that the CPTR_EL2 of virtual EL2 makes of its access, or 0 (Arm ARM D19.2.30). As on QEMU an
    // access to the lengths of SVE needs floating point, too; SMPRIMAP_EL2 has no such trap.
    private static ulong OwnTrap(VirtualCpu* vcpu, Register register)
    {
        const ulong FpIss = 0x1e0_0000;                 // CV, and a condition of always
        switch (register)
        {
            case Register.ZCR_EL1:
            case Register.ZCR_EL2:
                return IsClosed(vcpu, ContextSwitch.CptrTrapSve, 16) ? Exceptions.Il | ((ulong)ExceptionClass.Sve << 26)
                    : IsClosed(vcpu, CptrTrapFp, FpEnable) ? Exceptions.Il | ((ulong)ExceptionClass.FpAccess << 26) | FpIss : 0;
            case Register.FPEXC32_EL2:
                return IsClosed(vcpu, CptrTrapFp, FpEnable) ? Exceptions.Il | ((ulong)ExceptionClass.FpAccess << 26) | FpIss : 0;
            default:
                return IsClosed(vcpu, ContextSwitch.CptrTrapSme, 24) ? Exceptions.Il | ((ulong)ExceptionClass.Sme << 26) : 0;
        }
    }

    // With E2H=0 a bit traps; with E2H=1 a field of two bits opens EL2 when its low bit is set.
    private static bool IsClosed(VirtualCpu* vcpu, ulong trap, int enable)
    {
        ulong control = RegisterAccess.Read(vcpu, Register.CPTR_EL2);
        return vcpu->Context == Context.HypervisorVhe ? (control >> enable & 1) == 0 : (control & trap) != 0;
    }
}
