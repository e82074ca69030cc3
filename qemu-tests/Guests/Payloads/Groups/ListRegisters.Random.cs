// List registers in states drawn by lot, within what the architecture defines, and a random program at EL1 that works on
// them. All that can be seen afterwards goes into one number, which must be the hardware's.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class ListRegisters
{
    private const uint Seeds = 12;
    private const uint Rounds = 40;
    private const uint Steps = 14;
    private const uint ICC_HPPIR0_EL1 = 0xc642;
    private const uint ICC_BPR0_EL1 = 0xc643;
    private const uint ICC_AP0R0_EL1 = 0xc644;
    private const uint ICC_AP1R0_EL1 = 0xc648;

    private static ulong s_digest;

    private static void RandomStates()
    {
        for (uint i = 0; i < 4; i++)
        {
            Prepare(Spi + i);
        }

        for (uint seed = 1; seed <= Seeds; seed++)
        {
            ulong random = seed * 0x9e37_79b9_7f4a_7c15;
            s_digest = 0xcbf2_9ce4_8422_2325;
            for (uint round = 0; round < Rounds; round++)
            {
                Draw(ref random);
                Program(ref random);
                Fold(Go());
            }

            Tap.Value("list registers drawn by lot"u8, s_digest);
        }

        for (uint i = 0; i < 4; i++)
        {
            Deactivate(Spi + i);
        }
    }

    private static ulong Next(ref ulong random)
    {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        return random;
    }

    private static bool Chance(ref ulong random) => (Next(ref random) >> 20 & 1) != 0;

    private static uint Below(ref ulong random, uint limit) => (uint)((Next(ref random) >> 16 & 0xffff_ffff) % limit);

    private static ulong NumberOf(uint index, ulong round) => (round & 7) == 0 ? 8192 + index : 32 + (index * 8) + (round & 7);

    private static void Draw(ref ulong random)
    {
        for (uint i = 0; i < VirtualInterface.Count; i++)
        {
            if (Chance(ref random))
            {
                Activate(Spi + i);
            }
            else
            {
                Deactivate(Spi + i);
            }

            ulong number = NumberOf(i, Next(ref random) >> 8);
            ulong value = (Next(ref random) & VirtualInterface.State) | ((ulong)Below(ref random, 256) << 48) | number;
            value |= Chance(ref random) ? VirtualInterface.Group1 : 0;
            bool linked = number < 1020 && Chance(ref random);
            value |= linked ? VirtualInterface.Linked | ((ulong)(Spi + i) << 32) : Chance(ref random) ? VirtualInterface.TellEnd : 0;
            VirtualInterface.Write(i, value);
        }

        // Two groups active at one priority are not defined.
        ulong active = Next(ref random) & Next(ref random) & Next(ref random) & 0xffff_ffff;
        ulong split = Next(ref random);
        SystemRegisters.ICH_AP0R0_EL2 = active & split;
        SystemRegisters.ICH_AP1R0_EL2 = active & ~split;
        ulong points = ((ulong)Below(ref random, 8) << 18) | ((ulong)Below(ref random, 8) << 21);
        SystemRegisters.ICH_VMCR_EL2 = points | ((ulong)Below(ref random, 32) << 27) | (Next(ref random) & 0x213) | 8;
        ulong control = Next(ref random) & 0xf800_00de;
        SystemRegisters.ICH_HCR_EL2 = control | (Below(ref random, 8) == 0 ? 0UL : 1);
        Instructions.Isb();
    }

    // Each step has its own register for what it reads.
    private static void Program(ref ulong random)
    {
        Code.Begin();
        for (uint i = 0; i < Steps; i++)
        {
            uint known = i == 0 ? 0 : Below(ref random, i);
            switch (Below(ref random, 16))
            {
                case 0 or 1 or 2:
                    Code.Mrs(i, Encoding.ICC_IAR1_EL1);
                    break;
                case 3 or 4:
                    Code.Mrs(i, Encoding.ICC_IAR0_EL1);
                    break;
                case 5:
                    Code.Msr(Encoding.ICC_EOIR1_EL1, known);
                    break;
                case 6:
                    Code.Msr(Encoding.ICC_EOIR0_EL1, known);
                    break;
                case 7:
                    Code.Msr(Encoding.ICC_DIR_EL1, known);
                    break;
                case 8:
                    Code.MoveImmediate(i, (uint)NumberOf(Below(ref random, 4), Below(ref random, 8)));
                    Code.Msr(Encoding.ICC_EOIR1_EL1, i);
                    break;
                case 9:
                    Code.MoveImmediate(i, (uint)NumberOf(Below(ref random, 4), Below(ref random, 8)));
                    Code.Msr(Encoding.ICC_DIR_EL1, i);
                    break;
                case 10:
                    Code.Mrs(i, Chance(ref random) ? Encoding.ICC_HPPIR1_EL1 : ICC_HPPIR0_EL1);
                    break;
                case 11:
                    Code.Mrs(i, Encoding.ICC_RPR_EL1);
                    break;
                case 12:
                    Code.MoveImmediate(i, Below(ref random, 256));
                    Code.Msr(Encoding.ICC_PMR_EL1, i);
                    break;
                case 13:
                    Code.MoveImmediate(i, Below(ref random, 2));
                    Code.Msr(Chance(ref random) ? Encoding.ICC_IGRPEN0_EL1 : Encoding.ICC_IGRPEN1_EL1, i);
                    break;
                case 14:
                    Code.MoveImmediate(i, Below(ref random, 8));
                    Code.Msr(Chance(ref random) ? Encoding.ICC_BPR1_EL1 : ICC_BPR0_EL1, i);
                    break;
                default:
                    Code.Mrs(i, Chance(ref random) ? ICC_AP0R0_EL1 : ICC_AP1R0_EL1);
                    break;
            }
        }
    }

    private static void Fold(Excursion* end)
    {
        const ulong Meaning = 0xf0f8_1fff_ffff_ffff;
        Fold(end->Finished ? 1UL : 0);
        for (uint i = 0; i < Steps; i++)
        {
            Fold(end->X[i]);
        }

        for (uint i = 0; i < VirtualInterface.Count; i++)
        {
            Fold(VirtualInterface.Read(i) & Meaning);
            Fold(IsActive(Spi + i) ? 1UL : 0);
        }

        Fold(SystemRegisters.ICH_HCR_EL2 & 0xf800_7cff);
        Fold(SystemRegisters.ICH_VMCR_EL2 & 0xfffc_0213);
        Fold(SystemRegisters.ICH_AP0R0_EL2);
        Fold(SystemRegisters.ICH_AP1R0_EL2);
        Fold(SystemRegisters.ICH_MISR_EL2);
        Fold(SystemRegisters.ICH_EISR_EL2);
        Fold(SystemRegisters.ICH_ELRSR_EL2);
        Fold(VirtualInterface.LineIsUp ? 1UL : 0);
    }

    private static void Fold(ulong value) => s_digest = (s_digest ^ value) * 0x0000_0100_0000_01b3;
}
