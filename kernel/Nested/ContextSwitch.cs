// Moving a vCPU between virtual EL2 and EL1, and between CPU and memory. The EL1 registers of the hardware hold one bank
// at a time; what the hardware's EL2 registers say (traps, stage 2, counters' offsets) follows the bank.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Loads and saves contexts. Only for vCPUs of the CPU that runs this.</summary>
public static unsafe class ContextSwitch
{
    /// <summary>CPTR_EL2 with E2H=0: RES1 bits, and TAM and TTA, since nobody has activity monitors or trace.</summary>
    public const ulong CptrOpen = 0x22ff | (1UL << 30) | (1UL << 20);

    /// <summary>CPTR_EL2.TZ, in the format of E2H=0 as the following ones.</summary>
    public const ulong CptrTrapSve = 1UL << 8;

    /// <summary>CPTR_EL2.TSM.</summary>
    public const ulong CptrTrapSme = 1UL << 12;

    /// <summary>CPTR_EL2.TCPAC.</summary>
    public const ulong CptrTrapCpacr = 1UL << 31;

    private const ulong CptrTrapFp = 1UL << 10;

    private const ulong VectorLengthMaximum = 0xf;
    private const ulong SmcrOpen = 0xf | (1UL << 31);
    private const ulong SmcrZt0 = 1UL << 30;

    private const int E2hBit = 34;

    private const ulong CounterAccess = 3;

    // CNTHCTL_EL2.{ECV, EL1TVT, EL1TVCT, EL1NVPCT, EL1NVVCT}: the same bits in both formats.
    private const ulong CounterTraps = 0x1fUL << 12;

    // CTL and CVAL are in memory, where VirtualTimers looks from time to time. TVAL, which is a view of both CVAL and the counter,
    // has no place there and must trap: EL1PCEN clear for CNTP_TVAL, EL1TVT set for CNTV_TVAL. CNTVOFF_EL2 is in memory, too,
    // so the virtual count traps: EL1TVCT.
    private const ulong TimersInMemory = 1 | VirtualTimers.TrapVirtual | (1UL << 14);

    // MDCR_EL2: TDCC, TDRA, TDOSA, TDA, TDE, TPM, TPMCR.
    private const ulong DebugForwarded = (1UL << 27) | 0xf60;

    // What a guest hypervisor's HCR_EL2 adds to ours while its guest runs.
    private const ulong HcrForwarded =
        Hcr.TGE | Hcr.TVM | Hcr.TRVM | Hcr.TWI | Hcr.TWE | Hcr.TTLB | Hcr.TTLBIS | Hcr.TTLBOS | Hcr.TSW | Hcr.TPCP | Hcr.TPU
        | Hcr.TICAB | Hcr.TOCU | Hcr.TDZ | Hcr.TACR | Hcr.TERR | Hcr.TID1 | Hcr.TID2 | Hcr.TID4 | Hcr.DC
        | Hcr.NV | Hcr.NV1 | Hcr.NV2 | Hcr.AT;

    // What else it adds when its stage 2 is in force.
    private const ulong HcrOfShadow = Hcr.PTW | Hcr.CD | Hcr.ID | Hcr.FWB;

    // What it takes away from ours.
    private const ulong HcrPermissions = Hcr.APK | Hcr.API | Hcr.EnSCXT;

    /// <summary>The context that virtual EL2 has at this moment: HCR_EL2.E2H decides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Context HypervisorContext(VirtualCpu* vcpu) =>
        (vcpu->HCR_EL2 & Hcr.E2H) != 0 ? Context.HypervisorVhe : Context.HypervisorNvhe;

    /// <summary>
    /// Under memory redirection a guest hypervisor changes HCR_EL2.E2H without a trap. Its next trap comes here: the
    /// first _EL12 name after the change is one, since those trap in the E2H=0 context.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FollowE2h(VirtualCpu* vcpu)
    {
        // Bit 0 of the two contexts of virtual EL2 is E2H.
        if (vcpu->Context != Context.El1 && (((vcpu->HCR_EL2 >> E2hBit) ^ (uint)vcpu->Context) & 1) != 0)
        {
            To(vcpu, HypervisorContext(vcpu));
        }
    }

    /// <summary>Changes the loaded vCPU's context.</summary>
    public static void To(VirtualCpu* vcpu, Context context)
    {
        if (vcpu->Context == context)
        {
            return;
        }

        if (vcpu->DebugControls != 0)
        {
            VcpuDebug.Leave(vcpu);
        }

        VirtualTimers.Save(vcpu);
        SaveBank(vcpu);
        bool hasExceptions = VirtualExceptions.HasAny(vcpu);
        if (hasExceptions)
        {
            VirtualExceptions.Save(vcpu);
        }

        bool hadNestedInterrupts = vcpu->HasNestedInterrupts;
        if (hadNestedInterrupts)
        {
            NestedInterrupts.Save(vcpu);
        }

        bool betweenHypervisors = context != Context.El1 && vcpu->Context != Context.El1;
        vcpu->Context = context;
        vcpu->IsNested = context == Context.El1 && vcpu->Machine->HasVirtualEl2;
        LoadRegisters(vcpu);
        SelfHostedDebug.Switch(vcpu);
        if (hasExceptions)
        {
            VirtualExceptions.Load(vcpu);
        }

        SwitchInterrupts(vcpu, hadNestedInterrupts);
        if (betweenHypervisors)
        {
            // The two share a VMID, and the meaning of translation table bits changed.
            Instructions.Isb();
            Instructions.TlbiVmalle1();
        }

        if (vcpu->DebugControls != 0)
        {
            VcpuDebug.Enter(vcpu);
        }

        VirtualTimers.Load(vcpu);
        Instructions.Isb();
        Scheduler.SetTimer(vcpu->Cpu, VirtualTimers.Update(vcpu, loaded: true));
    }

    // At EL2's own level, and for a guest that the guest hypervisor lets take its interrupts, the list registers stay.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SwitchInterrupts(VirtualCpu* vcpu, bool hadNestedInterrupts)
    {
        bool wantsNested = VirtualInterrupts.BelongToGuest(vcpu);
        if (wantsNested)
        {
            if (!hadNestedInterrupts)
            {
                VirtualInterrupts.Unload(vcpu);
            }

            NestedInterrupts.Load(vcpu);
        }
        else if (hadNestedInterrupts)
        {
            VirtualInterrupts.Load(vcpu);
            VirtualInterrupts.Refill(vcpu);
        }
        else
        {
            VirtualInterrupts.LoadControl(vcpu);
        }
    }

    /// <summary>Puts a vCPU into this CPU's registers.</summary>
    public static void Load(VirtualCpu* vcpu)
    {
        TraceRing.Load(vcpu);
        vcpu->Cpu->Loaded = vcpu;
        RegisterBanks.LoadCommon(vcpu);
        LoadDebugClaim(vcpu);
        VectorState.Load(vcpu);
        LoadRegisters(vcpu);
        PanOnEntry.Follow(vcpu);
        SelfHostedDebug.Load(vcpu);
        VirtualExceptions.Load(vcpu);
        VirtualInterrupts.Load(vcpu);
        VirtualTimers.Load(vcpu);
        if (vcpu->DebugControls != 0)
        {
            VcpuDebug.Load(vcpu);
        }

        if (vcpu->HasSibling)
        {
            // Two vCPUs of one VM share VMIDs, but may use the same ASID for different tables, as two CPUs may.
            Instructions.TlbiAlle1();
            Instructions.DsbIsh();
        }

        Instructions.Isb();
    }

    // One register sets tags and shows none; the other clears them and shows them.
    private static void LoadDebugClaim(VirtualCpu* vcpu)
    {
        ulong others = SystemRegisters.DBGCLAIMCLR_EL1;
        if (others != vcpu->DebugClaim)
        {
            SystemRegisters.DBGCLAIMCLR_EL1 = others;
            SystemRegisters.DBGCLAIMSET_EL1 = vcpu->DebugClaim;
        }
    }

    /// <summary>Takes the loaded vCPU out of this CPU's registers.</summary>
    public static void Unload(VirtualCpu* vcpu)
    {
        if (vcpu->DebugControls != 0)
        {
            VcpuDebug.Leave(vcpu);
        }

        SelfHostedDebug.Save(vcpu);
        VirtualTimers.Save(vcpu);
        VirtualTimers.Unload();
        VirtualInterrupts.Unload(vcpu);
        SaveBank(vcpu);
        VirtualExceptions.Save(vcpu);
        VectorState.Save(vcpu);
        RegisterBanks.SaveCommon(vcpu);
        vcpu->DebugClaim = SystemRegisters.DBGCLAIMCLR_EL1;
        ShadowStage2.Release(vcpu);
        TraceRing.Unload(vcpu);
        vcpu->Cpu->Loaded = null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadBank(VirtualCpu* vcpu, ulong hcr, ulong vttbr)
    {
        switch (vcpu->Context)
        {
            case Context.El1:
                RegisterBanks.LoadEl1(vcpu, hcr, vttbr);
                break;
            case Context.HypervisorVhe:
                RegisterBanks.LoadEl2Vhe(vcpu, hcr, vttbr);
                break;
            default:
                RegisterBanks.LoadEl2Nvhe(vcpu, hcr, vttbr);
                break;
        }
    }

    private static void SaveBank(VirtualCpu* vcpu)
    {
        HostRegisters.SetCptr(vcpu->Cpu, CptrOpen);
        Instructions.Isb();
        switch (vcpu->Context)
        {
            case Context.El1:
                RegisterBanks.SaveEl1(vcpu);
                break;
            case Context.HypervisorVhe:
                if (vcpu->HidesSpan)
                {
                    PanOnEntry.Show(vcpu);
                }

                RegisterBanks.SaveEl2Vhe(vcpu);
                break;
            default:
                RegisterBanks.SaveEl2Nvhe(vcpu);
                break;
        }
    }

    // The EL1 bank, and what hardware's EL2 registers say while it is in force.
    private static void LoadRegisters(VirtualCpu* vcpu)
    {
        VirtualMachine* machine = vcpu->Machine;
        bool nested = vcpu->IsNested;
        ulong hcr;
        ulong cptr = CptrOpen;
        ulong vectorLength = VectorLengthMaximum;
        ulong streaming = SmcrOpen | (Features.Sme2 ? SmcrZt0 : 0);
        ulong virtualOffset = 0;
        ulong counters = CounterAccess;
        ulong affinity = vcpu->Affinity;
        ulong identity = SystemRegisters.MIDR_EL1;
        if (vcpu->Context == Context.HypervisorVhe)
        {
            hcr = Hcr.HypervisorVhe | (vcpu->MemoryRedirection ? Hcr.NV2 : 0);
        }
        else if (vcpu->Context == Context.HypervisorNvhe)
        {
            virtualOffset = vcpu->CNTVOFF_EL2;
            hcr = Hcr.HypervisorNvhe | (vcpu->MemoryRedirection ? Hcr.NV2 : Hcr.TVM | Hcr.TRVM);
            cptr |= VectorTraps.Controls(vcpu);
            counters = vcpu->MemoryRedirection ? TimersInMemory : CounterAccess;
        }
        else if (nested)
        {
            hcr = (Hcr.Always & (~HcrPermissions | vcpu->HCR_EL2)) | (vcpu->HCR_EL2 & HcrForwarded) | VirtualExceptions.Pending(vcpu);
            cptr |= ForwardedCptr(vcpu);
            vectorLength = vcpu->ZCR_EL2;
            streaming = vcpu->SMCR_EL2;
            virtualOffset = vcpu->CNTVOFF_EL2;
            affinity = vcpu->VMPIDR_EL2;
            identity = vcpu->VPIDR_EL2;
            counters = CounterControls(vcpu);
        }
        else
        {
            hcr = Hcr.Always;
        }

        ShadowStage2.Release(vcpu);
        ulong vttbr = nested ? ShadowStage2.Choose(vcpu) : VirtualMachine.Vttbr(machine, isHypervisor: vcpu->Context != Context.El1);
        hcr |= vcpu->Shadow != null ? vcpu->HCR_EL2 & HcrOfShadow : 0;
        LoadBank(vcpu, hcr, vttbr);
        SystemRegisters.Change_VTCR_EL2(ShadowStage2.Control(vcpu));
        SystemRegisters.Change_VNCR_EL2(GuestVncrPage.ForHardware(vcpu));
        if (vcpu->CounterOffset != 0)
        {
            // A VM that was restored counts from elsewhere than the machine: its physical counter and timer trap.
            virtualOffset += vcpu->CounterOffset;
            counters &= ~CounterAccess;
        }

        if (virtualOffset != 0 && virtualOffset > SystemRegisters.CNTPCT_EL0 && Features.CounterOffset)
        {
            // QEMU has no event for a timer when compare value and offset together pass 2 to the power of 64, as those of a
            // VM do that was restored on a younger machine: so VirtualTimers has them.
            counters = (counters | VirtualTimers.TrapVirtual) & ~VirtualTimers.AllowPhysical;
        }

        vcpu->CounterControls = counters;
        HostRegisters.SetCounterControl(vcpu->Cpu, counters);
        HostRegisters.SetMdcr(vcpu->Cpu, Mdcr(vcpu));
        SystemRegisters.Change_CNTVOFF_EL2(virtualOffset);
        if (nested && Features.CounterOffset)
        {
            SystemRegisters.Change_CNTPOFF_EL2(vcpu->CNTPOFF_EL2);      // CNTHCTL_EL2.ECV says whether it counts
        }

        FineGrainedTraps.Load(vcpu);
        SystemRegisters.Change_VMPIDR_EL2(affinity);
        SystemRegisters.Change_VPIDR_EL2(identity);
        HostRegisters.SetVectorLengths(vcpu->Cpu, vectorLength, streaming);

        // Last: a trap in it is also one for the registers just written.
        HostRegisters.SetCptr(vcpu->Cpu, cptr);
    }

    /// <summary>What debugging the loaded vCPU takes has changed; all else in hardware stays.</summary>
    public static void LoadDebugControls(VirtualCpu* vcpu)
    {
        HostRegisters.SetMdcr(vcpu->Cpu, Mdcr(vcpu));
        if (vcpu->Context == Context.HypervisorNvhe)
        {
            HostRegisters.SetCptr(vcpu->Cpu, CptrOpen | VectorTraps.Controls(vcpu));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mdcr(VirtualCpu* vcpu) =>
        HostControls.Debug | vcpu->DebugControls | (vcpu->IsNested ? vcpu->MDCR_EL2 & DebugForwarded : 0);

    // EL1PCTEN and EL1PCEN: bits 0 and 1, or with E2H bits 10 and 11. Where the virtual timer traps the physical one does, too:
    // VirtualTimers has both in hardware or neither.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong CounterControls(VirtualCpu* vcpu)
    {
        ulong control = vcpu->CNTHCTL_EL2;
        ulong access = control >> ((vcpu->HCR_EL2 & Hcr.E2H) != 0 ? 10 : 0) & CounterAccess;
        return (access & ~((control & VirtualTimers.TrapVirtual) >> 12)) | (control & CounterTraps);
    }

    // The guest hypervisor's CPTR_EL2, in either format, as traps in ours.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong ForwardedCptr(VirtualCpu* vcpu)
    {
        ulong cptr = vcpu->CPTR_EL2;
        if ((vcpu->HCR_EL2 & Hcr.E2H) == 0)
        {
            return cptr & (CptrTrapFp | CptrTrapSve | CptrTrapSme | CptrTrapCpacr);
        }

        return ((cptr >> 20 & 1) == 0 ? CptrTrapFp : 0)
            | ((cptr >> 16 & 1) == 0 ? CptrTrapSve : 0)
            | ((cptr >> 24 & 1) == 0 ? CptrTrapSme : 0)
            | (cptr & CptrTrapCpacr);
    }
}
