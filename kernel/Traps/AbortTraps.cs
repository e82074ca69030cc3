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
        return Inject(vcpu, syndrome, isData: false);
    }

    // In both that call it: another frame is a good part of what a device's register costs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TrapResult Answer(VirtualCpu* vcpu, ulong syndrome, Ipa address, bool isNested)
    {
        if ((syndrome & SyndromeValid) != 0)
        {
            uint size = 1u << (int)(syndrome >> 22 & 3);
            uint register = (uint)(syndrome >> 16) & 31;
            if ((syndrome & Write) != 0)
            {
                ulong written = register == 31 ? 0 : vcpu->X[register];
                Note(vcpu, address, written, isNested);
                if (DeviceBus.Write(vcpu, address, size, written))
                {
                    return TrapResult.Skip;
                }
            }
            else if (DeviceBus.Read(vcpu, address, size, out ulong value))
            {
                value = Extend(value, size, syndrome);
                if (register != 31)
                {
                    vcpu->X[register] = value;
                }

                Note(vcpu, address, value, isNested);
                return TrapResult.Skip;
            }
        }

        Note(vcpu, address, 0, isNested);
        return Inject(vcpu, syndrome, isData: true);
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
    private static TrapResult Inject(VirtualCpu* vcpu, ulong syndrome, bool isData)
    {
        bool sameLevel = (vcpu->Pstate & Pstate.ModeMask) is Pstate.El1h or Pstate.El1t;
        ulong exceptionClass = (isData ? 0x24UL : 0x20UL) + (sameLevel ? 1UL : 0);
        ulong kept = isData ? syndrome & Write : 0;
        ulong address = SystemRegisters.FAR_EL2;
        uint status = (syndrome & WalkOfStage1) != 0 ? StatusOfWalk(vcpu, address) : FaultStatus.External;
        Exceptions.ToCurrent(vcpu, (exceptionClass << 26) | Exceptions.Il | kept | status, address);
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
        int unused = 64 - (int)(size * 8);
        value = value << unused >> unused;
        if ((syndrome & SignExtend) != 0)
        {
            value = (ulong)((long)(value << unused) >> unused);
            return (syndrome & SixtyFour) != 0 ? value : (uint)value;
        }

        return value;
    }
}
