// Steps about interrupts: list registers and EL1's view of them, timers, virtual interrupts, and code that takes what waits.
namespace Nestor.Tools.Fuzz;

public sealed partial class ProgramGenerator
{
    private const uint ListRegister0 = 0xe660;          // ICH_LR0_EL2
    private const uint SctlrEl2 = 0xe080;
    private const uint IchHcr = 0xe658;
    private const int ListRegisters = 4;
    private const uint BinaryPoint0 = 0xc643;           // ICC_BPR0_EL1
    private const uint BinaryPoint1 = 0xc663;           // ICC_BPR1_EL1

    // ICC_IAR1, HPPIR1, EOIR1, DIR, RPR, PMR, BPR1, IGRPEN1, CTLR, IAR0, EOIR0, BPR0, IGRPEN0, HPPIR0 as EL1 has them.
    private static readonly uint[] s_interface =
    [
        0xc660, 0xc662, 0xc661, 0xc659, 0xc65b, 0xc230, 0xc663, 0xc667, 0xc664, 0xc640, 0xc641, 0xc643, 0xc646, 0xc642,
    ];

    // CNTV, CNTP, CNTHP and CNTHV, each CTL; CVAL is the next.
    private static readonly uint[] s_timersOfEl2 = [0xe711, 0xe719];
    private static readonly uint[] s_timersOfEl1 = [0xdf11, 0xdf19];

    // Interrupts that come, come at once: a timer's condition holds from the start or never.
    private void UseInterrupts()
    {
        switch (_dice.Below(6))
        {
            case 0:
                SetTimer(_dice.Of(s_timersOfEl2));
                Write(0xc667, 1);                           // ICC_IGRPEN1_EL1
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
                Emit(A64.Mrs(4, 0xc660));                   // ICC_IAR1_EL1
                Emit(A64.Mrs(5, 0xc65b));                   // ICC_RPR_EL1
                Emit(_dice.OneIn(3) ? A64.Nop : A64.Msr(0xc661, 4));
                End("take and end an interrupt", AnyLevel());
                break;
            case 4:
                // An interrupt that HCR_EL2 does not route to EL2 comes there under Nestor (the README's limits).
                Write(Hcr, s_hcrAlways | s_hcrRoutes | (_dice.OneIn(2) ? s_hcrE2h : 0) | (_dice.OneIn(3) ? s_hcrTge : 0));
                Emit(A64.Isb);
                Emit(A64.Mrs(31, SctlrEl2));                // where Nestor notices a change of TGE (another limit)
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
        Write(0xe613, _dice.Bits(0x1ff_ffff));              // VSESR_EL2
        ulong value = s_hcrAlways | _dice.Bits(s_hcrVirtual) | _dice.Bits(s_hcrRoutes) | (_dice.OneIn(3) ? s_hcrE2h : 0) | (_dice.OneIn(6) ? s_hcrTge : 0)
            | (_dice.OneIn(3) ? s_hcrVm : 0);
        Write(Hcr, value);
        Emit(A64.Isb);
        Emit(A64.Mrs(1, 0xc608));                           // ISR_EL1
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
                Write(ListRegister0 + (uint)_dice.Below(ListRegisters), entry);
            }

            Write(IchHcr, 1 | _dice.Bits(0xfe));
            Emit(A64.Isb);
            End("list registers", El2);
            return;
        }

        int accesses = 1 + _dice.Below(4);
        Write(0xc230, 0xff);
        for (int i = 0; i < accesses; i++)
        {
            uint register = _dice.Of(s_interface);
            bool isBinaryPoint = register is BinaryPoint0 or BinaryPoint1;
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
