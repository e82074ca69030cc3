// Stage 2 aborts: an access outside the guest's memory is a device's register, or nothing.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class AbortTraps
{
    private const ulong SyndromeValid = 1UL << 24;
    private const ulong Write = 1UL << 6;
    private const ulong WalkOfStage1 = 1UL << 7;

    // Not in the dispatcher: it would need another register there, for every trap.
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    internal static TrapResult Data(VirtualCpu* vcpu, ulong syndrome)
    {
        Ipa address = FaultAddress();
        return Answer(vcpu, syndrome, address, isNested: false);
    }

    /// <summary>The access is to an address of the VM that is no memory.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrapResult Device(VirtualCpu* vcpu, ulong syndrome, Ipa address) =>
        Answer(vcpu, syndrome, address, isNested: true);

    internal static TrapResult Instruction(VirtualCpu* vcpu, ulong syndrome)
    {
        TraceRing.Note(vcpu, FaultAddress().Value);
        ulong address = SystemRegisters.FAR_EL2;
        uint status = (syndrome & WalkOfStage1) != 0 ? StatusOfWalk(vcpu, address) : FaultStatus.External;
        return Inject(vcpu, (ulong)ExceptionClass.InstructionAbort, status, address);
    }

    // In both that call it: another frame is a good part of what a device's register costs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TrapResult Answer(VirtualCpu* vcpu, ulong syndrome, Ipa address, bool isNested)
    {
        ulong size = 1UL << (int)(syndrome >> 22 & 3);
        if ((syndrome & SyndromeValid) == 0 || NeedsCare(vcpu, address.Value, size))
        {
            return (syndrome & WalkOfStage1) != 0 ? External(vcpu, syndrome) : LoadStoreEmulation.Run(vcpu, syndrome, address, isNested);
        }

        uint register = (uint)(syndrome >> 16) & 31;
        if ((syndrome & Write) != 0)
        {
            ulong written = register == 31 ? 0 : ((ulong*)vcpu)[register];
            Note(vcpu, address, written, isNested);
            if (DeviceBus.Write(vcpu, address, (uint)size, written))
            {
                return TrapResult.Skip;
            }
        }
        else if (DeviceBus.Read(vcpu, address, (uint)size, out ulong found))
        {
            ulong value = Extend(found, (uint)size, syndrome);
            ((ulong*)vcpu)[register] = value;           // XZR's place is nobody's
            Note(vcpu, address, value, isNested);
            return TrapResult.Skip;
        }

        Note(vcpu, address, 0, isNested);
        return External(vcpu, syndrome);
    }

    // Big-endian, unaligned, of an AArch32 program; or the second half of an access that began in the page before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool NeedsCare(VirtualCpu* vcpu, ulong address, ulong size)
    {
        const ulong BigEndian = 3UL << 24;              // SCTLR_ELx.{EE, E0E}
        const ulong MmuOn = 1;
        ulong control = SystemRegisters.SCTLR_EL1;
        return (control & BigEndian) != 0 || (vcpu->Pstate & Pstate.AArch32) != 0 || (address & (size - 1)) != 0
            || ((address & 0xfff) == 0 && size != 1 && (control & MmuOn) != 0 && LoadStoreEmulation.MayBeginBefore());
    }

    // The address of a guest hypervisor's guest is not the VM's, and has been noted.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Note(VirtualCpu* vcpu, Ipa address, ulong value, bool isNested)
    {
        if (!isNested)
        {
            TraceRing.Note(vcpu, address.Value, value);
        }
    }

    /// <summary>Nobody answered: a synchronous external abort to the level that made the access.</summary>
    internal static TrapResult External(VirtualCpu* vcpu, ulong syndrome)
    {
        ulong address = SystemRegisters.FAR_EL2;
        uint status = (syndrome & WalkOfStage1) != 0 ? StatusOfWalk(vcpu, address) : FaultStatus.External;
        return Inject(vcpu, status, (syndrome & Write) != 0, address);
    }

    /// <summary>A data abort to the level that made the access.</summary>
    internal static TrapResult Inject(VirtualCpu* vcpu, uint status, bool isWrite, ulong address) =>
        Inject(vcpu, (ulong)ExceptionClass.DataAbort, status | (isWrite ? (uint)Write : 0), address);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TrapResult Inject(VirtualCpu* vcpu, ulong exceptionClass, uint specific, ulong address)
    {
        bool sameLevel = (vcpu->Pstate & Pstate.ModeMask) is Pstate.El1h or Pstate.El1t;
        Exceptions.ToCurrent(vcpu, (exceptionClass + (sameLevel ? 1UL : 0) << 26) | Exceptions.Il | specific, address);
        return TrapResult.Resume;
    }

    // The stage 1 table of which level it was that lies where no memory is.
    private static uint StatusOfWalk(VirtualCpu* vcpu, ulong address)
    {
        uint fault;
        bool isStage2;
        return !Stage1Tables.Prepare(vcpu, address, Stage2Access.Read, &fault, &isStage2) && !isStage2 ? fault : FaultStatus.External;
    }

    /// <summary>The intermediate physical address of a stage 2 abort (Arm ARM D19.2.60: HPFAR_EL2 has its page).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Ipa FaultAddress() =>
        new(((SystemRegisters.HPFAR_EL2 & 0xfff_ffff_fff0) << 8) | (SystemRegisters.FAR_EL2 & 0xfff));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Extend(ulong value, uint size, ulong syndrome)
    {
        const ulong SignExtend = 1UL << 21;
        const ulong SixtyFour = 1UL << 15;
        int unused = -(int)(size * 8);                  // as a shift: 64 less that
        value = value << unused >> unused;
        if ((syndrome & SignExtend) != 0)
        {
            value = (ulong)((long)(value << unused) >> unused);
            return (syndrome & SixtyFour) != 0 ? value : (uint)value;
        }

        return value;
    }
}
