// The virtual interrupt interface as EL2 sets it up for EL1 (IHI 0069, 12.4): list registers by number, and programs for
// EL1 that acknowledge and end interrupts.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class VirtualInterface
{
    // ICH_LR<n>_EL2.
    public const ulong Pending = 1UL << 62;
    public const ulong Active = 1UL << 63;
    public const ulong State = Pending | Active;
    public const ulong Linked = 1UL << 61;              // HW
    public const ulong Group1 = 1UL << 60;
    public const ulong NonMaskable = 1UL << 59;
    public const ulong TellEnd = 1UL << 41;             // EOI

    public const uint ISR_EL1 = 0xc608;

    // ICH_HCR_EL2.
    public const ulong On = 1;                          // En
    public const ulong TellUnderflow = 1 << 1;          // UIE
    public const ulong TellAbsent = 1 << 2;             // LRENPIE
    public const ulong TellNonePending = 1 << 3;        // NPIE
    public const ulong TellGroup1Off = 1 << 7;          // VGrp1DIE
    public const int EndCountShift = 27;

    // ICH_VMCR_EL2.
    public const ulong Groups = 3;                      // VENG0, VENG1
    public const ulong SplitEnd = 1 << 9;               // VEOIM
    public const ulong EveryPriority = 0xf8UL << 24;    // VPMR
    private const ulong FinestPoints = (3UL << 18) | (2UL << 21);

    /// <summary>The maintenance interrupt.</summary>
    public const uint Maintenance = 25;

    /// <summary>What is no interrupt.</summary>
    public const ulong Spurious = 1023;

    public const uint Count = 4;

    public static ulong Read(uint index) => index switch
    {
        0 => SystemRegisters.ICH_LR0_EL2,
        1 => SystemRegisters.ICH_LR1_EL2,
        2 => SystemRegisters.ICH_LR2_EL2,
        _ => SystemRegisters.ICH_LR3_EL2,
    };

    public static void Write(uint index, ulong value)
    {
        switch (index)
        {
            case 0: SystemRegisters.ICH_LR0_EL2 = value; break;
            case 1: SystemRegisters.ICH_LR1_EL2 = value; break;
            case 2: SystemRegisters.ICH_LR2_EL2 = value; break;
            default: SystemRegisters.ICH_LR3_EL2 = value; break;
        }
    }

    /// <summary>State of a list register: 0 invalid, 1 pending, 2 active, 3 both.</summary>
    public static ulong StateOf(uint index) => Read(index) >> 62;

    /// <summary>An interrupt of group 1.</summary>
    public static ulong Interrupt(ulong state, ulong number, ulong priority = 0x80) => state | Group1 | (priority << 48) | number;

    /// <summary>One that stands for an interrupt of the machine.</summary>
    public static ulong LinkedTo(ulong physical, ulong state, ulong number) => Interrupt(state, number) | Linked | (physical << 32);

    /// <summary>Everything empty, and the interface open with these bits of ICH_HCR_EL2 and ICH_VMCR_EL2 on top.</summary>
    public static void Open(ulong control = On, ulong machine = 0)
    {
        for (uint i = 0; i < Count; i++)
        {
            Write(i, 0);
        }

        SystemRegisters.ICH_AP0R0_EL2 = 0;
        SystemRegisters.ICH_AP1R0_EL2 = 0;
        SystemRegisters.ICH_VMCR_EL2 = EveryPriority | FinestPoints | Groups | machine;
        SystemRegisters.ICH_HCR_EL2 = control;
        Instructions.Isb();
    }

    /// <summary>Nothing in it, and off.</summary>
    public static void Close() => Open(0);

    /// <summary>EL1 acknowledges an interrupt of group 1 into a register.</summary>
    public static void EmitAcknowledge(uint register)
    {
        Code.Mrs(register, Encoding.ICC_IAR1_EL1);
        Code.Dsb();
    }

    /// <summary>EL1 ends the one that is in a register.</summary>
    public static void EmitEnd(uint register)
    {
        Code.Msr(Encoding.ICC_EOIR1_EL1, register);
        Code.Isb();
    }

    /// <summary>EL1 deactivates the one that is in a register.</summary>
    public static void EmitDeactivate(uint register)
    {
        Code.Msr(Encoding.ICC_DIR_EL1, register);
        Code.Isb();
    }

    /// <summary>EL1 goes in a circle for a moment: time for an interrupt of EL2.</summary>
    public static void EmitPause()
    {
        Code.MoveImmediate(9, 20_000);
        Code.Emit(0xf1000529);          // subs x9, x9, #1
        Code.Emit(0x54ffffe1);          // b.ne .-4
    }

    /// <summary>EL1 with its interrupts open or not, for a moment; ISR_EL1 in x0.</summary>
    public static Excursion* Pause(ulong pstate)
    {
        Code.Begin();
        Code.Mrs(0, ISR_EL1);
        EmitPause();
        Code.Finish();
        return Excursion.Run(pstate);
    }

    /// <summary>Whether the maintenance interrupt's line is up, as the redistributor shows.</summary>
    public static bool LineIsUp => (Mmio.Read32(Gic.Own + Gic.SgiFrame + 0x200) >> (int)Maintenance & 1) != 0;
}
