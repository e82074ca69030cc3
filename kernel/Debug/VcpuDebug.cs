// Stepping, breakpoints and watchpoints of a guest, by the hardware's debug registers (Arm ARM D2): exceptions go to EL2
// (MDCR_EL2.TDE), so neither the guest nor its guest sees them. A guest has its own debug registers all the while: its values are
// here while ours are in hardware, its accesses trap (TDA) and get its own, and an exception that its values raised is given to it.
//
// What a debugger does: hold the vCPU (VcpuHold, a reason of its own), look (VcpuView), StartSteps or SetBreakpoint and the like,
// release it. When it stops by itself it is held with HoldReason.Debug, StopCount has grown, and Stop says why.
//
// An instruction that Nestor emulates raises no step exception, so each exit of a stepped vCPU is looked at as well: one that has
// moved has made its step. That is how a step goes through ERET of virtual EL2 and through exceptions to it.

using System.Threading;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Debugging of vCPUs.</summary>
public static unsafe class VcpuDebug
{
    /// <summary>MDCR_EL2 while a vCPU is debugged: TDE and what it implies, TDA, TDOSA, TDRA.</summary>
    public const ulong Controls = 0xf00;

    private const ulong StepEnable = 1;                 // MDSCR_EL1.SS
    private const ulong MonitorEnable = 1UL << 15;      // MDSCR_EL1.MDE
    private const ulong Locked = 2;                     // OSLSR_EL1.OSLK

    // E, PMC or PAC: EL1 and EL0, and for breakpoints BAS: all four bytes.
    private const ulong BreakpointControl = 1 | (3 << 1) | (0xf << 5);
    private const ulong WatchpointControl = 1 | (3 << 1);

    /// <summary>Makes a vCPU debuggable. It must be held. False when there is no memory.</summary>
    public static bool Prepare(VirtualCpu* vcpu)
    {
        VirtualMachine* machine = vcpu->Machine;
        if (machine->DebugPoints == null)
        {
            machine->DebugPoints = (DebugPoints*)PageAllocator.Allocate((ulong)sizeof(DebugPoints));
        }

        if (vcpu->Debug == null)
        {
            vcpu->Debug = (DebugState*)PageAllocator.Allocate((ulong)sizeof(DebugState));
        }

        return machine->DebugPoints != null && vcpu->Debug != null;
    }

    /// <summary>How many breakpoints a VM may have: as many as the hardware, as far as the register table goes.</summary>
    public static int Breakpoints => Last(12, DebugState.MaximumBreakpoints - 1) + 1;

    /// <summary>How many watchpoints.</summary>
    public static int Watchpoints => Last(20, DebugState.MaximumWatchpoints - 1) + 1;

    /// <summary>Lets a held vCPU make so many steps once it is released; 0: it runs. Its first instruction is no breakpoint.</summary>
    public static bool StartSteps(VirtualCpu* vcpu, ulong count) => StartSteps(vcpu, count, isOver: true);

    /// <summary>The same.</summary>
    /// <param name="vcpu">The vCPU, which must be held.</param>
    /// <param name="count">The steps; 0: it runs.</param>
    /// <param name="isOver">Breakpoints and watchpoints rest for its first instruction.</param>
    public static bool StartSteps(VirtualCpu* vcpu, ulong count, bool isOver)
    {
        if (!Prepare(vcpu))
        {
            return false;
        }

        vcpu->Debug->Steps = count;
        vcpu->Debug->Stop = DebugStop.None;
        vcpu->Debug->IsSteppingOver = isOver && HasPoints(vcpu->Machine);
        vcpu->InterruptsRest = count != 0 && !SteppedInstruction.AsksForInterrupts(vcpu) ? 1u : 0;
        Update(vcpu);
        return true;
    }

    /// <summary>A breakpoint of a VM that is not set, or -1: all are taken.</summary>
    public static int FreeBreakpoint(VirtualMachine* machine) =>
        machine->DebugPoints == null ? 0 : Free(machine->DebugPoints->BreakpointControl, Breakpoints);

    /// <summary>The same for watchpoints.</summary>
    public static int FreeWatchpoint(VirtualMachine* machine) =>
        machine->DebugPoints == null ? 0 : Free(machine->DebugPoints->WatchpointControl, Watchpoints);

    /// <summary>The breakpoint of a VM at an address, gdb's or another's; -1 when there is none.</summary>
    public static int FindBreakpoint(VirtualMachine* machine, ulong address, bool isGdbs)
    {
        DebugPoints* points = machine->DebugPoints;
        for (int i = 0; points != null && i < DebugState.MaximumBreakpoints; i++)
        {
            if (points->BreakpointControl[i] != 0 && points->BreakpointAt[i] == address && (points->GdbBreakpoints >> i & 1) != 0 == isGdbs)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The same for a watchpoint of just this size and access (see SetWatchpoint), of this kind for gdb; 0: not gdb's.</summary>
    public static int FindWatchpoint(VirtualMachine* machine, ulong address, uint size, uint access, byte gdbKind)
    {
        DebugPoints* points = machine->DebugPoints;
        for (int i = 0; points != null && i < DebugState.MaximumWatchpoints; i++)
        {
            if (points->WatchpointControl[i] == WatchpointControlOf(address, size, access) && points->WatchpointAt[i] == (address & ~7UL)
                && points->GdbWatchpoints[i] == gdbKind)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Sets or takes away a breakpoint of a VM whose vCPUs are all held. It is no longer gdb's, if it was.</summary>
    public static bool SetBreakpoint(VirtualMachine* machine, int number, ulong address, bool isSet)
    {
        if (!Prepare(machine))
        {
            return false;
        }

        machine->DebugPoints->BreakpointAt[number] = address;
        machine->DebugPoints->BreakpointControl[number] = isSet ? BreakpointControl : 0;
        machine->DebugPoints->GdbBreakpoints &= ~(1u << number);
        Update(machine);
        return true;
    }

    /// <summary>The same for a watchpoint.</summary>
    /// <param name="machine">The VM.</param>
    /// <param name="number">From 0.</param>
    /// <param name="address">The address.</param>
    /// <param name="size">1, 2, 4 or 8 bytes, which must not cross a multiple of 8; 0 takes it away.</param>
    /// <param name="access">1: loads, 2: stores, 3: both.</param>
    public static bool SetWatchpoint(VirtualMachine* machine, int number, ulong address, uint size, uint access)
    {
        if (!Prepare(machine))
        {
            return false;
        }

        machine->DebugPoints->WatchpointAt[number] = address & ~7UL;
        machine->DebugPoints->GdbWatchpoints[number] = 0;
        machine->DebugPoints->WatchpointControl[number] = size == 0 ? 0 : WatchpointControlOf(address, size, access);
        Update(machine);
        return true;
    }

    private static ulong WatchpointControlOf(ulong address, uint size, uint access)
    {
        ulong bytes = ((1UL << (int)size) - 1) << (int)(address & 7);
        return WatchpointControl | ((ulong)access << 3) | (bytes << 5);
    }

    /// <summary>The vCPU, loaded, is about to run: ours into hardware.</summary>
    public static void Enter(VirtualCpu* vcpu)
    {
        DebugState* state = vcpu->Debug;
        if (state->IsEntered)
        {
            return;
        }

        state->IsEntered = true;
        state->GuestMdscr = SystemRegisters.MDSCR_EL1;
        state->GuestLocked = (SystemRegisters.OSLSR_EL1 & Locked) != 0;
        SystemRegisters.OSLAR_EL1 = 0;
        bool keepsGuests = !state->IsPassingGuestPoint && !state->GuestLocked && (state->GuestMdscr & MonitorEnable) != 0;
        DebugPoints* points = vcpu->Machine->DebugPoints;
        for (int i = 0; i < Breakpoints; i++)
        {
            Exchange(Breakpoint(i), state->GuestBreakpoints + (2 * i), points->BreakpointAt[i], state->IsSteppingOver ? 0 : points->BreakpointControl[i], keepsGuests);
        }

        for (int i = 0; i < Watchpoints; i++)
        {
            Exchange(Watchpoint(i), state->GuestWatchpoints + (2 * i), points->WatchpointAt[i], state->IsSteppingOver ? 0 : points->WatchpointControl[i], keepsGuests);
        }

        WriteMdscr(state);
    }

    /// <summary>The loaded vCPU's own MDSCR_EL1 becomes another while ours may be in hardware.</summary>
    public static void ChangeGuestMdscr(VirtualCpu* vcpu, ulong value)
    {
        // Which of the guest's points stay in force follows from it.
        Leave(vcpu);
        SystemRegisters.MDSCR_EL1 = value;
        Interlocked.Or(ref vcpu->Requests, Request.Debug);
    }

    /// <summary>The vCPU has been put into its CPU.</summary>
    public static void Load(VirtualCpu* vcpu)
    {
        Enter(vcpu);
        if (IsStepping(vcpu->Debug))
        {
            BeginStep(vcpu);
        }
    }

    /// <summary>The opposite: the guest's into hardware, from where they are saved or looked at.</summary>
    public static void Leave(VirtualCpu* vcpu)
    {
        DebugState* state = vcpu->Debug;
        if (!state->IsEntered)
        {
            return;
        }

        state->IsEntered = false;
        for (int i = 0; i < Breakpoints; i++)
        {
            Restore(Breakpoint(i), state->GuestBreakpoints + (2 * i));
        }

        for (int i = 0; i < Watchpoints; i++)
        {
            Restore(Watchpoint(i), state->GuestWatchpoints + (2 * i));
        }

        SystemRegisters.MDSCR_EL1 = state->GuestMdscr;
        SystemRegisters.OSLAR_EL1 = state->GuestLocked ? 1UL : 0;
        vcpu->Pstate &= ~Pstate.Ss;
    }

    /// <summary>After an exit that asked for it, all of a stepped vCPU: has it moved?</summary>
    public static void AfterExit(VirtualCpu* vcpu)
    {
        DebugState* state = vcpu->Debug;
        if (vcpu->DebugControls == 0 || vcpu->Cpu->Loaded != vcpu)
        {
            return;
        }

        Enter(vcpu);
        if (!IsStepping(state))
        {
            return;
        }

        if (vcpu->Pc != state->StepPc || vcpu->Context != state->StepContext || vcpu->State != RunState.Ready)
        {
            EndStep(vcpu);
        }
        else
        {
            vcpu->Pstate |= Pstate.Ss;
            Interlocked.Or(ref vcpu->Requests, Request.Debug);
        }
    }

    /// <summary>A step is done: the next one, or the stop that was asked for.</summary>
    public static void EndStep(VirtualCpu* vcpu)
    {
        DebugState* state = vcpu->Debug;
        if (state->IsVectorStep || state->IsPassingGuestPoint)
        {
            state->IsVectorStep = false;
            state->IsPassingGuestPoint = false;
            Renew(vcpu);
            if (!IsStepping(state))
            {
                return;
            }
        }

        if (state->IsSteppingOver)
        {
            // On with everything that was kept off for the step.
            state->IsSteppingOver = false;
            Leave(vcpu);
            Enter(vcpu);
            if (state->Steps == 0)
            {
                return;
            }
        }

        if (--state->Steps == 0)
        {
            StopHere(vcpu, DebugStop.Step, 0);
        }
        else
        {
            BeginStep(vcpu);
        }
    }

    /// <summary>Lets the loaded vCPU make one step that nobody outside sees. False when there is no memory.</summary>
    public static bool StepVector(VirtualCpu* vcpu)
    {
        if (!Prepare(vcpu))
        {
            return false;
        }

        vcpu->Debug->IsVectorStep = true;
        Renew(vcpu);
        BeginStep(vcpu);
        return true;
    }

    /// <summary>
    /// Whether the guest's own controls let this debug exception come. Ours, and the way to EL2, let more come: points while MDE is
    /// clear, and at the level that would take the exception any while KDE is clear or PSTATE.D set (Arm ARM D2.4).
    /// </summary>
    /// <param name="vcpu">The vCPU, loaded.</param>
    /// <param name="isStep">A software step, and no breakpoint or watchpoint.</param>
    /// <param name="isFromBelow">From a level below the one that would take it.</param>
    internal static bool IsOfGuest(VirtualCpu* vcpu, bool isStep, bool isFromBelow)
    {
        const ulong KernelEnable = 1UL << 13;           // MDSCR_EL1.KDE
        DebugState* state = vcpu->Debug;
        ulong status = state->GuestMdscr;
        return !state->GuestLocked && (status & (isStep ? StepEnable : MonitorEnable)) != 0
            && (isFromBelow || ((status & KernelEnable) != 0 && (vcpu->Pstate & Pstate.Debug) == 0));
    }

    /// <summary>Lets the loaded vCPU go on behind a debug exception that the guest's own controls would not have let come.</summary>
    internal static void Pass(VirtualCpu* vcpu, bool isStep)
    {
        if (isStep)
        {
            vcpu->Pstate |= Pstate.Ss;
            return;
        }

        vcpu->Debug->IsPassingGuestPoint = true;
        Renew(vcpu);
        BeginStep(vcpu);
    }

    /// <summary>Holds the loaded vCPU where it is, and has it said.</summary>
    public static void StopHere(VirtualCpu* vcpu, DebugStop stop, uint number)
    {
        vcpu->Debug->Steps = 0;
        vcpu->Debug->IsSteppingOver = false;
        vcpu->Debug->Stop = stop;
        vcpu->Debug->StopNumber = number;
        vcpu->Debug->StopCount++;
        vcpu->InterruptsRest = 0;
        VcpuHold.Want(vcpu, HoldReason.Debug);
        StopReport.Ask();
    }

    /// <summary>The number, from 1, of our breakpoint at an address; 0 for none.</summary>
    public static uint FindBreakpoint(VirtualMachine* machine, ulong address)
    {
        DebugPoints* points = machine->DebugPoints;
        for (uint i = 0; i < DebugState.MaximumBreakpoints; i++)
        {
            if (points->BreakpointControl[i] != 0 && points->BreakpointAt[i] == address)
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>The number, from 1, of our watchpoint that an access at an address may have hit; 0 for none.</summary>
    public static uint FindWatchpoint(VirtualMachine* machine, ulong address)
    {
        // FAR_ELx may name any byte of the access: within 64 bytes before a watched one (an access of two vector registers).
        const ulong LargestAccess = 64;
        DebugPoints* points = machine->DebugPoints;
        for (uint i = 0; i < DebugState.MaximumWatchpoints; i++)
        {
            if (points->WatchpointControl[i] != 0 && points->WatchpointAt[i] + 8 + LargestAccess - address < 8 + (2 * LargestAccess))
            {
                return i + 1;
            }
        }

        return 0;
    }

    /// <summary>Whether a VM has a breakpoint or a watchpoint of ours.</summary>
    public static bool HasPoints(VirtualMachine* machine)
    {
        DebugPoints* points = machine->DebugPoints;
        ulong any = 0;
        for (int i = 0; points != null && i < DebugState.MaximumBreakpoints; i++)
        {
            any |= points->BreakpointControl[i];
        }

        for (int i = 0; points != null && i < DebugState.MaximumWatchpoints; i++)
        {
            any |= points->WatchpointControl[i];
        }

        return any != 0;
    }

    /// <summary>Whether a step, of whichever kind, is under way.</summary>
    public static bool IsStepping(DebugState* state) => state->Steps != 0 || state->IsSteppingOver || state->IsVectorStep || state->IsPassingGuestPoint;

    private static void WriteMdscr(DebugState* state) =>
        SystemRegisters.MDSCR_EL1 = state->GuestMdscr | MonitorEnable | (IsStepping(state) ? StepEnable : 0);

    // Into hardware what the loaded vCPU's kind of step wants.
    private static void Renew(VirtualCpu* vcpu)
    {
        Leave(vcpu);
        Update(vcpu);
        ContextSwitch.LoadDebugControls(vcpu);
        if (vcpu->DebugControls != 0)
        {
            Enter(vcpu);
        }
    }

    private static void BeginStep(VirtualCpu* vcpu)
    {
        vcpu->Debug->StepPc = vcpu->Pc;
        vcpu->Debug->StepContext = vcpu->Context;
        vcpu->Pstate |= Pstate.Ss;
        Interlocked.Or(ref vcpu->Requests, Request.Debug);
    }

    private static int Free(ulong* controls, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (controls[i] == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool Prepare(VirtualMachine* machine)
    {
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            if (!Prepare(VirtualMachine.Vcpu(machine, i)))
            {
                return false;
            }
        }

        return true;
    }

    private static void Update(VirtualMachine* machine)
    {
        for (uint i = 0; i < machine->VcpuCount; i++)
        {
            Update(VirtualMachine.Vcpu(machine, i));
        }
    }

    private static void Update(VirtualCpu* vcpu)
    {
        vcpu->DebugControls = IsStepping(vcpu->Debug) || HasPoints(vcpu->Machine) ? Controls : 0;
    }

    // The last of the hardware's (ID_AA64DFR0_EL1.BRPs and WRPs), as far as the register table goes.
    private static Register Breakpoint(int number) => Register.DBGBVR0_EL1 + (ushort)(2 * (Breakpoints - 1 - number));

    private static Register Watchpoint(int number) => Register.DBGWVR0_EL1 + (ushort)(2 * (Watchpoints - 1 - number));

    private static int Last(int field, int most)
    {
        int last = (int)(SystemRegisters.ID_AA64DFR0_EL1 >> field) & 0xf;
        return last < most ? last : most;
    }

    // A point of ours takes the place of the guest's; where there is none, the guest's own stays in force if it is.
    private static void Exchange(Register value, ulong* guest, ulong address, ulong control, bool keepsGuests)
    {
        guest[0] = RegisterBanks.ReadHardware(value);
        guest[1] = RegisterBanks.ReadHardware(value + 1);
        if (control == 0 && !keepsGuests)
        {
            RegisterBanks.WriteHardware(value + 1, 0);
        }
        else if (control != 0)
        {
            RegisterBanks.WriteHardware(value, address);
            RegisterBanks.WriteHardware(value + 1, control);
        }
    }

    private static void Restore(Register value, ulong* guest)
    {
        RegisterBanks.WriteHardware(value, guest[0]);
        RegisterBanks.WriteHardware(value + 1, guest[1]);
    }
}
