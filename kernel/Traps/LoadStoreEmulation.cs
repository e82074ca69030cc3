// A load or store of a device that AbortTraps does not answer by itself: the syndrome says nothing about the instruction (Arm ARM
// D24.2.40, ISS.ISV: write-back, pairs, exclusives, atomics, vectors), or the access is big-endian, unaligned or of an AArch32 program.
// The instruction is fetched through the guest's own tables and done as QEMU does it on the bare machine: the same accesses in the
// same order, registers and write-back only when nothing faulted.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class LoadStoreEmulation
{
    private const ulong SyndromeValid = 1UL << 24;
    private const ulong SignExtend = 1UL << 21;
    private const ulong SixtyFour = 1UL << 15;
    private const ulong Write = 1UL << 6;
    private const uint ZeroRegister = 31;
    private const ulong BigEndian = 1UL << 25;          // SCTLR_ELx.EE
    private const ulong BigEndianUser = 1UL << 24;      // SCTLR_ELx.E0E
    private const ulong BigEndianAArch32 = 1UL << 9;    // PSTATE.E
    private const ulong MmuOn = 1;                      // SCTLR_ELx.M
    private const ulong PageOffset = 0xfff;

    /// <summary>Emulates the access that aborted.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="syndrome">ESR_EL2.</param>
    /// <param name="physical">The VM's physical address of FAR_EL2.</param>
    /// <param name="isNested">A nested guest's access, through the guest hypervisor's stage 2, whose walk is the vCPU's last.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]                                    // zeroes would come from a vector register
    internal static TrapResult Run(VirtualCpu* vcpu, ulong syndrome, Ipa physical, bool isNested)
    {
        ulong address = SystemRegisters.FAR_EL2;
        bool isAArch32 = (vcpu->Pstate & Pstate.AArch32) != 0;
        bool isDeviceOfStage2 = isNested && IsDevice(vcpu);
        LoadStore instruction;
        GuestAccess access;
        access.Vcpu = vcpu;
        access.Address = address;
        access.Physical = physical.Value;
        access.IsNoted = !isNested;
        if (isAArch32 || ((syndrome & SyndromeValid) != 0 && (address & PageOffset) != 0))
        {
            if ((syndrome & SyndromeValid) == 0)
            {
                return AbortTraps.External(vcpu, syndrome);
            }

            FromSyndrome(syndrome, &instruction);
        }
        else
        {
            // An access that begins in the page before this one faults at this one's first byte.
            if (!GuestTranslation.Fetch(vcpu, out uint word))
            {
                return TrapResult.Resume;
            }

            if (!LoadStoreDecoder.Decode(word, &instruction))
            {
                // A cache has nothing of where no memory is.
                return LoadStoreDecoder.IsMaintenance(word) ? TrapResult.Skip : AbortTraps.External(vcpu, syndrome);
            }

            ulong start = Start(vcpu, &instruction);
            ulong distance = (address - start) & 0x00ff_ffff_ffff_ffff;         // without the tag
            if (!instruction.IsAuthenticated && distance >= LoadStoreTransfer.Length(&instruction))
            {
                return TrapResult.Resume;                                       // another CPU has put another instruction there
            }

            address -= instruction.IsAuthenticated ? 0 : distance;
        }

        access.IsUser = instruction.IsUnprivileged || (vcpu->Pstate & (Pstate.ModeMask & ~Pstate.AArch32)) == Pstate.El0t;
        bool isAligned = (address & (LoadStoreTransfer.Alignment(&instruction, isDeviceOfStage2) - 1)) == 0;
        if (!isAligned && isDeviceOfStage2)
        {
            return NestedAborts.Fault(vcpu, syndrome, address, AbortTraps.FaultAddress().Value, FaultStatus.Alignment);
        }

        if (!isAligned && !isNested && (SystemRegisters.SCTLR_EL1 & MmuOn) == 0)
        {
            return AbortTraps.Inject(vcpu, FaultStatus.Alignment, !instruction.IsLoad || IsAtomic(&instruction), address);
        }

        ulong end = instruction.IsAuthenticated ? address : End(vcpu, &instruction);
        if (!LoadStoreTransfer.Run(&access, &instruction, address, IsBigEndian(vcpu)))
        {
            return Fail(&access, syndrome);
        }

        if (instruction.WritesBack)
        {
            SetBase(vcpu, instruction.Base, end);
        }

        return instruction.Kind == LoadStoreKind.LoadExclusive ? TrapResult.SkipLoadExclusive : TrapResult.Skip;
    }

    /// <summary>
    /// Whether an access that faulted at the first byte of a page may have begun in the page before. Only if Normal memory is there:
    /// in Device memory an unaligned access faults before all else. Most pages of devices have none before them.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static bool MayBeginBefore()
    {
        const ulong Failed = 1;
        const ulong OfStage2 = 1UL << 9;                // the shadow stage 2 lacks a table, so nothing is known
        const int NormalShift = 60;                     // PAR_EL1.ATTR[7:4]: 0 for Device memory
        ulong guest = SystemRegisters.PAR_EL1;
        Instructions.AtS1e1r(SystemRegisters.FAR_EL2 - 1);
        Instructions.Isb();
        ulong result = SystemRegisters.PAR_EL1;
        SystemRegisters.PAR_EL1 = guest;
        return (result & Failed) != 0 ? (result & OfStage2) != 0 : result >> NormalShift != 0;
    }

    private static TrapResult Fail(GuestAccess* access, ulong syndrome)
    {
        if (!access->Fault.IsStage2)
        {
            return AbortTraps.Inject(access->Vcpu, access->Fault.Fault, access->FaultIsWrite, access->FaultAddress);
        }

        return NestedAborts.Fault(access->Vcpu, syndrome, access->FaultAddress, access->Fault.Output, access->Fault.Fault);
    }

    /// <summary>Whether the vCPU's last walk of the guest hypervisor's stage 2 led to Device memory.</summary>
    internal static bool IsDevice(VirtualCpu* vcpu)
    {
        const ulong Normal = 3UL << 4;
        const ulong NormalByForce = 1UL << 4;
        return (vcpu->Walk.Descriptor & ((vcpu->HCR_EL2 & Hcr.FWB) != 0 ? NormalByForce : Normal)) == 0;
    }

    private static bool IsAtomic(LoadStore* instruction) => instruction->Kind is >= LoadStoreKind.Atomic and <= LoadStoreKind.CompareAndSwapPair;

    // Of the level that made the access; at virtual EL2 hardware's SCTLR_EL1 is its SCTLR_EL2.
    private static bool IsBigEndian(VirtualCpu* vcpu)
    {
        ulong pstate = vcpu->Pstate;
        if ((pstate & Pstate.AArch32) != 0)
        {
            return (pstate & BigEndianAArch32) != 0;
        }

        bool isEl0 = (pstate & Pstate.ModeMask) == Pstate.El0t;
        return (SystemRegisters.SCTLR_EL1 & (isEl0 ? BigEndianUser : BigEndian)) != 0;
    }

    private static void FromSyndrome(ulong syndrome, LoadStore* instruction)
    {
        LoadStoreDecoder.Begin(0, instruction);
        instruction->Size = (int)(syndrome >> 22) & 3;
        instruction->Target = (uint)(syndrome >> 16) & 31;
        instruction->IsLoad = (syndrome & Write) == 0;
        instruction->IsSigned = (syndrome & SignExtend) != 0;
        instruction->IsWide = (syndrome & SixtyFour) != 0;
    }

    // Where the access begins; DC ZVA names any address of its block.
    private static ulong Start(VirtualCpu* vcpu, LoadStore* instruction)
    {
        if (instruction->Kind == LoadStoreKind.ZeroBlock)
        {
            return vcpu->X[instruction->Base] & ~(ulong)(LoadStoreTransfer.Length(instruction) - 1);
        }

        return instruction->IsPostIndexed ? GetBase(vcpu, instruction->Base) : End(vcpu, instruction);
    }

    // The base with the offset.
    private static ulong End(VirtualCpu* vcpu, LoadStore* instruction) =>
        GetBase(vcpu, instruction->Base) + (ulong)instruction->Offset + OffsetOf(vcpu, instruction);

    private static ulong OffsetOf(VirtualCpu* vcpu, LoadStore* instruction)
    {
        if (instruction->OffsetRegister >= ZeroRegister)
        {
            return 0;
        }

        ulong value = vcpu->X[instruction->OffsetRegister];
        return (instruction->Extension switch
        {
            2 => (uint)value,
            6 => (ulong)(long)(int)value,
            _ => value,
        }) << instruction->Shift;
    }

    // PSTATE.SP says which stack pointer it is; virtual EL2's is SP_EL1 in hardware.
    private static ulong GetBase(VirtualCpu* vcpu, uint register) => register switch
    {
        LoadStore.ProgramCounter => vcpu->Pc,
        LoadStore.StackPointer => (vcpu->Pstate & 1) != 0 ? SystemRegisters.SP_EL1 : SystemRegisters.SP_EL0,
        _ => vcpu->X[register],
    };

    private static void SetBase(VirtualCpu* vcpu, uint register, ulong value)
    {
        if (register != LoadStore.StackPointer)
        {
            vcpu->X[register] = value;
        }
        else if ((vcpu->Pstate & 1) != 0)
        {
            SystemRegisters.SP_EL1 = value;
        }
        else
        {
            SystemRegisters.SP_EL0 = value;
        }
    }
}
