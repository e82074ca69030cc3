// Steps about interrupts: list registers and EL1's view of them, timers, virtual interrupts, and code that takes what waits.
namespace Nestor.Tools.Fuzz;

public sealed partial class ProgramGenerator
{
    private const int ListRegisters = 4;
    private const uint InterruptStatus = 0xc608;            // ISR_EL1, which has no row

    private static readonly uint s_listRegister0 = RegisterEncoding.Of("ICH_LR0_EL2");
    private static readonly uint s_sctlrEl2 = RegisterEncoding.Of("SCTLR_EL2");
    private static readonly uint s_ichHcr = RegisterEncoding.Of("ICH_HCR_EL2");
    private static readonly uint s_binaryPoint0 = RegisterEncoding.Of("ICC_BPR0_EL1");
    private static readonly uint s_binaryPoint1 = RegisterEncoding.Of("ICC_BPR1_EL1");

    private static readonly uint s_priorityMask = RegisterEncoding.Of("ICC_PMR_EL1");
    private static readonly uint s_acknowledge = RegisterEncoding.Of("ICC_IAR1_EL1");
    private static readonly uint s_endOfInterrupt = RegisterEncoding.Of("ICC_EOIR1_EL1");
    private static readonly uint s_runningPriority = RegisterEncoding.Of("ICC_RPR_EL1");
    private static readonly uint s_virtualErrorSyndrome = RegisterEncoding.Of("VSESR_EL2");
    private static readonly uint s_enableGroup1 = RegisterEncoding.Of("ICC_IGRPEN1_EL1");

    private static readonly uint[] s_interface =
    [
        .. from name in (string[])
            ["IAR1", "HPPIR1", "EOIR1", "DIR", "RPR", "PMR", "BPR1", "IGRPEN1", "CTLR", "IAR0", "EOIR0", "BPR0", "IGRPEN0", "HPPIR0"]
           select RegisterEncoding.Of($"ICC_{name}_EL1"),
    ];

    // Each CTL; CVAL has the next encoding.
    private static readonly uint[] s_timersOfEl2 = [RegisterEncoding.Of("CNTHP_CTL_EL2"), RegisterEncoding.Of("CNTHV_CTL_EL2")];
    private static readonly uint[] s_timersOfEl1 = [RegisterEncoding.Of("CNTP_CTL_EL0"), RegisterEncoding.Of("CNTV_CTL_EL0")];

    // Interrupts that come, come at once: a timer's condition holds from the start or never.
    private void UseInterrupts()
    {
        switch (_dice.Below(6))
        {
            case 0:
                SetTimer(_dice.Of(s_timersOfEl2));
                Write(s_enableGroup1, 1);
                Emit(A64.Isb);
                End("a timer of EL2", El2);
                break;
            case 1:
                SetTimer(_dice.Of(s_timersOfEl1));
                Emit(A64.Isb);
                End("a timer of EL1", Unmasked(Masks | (_dice.OneIn(3) ? 0UL : 5UL)));
                break;
            case 2:
                RaiseVirtualInterrupts();
                break;
            case 3:
                Emit(A64.Mrs(4, s_acknowledge));
                Emit(A64.Mrs(5, s_runningPriority));
                Emit(_dice.OneIn(3) ? A64.Nop : A64.Msr(s_endOfInterrupt, 4));
                End("take and end an interrupt", AnyLevel());
                break;
            case 4:
                // An interrupt that HCR_EL2 does not route to EL2 comes there under Nestor (the README's limits).
                Write(s_hcr, s_hcrAlways | s_hcrRoutes | (_dice.OneIn(2) ? s_hcrE2h : 0) | (_dice.OneIn(3) ? s_hcrTge : 0));
                Emit(A64.Isb);
                Emit(A64.Mrs(31, s_sctlrEl2));                // where Nestor notices a change of TGE (another limit)
                Emit(0xd50340ff | ((uint)_dice.Below(8) << 8));     // msr daifclr
                Emit(A64.Nop);
                Emit(A64.Nop);
                End("EL2 to be interrupted", El2);
                break;
            default:
                Emit(A64.Nop);
                Emit(A64.Nop);
                End("code to be interrupted", Unmasked(LowerLevel()));
                break;
        }
    }

    // The offset of a counter may be anything: far enough from any count.
    private void SetTimer(uint control)
    {
        Write(control + 1, _dice.OneIn(3) ? 1UL << 62 : 0);
        Write(control, (ulong)_dice.Below(4));
    }

    private void RaiseVirtualInterrupts()
    {
        Write(s_virtualErrorSyndrome, _dice.Bits(0x1ff_ffff));
        ulong value = s_hcrAlways | _dice.Bits(s_hcrVirtual) | _dice.Bits(s_hcrRoutes) | (_dice.OneIn(3) ? s_hcrE2h : 0) | (_dice.OneIn(6) ? s_hcrTge : 0)
            | (_dice.OneIn(3) ? s_hcrVm : 0);
        Write(s_hcr, value);
        Emit(A64.Isb);
        Emit(A64.Mrs(1, InterruptStatus));
        End($"HCR_EL2 0x{value:x} with virtual interrupts", El2);
    }

    private ulong Unmasked(ulong pstate) => pstate & ~_dice.Bits(0x1c0);

    private void UseInterface()
    {
        if (_dice.OneIn(2))
        {
            int count = 1 + _dice.Below(3);
            for (int i = 0; i < count; i++)
            {
                ulong entry = ((ulong)_dice.Below(4) << 62) | (_dice.Bits(3) << 60) | ((ulong)(uint)_dice.Below(32) << 51) | (16 + (ulong)(uint)_dice.Below(40));
                Write(s_listRegister0 + (uint)_dice.Below(ListRegisters), entry);
            }

            Write(s_ichHcr, 1 | _dice.Bits(0xfe));
            Emit(A64.Isb);
            End("list registers", El2);
            return;
        }

        int accesses = 1 + _dice.Below(4);
        Write(s_priorityMask, 0xff);
        for (int i = 0; i < accesses; i++)
        {
            uint register = _dice.Of(s_interface);
            bool isBinaryPoint = register == s_binaryPoint0 || register == s_binaryPoint1;
            if (_dice.OneIn(3) && !isBinaryPoint)
            {
                Emit(A64.Msr(register, 4));
            }
            else if (_dice.OneIn(2))
            {
                // QEMU compares a binary point with the least one before it drops the bits above the field.
                Write(register, isBinaryPoint ? (ulong)_dice.Below(8) : (ulong)_dice.Below(256));
            }
            else
            {
                Emit(A64.Mrs(4 + (uint)i, register));
            }
        }

        End("interface at EL1", Masks | 0x5);
    }
}
