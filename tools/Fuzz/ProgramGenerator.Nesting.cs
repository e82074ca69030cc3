// Steps that give EL1 a hypervisor's view (FEAT_NV, FEAT_NV2): EL2's names, ERET and CurrentEL there.
using Nestor.Tools.Registers;

namespace Nestor.Tools.Fuzz;

public sealed partial class ProgramGenerator
{
    private static readonly uint s_vncr = RegisterEncoding.Of("VNCR_EL2");

    private void UseNesting()
    {
        if (_dice.OneIn(3))
        {
            Write(s_vncr, Arena.Nested);
            ulong value = s_hcrAlways | _dice.Bits(s_hcrNested) | (_dice.OneIn(2) ? s_hcrNested & ~HcrBits("NV1") : 0)
                | (_dice.OneIn(3) ? s_hcrE2h : 0) | (_dice.OneIn(3) ? s_hcrVm : 0) | (_dice.OneIn(4) ? _dice.Bits(s_hcrFree & ~(s_hcrTge | s_hcrPtw)) : 0);
            Write(s_hcr, value);
            Emit(A64.Isb);
            End($"HCR_EL2 0x{value:x} for EL1 as EL2", El2);
            return;
        }

        RegisterRow row = _dice.Of(s_rowsOfEl2);
        if (!_dice.OneIn(3))
        {
            Write(row.Encoding, _writable.Sane(row, _dice.Value()));
        }

        Emit(A64.Mrs(row.Kind is RegisterKind.Timer or RegisterKind.Id ? 31u : 1u, row.Encoding));
        End($"{row.Name} at EL1", Masked(0x5));
    }
}
