// Steps that use what traps for its own sake: vectors, pointer authentication, counters, WFx.
namespace Nestor.Tools.Fuzz;

public sealed partial class ProgramGenerator
{
    private static readonly uint[] s_instructions =
    [
        0x9e6703e0, // fmov d0, xzr
        0x4e080c00, // dup v0.2d, x0
        0x25f8e020, // mov z0.d, #1
        0x04bf5020, // rdvl x0, #1
        0x04605020, // addvl x0, x0, #1
        0xd503457f, // smstart za; in streaming mode QEMU checks an access to ZCR_ELx as one of SME
        0xd503467f, // smstop
        0xdac10023, // pacia x3, x1
        0xdac11023, // autia x3, x1
        0xdac10823, // pacda x3, x1
        0x9ac33023, // pacga x3, x1, x3
        0xd53b0023, // mrs x3, ctr_el0
        0xd53b00e3, // mrs x3, dczid_el0
        0xd503205f, // wfe
        0xd50041bf, // msr spsel, #1
        0xd503409f, // msr pan, #0
        0xd503419f, // msr pan, #1
        0xd503417f, // msr uao
        0xd5034cdf, // msr daifset
        0xd53b4223, // mrs x3, daif
        0xd5384243, // mrs x3, currentel
        0xd5384203, // mrs x3, spsel
        0xd53b4203, // mrs x3, nzcv
    ];

    private void UseVectors()
    {
        ulong pstate = AnyLevel();
        Move(1, _dice.Next());
        int count = 1 + _dice.Below(3);
        for (int i = 0; i < count; i++)
        {
            Emit(_dice.Of(s_instructions));
        }

        End("instructions", pstate);
    }
}
