// Breakpoints, watchpoints and single steps that a guest sets for itself (Arm ARM D2). Virtual EL2 runs at the machine's EL1, so
// hardware would take EL2's points for nobody's and EL1's points for EL2's.
//
// Invariants:
// - Stored DBGBCR<n>_EL1 and DBGWCR<n>_EL1 are the guest's, and every access traps. Hardware has those that are for the present
//   context, with EL1 in the place of virtual EL2; while no point is enabled, hardware has any that are not enabled either.
// - At EL1, hardware has the guest's MDSCR_EL1. At virtual EL2 the stored one is the guest's, and every write traps. Hardware has
//   it without SS, MDE and KDE while EL2 is not the target of debug exceptions (MDCR_EL2.TDE, HCR_EL2.TGE).
// - The OS lock is one of the machine's CPU: it moves with the vCPU.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Self-hosted debug of a vCPU. Only for the loaded vCPU.</summary>
public static unsafe class SelfHostedDebug
{
    /// <summary>HDFGRTR_EL2 and HDFGWTR_EL2: DBGBCR&lt;n&gt;_EL1 and DBGWCR&lt;n&gt;_EL1.</summary>
    internal const ulong TrapPoints = (1UL << 0) | (1UL << 2);

    /// <summary>HDFGRTR_EL2 and HDFGWTR_EL2: MDSCR_EL1.</summary>
    internal const ulong TrapStatus = 1UL << 4;

    private const ulong Step = 1UL << 0;                // MDSCR_EL1.SS
    private const ulong KernelDebug = 1UL << 13;        // MDSCR_EL1.KDE
    private const ulong MonitorDebug = 1UL << 15;       // MDSCR_EL1.MDE
    private const ulong RouteToEl2 = 1UL << 8;          // MDCR_EL2.TDE
    private const ulong Locked = 1UL << 1;              // OSLSR_EL1.OSLK

    // DBGBCR<n>_EL1 and DBGWCR<n>_EL1 alike: E, PMC or PAC, HMC, SSC.
    private const ulong Enabled = 1;
    private const ulong AtEl1 = 1UL << 1;
    private const ulong AtEl0 = 1UL << 2;
    private const ulong Higher = 1UL << 13;
    private const ulong SecurityMask = 3UL << 14;
    private const ulong SecureOnly = 2UL << 14;

    // DBGBCR<n>_EL1.BT, without the bit that says whether it is linked.
    private const int TypeShift = 20;
    private const ulong TypeMask = 0xeUL << TypeShift;
    private const ulong OfContext = 0x2UL << TypeShift;
    private const ulong OfContextEl1 = 0x6UL << TypeShift;
    private const ulong OfContextEl2 = 0xcUL << TypeShift;

    /// <summary>Whether an MDSCR_EL1 lets a debug exception come from the level that is its target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsArmed(ulong status) => (status & KernelDebug) != 0 && (status & (Step | MonitorDebug)) != 0;

    /// <summary>The vCPU is loaded, its bank of registers included.</summary>
    internal static void Load(VirtualCpu* vcpu)
    {
        PerCpu* cpu = vcpu->Cpu;
        SystemRegisters.OSLAR_EL1 = vcpu->IsOsLocked ? 1UL : 0;
        if (vcpu->HasPoints || cpu->HasPoints)
        {
            LoadPoints(vcpu);
            cpu->HasPoints = vcpu->HasPoints;
        }

        SystemRegisters.Change_MDSCR_EL1(Status(vcpu));
    }

    /// <summary>The vCPU is about to be unloaded.</summary>
    internal static void Save(VirtualCpu* vcpu) => vcpu->IsOsLocked = (SystemRegisters.OSLSR_EL1 & Locked) != 0;

    /// <summary>The context has changed, and hardware has that context's registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Switch(VirtualCpu* vcpu)
    {
        if (vcpu->HasPoints)
        {
            LoadPoints(vcpu);
        }

        ulong status = vcpu->MDSCR_EL1;
        if (vcpu->Context != Context.El1 && (IsArmed(status) || SystemRegisters.MDSCR_EL1 != status))
        {
            SystemRegisters.Change_MDSCR_EL1(Status(vcpu));
        }
    }

    /// <summary>At virtual EL2, MDSCR_EL1, MDCR_EL2.TDE or HCR_EL2.TGE has changed.</summary>
    internal static void Follow(VirtualCpu* vcpu)
    {
        if (vcpu->Context == Context.El1)
        {
            return;
        }

        if (vcpu->DebugControls != 0)
        {
            VcpuDebug.ChangeGuestMdscr(vcpu, Status(vcpu));
        }
        else
        {
            SystemRegisters.Change_MDSCR_EL1(Status(vcpu));
        }

        SystemRegisters.Change_VNCR_EL2(GuestVncrPage.ForHardware(vcpu));
    }

    /// <summary>A trapped access to MDSCR_EL1, DBGBCR&lt;n&gt;_EL1 or DBGWCR&lt;n&gt;_EL1.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="register">Which of them.</param>
    /// <param name="syndrome">Rt and the direction.</param>
    internal static void Access(VirtualCpu* vcpu, Register register, ulong syndrome)
    {
        bool isRead = (syndrome & 1) != 0;
        SystemRegisterTrap.Move(vcpu, register, syndrome);
        if (isRead)
        {
            return;
        }

        if (register == Register.MDSCR_EL1)
        {
            Follow(vcpu);
        }
        else
        {
            // Hardware knows which bits there are.
            ulong* stored = RegisterAccess.Stored(vcpu, register);
            RegisterBanks.WriteHardware(register, *stored);
            *stored = RegisterBanks.ReadHardware(register);
            vcpu->Cpu->HasPoints = vcpu->HasPoints;
            LoadPoints(vcpu);
        }
    }

    /// <summary>Stored DBGBCR&lt;n&gt;_EL1 or DBGWCR&lt;n&gt;_EL1 have changed.</summary>
    internal static void Count(VirtualCpu* vcpu)
    {
        ulong any = 0;
        for (Register register = Register.DBGBCR0_EL1; register <= Register.DBGWCR3_EL1; register += 2)
        {
            any |= *RegisterAccess.Stored(vcpu, register);
        }

        vcpu->HasPoints = (any & Enabled) != 0;
    }

    /// <summary>
    /// PSTATE.SS after an exception return of virtual EL2: none where a debug exception could have come before it or none can come
    /// behind it, as DebugExceptionReturnSS of the Arm ARM says. Hardware does the same, but an exception that Nestor delivers before
    /// the first instruction saves what is here.
    /// </summary>
    internal static ulong WithoutStep(VirtualCpu* vcpu, ulong spsr)
    {
        // The OS lock does not count: QEMU steps in spite of it, and where it holds, no step comes whatever the bit says.
        ulong status = vcpu->MDSCR_EL1;
        bool isKept = (status & Step) != 0
            && !CanStep(vcpu, status, vcpu->Pstate, 2) && CanStep(vcpu, status, spsr, spsr >> 2 & 3);
        return isKept ? spsr : spsr & ~Pstate.Ss;
    }

    // Whether a step exception can come from a level with a PSTATE.
    private static bool CanStep(VirtualCpu* vcpu, ulong status, ulong pstate, ulong level)
    {
        ulong target = IsTarget(vcpu) ? 2UL : 1;
        return level < target || (level == target && (status & KernelDebug) != 0 && (pstate & Pstate.Debug) == 0);
    }

    // Debug exceptions from EL2 and below go to EL2.
    private static bool IsTarget(VirtualCpu* vcpu) => (vcpu->HCR_EL2 & Hcr.TGE) != 0 || (vcpu->MDCR_EL2 & RouteToEl2) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Status(VirtualCpu* vcpu)
    {
        ulong status = vcpu->MDSCR_EL1;
        return vcpu->Context != Context.El1 && IsArmed(status) && !IsTarget(vcpu) ? status & ~(Step | KernelDebug | MonitorDebug) : status;
    }

    // Each control is the row behind its value: the table alternates them, breakpoints first.
    private static void LoadPoints(VirtualCpu* vcpu)
    {
        for (Register register = Register.DBGBCR0_EL1; register <= Register.DBGWCR3_EL1; register += 2)
        {
            ulong control = *RegisterAccess.Stored(vcpu, register);
            RegisterBanks.WriteHardware(register, vcpu->Context == Context.El1 ? control : AtVirtualEl2(control, register < Register.DBGWVR0_EL1));
        }
    }

    // EL2 is EL1 to hardware, and its own EL0 is EL0. HMC says whether a point is for EL2 (Arm ARM D2.8.3, D2.9.4).
    private static ulong AtVirtualEl2(ulong control, bool isBreakpoint)
    {
        ulong result = control & ~(AtEl1 | Higher | SecurityMask);
        result |= (control & Higher) != 0 ? AtEl1 : 0;
        ulong type = isBreakpoint ? control & TypeMask : 0;
        bool isNever = (result & (AtEl1 | AtEl0)) == 0 || (control & SecurityMask) == SecureOnly || type is OfContext or OfContextEl1;
        if (type == OfContextEl2)
        {
            result ^= OfContextEl2 ^ OfContextEl1;      // CONTEXTIDR_EL1 stands for EL2's
        }

        return isNever ? result & ~Enabled : result;
    }
}
