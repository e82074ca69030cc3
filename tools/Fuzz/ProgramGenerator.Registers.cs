// Steps that read and write system registers.
using Nestor.Tools.Registers;
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz;

public sealed partial class ProgramGenerator
{
    private const ulong El2 = Masks | 0x9;

    // HCR_EL2.RW stays: there is no AArch32. HCD stays clear: EL1's vectors are HVCs. NV, NV1 and NV2 are for another kind of program.
    private const ulong HcrAlways = 1UL << 31;
    private const ulong HcrE2h = 1UL << 34;
    private const ulong HcrTge = 1UL << 27;
    private const ulong HcrVm = 1UL << 0;
    private const ulong HcrPtw = 1UL << 2;

    // SWIO, PTW, FMO, IMO, AMO, FB, BSU, DC, TWI, TWE, TID0 to TID3, TSC, TIDCP, TACR, TSW, TPCP, TPU, TTLB, TVM, TDZ, TRVM, CD, ID, E2H, TLOR,
    // TERR, APK, API, FWB, TID4, TICAB, TOCU, TTLBIS, TTLBOS.
    private const ulong HcrFree =
        HcrVm | (1UL << 1) | (1UL << 2) | (7UL << 3) | (0x1ffUL << 9) | (3UL << 19) | (0x1fUL << 22) | HcrTge | (1UL << 28) | (1UL << 30)
        | (3UL << 32) | (1UL << 35) | (3UL << 36) | (3UL << 40) | (1UL << 46) | (1UL << 49) | (1UL << 50) | (1UL << 52) | (3UL << 54);

    // What a write to them would do to the payload, or to what is never compared: stacks, vectors, its own reset.
    private static readonly HashSet<string> s_readOnly =
        ["HCR_EL2", "VBAR_EL2", "VBAR_EL1", "RMR_EL2", "SCTLR_EL1", "TTBR0_EL1", "TTBR1_EL1", "TCR_EL1", "MAIR_EL1", "VTTBR_EL2", "VTCR_EL2"];

    private static readonly IReadOnlyList<RegisterRow> s_rows = [.. RegisterTable.Read(RepositoryRoot.Path).Where(row => row.Kind != RegisterKind.Host)];

    /// <summary>The registers that programs write.</summary>
    public static IReadOnlyList<RegisterRow> Written { get; } = [.. s_rows.Where(row => !s_readOnly.Contains(row.Name))];

    private void AccessRegister()
    {
        RegisterRow row = _dice.Of(s_rows);
        // CPTR_EL2 does not count for an _EL12 name whose register memory redirection keeps in memory (the README's limits).
        bool isAlias = row.Alias is not null && row.Feature is null && _dice.OneIn(4);
        uint encoding = isAlias ? row.AliasEncoding : row.Encoding;
        bool isWritten = !s_readOnly.Contains(row.Name) && !_dice.OneIn(3);
        // QEMU looks at HCR_EL2.EnSCXT for the EL0 of a host (E2H and TGE), too.
        ulong pstate = row.Name.StartsWith("SCXTNUM", StringComparison.Ordinal) ? El2 : AnyLevel();
        string name = row.Name + (isAlias ? " by its alias" : "");
        if (isWritten)
        {
            Write(encoding, Survivable(row, _writable.Sane(row, _dice.Value())));
            Emit(A64.Isb);
        }

        // What identifies the machine, or counts, is not compared; whether it can be read is.
        Emit(A64.Mrs(row.Kind is RegisterKind.Timer or RegisterKind.Id ? 31u : 1u, encoding));

        End((isWritten ? "write " : "read ") + name, pstate);
    }

    /// <summary>
    /// A value that the payload survives. SCTLR_EL2: its C# runs without translation, in little-endian order and with stacks of its own choice.
    /// </summary>
    public static ulong Survivable(RegisterRow row, ulong value) =>
        row.Name == "SCTLR_EL2" ? value & ~((1UL << 0) | (1UL << 1) | (1UL << 3) | (1UL << 25)) : value;

    private void ChangeHcr()
    {
        ulong value = HcrAlways;
        for (int i = _dice.Below(6); i >= 0; i--)
        {
            value |= _dice.Bits(_dice.OneIn(3) ? HcrFree : 0) | (1UL << _dice.Below(64) & HcrFree);
        }

        value |= _dice.OneIn(3) ? HcrE2h : 0;
        value |= _dice.OneIn(3) ? HcrVm : 0;
        value |= _dice.OneIn(2) ? 3UL << 40 : 0;
        value |= _dice.OneIn(6) ? HcrTge : 0;
        // QEMU applies PTW without a stage 2, too, and then no walk succeeds.
        value &= (value & HcrVm) != 0 ? ulong.MaxValue : ~HcrPtw;
        const uint Hcr = 0xe088;
        Write(Hcr, value);
        Emit(A64.Isb);
        Emit(A64.Mrs(1, Hcr));
        End($"write HCR_EL2 0x{value:x}", El2);
    }
}
