// Hardware's TLB maintenance of the EL1&0 regime, on all CPUs.

using Nestor.Hal;

namespace Nestor.Kernel;

/// <summary>TLB maintenance, broadcast. What the operand says is as the instruction has it (Arm ARM C5.5).</summary>
public static class Tlb
{
    /// <summary>For a VMID that need not be the present one; complete on return.</summary>
    /// <param name="vttbr">VTTBR_EL2 with the VMID.</param>
    /// <param name="scope">How much.</param>
    /// <param name="operand">Address, ASID or range, where the scope has one.</param>
    public static void Invalidate(ulong vttbr, TlbScope scope, ulong operand)
    {
        ulong present = SystemRegisters.VTTBR_EL2;
        Instructions.DsbIshst();
        SystemRegisters.VTTBR_EL2 = vttbr;
        Instructions.Isb();
        Issue(scope, operand);
        Instructions.DsbIsh();
        SystemRegisters.VTTBR_EL2 = present;
        Instructions.Isb();
    }

    /// <summary>One instruction for the present VMID; barriers are the caller's.</summary>
    public static void Issue(TlbScope scope, ulong operand)
    {
        switch (scope)
        {
            case TlbScope.Address:
                Instructions.TlbiVae1is(operand);
                break;
            case TlbScope.Asid:
                Instructions.TlbiAside1is(operand);
                break;
            case TlbScope.AddressOfAll:
                Instructions.TlbiVaae1is(operand);
                break;
            case TlbScope.LastLevel:
                Instructions.TlbiVale1is(operand);
                break;
            case TlbScope.LastLevelOfAll:
                Instructions.TlbiVaale1is(operand);
                break;
            case TlbScope.Range | TlbScope.Address:
                Instructions.TlbiRvae1is(operand);
                break;
            case TlbScope.Range | TlbScope.AddressOfAll:
                Instructions.TlbiRvaae1is(operand);
                break;
            case TlbScope.Range | TlbScope.LastLevel:
                Instructions.TlbiRvale1is(operand);
                break;
            case TlbScope.Range | TlbScope.LastLevelOfAll:
                Instructions.TlbiRvaale1is(operand);
                break;
            default:
                Instructions.TlbiVmalls12e1is();
                break;
        }
    }
}
