// The four timers of a vCPU: EL1 virtual and physical, EL2 physical and virtual. Two of them are in the hardware's EL1
// timers at a time (at virtual EL2 with E2H=1 the EL1 names mean the EL2 timers, so those); the others are compared here.
// A timer whose interrupt line is up keeps its hardware interrupt masked, so that the level reaches the guest once. From
// then on the guest's accesses to it trap, until the line is down again: so a level that falls is seen at once. Where all
// accesses to both trap, neither is in hardware.

using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>Virtual timers. Everything here is for a vCPU on the CPU that owns it.</summary>
public static unsafe class VirtualTimers
{
    /// <summary>No timer is going to fire.</summary>
    public const ulong Never = ulong.MaxValue;

    private const uint Virtual = 0;
    private const uint Physical = 1;
    private const uint HypervisorVirtual = 2;
    private const uint HypervisorPhysical = 3;
    private const uint Count = 4;
    private const uint GuestPair = (1u << (int)Virtual) | (1u << (int)Physical);
    private const uint HypervisorPair = (1u << (int)HypervisorVirtual) | (1u << (int)HypervisorPhysical);

    private const uint TimerInterrupts = (1u << (int)InterruptIds.VirtualTimer) | (1u << (int)InterruptIds.PhysicalTimer);

    /// <summary>CNTHCTL_EL2.EL1TVT, which traps the virtual timer.</summary>
    public const ulong TrapVirtual = 1UL << 13;

    /// <summary>CNTHCTL_EL2.EL1PCEN with E2H=0, without which the physical timer traps.</summary>
    public const ulong AllowPhysical = 1UL << 1;

    private const ulong ControlEnable = 1;
    private const ulong ControlMask = 2;
    private const ulong ControlStatus = 4;

    /// <summary>
    /// How often memory is looked at while it stands for EL1's timers, which is while virtual EL2 runs under memory redirection:
    /// their names there, _EL02 with E2H=1 and EL1's own with E2H=0, are memory and do not trap.
    /// </summary>
    private const ulong PollsPerSecond = 100;

    /// <summary>Puts the context's two timers into hardware.</summary>
    public static void Load(VirtualCpu* vcpu)
    {
        if (AreInMemory(vcpu))
        {
            Unload();
        }
        else if (vcpu->Context == Context.HypervisorVhe)
        {
            Load(vcpu->CNTHV_CTL_EL2, vcpu->CNTHV_CVAL_EL2, vcpu->CNTHP_CTL_EL2, OnMachine(vcpu, vcpu->CNTHP_CVAL_EL2));
        }
        else
        {
            Load(vcpu->CNTV_CTL_EL0, vcpu->CNTV_CVAL_EL0, vcpu->CNTP_CTL_EL0, OnMachine(vcpu, vcpu->CNTP_CVAL_EL0));
        }
    }

    /// <summary>Takes the context's two timers out of hardware.</summary>
    public static void Save(VirtualCpu* vcpu)
    {
        if (AreInMemory(vcpu))
        {
            return;
        }

        if (vcpu->Context == Context.HypervisorVhe)
        {
            vcpu->CNTHV_CVAL_EL2 = SystemRegisters.CNTV_CVAL_EL0;
            vcpu->CNTHV_CTL_EL2 = SystemRegisters.CNTV_CTL_EL0;
            vcpu->CNTHP_CVAL_EL2 = vcpu->CounterOffset == 0 ? SystemRegisters.CNTP_CVAL_EL0 : vcpu->CNTHP_CVAL_EL2;
            vcpu->CNTHP_CTL_EL2 = SystemRegisters.CNTP_CTL_EL0;
        }
        else
        {
            vcpu->CNTV_CVAL_EL0 = SystemRegisters.CNTV_CVAL_EL0;
            vcpu->CNTV_CTL_EL0 = SystemRegisters.CNTV_CTL_EL0;
            vcpu->CNTP_CVAL_EL0 = vcpu->CounterOffset == 0 ? SystemRegisters.CNTP_CVAL_EL0 : vcpu->CNTP_CVAL_EL0;
            vcpu->CNTP_CTL_EL0 = SystemRegisters.CNTP_CTL_EL0;
        }
    }

    /// <summary>Stops the hardware's EL1 timers: nobody's are loaded.</summary>
    public static void Unload()
    {
        SystemRegisters.CNTV_CTL_EL0 = 0;
        SystemRegisters.CNTP_CTL_EL0 = 0;
    }

    /// <summary>Compares all four timers with the counter and tells the interrupt controller what changed.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="loaded">Its timers are in hardware.</param>
    /// <returns>CNTPCT at which the next timer that is not in hardware fires, or Never.</returns>
    public static ulong Update(VirtualCpu* vcpu, bool loaded)
    {
        ulong next = Never;
        uint live = loaded ? InHardware(vcpu) : 0;
        uint lines = 0;
        if (live != 0)
        {
            lines = (IsUp(SystemRegisters.CNTV_CTL_EL0) ? 1u << (int)Virtual : 0) | (IsUp(SystemRegisters.CNTP_CTL_EL0) ? 1u << (int)Physical : 0);
            lines = live == GuestPair ? lines : lines << (int)HypervisorVirtual;
        }

        // A timer that is off, the usual state of those that are not in hardware, costs no more than the look.
        if ((live & GuestPair) == 0)
        {
            lines |= (vcpu->CNTV_CTL_EL0 & ControlEnable) != 0 ? Compare(vcpu, Virtual, &next) : 0;
            lines |= (vcpu->CNTP_CTL_EL0 & ControlEnable) != 0 ? Compare(vcpu, Physical, &next) : 0;
        }

        if ((live & HypervisorPair) == 0)
        {
            lines |= (vcpu->CNTHV_CTL_EL2 & ControlEnable) != 0 ? Compare(vcpu, HypervisorVirtual, &next) : 0;
            lines |= (vcpu->CNTHP_CTL_EL2 & ControlEnable) != 0 ? Compare(vcpu, HypervisorPhysical, &next) : 0;
        }

        if (lines != vcpu->TimerLines)
        {
            SetLines(vcpu, lines);
        }

        if (loaded)
        {
            HostRegisters.SetCounterControl(vcpu->Cpu, live == 0 ? vcpu->CounterControls : Guard(vcpu, live == GuestPair ? lines : lines >> (int)HypervisorVirtual));
        }

        return loaded && vcpu->MemoryRedirection && vcpu->Context != Context.El1
            ? Sooner(next, SystemRegisters.CNTPCT_EL0 + (SystemRegisters.CNTFRQ_EL0 / PollsPerSecond)) : next;
    }

    // The timers of a vCPU that are in hardware while it is loaded, a bit each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint InHardware(VirtualCpu* vcpu) =>
        AreInMemory(vcpu) ? 0 : vcpu->Context == Context.HypervisorVhe ? HypervisorPair : GuestPair;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsUp(ulong control) =>
        (control & (ControlEnable | ControlMask | ControlStatus)) == (ControlEnable | ControlStatus);

    /// <summary>A timer that is on and not in hardware: its status, when it fires if it is sooner than <paramref name="next"/>, and the bit of its line.</summary>
    private static uint Compare(VirtualCpu* vcpu, uint timer, ulong* next)
    {
        ulong control = *Control(vcpu, timer) & (ControlEnable | ControlMask);
        ulong offset = Offset(vcpu, timer);
        ulong compare = *Compare(vcpu, timer);
        ulong now = SystemRegisters.CNTPCT_EL0;
        bool met = now - offset >= compare;
        *Control(vcpu, timer) = control | (met ? ControlStatus : 0);
        if ((control & ControlMask) != 0)
        {
            return 0;
        }

        if (!met)
        {
            // The offset may be negative, so what counts is how long it is until then.
            ulong left = compare - (now - offset);
            *next = Sooner(*next, left > Never - now ? Never : now + left);
        }
        else if (now < offset)
        {
            // A count that is still to begin at zero is a large one; when it begins, the condition is met no more.
            *next = Sooner(*next, offset);
        }

        return met ? 1u << (int)timer : 0;
    }

    private static void SetLines(VirtualCpu* vcpu, uint lines)
    {
        for (uint timer = 0; timer < Count; timer++)
        {
            uint bit = 1u << (int)timer;
            if (((vcpu->TimerLines ^ lines) & bit) != 0)
            {
                VirtualInterrupts.SetLine(vcpu->Machine, vcpu->Index, Interrupt(timer), (lines & bit) != 0);
            }
        }

        vcpu->TimerLines = lines;
    }

    // Of the two timers in hardware: one whose line is up is masked, and the guest's accesses to it trap. Mostly neither is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Guard(VirtualCpu* vcpu, uint lines) =>
        (lines & GuestPair) == 0 && (vcpu->Cpu->EnabledInterrupts & TimerInterrupts) == TimerInterrupts ? vcpu->CounterControls : GuardLines(vcpu, lines);

    private static ulong GuardLines(VirtualCpu* vcpu, uint lines)
    {
        PerCpu.SetEnabled(vcpu->Cpu, InterruptIds.VirtualTimer, (lines & (1u << (int)Virtual)) == 0);
        PerCpu.SetEnabled(vcpu->Cpu, InterruptIds.PhysicalTimer, (lines & (1u << (int)Physical)) == 0);
        ulong controls = vcpu->CounterControls;
        controls |= (lines & (1u << (int)Virtual)) != 0 ? TrapVirtual : 0;
        return controls & ~((lines & (1u << (int)Physical)) != 0 ? AllowPhysical : 0);
    }

    /// <summary>The value of a timer's control register as the guest reads it: with ISTATUS.</summary>
    public static ulong ReadControl(VirtualCpu* vcpu, Register register)
    {
        uint timer = TimerOf(register);
        ulong control = *Control(vcpu, timer) & (ControlEnable | ControlMask);
        return (control & ControlEnable) != 0 && CounterOf(vcpu, register) >= *Compare(vcpu, timer) ? control | ControlStatus : control;
    }

    /// <summary>A timer's stored compare value.</summary>
    public static ulong* CompareOf(VirtualCpu* vcpu, Register register) => Compare(vcpu, TimerOf(register));

    /// <summary>A timer's stored control value.</summary>
    public static ulong* ControlOf(VirtualCpu* vcpu, Register register) => Control(vcpu, TimerOf(register));

    /// <summary>The counter that a timer compares with, as the guest counts.</summary>
    public static ulong CounterOf(VirtualCpu* vcpu, Register register) =>
        SystemRegisters.CNTPCT_EL0 - Offset(vcpu, TimerOf(register));

    private static void Load(ulong virtualControl, ulong virtualCompare, ulong physicalControl, ulong physicalCompare)
    {
        const ulong Written = ControlEnable | ControlMask;
        SystemRegisters.Change_CNTV_CVAL_EL0(virtualCompare);
        if (((SystemRegisters.CNTV_CTL_EL0 ^ virtualControl) & Written) != 0)
        {
            SystemRegisters.CNTV_CTL_EL0 = virtualControl;
        }

        SystemRegisters.Change_CNTP_CVAL_EL0(physicalCompare);
        if (((SystemRegisters.CNTP_CTL_EL0 ^ physicalControl) & Written) != 0)
        {
            SystemRegisters.CNTP_CTL_EL0 = physicalControl;
        }
    }

    // A physical timer's compare value as the machine's counter has to reach it. Of a VM that was restored it is kept in memory,
    // because its accesses trap: CNTPOFF_EL2 would do it without, but QEMU's has no effect on a machine without EL3.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong OnMachine(VirtualCpu* vcpu, ulong compare) =>
        vcpu->CounterOffset == 0 ? compare : Shifted(compare, vcpu->CounterOffset);

    // Never past either end: a value in the past stays there, one in the far future too.
    private static ulong Shifted(ulong compare, ulong offset)
    {
        ulong sum = compare + offset;
        return (long)offset < 0 ? sum < compare ? sum : 0 : sum >= compare ? sum : Never;
    }

    /// <summary>What the counter of a timer, numbered as its line is, lags behind the machine's.</summary>
    internal static ulong Offset(VirtualCpu* vcpu, uint timer)
    {
        const ulong CounterOffset = 1UL << 12;          // CNTHCTL_EL2.ECV
        ulong offset = timer == Virtual ? vcpu->CNTVOFF_EL2
            : timer == Physical && (vcpu->CNTHCTL_EL2 & CounterOffset) != 0 ? vcpu->CNTPOFF_EL2 : 0;
        return offset + vcpu->CounterOffset;
    }

    // Neither pair is in hardware then: what the names mean traps or is in the VNCR page, as ContextSwitch chose.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreInMemory(VirtualCpu* vcpu) => (vcpu->CounterControls & TrapVirtual) != 0;

    private static ulong Sooner(ulong first, ulong second) => first < second ? first : second;

    private static uint TimerOf(Register register) =>
        register >= Register.CNTHV_TVAL_EL2 ? HypervisorVirtual
        : register >= Register.CNTHP_TVAL_EL2 ? HypervisorPhysical
        : register >= Register.CNTV_TVAL_EL0 ? Virtual : Physical;

    private static uint Interrupt(uint timer) => timer switch
    {
        Virtual => InterruptIds.VirtualTimer,
        Physical => InterruptIds.PhysicalTimer,
        HypervisorVirtual => InterruptIds.HypervisorVirtualTimer,
        _ => InterruptIds.HypervisorTimer,
    };

    private static ulong* Control(VirtualCpu* vcpu, uint timer) => timer switch
    {
        Virtual => Address(ref vcpu->CNTV_CTL_EL0),
        Physical => Address(ref vcpu->CNTP_CTL_EL0),
        HypervisorVirtual => Address(ref vcpu->CNTHV_CTL_EL2),
        _ => Address(ref vcpu->CNTHP_CTL_EL2),
    };

    private static ulong* Compare(VirtualCpu* vcpu, uint timer) => timer switch
    {
        Virtual => Address(ref vcpu->CNTV_CVAL_EL0),
        Physical => Address(ref vcpu->CNTP_CVAL_EL0),
        HypervisorVirtual => Address(ref vcpu->CNTHV_CVAL_EL2),
        _ => Address(ref vcpu->CNTHP_CVAL_EL2),
    };

    private static ulong* Address(ref ulong register) => (ulong*)Unsafe.AsPointer(ref register);
}
