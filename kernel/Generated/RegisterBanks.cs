// Generated from the tables of hal/Registers by `./build.sh generate`; not to be edited.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Moves banks of registers between a vCPU and this CPU, and reads or writes one that is in hardware.</summary>
public static unsafe class RegisterBanks
{
    public static void LoadEl1(VirtualCpu* vcpu, ulong hcr, ulong vttbr)
    {
        ulong newSCTLR_EL1 = vcpu->SCTLR_EL1;
        ulong newTTBR0_EL1 = vcpu->TTBR0_EL1;
        ulong newTTBR1_EL1 = vcpu->TTBR1_EL1;
        ulong newTCR_EL1 = vcpu->TCR_EL1;
        SystemRegisters.HCR_EL2 = hcr;
        SystemRegisters.Change_VTTBR_EL2(vttbr);
        SystemRegisters.Change_SCTLR_EL1(newSCTLR_EL1);
        SystemRegisters.Change_TTBR0_EL1(newTTBR0_EL1);
        SystemRegisters.Change_TTBR1_EL1(newTTBR1_EL1);
        SystemRegisters.Change_TCR_EL1(newTCR_EL1);
        SystemRegisters.Change_ACTLR_EL1(vcpu->ACTLR_EL1);
        SystemRegisters.CPACR_EL1 = vcpu->CPACR_EL1;
        SystemRegisters.SPSR_EL1 = vcpu->SPSR_EL1;
        SystemRegisters.ELR_EL1 = vcpu->ELR_EL1;
        SystemRegisters.SP_EL1 = vcpu->SP_EL1;
        SystemRegisters.Change_AFSR0_EL1(vcpu->AFSR0_EL1);
        SystemRegisters.Change_AFSR1_EL1(vcpu->AFSR1_EL1);
        SystemRegisters.ESR_EL1 = vcpu->ESR_EL1;
        SystemRegisters.FAR_EL1 = vcpu->FAR_EL1;
        SystemRegisters.Change_MAIR_EL1(vcpu->MAIR_EL1);
        SystemRegisters.Change_AMAIR_EL1(vcpu->AMAIR_EL1);
        SystemRegisters.VBAR_EL1 = vcpu->VBAR_EL1;
        SystemRegisters.Change_CONTEXTIDR_EL1(vcpu->CONTEXTIDR_EL1);
        SystemRegisters.Change_SCXTNUM_EL1(vcpu->SCXTNUM_EL1);
        SystemRegisters.Change_CNTKCTL_EL1(vcpu->CNTKCTL_EL1);
        SystemRegisters.Change_MDSCR_EL1(vcpu->MDSCR_EL1);
        if (Features.Sve)
        {
            SystemRegisters.Change_ZCR_EL1(vcpu->ZCR_EL1);
        }
        if (Features.Sme)
        {
            SystemRegisters.Change_SMCR_EL1(vcpu->SMCR_EL1);
        }
    }

    public static void SaveEl1(VirtualCpu* vcpu)
    {
        vcpu->SCTLR_EL1 = SystemRegisters.SCTLR_EL1;
        vcpu->ACTLR_EL1 = SystemRegisters.ACTLR_EL1;
        vcpu->CPACR_EL1 = SystemRegisters.CPACR_EL1;
        vcpu->TTBR0_EL1 = SystemRegisters.TTBR0_EL1;
        vcpu->TTBR1_EL1 = SystemRegisters.TTBR1_EL1;
        vcpu->TCR_EL1 = SystemRegisters.TCR_EL1;
        vcpu->SPSR_EL1 = SystemRegisters.SPSR_EL1;
        vcpu->ELR_EL1 = SystemRegisters.ELR_EL1;
        vcpu->SP_EL1 = SystemRegisters.SP_EL1;
        vcpu->AFSR0_EL1 = SystemRegisters.AFSR0_EL1;
        vcpu->AFSR1_EL1 = SystemRegisters.AFSR1_EL1;
        vcpu->ESR_EL1 = SystemRegisters.ESR_EL1;
        vcpu->FAR_EL1 = SystemRegisters.FAR_EL1;
        vcpu->MAIR_EL1 = SystemRegisters.MAIR_EL1;
        vcpu->AMAIR_EL1 = SystemRegisters.AMAIR_EL1;
        vcpu->VBAR_EL1 = SystemRegisters.VBAR_EL1;
        vcpu->CONTEXTIDR_EL1 = SystemRegisters.CONTEXTIDR_EL1;
        vcpu->SCXTNUM_EL1 = SystemRegisters.SCXTNUM_EL1;
        vcpu->CNTKCTL_EL1 = SystemRegisters.CNTKCTL_EL1;
        vcpu->MDSCR_EL1 = SystemRegisters.MDSCR_EL1;
        if (Features.Sve)
        {
            vcpu->ZCR_EL1 = SystemRegisters.ZCR_EL1;
        }
        if (Features.Sme)
        {
            vcpu->SMCR_EL1 = SystemRegisters.SMCR_EL1;
        }
    }

    public static void LoadCommon(VirtualCpu* vcpu)
    {
        SystemRegisters.SP_EL0 = vcpu->SP_EL0;
        SystemRegisters.TPIDR_EL0 = vcpu->TPIDR_EL0;
        SystemRegisters.TPIDRRO_EL0 = vcpu->TPIDRRO_EL0;
        SystemRegisters.TPIDR_EL1 = vcpu->TPIDR_EL1;
        SystemRegisters.SCXTNUM_EL0 = vcpu->SCXTNUM_EL0;
        SystemRegisters.PAR_EL1 = vcpu->PAR_EL1;
        SystemRegisters.CSSELR_EL1 = vcpu->CSSELR_EL1;
        SystemRegisters.DISR_EL1 = vcpu->DISR_EL1;
        SystemRegisters.APIAKeyLo_EL1 = vcpu->APIAKeyLo_EL1;
        SystemRegisters.APIAKeyHi_EL1 = vcpu->APIAKeyHi_EL1;
        SystemRegisters.APIBKeyLo_EL1 = vcpu->APIBKeyLo_EL1;
        SystemRegisters.APIBKeyHi_EL1 = vcpu->APIBKeyHi_EL1;
        SystemRegisters.APDAKeyLo_EL1 = vcpu->APDAKeyLo_EL1;
        SystemRegisters.APDAKeyHi_EL1 = vcpu->APDAKeyHi_EL1;
        SystemRegisters.APDBKeyLo_EL1 = vcpu->APDBKeyLo_EL1;
        SystemRegisters.APDBKeyHi_EL1 = vcpu->APDBKeyHi_EL1;
        SystemRegisters.APGAKeyLo_EL1 = vcpu->APGAKeyLo_EL1;
        SystemRegisters.APGAKeyHi_EL1 = vcpu->APGAKeyHi_EL1;
        SystemRegisters.DBGBVR0_EL1 = vcpu->DBGBVR0_EL1;
        SystemRegisters.DBGBVR1_EL1 = vcpu->DBGBVR1_EL1;
        SystemRegisters.DBGBVR2_EL1 = vcpu->DBGBVR2_EL1;
        SystemRegisters.DBGBVR3_EL1 = vcpu->DBGBVR3_EL1;
        SystemRegisters.DBGBVR4_EL1 = vcpu->DBGBVR4_EL1;
        SystemRegisters.DBGBVR5_EL1 = vcpu->DBGBVR5_EL1;
        SystemRegisters.DBGWVR0_EL1 = vcpu->DBGWVR0_EL1;
        SystemRegisters.DBGWVR1_EL1 = vcpu->DBGWVR1_EL1;
        SystemRegisters.DBGWVR2_EL1 = vcpu->DBGWVR2_EL1;
        SystemRegisters.DBGWVR3_EL1 = vcpu->DBGWVR3_EL1;
        if (Features.Sme)
        {
            SystemRegisters.TPIDR2_EL0 = vcpu->TPIDR2_EL0;
            SystemRegisters.SMPRI_EL1 = vcpu->SMPRI_EL1;
        }
    }

    public static void SaveCommon(VirtualCpu* vcpu)
    {
        vcpu->SP_EL0 = SystemRegisters.SP_EL0;
        vcpu->TPIDR_EL0 = SystemRegisters.TPIDR_EL0;
        vcpu->TPIDRRO_EL0 = SystemRegisters.TPIDRRO_EL0;
        vcpu->TPIDR_EL1 = SystemRegisters.TPIDR_EL1;
        vcpu->SCXTNUM_EL0 = SystemRegisters.SCXTNUM_EL0;
        vcpu->PAR_EL1 = SystemRegisters.PAR_EL1;
        vcpu->CSSELR_EL1 = SystemRegisters.CSSELR_EL1;
        vcpu->DISR_EL1 = SystemRegisters.DISR_EL1;
        vcpu->APIAKeyLo_EL1 = SystemRegisters.APIAKeyLo_EL1;
        vcpu->APIAKeyHi_EL1 = SystemRegisters.APIAKeyHi_EL1;
        vcpu->APIBKeyLo_EL1 = SystemRegisters.APIBKeyLo_EL1;
        vcpu->APIBKeyHi_EL1 = SystemRegisters.APIBKeyHi_EL1;
        vcpu->APDAKeyLo_EL1 = SystemRegisters.APDAKeyLo_EL1;
        vcpu->APDAKeyHi_EL1 = SystemRegisters.APDAKeyHi_EL1;
        vcpu->APDBKeyLo_EL1 = SystemRegisters.APDBKeyLo_EL1;
        vcpu->APDBKeyHi_EL1 = SystemRegisters.APDBKeyHi_EL1;
        vcpu->APGAKeyLo_EL1 = SystemRegisters.APGAKeyLo_EL1;
        vcpu->APGAKeyHi_EL1 = SystemRegisters.APGAKeyHi_EL1;
        vcpu->DBGBVR0_EL1 = SystemRegisters.DBGBVR0_EL1;
        vcpu->DBGBVR1_EL1 = SystemRegisters.DBGBVR1_EL1;
        vcpu->DBGBVR2_EL1 = SystemRegisters.DBGBVR2_EL1;
        vcpu->DBGBVR3_EL1 = SystemRegisters.DBGBVR3_EL1;
        vcpu->DBGBVR4_EL1 = SystemRegisters.DBGBVR4_EL1;
        vcpu->DBGBVR5_EL1 = SystemRegisters.DBGBVR5_EL1;
        vcpu->DBGWVR0_EL1 = SystemRegisters.DBGWVR0_EL1;
        vcpu->DBGWVR1_EL1 = SystemRegisters.DBGWVR1_EL1;
        vcpu->DBGWVR2_EL1 = SystemRegisters.DBGWVR2_EL1;
        vcpu->DBGWVR3_EL1 = SystemRegisters.DBGWVR3_EL1;
        if (Features.Sme)
        {
            vcpu->TPIDR2_EL0 = SystemRegisters.TPIDR2_EL0;
            vcpu->SMPRI_EL1 = SystemRegisters.SMPRI_EL1;
        }
    }

    public static void LoadEl2Vhe(VirtualCpu* vcpu, ulong hcr, ulong vttbr)
    {
        ulong newSCTLR_EL1 = vcpu->SCTLR_EL2;
        ulong newTTBR0_EL1 = vcpu->TTBR0_EL2;
        ulong newTTBR1_EL1 = vcpu->TTBR1_EL2;
        ulong newTCR_EL1 = vcpu->TCR_EL2;
        SystemRegisters.HCR_EL2 = hcr;
        SystemRegisters.Change_VTTBR_EL2(vttbr);
        SystemRegisters.Change_SCTLR_EL1(newSCTLR_EL1);
        SystemRegisters.Change_TTBR0_EL1(newTTBR0_EL1);
        SystemRegisters.Change_TTBR1_EL1(newTTBR1_EL1);
        SystemRegisters.Change_TCR_EL1(newTCR_EL1);
        SystemRegisters.SPSR_EL1 = vcpu->SPSR_EL2;
        SystemRegisters.ELR_EL1 = vcpu->ELR_EL2;
        SystemRegisters.SP_EL1 = vcpu->SP_EL2;
        SystemRegisters.CPACR_EL1 = vcpu->CPTR_EL2;
        SystemRegisters.Change_AFSR0_EL1(vcpu->AFSR0_EL2);
        SystemRegisters.Change_AFSR1_EL1(vcpu->AFSR1_EL2);
        SystemRegisters.ESR_EL1 = vcpu->ESR_EL2;
        SystemRegisters.FAR_EL1 = vcpu->FAR_EL2;
        SystemRegisters.Change_MAIR_EL1(vcpu->MAIR_EL2);
        SystemRegisters.Change_AMAIR_EL1(vcpu->AMAIR_EL2);
        SystemRegisters.VBAR_EL1 = vcpu->VBAR_EL2;
        SystemRegisters.Change_CONTEXTIDR_EL1(vcpu->CONTEXTIDR_EL2);
        SystemRegisters.Change_SCXTNUM_EL1(vcpu->SCXTNUM_EL2);
        SystemRegisters.Change_CNTKCTL_EL1(vcpu->CNTHCTL_EL2);
        if (Features.Sve)
        {
            SystemRegisters.Change_ZCR_EL1(vcpu->ZCR_EL2);
        }
        if (Features.Sme)
        {
            SystemRegisters.Change_SMCR_EL1(vcpu->SMCR_EL2);
        }
    }

    public static void SaveEl2Vhe(VirtualCpu* vcpu)
    {
        vcpu->SPSR_EL2 = SystemRegisters.SPSR_EL1;
        vcpu->ELR_EL2 = SystemRegisters.ELR_EL1;
        vcpu->SP_EL2 = SystemRegisters.SP_EL1;
        vcpu->SCTLR_EL2 = SystemRegisters.SCTLR_EL1;
        vcpu->CPTR_EL2 = SystemRegisters.CPACR_EL1;
        vcpu->TTBR0_EL2 = SystemRegisters.TTBR0_EL1;
        vcpu->TTBR1_EL2 = SystemRegisters.TTBR1_EL1;
        vcpu->TCR_EL2 = SystemRegisters.TCR_EL1;
        vcpu->AFSR0_EL2 = SystemRegisters.AFSR0_EL1;
        vcpu->AFSR1_EL2 = SystemRegisters.AFSR1_EL1;
        vcpu->ESR_EL2 = SystemRegisters.ESR_EL1;
        vcpu->FAR_EL2 = SystemRegisters.FAR_EL1;
        vcpu->MAIR_EL2 = SystemRegisters.MAIR_EL1;
        vcpu->AMAIR_EL2 = SystemRegisters.AMAIR_EL1;
        vcpu->VBAR_EL2 = SystemRegisters.VBAR_EL1;
        vcpu->CONTEXTIDR_EL2 = SystemRegisters.CONTEXTIDR_EL1;
        vcpu->SCXTNUM_EL2 = SystemRegisters.SCXTNUM_EL1;
        vcpu->CNTHCTL_EL2 = SystemRegisters.CNTKCTL_EL1;
        if (Features.Sve)
        {
            vcpu->ZCR_EL2 = SystemRegisters.ZCR_EL1;
        }
        if (Features.Sme)
        {
            vcpu->SMCR_EL2 = SystemRegisters.SMCR_EL1;
        }
    }

    public static void LoadEl2Nvhe(VirtualCpu* vcpu, ulong hcr, ulong vttbr)
    {
        ulong newSCTLR_EL1 = Conversions.SCTLR_EL2(vcpu->SCTLR_EL2);
        ulong newTTBR0_EL1 = vcpu->TTBR0_EL2;
        ulong newTTBR1_EL1 = vcpu->TTBR1_EL2;
        ulong newTCR_EL1 = Conversions.TCR_EL2(vcpu->TCR_EL2);
        SystemRegisters.HCR_EL2 = hcr;
        SystemRegisters.Change_VTTBR_EL2(vttbr);
        SystemRegisters.Change_SCTLR_EL1(newSCTLR_EL1);
        SystemRegisters.Change_TTBR0_EL1(newTTBR0_EL1);
        SystemRegisters.Change_TTBR1_EL1(newTTBR1_EL1);
        SystemRegisters.Change_TCR_EL1(newTCR_EL1);
        SystemRegisters.SPSR_EL1 = vcpu->SPSR_EL2;
        SystemRegisters.ELR_EL1 = vcpu->ELR_EL2;
        SystemRegisters.SP_EL1 = vcpu->SP_EL2;
        SystemRegisters.CPACR_EL1 = Conversions.CPTR_EL2(vcpu->CPTR_EL2);
        SystemRegisters.Change_AFSR0_EL1(vcpu->AFSR0_EL2);
        SystemRegisters.Change_AFSR1_EL1(vcpu->AFSR1_EL2);
        SystemRegisters.ESR_EL1 = vcpu->ESR_EL2;
        SystemRegisters.FAR_EL1 = vcpu->FAR_EL2;
        SystemRegisters.Change_MAIR_EL1(vcpu->MAIR_EL2);
        SystemRegisters.Change_AMAIR_EL1(vcpu->AMAIR_EL2);
        SystemRegisters.VBAR_EL1 = vcpu->VBAR_EL2;
        SystemRegisters.Change_CONTEXTIDR_EL1(vcpu->CONTEXTIDR_EL2);
        SystemRegisters.Change_SCXTNUM_EL1(vcpu->SCXTNUM_EL2);
        SystemRegisters.Change_CNTKCTL_EL1(vcpu->CNTKCTL_EL1);
        if (Features.Sve)
        {
            SystemRegisters.Change_ZCR_EL1(vcpu->ZCR_EL2);
        }
        if (Features.Sme)
        {
            SystemRegisters.Change_SMCR_EL1(vcpu->SMCR_EL2);
        }
    }

    public static void SaveEl2Nvhe(VirtualCpu* vcpu)
    {
        vcpu->SPSR_EL2 = SystemRegisters.SPSR_EL1;
        vcpu->ELR_EL2 = SystemRegisters.ELR_EL1;
        vcpu->SP_EL2 = SystemRegisters.SP_EL1;
        vcpu->TTBR0_EL2 = SystemRegisters.TTBR0_EL1;
        vcpu->TTBR1_EL2 = SystemRegisters.TTBR1_EL1;
        vcpu->AFSR0_EL2 = SystemRegisters.AFSR0_EL1;
        vcpu->AFSR1_EL2 = SystemRegisters.AFSR1_EL1;
        vcpu->ESR_EL2 = SystemRegisters.ESR_EL1;
        vcpu->FAR_EL2 = SystemRegisters.FAR_EL1;
        vcpu->MAIR_EL2 = SystemRegisters.MAIR_EL1;
        vcpu->AMAIR_EL2 = SystemRegisters.AMAIR_EL1;
        vcpu->VBAR_EL2 = SystemRegisters.VBAR_EL1;
        vcpu->CONTEXTIDR_EL2 = SystemRegisters.CONTEXTIDR_EL1;
        vcpu->SCXTNUM_EL2 = SystemRegisters.SCXTNUM_EL1;
        vcpu->CNTKCTL_EL1 = SystemRegisters.CNTKCTL_EL1;
        if (Features.Sve)
        {
            vcpu->ZCR_EL2 = SystemRegisters.ZCR_EL1;
        }
        if (Features.Sme)
        {
            vcpu->SMCR_EL2 = SystemRegisters.SMCR_EL1;
        }
    }

    public static ulong ReadShadow(Register register)
    {
        switch (register)
        {
            case Register.SPSR_EL2: return SystemRegisters.SPSR_EL1;
            case Register.ELR_EL2: return SystemRegisters.ELR_EL1;
            case Register.SP_EL2: return SystemRegisters.SP_EL1;
            case Register.SCTLR_EL2: return SystemRegisters.SCTLR_EL1;
            case Register.CPTR_EL2: return SystemRegisters.CPACR_EL1;
            case Register.ZCR_EL2: if (!Features.Sve) { return 0; } return SystemRegisters.ZCR_EL1;
            case Register.SMCR_EL2: if (!Features.Sme) { return 0; } return SystemRegisters.SMCR_EL1;
            case Register.TTBR0_EL2: return SystemRegisters.TTBR0_EL1;
            case Register.TTBR1_EL2: return SystemRegisters.TTBR1_EL1;
            case Register.TCR_EL2: return SystemRegisters.TCR_EL1;
            case Register.AFSR0_EL2: return SystemRegisters.AFSR0_EL1;
            case Register.AFSR1_EL2: return SystemRegisters.AFSR1_EL1;
            case Register.ESR_EL2: return SystemRegisters.ESR_EL1;
            case Register.FAR_EL2: return SystemRegisters.FAR_EL1;
            case Register.MAIR_EL2: return SystemRegisters.MAIR_EL1;
            case Register.AMAIR_EL2: return SystemRegisters.AMAIR_EL1;
            case Register.VBAR_EL2: return SystemRegisters.VBAR_EL1;
            case Register.CONTEXTIDR_EL2: return SystemRegisters.CONTEXTIDR_EL1;
            case Register.SCXTNUM_EL2: return SystemRegisters.SCXTNUM_EL1;
            case Register.CNTHCTL_EL2: return SystemRegisters.CNTKCTL_EL1;
            default: return 0;
        }
    }

    /// <summary>Reads a register at virtual EL2 with E2H=1 by what <see cref="RegisterTable.Quick"/> says of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadQuick(VirtualCpu* vcpu, ulong slot)
    {
        switch (RegisterTable.Quick(slot))
        {
            case 0: return SystemRegisters.CPACR_EL1;
            case 1: return SystemRegisters.TTBR0_EL1;
            case 2: return SystemRegisters.TTBR1_EL1;
            case 3: return SystemRegisters.TCR_EL1;
            case 4: return SystemRegisters.AFSR0_EL1;
            case 5: return SystemRegisters.AFSR1_EL1;
            case 6: return SystemRegisters.ESR_EL1;
            case 7: return SystemRegisters.FAR_EL1;
            case 8: return SystemRegisters.MAIR_EL1;
            case 9: return SystemRegisters.AMAIR_EL1;
            case 10: return SystemRegisters.VBAR_EL1;
            case 11: return SystemRegisters.CONTEXTIDR_EL1;
            case 12: return SystemRegisters.SCXTNUM_EL1;
            case 13: return SystemRegisters.CNTKCTL_EL1;
            default: return *RegisterAccess.Stored(vcpu, (Register)RegisterTable.Found(slot));
        }
    }

    public static void WriteShadowVhe(Register register, ulong value)
    {
        switch (register)
        {
            case Register.SPSR_EL2: SystemRegisters.SPSR_EL1 = value; return;
            case Register.ELR_EL2: SystemRegisters.ELR_EL1 = value; return;
            case Register.SP_EL2: SystemRegisters.SP_EL1 = value; return;
            case Register.SCTLR_EL2: SystemRegisters.SCTLR_EL1 = value; return;
            case Register.CPTR_EL2: SystemRegisters.CPACR_EL1 = value; return;
            case Register.ZCR_EL2: if (!Features.Sve) { return; } SystemRegisters.ZCR_EL1 = value; return;
            case Register.SMCR_EL2: if (!Features.Sme) { return; } SystemRegisters.SMCR_EL1 = value; return;
            case Register.TTBR0_EL2: SystemRegisters.TTBR0_EL1 = value; return;
            case Register.TTBR1_EL2: SystemRegisters.TTBR1_EL1 = value; return;
            case Register.TCR_EL2: SystemRegisters.TCR_EL1 = value; return;
            case Register.AFSR0_EL2: SystemRegisters.AFSR0_EL1 = value; return;
            case Register.AFSR1_EL2: SystemRegisters.AFSR1_EL1 = value; return;
            case Register.ESR_EL2: SystemRegisters.ESR_EL1 = value; return;
            case Register.FAR_EL2: SystemRegisters.FAR_EL1 = value; return;
            case Register.MAIR_EL2: SystemRegisters.MAIR_EL1 = value; return;
            case Register.AMAIR_EL2: SystemRegisters.AMAIR_EL1 = value; return;
            case Register.VBAR_EL2: SystemRegisters.VBAR_EL1 = value; return;
            case Register.CONTEXTIDR_EL2: SystemRegisters.CONTEXTIDR_EL1 = value; return;
            case Register.SCXTNUM_EL2: SystemRegisters.SCXTNUM_EL1 = value; return;
            case Register.CNTHCTL_EL2: SystemRegisters.CNTKCTL_EL1 = value; return;
            default: return;
        }
    }

    public static void WriteShadowNvhe(Register register, ulong value)
    {
        switch (register)
        {
            case Register.SPSR_EL2: SystemRegisters.SPSR_EL1 = value; return;
            case Register.ELR_EL2: SystemRegisters.ELR_EL1 = value; return;
            case Register.SP_EL2: SystemRegisters.SP_EL1 = value; return;
            case Register.SCTLR_EL2: SystemRegisters.SCTLR_EL1 = Conversions.SCTLR_EL2(value); return;
            case Register.CPTR_EL2: SystemRegisters.CPACR_EL1 = Conversions.CPTR_EL2(value); return;
            case Register.ZCR_EL2: if (!Features.Sve) { return; } SystemRegisters.ZCR_EL1 = value; return;
            case Register.SMCR_EL2: if (!Features.Sme) { return; } SystemRegisters.SMCR_EL1 = value; return;
            case Register.TTBR0_EL2: SystemRegisters.TTBR0_EL1 = value; return;
            case Register.TTBR1_EL2: SystemRegisters.TTBR1_EL1 = value; return;
            case Register.TCR_EL2: SystemRegisters.TCR_EL1 = Conversions.TCR_EL2(value); return;
            case Register.AFSR0_EL2: SystemRegisters.AFSR0_EL1 = value; return;
            case Register.AFSR1_EL2: SystemRegisters.AFSR1_EL1 = value; return;
            case Register.ESR_EL2: SystemRegisters.ESR_EL1 = value; return;
            case Register.FAR_EL2: SystemRegisters.FAR_EL1 = value; return;
            case Register.MAIR_EL2: SystemRegisters.MAIR_EL1 = value; return;
            case Register.AMAIR_EL2: SystemRegisters.AMAIR_EL1 = value; return;
            case Register.VBAR_EL2: SystemRegisters.VBAR_EL1 = value; return;
            case Register.CONTEXTIDR_EL2: SystemRegisters.CONTEXTIDR_EL1 = value; return;
            case Register.SCXTNUM_EL2: SystemRegisters.SCXTNUM_EL1 = value; return;
            default: return;
        }
    }

    public static ulong ReadHardware(Register register)
    {
        switch (register)
        {
            case Register.SCTLR_EL1: return SystemRegisters.SCTLR_EL1;
            case Register.ACTLR_EL1: return SystemRegisters.ACTLR_EL1;
            case Register.CPACR_EL1: return SystemRegisters.CPACR_EL1;
            case Register.ZCR_EL1: if (!Features.Sve) { return 0; } return SystemRegisters.ZCR_EL1;
            case Register.SMCR_EL1: if (!Features.Sme) { return 0; } return SystemRegisters.SMCR_EL1;
            case Register.TTBR0_EL1: return SystemRegisters.TTBR0_EL1;
            case Register.TTBR1_EL1: return SystemRegisters.TTBR1_EL1;
            case Register.TCR_EL1: return SystemRegisters.TCR_EL1;
            case Register.SPSR_EL1: return SystemRegisters.SPSR_EL1;
            case Register.ELR_EL1: return SystemRegisters.ELR_EL1;
            case Register.SP_EL1: return SystemRegisters.SP_EL1;
            case Register.AFSR0_EL1: return SystemRegisters.AFSR0_EL1;
            case Register.AFSR1_EL1: return SystemRegisters.AFSR1_EL1;
            case Register.ESR_EL1: return SystemRegisters.ESR_EL1;
            case Register.FAR_EL1: return SystemRegisters.FAR_EL1;
            case Register.MAIR_EL1: return SystemRegisters.MAIR_EL1;
            case Register.AMAIR_EL1: return SystemRegisters.AMAIR_EL1;
            case Register.VBAR_EL1: return SystemRegisters.VBAR_EL1;
            case Register.CONTEXTIDR_EL1: return SystemRegisters.CONTEXTIDR_EL1;
            case Register.SCXTNUM_EL1: return SystemRegisters.SCXTNUM_EL1;
            case Register.CNTKCTL_EL1: return SystemRegisters.CNTKCTL_EL1;
            case Register.MDSCR_EL1: return SystemRegisters.MDSCR_EL1;
            case Register.SP_EL0: return SystemRegisters.SP_EL0;
            case Register.TPIDR_EL0: return SystemRegisters.TPIDR_EL0;
            case Register.TPIDRRO_EL0: return SystemRegisters.TPIDRRO_EL0;
            case Register.TPIDR_EL1: return SystemRegisters.TPIDR_EL1;
            case Register.TPIDR2_EL0: if (!Features.Sme) { return 0; } return SystemRegisters.TPIDR2_EL0;
            case Register.SCXTNUM_EL0: return SystemRegisters.SCXTNUM_EL0;
            case Register.PAR_EL1: return SystemRegisters.PAR_EL1;
            case Register.CSSELR_EL1: return SystemRegisters.CSSELR_EL1;
            case Register.SMPRI_EL1: if (!Features.Sme) { return 0; } return SystemRegisters.SMPRI_EL1;
            case Register.DISR_EL1: return SystemRegisters.DISR_EL1;
            case Register.APIAKeyLo_EL1: return SystemRegisters.APIAKeyLo_EL1;
            case Register.APIAKeyHi_EL1: return SystemRegisters.APIAKeyHi_EL1;
            case Register.APIBKeyLo_EL1: return SystemRegisters.APIBKeyLo_EL1;
            case Register.APIBKeyHi_EL1: return SystemRegisters.APIBKeyHi_EL1;
            case Register.APDAKeyLo_EL1: return SystemRegisters.APDAKeyLo_EL1;
            case Register.APDAKeyHi_EL1: return SystemRegisters.APDAKeyHi_EL1;
            case Register.APDBKeyLo_EL1: return SystemRegisters.APDBKeyLo_EL1;
            case Register.APDBKeyHi_EL1: return SystemRegisters.APDBKeyHi_EL1;
            case Register.APGAKeyLo_EL1: return SystemRegisters.APGAKeyLo_EL1;
            case Register.APGAKeyHi_EL1: return SystemRegisters.APGAKeyHi_EL1;
            case Register.DBGBVR0_EL1: return SystemRegisters.DBGBVR0_EL1;
            case Register.DBGBVR1_EL1: return SystemRegisters.DBGBVR1_EL1;
            case Register.DBGBVR2_EL1: return SystemRegisters.DBGBVR2_EL1;
            case Register.DBGBVR3_EL1: return SystemRegisters.DBGBVR3_EL1;
            case Register.DBGBVR4_EL1: return SystemRegisters.DBGBVR4_EL1;
            case Register.DBGBVR5_EL1: return SystemRegisters.DBGBVR5_EL1;
            case Register.DBGWVR0_EL1: return SystemRegisters.DBGWVR0_EL1;
            case Register.DBGWVR1_EL1: return SystemRegisters.DBGWVR1_EL1;
            case Register.DBGWVR2_EL1: return SystemRegisters.DBGWVR2_EL1;
            case Register.DBGWVR3_EL1: return SystemRegisters.DBGWVR3_EL1;
            case Register.DBGBCR0_EL1: return SystemRegisters.DBGBCR0_EL1;
            case Register.DBGBCR1_EL1: return SystemRegisters.DBGBCR1_EL1;
            case Register.DBGBCR2_EL1: return SystemRegisters.DBGBCR2_EL1;
            case Register.DBGBCR3_EL1: return SystemRegisters.DBGBCR3_EL1;
            case Register.DBGBCR4_EL1: return SystemRegisters.DBGBCR4_EL1;
            case Register.DBGBCR5_EL1: return SystemRegisters.DBGBCR5_EL1;
            case Register.DBGWCR0_EL1: return SystemRegisters.DBGWCR0_EL1;
            case Register.DBGWCR1_EL1: return SystemRegisters.DBGWCR1_EL1;
            case Register.DBGWCR2_EL1: return SystemRegisters.DBGWCR2_EL1;
            case Register.DBGWCR3_EL1: return SystemRegisters.DBGWCR3_EL1;
            default: return 0;
        }
    }

    public static void WriteHardware(Register register, ulong value)
    {
        switch (register)
        {
            case Register.SCTLR_EL1: SystemRegisters.SCTLR_EL1 = value; return;
            case Register.ACTLR_EL1: SystemRegisters.ACTLR_EL1 = value; return;
            case Register.CPACR_EL1: SystemRegisters.CPACR_EL1 = value; return;
            case Register.ZCR_EL1: if (!Features.Sve) { return; } SystemRegisters.ZCR_EL1 = value; return;
            case Register.SMCR_EL1: if (!Features.Sme) { return; } SystemRegisters.SMCR_EL1 = value; return;
            case Register.TTBR0_EL1: SystemRegisters.TTBR0_EL1 = value; return;
            case Register.TTBR1_EL1: SystemRegisters.TTBR1_EL1 = value; return;
            case Register.TCR_EL1: SystemRegisters.TCR_EL1 = value; return;
            case Register.SPSR_EL1: SystemRegisters.SPSR_EL1 = value; return;
            case Register.ELR_EL1: SystemRegisters.ELR_EL1 = value; return;
            case Register.SP_EL1: SystemRegisters.SP_EL1 = value; return;
            case Register.AFSR0_EL1: SystemRegisters.AFSR0_EL1 = value; return;
            case Register.AFSR1_EL1: SystemRegisters.AFSR1_EL1 = value; return;
            case Register.ESR_EL1: SystemRegisters.ESR_EL1 = value; return;
            case Register.FAR_EL1: SystemRegisters.FAR_EL1 = value; return;
            case Register.MAIR_EL1: SystemRegisters.MAIR_EL1 = value; return;
            case Register.AMAIR_EL1: SystemRegisters.AMAIR_EL1 = value; return;
            case Register.VBAR_EL1: SystemRegisters.VBAR_EL1 = value; return;
            case Register.CONTEXTIDR_EL1: SystemRegisters.CONTEXTIDR_EL1 = value; return;
            case Register.SCXTNUM_EL1: SystemRegisters.SCXTNUM_EL1 = value; return;
            case Register.CNTKCTL_EL1: SystemRegisters.CNTKCTL_EL1 = value; return;
            case Register.MDSCR_EL1: SystemRegisters.MDSCR_EL1 = value; return;
            case Register.SP_EL0: SystemRegisters.SP_EL0 = value; return;
            case Register.TPIDR_EL0: SystemRegisters.TPIDR_EL0 = value; return;
            case Register.TPIDRRO_EL0: SystemRegisters.TPIDRRO_EL0 = value; return;
            case Register.TPIDR_EL1: SystemRegisters.TPIDR_EL1 = value; return;
            case Register.TPIDR2_EL0: if (!Features.Sme) { return; } SystemRegisters.TPIDR2_EL0 = value; return;
            case Register.SCXTNUM_EL0: SystemRegisters.SCXTNUM_EL0 = value; return;
            case Register.PAR_EL1: SystemRegisters.PAR_EL1 = value; return;
            case Register.CSSELR_EL1: SystemRegisters.CSSELR_EL1 = value; return;
            case Register.SMPRI_EL1: if (!Features.Sme) { return; } SystemRegisters.SMPRI_EL1 = value; return;
            case Register.DISR_EL1: SystemRegisters.DISR_EL1 = value; return;
            case Register.APIAKeyLo_EL1: SystemRegisters.APIAKeyLo_EL1 = value; return;
            case Register.APIAKeyHi_EL1: SystemRegisters.APIAKeyHi_EL1 = value; return;
            case Register.APIBKeyLo_EL1: SystemRegisters.APIBKeyLo_EL1 = value; return;
            case Register.APIBKeyHi_EL1: SystemRegisters.APIBKeyHi_EL1 = value; return;
            case Register.APDAKeyLo_EL1: SystemRegisters.APDAKeyLo_EL1 = value; return;
            case Register.APDAKeyHi_EL1: SystemRegisters.APDAKeyHi_EL1 = value; return;
            case Register.APDBKeyLo_EL1: SystemRegisters.APDBKeyLo_EL1 = value; return;
            case Register.APDBKeyHi_EL1: SystemRegisters.APDBKeyHi_EL1 = value; return;
            case Register.APGAKeyLo_EL1: SystemRegisters.APGAKeyLo_EL1 = value; return;
            case Register.APGAKeyHi_EL1: SystemRegisters.APGAKeyHi_EL1 = value; return;
            case Register.DBGBVR0_EL1: SystemRegisters.DBGBVR0_EL1 = value; return;
            case Register.DBGBVR1_EL1: SystemRegisters.DBGBVR1_EL1 = value; return;
            case Register.DBGBVR2_EL1: SystemRegisters.DBGBVR2_EL1 = value; return;
            case Register.DBGBVR3_EL1: SystemRegisters.DBGBVR3_EL1 = value; return;
            case Register.DBGBVR4_EL1: SystemRegisters.DBGBVR4_EL1 = value; return;
            case Register.DBGBVR5_EL1: SystemRegisters.DBGBVR5_EL1 = value; return;
            case Register.DBGWVR0_EL1: SystemRegisters.DBGWVR0_EL1 = value; return;
            case Register.DBGWVR1_EL1: SystemRegisters.DBGWVR1_EL1 = value; return;
            case Register.DBGWVR2_EL1: SystemRegisters.DBGWVR2_EL1 = value; return;
            case Register.DBGWVR3_EL1: SystemRegisters.DBGWVR3_EL1 = value; return;
            case Register.DBGBCR0_EL1: SystemRegisters.DBGBCR0_EL1 = value; return;
            case Register.DBGBCR1_EL1: SystemRegisters.DBGBCR1_EL1 = value; return;
            case Register.DBGBCR2_EL1: SystemRegisters.DBGBCR2_EL1 = value; return;
            case Register.DBGBCR3_EL1: SystemRegisters.DBGBCR3_EL1 = value; return;
            case Register.DBGBCR4_EL1: SystemRegisters.DBGBCR4_EL1 = value; return;
            case Register.DBGBCR5_EL1: SystemRegisters.DBGBCR5_EL1 = value; return;
            case Register.DBGWCR0_EL1: SystemRegisters.DBGWCR0_EL1 = value; return;
            case Register.DBGWCR1_EL1: SystemRegisters.DBGWCR1_EL1 = value; return;
            case Register.DBGWCR2_EL1: SystemRegisters.DBGWCR2_EL1 = value; return;
            case Register.DBGWCR3_EL1: SystemRegisters.DBGWCR3_EL1 = value; return;
            default: return;
        }
    }

    public static ulong ReadIdentification(Register register)
    {
        switch (register)
        {
            case Register.MIDR_EL1: return SystemRegisters.MIDR_EL1;
            case Register.MPIDR_EL1: return SystemRegisters.MPIDR_EL1;
            case Register.REVIDR_EL1: return SystemRegisters.REVIDR_EL1;
            case Register.CCSIDR_EL1: return SystemRegisters.CCSIDR_EL1;
            case Register.CLIDR_EL1: return SystemRegisters.CLIDR_EL1;
            case Register.CCSIDR2_EL1: return SystemRegisters.CCSIDR2_EL1;
            case Register.SMIDR_EL1: return SystemRegisters.SMIDR_EL1;
            case Register.AIDR_EL1: return SystemRegisters.AIDR_EL1;
            case Register.CTR_EL0: return SystemRegisters.CTR_EL0;
            case Register.DCZID_EL0: return SystemRegisters.DCZID_EL0;
            case Register.ID_AA64PFR0_EL1: return SystemRegisters.ID_AA64PFR0_EL1;
            case Register.ID_AA64PFR1_EL1: return SystemRegisters.ID_AA64PFR1_EL1;
            case Register.ID_AA64PFR2_EL1: return SystemRegisters.ID_AA64PFR2_EL1;
            case Register.ID_AA64ZFR0_EL1: return SystemRegisters.ID_AA64ZFR0_EL1;
            case Register.ID_AA64SMFR0_EL1: return SystemRegisters.ID_AA64SMFR0_EL1;
            case Register.ID_AA64FPFR0_EL1: return SystemRegisters.ID_AA64FPFR0_EL1;
            case Register.ID_AA64DFR0_EL1: return SystemRegisters.ID_AA64DFR0_EL1;
            case Register.ID_AA64DFR1_EL1: return SystemRegisters.ID_AA64DFR1_EL1;
            case Register.ID_AA64AFR0_EL1: return SystemRegisters.ID_AA64AFR0_EL1;
            case Register.ID_AA64AFR1_EL1: return SystemRegisters.ID_AA64AFR1_EL1;
            case Register.ID_AA64ISAR0_EL1: return SystemRegisters.ID_AA64ISAR0_EL1;
            case Register.ID_AA64ISAR1_EL1: return SystemRegisters.ID_AA64ISAR1_EL1;
            case Register.ID_AA64ISAR2_EL1: return SystemRegisters.ID_AA64ISAR2_EL1;
            case Register.ID_AA64ISAR3_EL1: return SystemRegisters.ID_AA64ISAR3_EL1;
            case Register.ID_AA64MMFR0_EL1: return SystemRegisters.ID_AA64MMFR0_EL1;
            case Register.ID_AA64MMFR1_EL1: return SystemRegisters.ID_AA64MMFR1_EL1;
            case Register.ID_AA64MMFR2_EL1: return SystemRegisters.ID_AA64MMFR2_EL1;
            case Register.ID_AA64MMFR3_EL1: return SystemRegisters.ID_AA64MMFR3_EL1;
            case Register.ID_AA64MMFR4_EL1: return SystemRegisters.ID_AA64MMFR4_EL1;
            case Register.ID_PFR0_EL1: return SystemRegisters.ID_PFR0_EL1;
            case Register.ID_PFR1_EL1: return SystemRegisters.ID_PFR1_EL1;
            case Register.ID_DFR0_EL1: return SystemRegisters.ID_DFR0_EL1;
            case Register.ID_AFR0_EL1: return SystemRegisters.ID_AFR0_EL1;
            case Register.ID_MMFR0_EL1: return SystemRegisters.ID_MMFR0_EL1;
            case Register.ID_MMFR1_EL1: return SystemRegisters.ID_MMFR1_EL1;
            case Register.ID_MMFR2_EL1: return SystemRegisters.ID_MMFR2_EL1;
            case Register.ID_MMFR3_EL1: return SystemRegisters.ID_MMFR3_EL1;
            case Register.ID_ISAR0_EL1: return SystemRegisters.ID_ISAR0_EL1;
            case Register.ID_ISAR1_EL1: return SystemRegisters.ID_ISAR1_EL1;
            case Register.ID_ISAR2_EL1: return SystemRegisters.ID_ISAR2_EL1;
            case Register.ID_ISAR3_EL1: return SystemRegisters.ID_ISAR3_EL1;
            case Register.ID_ISAR4_EL1: return SystemRegisters.ID_ISAR4_EL1;
            case Register.ID_ISAR5_EL1: return SystemRegisters.ID_ISAR5_EL1;
            case Register.ID_MMFR4_EL1: return SystemRegisters.ID_MMFR4_EL1;
            case Register.ID_ISAR6_EL1: return SystemRegisters.ID_ISAR6_EL1;
            case Register.MVFR0_EL1: return SystemRegisters.MVFR0_EL1;
            case Register.MVFR1_EL1: return SystemRegisters.MVFR1_EL1;
            case Register.MVFR2_EL1: return SystemRegisters.MVFR2_EL1;
            case Register.ID_PFR2_EL1: return SystemRegisters.ID_PFR2_EL1;
            case Register.ID_DFR1_EL1: return SystemRegisters.ID_DFR1_EL1;
            case Register.ID_MMFR5_EL1: return SystemRegisters.ID_MMFR5_EL1;
            default: return 0;
        }
    }
}
