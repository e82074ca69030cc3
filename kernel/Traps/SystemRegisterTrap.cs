// A trapped MSR, MRS or system instruction: the register table says what the register is, and what happens.

using System.Numerics;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

internal static unsafe class SystemRegisterTrap
{
    private const uint ZeroRegister = 31;

    /// <summary>The usual accesses, answered without looking closer. False: it is none of them, and nothing was done.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="syndrome">ESR_EL2.</param>
    /// <param name="slot">What the register table has about the register, for <see cref="Handle"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryQuick(VirtualCpu* vcpu, ulong syndrome, out ulong slot)
    {
        uint key = RegisterTable.Key(syndrome);
        slot = RegisterTable.Slot(key);
        if ((uint)slot != key)
        {
            slot = RegisterTable.EmptySlot;
            return false;
        }

        if (RegisterTable.Quick(slot) <= RegisterTable.QuickStored && (syndrome & 1) != 0)
        {
            if (vcpu->Context != Context.HypervisorVhe || (vcpu->HCR_EL2 & Hcr.E2H) == 0)
            {
                return false;
            }

            SetTarget(vcpu, syndrome, RegisterBanks.ReadQuick(vcpu, slot));
            return true;
        }

        if (RegisterTable.Quick(slot) == RegisterTable.QuickSgi && (syndrome & 1) == 0)
        {
            ContextSwitch.FollowE2h(vcpu);
            SendSgi(vcpu, (Register)RegisterTable.Found(slot), Source(vcpu, syndrome));
            return true;
        }

        return false;
    }

    /// <summary>Any access; <paramref name="slot"/> is what the register table has about it.</summary>
    internal static TrapResult Handle(VirtualCpu* vcpu, ulong syndrome, ulong slot)
    {
        const ulong MoveToOrFrom = 3;                   // op0 of what is no system instruction and no debug register
        ContextSwitch.FollowE2h(vcpu);
        if ((syndrome >> 20 & 3) != MoveToOrFrom)
        {
            uint encoding = Encoding(syndrome);
            if (encoding >> 14 == 1)
            {
                return (syndrome & 1) != 0 ? TrapResult.Undefined : SystemInstructionTrap.Handle(vcpu, encoding, Source(vcpu, syndrome));
            }

            if (encoding >> 14 == 2 && UserTraps.IsHostUser(vcpu))
            {
                Exceptions.ToCurrent(vcpu, syndrome, SystemRegisters.FAR_EL2);
                return TrapResult.Resume;
            }

            if (vcpu->DebugControls != 0 && AccessDebug(vcpu, encoding, syndrome))
            {
                return TrapResult.Skip;
            }
        }

        bool isRead = (syndrome & 1) != 0;
        uint found = RegisterTable.Found(slot);
        if (found == RegisterTable.Empty)
        {
            return Unknown(vcpu, Encoding(syndrome), syndrome, isRead);
        }

        if ((found & RegisterTable.AliasFlag) != 0 && vcpu->Context != Context.HypervisorVhe)
        {
            return TrapResult.Undefined;                // _EL12 and _EL02 names exist with E2H alone
        }

        Register register = (Register)(found & ~(uint)RegisterTable.AliasFlag);
        SysRegTrap trap = (SysRegTrap)RegisterTable.Traps[(int)register];
        if (trap != SysRegTrap.Rw && (trap != SysRegTrap.Sctlr || IsOfEl2(vcpu, found)))
        {
            return Special(vcpu, syndrome, register, trap, (found & RegisterTable.AliasFlag) != 0);
        }

        Move(vcpu, register, syndrome);
        return TrapResult.Skip;
    }

    /// <summary>A register that is a place for a value, from or to the general register of a syndrome.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Move(VirtualCpu* vcpu, Register register, ulong syndrome)
    {
        if ((syndrome & 1) != 0)
        {
            SetTarget(vcpu, syndrome, RegisterAccess.Read(vcpu, register));
        }
        else
        {
            RegisterAccess.Write(vcpu, register, Source(vcpu, syndrome));
        }
    }

    // Those that are more than a place for a value.
    private static TrapResult Special(VirtualCpu* vcpu, ulong syndrome, Register register, SysRegTrap trap, bool isAlias)
    {
        bool isRead = (syndrome & 1) != 0;
        switch (trap)
        {
            case SysRegTrap.Wi when !isRead:
                Ignore(vcpu, syndrome);
                return TrapResult.Skip;
            case SysRegTrap.Wi:
            case SysRegTrap.Ro:
                if (!isRead)
                {
                    return TrapResult.Undefined;
                }

                SetTarget(vcpu, syndrome, *RegisterAccess.Stored(vcpu, register));
                return TrapResult.Skip;
            case SysRegTrap.Raz:
                if (isRead)
                {
                    SetTarget(vcpu, syndrome, RegisterTable.Resets[(int)register]);
                }
                else
                {
                    Ignore(vcpu, syndrome);
                }

                return TrapResult.Skip;
            case SysRegTrap.Id:
                if (!isRead)
                {
                    return TrapResult.Undefined;
                }

                SetTarget(vcpu, syndrome, Identification.ReadFields(register));
                return TrapResult.Skip;
            case SysRegTrap.Idbits:
                if (!isRead)
                {
                    return TrapResult.Undefined;
                }

                SetTarget(vcpu, syndrome, Identification.ReadBits(register));
                return TrapResult.Skip;
            case SysRegTrap.Hcr:
                if (isRead)
                {
                    SetTarget(vcpu, syndrome, vcpu->HCR_EL2);
                }
                else
                {
                    RegisterAccess.Write(vcpu, register, Source(vcpu, syndrome));
                    ContextSwitch.FollowE2h(vcpu);
                    if (SelfHostedDebug.IsArmed(vcpu->MDSCR_EL1))
                    {
                        SelfHostedDebug.Follow(vcpu);
                    }

                    if (vcpu->HidesSpan || vcpu->IsE2hOpen)
                    {
                        PanOnEntry.Follow(vcpu);
                    }
                }

                return TrapResult.Skip;
            case SysRegTrap.Mdcr:
                Move(vcpu, register, syndrome);
                if (!isRead)
                {
                    SelfHostedDebug.Follow(vcpu);
                }

                return TrapResult.Skip;
            case SysRegTrap.Debug:
                SelfHostedDebug.Access(vcpu, register, syndrome);
                return TrapResult.Skip;
            case SysRegTrap.Sctlr:
                PanOnEntry.Follow(vcpu);
                Move(vcpu, Register.SCTLR_EL2, syndrome);
                return TrapResult.Skip;
            case SysRegTrap.Sgi when !isRead:
                SendSgi(vcpu, register, Source(vcpu, syndrome));
                return TrapResult.Skip;
            case SysRegTrap.Dir:
                if (isRead)
                {
                    return TrapResult.Undefined;
                }

                VirtualInterrupts.Deactivate(vcpu, (uint)Source(vcpu, syndrome) & 0xff_ffff);
                return TrapResult.Skip;
            case SysRegTrap.Timer:
            case SysRegTrap.Tval:
            case SysRegTrap.Counter:
                register = TimerTraps.Meaning(vcpu, register, isAlias);
                if (isRead)
                {
                    SetTarget(vcpu, syndrome, TimerTraps.Read(vcpu, register));
                }
                else
                {
                    TimerTraps.Write(vcpu, register, Source(vcpu, syndrome));
                }

                return TrapResult.Skip;
            case SysRegTrap.Offset:
                Move(vcpu, register, syndrome);
                if (!isRead)
                {
                    TimerTraps.FollowOffset(vcpu);
                }

                return TrapResult.Skip;
            case SysRegTrap.Group:
                ulong value = Source(vcpu, syndrome);
                TrapResult result = GroupTraps.Access(vcpu, register, isRead, ref value);
                if (isRead && result == TrapResult.Skip)
                {
                    SetTarget(vcpu, syndrome, value);
                }

                return result;
            case SysRegTrap.Vector:
                return VectorTraps.Access(vcpu, register, syndrome);
            case SysRegTrap.Ich:
                if (!isRead)
                {
                    return TrapResult.Undefined;
                }

                SetTarget(vcpu, syndrome, VirtualInterfaceControl.Read(vcpu, register));
                return TrapResult.Skip;
            case SysRegTrap.Signal:
                Move(vcpu, register, syndrome);
                if (!isRead)
                {
                    NestedInterrupts.UpdateMaintenanceLine(vcpu);
                }

                return TrapResult.Skip;
            default:
                return TrapResult.Undefined;
        }
    }

    // SCTLR_EL2 with E2H=1, by either name.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsOfEl2(VirtualCpu* vcpu, uint found) =>
        (found & RegisterTable.AliasFlag) == 0 && vcpu->Context == Context.HypervisorVhe;

    private static bool AccessDebug(VirtualCpu* vcpu, uint encoding, ulong syndrome)
    {
        bool isRead = (syndrome & 1) != 0;
        ulong value = Source(vcpu, syndrome);
        bool isDone = DebugTraps.TryAccess(vcpu, encoding, isRead, ref value);
        if (isDone && isRead)
        {
            SetTarget(vcpu, syndrome, value);
        }

        return isDone;
    }

    private static TrapResult Unknown(VirtualCpu* vcpu, uint encoding, ulong syndrome, bool isRead)
    {
        // Identification space op0=3, op1=0, CRn=0, CRm=1..7 without a row: reserved, reads as zero (D19.1).
        const uint SpaceMask = 0xff80;
        const uint IdentificationSpace = 3u << 14;
        if (isRead && (encoding & SpaceMask) == IdentificationSpace)
        {
            SetTarget(vcpu, syndrome, 0);
            return TrapResult.Skip;
        }

        return TrapResult.Undefined;
    }

    private static void SendSgi(VirtualCpu* vcpu, Register register, ulong value)
    {
        VirtualMachine* machine = vcpu->Machine;
        machine->GicLock.Enter();
        uint kick = VirtualGicInput.SendSgi(&machine->Gic, vcpu->Index, value, register == Register.ICC_SGI1R_EL1);
        machine->GicLock.Exit();
        while (kick != 0)
        {
            VirtualInterrupts.Ask(VirtualMachine.Vcpu(machine, (uint)BitOperations.TrailingZeroCount(kick)), Request.Private);
            kick &= kick - 1;
        }
    }

    /// <summary>op0:op1:CRn:CRm:op2 of the ISS, packed as the register table packs them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static uint Encoding(ulong syndrome)
    {
        uint iss = (uint)syndrome;
        const uint Op1AndCrn = 0x7f;                    // neighbours in both forms
        return ((iss >> 20 & 3) << 14) | ((iss >> 10 & Op1AndCrn) << 7) | ((iss >> 1 & 15) << 3) | (iss >> 17 & 7);
    }

    // What is written goes nowhere but into the trace.
    private static void Ignore(VirtualCpu* vcpu, ulong syndrome) => Source(vcpu, syndrome);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Source(VirtualCpu* vcpu, ulong syndrome)
    {
        uint rt = (uint)(syndrome >> 5) & 31;
        ulong value = rt == ZeroRegister ? 0 : ((ulong*)vcpu)[rt];
        TraceRing.Note(vcpu, value);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetTarget(VirtualCpu* vcpu, ulong syndrome, ulong value)
    {
        uint rt = (uint)(syndrome >> 5) & 31;
        ((ulong*)vcpu)[rt] = value;                     // XZR's place is nobody's
        TraceRing.Note(vcpu, value);
    }
}
