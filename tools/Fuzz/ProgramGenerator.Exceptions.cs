// Steps that end in an exception, or return from one.
namespace Nestor.Tools.Fuzz;

public sealed partial class ProgramGenerator
{
    private static readonly uint s_elrEl2 = RegisterEncoding.Of("ELR_EL2");
    private static readonly uint s_spsrEl2 = RegisterEncoding.Of("SPSR_EL2");
    private static readonly uint s_elrEl1 = RegisterEncoding.Of("ELR_EL1");
    private static readonly uint s_spsrEl1 = RegisterEncoding.Of("SPSR_EL1");

    // PSCI's SMC at EL2 takes a function number in x0, which is 0 here.
    private void CallException()
    {
        uint immediate = (uint)_dice.Below(0x10000);
        ulong pstate = AnyLevel();
        switch (_dice.Below(6))
        {
            case 0:
                Emit(A64.Svc(immediate));
                End("SVC", pstate);
                break;
            case 1:
                Emit(A64.Hvc(immediate));
                End("HVC", pstate);
                break;
            case 2:
                Emit(A64.Smc(immediate));
                End("SMC", pstate);
                break;
            case 3:
                Emit(A64.Brk(immediate));
                End("BRK", pstate);
                break;
            case 4:
                Emit(immediate);                        // UDF
                End("UDF", pstate);
                break;
            default:
                Emit(A64.Adr(2, 16));
                Emit(A64.Msr(s_elrEl1, 2));
                Emit(A64.Eret);
                Emit(A64.Nop);
                End("ERET with an SPSR of before", LowerLevel());
                break;
        }
    }

    // From EL2 or EL1 to any level and mode, legal or not. What runs there says where it is.
    private void ReturnInside()
    {
        bool isFromEl2 = !_dice.OneIn(3);
        ulong mode = _dice.OneIn(4) ? (ulong)_dice.Below(16) : _dice.Of(s_levels);
        ulong target = Masked(mode) | (_dice.OneIn(10) ? 1UL << 21 : 0);
        const int Body = 4;
        Emit(A64.Adr(2, 4 * 12));
        Emit(A64.Msr(isFromEl2 ? s_elrEl2 : s_elrEl1, 2));
        Move(3, target);
        while (_code.Count < 8)
        {
            Emit(A64.Nop);
        }

        Emit(A64.Msr(isFromEl2 ? s_spsrEl2 : s_spsrEl1, 3));
        Emit(A64.Isb);
        Emit(A64.Eret);
        Emit(A64.Nop);
        for (int i = 0; i < Body; i++)
        {
            Emit(i == 1 ? A64.Mrs(4, 0xc212) : A64.Nop);    // CurrentEL
        }

        End($"ERET to PSTATE 0x{target:x}", isFromEl2 ? El2 : Masks | 0x5);
    }
}
