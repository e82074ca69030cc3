// TLB maintenance by its encoding: any of it, without a leaf for each.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Maintain
{
    /// <summary>One TLBI at EL2, complete on return. CRn is 9 for the nXS forms.</summary>
    public static Excursion* Tlbi(uint op1, uint crm, uint op2, ulong operand, uint crn = 8)
    {
        Code.Begin();
        Code.Dsb();
        Code.Sys(op1, crn, crm, op2, 0);
        Code.Dsb();
        Code.Isb();
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[0] = operand;
        Excursion.Run();
        return end;
    }

    /// <summary>TLBI IPAS2E1IS of an address and VMALLE1IS, the way to take a page away.</summary>
    public static void Ipa(ulong address)
    {
        Tlbi(4, 0, 1, address >> 12);
        Tlbi(0, 3, 0, 0);
    }
}
