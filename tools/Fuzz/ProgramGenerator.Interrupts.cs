// Steps about the virtual interface: list registers, and EL1's view of them.
namespace Nestor.Tools.Fuzz;

public sealed partial class ProgramGenerator
{
    private const uint ListRegister0 = 0xe660;          // ICH_LR0_EL2
    private const uint IchHcr = 0xe658;
    private const int ListRegisters = 4;
    private const uint BinaryPoint0 = 0xc643;           // ICC_BPR0_EL1
    private const uint BinaryPoint1 = 0xc663;           // ICC_BPR1_EL1

    // ICC_IAR1, HPPIR1, EOIR1, DIR, RPR, PMR, BPR1, IGRPEN1, CTLR, IAR0, EOIR0, BPR0, IGRPEN0, HPPIR0 as EL1 has them.
    private static readonly uint[] s_interface =
    [
        0xc660, 0xc662, 0xc661, 0xc659, 0xc65b, 0xc230, 0xc663, 0xc667, 0xc664, 0xc640, 0xc641, 0xc643, 0xc646, 0xc642,
    ];

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
