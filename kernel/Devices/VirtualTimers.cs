// The four timers of a vCPU: EL1 virtual and physical, EL2 physical and virtual. Two of them are in the hardware's EL1
// timers at a time (at virtual EL2 with E2H=1 the EL1 names mean the EL2 timers, so those); the others are compared here.
// A timer whose interrupt line is up keeps its hardware interrupt masked, so that the level reaches the guest once. From
// then on the guest's accesses to it trap, until the line is down again: so a level that falls is seen at once.

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

    // CNTHCTL_EL2 with E2H=0: EL1TVT, EL1PCEN.
    private const ulong TrapVirtual = 1UL << 13;
    private const ulong AllowPhysical = 1UL << 1;

    private const ulong ControlEnable = 1;
    private const ulong ControlMask = 2;
    private const ulong ControlStatus = 4;

    /// <summary>How often memory is looked at while it stands for the guest's timers: the _EL02 names go there without a trap.</summary>
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
            Load(vcpu->CNTHV_CTL_EL2, vcpu->CNTHV_CVAL_EL2, vcpu->CNTHP_CTL_EL2, vcpu->CNTHP_CVAL_EL2);
        }
        else
        {
            Load(vcpu->CNTV_CTL_EL0, vcpu->CNTV_CVAL_EL0, vcpu->CNTP_CTL_EL0, vcpu->CNTP_CVAL_EL0);
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
            vcpu->CNTHP_CVAL_EL2 = SystemRegisters.CNTP_CVAL_EL0;
            vcpu->CNTHP_CTL_EL2 = SystemRegisters.CNTP_CTL_EL0;
        }
        else
        {
            vcpu->CNTV_CVAL_EL0 = SystemRegisters.CNTV_CVAL_EL0;
            vcpu->CNTV_CTL_EL0 = SystemRegisters.CNTV_CTL_EL0;
            vcpu->CNTP_CVAL_EL0 = SystemRegisters.CNTP_CVAL_EL0;
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
        ulong now = SystemRegisters.CNTPCT_EL0;
        ulong next = Never;
        ulong controls = vcpu->CounterControls;
        for (uint timer = 0; timer < Count; timer++)
        {
            bool live = loaded && IsLive(vcpu, timer);
            bool high;
            if (live)
            {
                ulong control = (timer & 1) == 0 ? SystemRegisters.CNTV_CTL_EL0 : SystemRegisters.CNTP_CTL_EL0;
                high = (control & (ControlEnable | ControlMask | ControlStatus)) == (ControlEnable | ControlStatus);
            }
            else
            {
                ulong control = *Control(vcpu, timer);
                ulong offset = Offset(vcpu, timer);
                ulong compare = *Compare(vcpu, timer);
                ulong deadline = compare > Never - offset ? Never : compare + offset;
                high = false;
                if ((control & ControlEnable) != 0)
                {
                    bool met = now - offset >= compare;
                    *Control(vcpu, timer) = (control & (ControlEnable | ControlMask)) | (met ? ControlStatus : 0);
                    high = met && (control & ControlMask) == 0;
                    if (!met && (control & ControlMask) == 0 && deadline < next)
                    {
                        next = deadline;
                    }
                }
            }

            uint bit = 1u << (int)timer;
            if (((vcpu->TimerLines & bit) != 0) != high)
            {
                vcpu->TimerLines ^= bit;
                VirtualInterrupts.SetLine(vcpu->Machine, vcpu->Index, Interrupt(timer), high);
            }

            if (live)
            {
                uint physical = (timer & 1) == 0 ? InterruptIds.VirtualTimer : InterruptIds.PhysicalTimer;
                PerCpu.SetEnabled(vcpu->Cpu, physical, !high);
                if (high)
                {
                    controls = (timer & 1) == 0 ? controls | TrapVirtual : controls & ~AllowPhysical;
                }
            }
        }

        if (loaded)
        {
            HostRegisters.SetCounterControl(vcpu->Cpu, controls);
        }

        return loaded && vcpu->MemoryRedirection && vcpu->Context == Context.HypervisorVhe ? Sooner(next, now + (SystemRegisters.CNTFRQ_EL0 / PollsPerSecond)) : next;
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

    /// <summary>Whether a register belongs to a timer that is in hardware.</summary>
    public static bool IsLive(VirtualCpu* vcpu, Register register) => IsLive(vcpu, TimerOf(register));

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

    // What the counter of a timer lags behind ours.
    private static ulong Offset(VirtualCpu* vcpu, uint timer)
    {
        const ulong CounterOffset = 1UL << 12;          // CNTHCTL_EL2.ECV
        return timer == Virtual ? vcpu->CNTVOFF_EL2
            : timer == Physical && (vcpu->CNTHCTL_EL2 & CounterOffset) != 0 ? vcpu->CNTPOFF_EL2 : 0;
    }

    private static bool IsLive(VirtualCpu* vcpu, uint timer) =>
        !AreInMemory(vcpu) && (timer >= HypervisorVirtual) == (vcpu->Context == Context.HypervisorVhe);

    private static bool AreInMemory(VirtualCpu* vcpu) => vcpu->MemoryRedirection && vcpu->Context == Context.HypervisorNvhe;

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

    private static ulong* Address(ref ulong register) => (ulong*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref register);
}
