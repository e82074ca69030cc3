// Steps that read and write system registers.
using Nestor.Tools.Registers;
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz;

public sealed partial class ProgramGenerator
{
    private const ulong El2 = Masks | 0x9;
    private static readonly uint s_hcr = RegisterEncoding.Of("HCR_EL2");

    private static readonly IReadOnlyList<RegisterField> s_hcrFields = FieldTable.Read(RepositoryRoot.Path, RegisterTable.Read(RepositoryRoot.Path))["HCR_EL2"];

    // HCR_EL2.RW stays: there is no AArch32. HCD stays clear: EL1's vectors are HVCs.
    private static readonly ulong s_hcrAlways = HcrBits("RW");
    private static readonly ulong s_hcrE2h = HcrBits("E2H");
    private static readonly ulong s_hcrTge = HcrBits("TGE");
    private static readonly ulong s_hcrVm = HcrBits("VM");
    private static readonly ulong s_hcrPtw = HcrBits("PTW");
    private static readonly ulong s_hcrVirtual = HcrBits("VF", "VI", "VSE");
    private static readonly ulong s_hcrRoutes = HcrBits("FMO", "IMO", "AMO");
    private static readonly ulong s_hcrFree = HcrBits(
        "VM", "SWIO", "PTW", "FMO", "IMO", "AMO", "FB", "BSU", "DC", "TWI", "TWE", "TID0", "TID1", "TID2", "TID3", "TSC", "TIDCP", "TACR", "TSW", "TPCP",
        "TPU", "TTLB", "TVM", "TGE", "TDZ", "TRVM", "CD", "ID", "TLOR", "TERR", "TEA", "APK", "API", "FWB", "TID4", "TICAB", "TOCU", "TTLBIS", "TTLBOS");
    private static readonly ulong s_hcrNested = HcrBits("NV", "NV1", "AT", "NV2");

    // What a write to them would do to the payload, or to what is never compared: stacks, vectors, its own reset.
    private static readonly HashSet<string> s_readOnly =
        ["HCR_EL2", "VBAR_EL2", "VBAR_EL1", "RMR_EL2", "SCTLR_EL1", "TTBR0_EL1", "TTBR1_EL1", "TCR_EL1", "MAIR_EL1", "VTTBR_EL2", "VTCR_EL2"];

    private static readonly IReadOnlyList<RegisterRow> s_rows = [.. RegisterTable.Read(RepositoryRoot.Path).Where(row => row.Kind != RegisterKind.Host)];

    private static readonly IReadOnlyList<RegisterRow> s_rowsOfEl2 = [.. s_rows.Where(row => (row.Encoding >> 11 & 7) is 4 or 5)];

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
            // When a timer fires must not depend on when the program runs.
            ulong value = row.Kind == RegisterKind.Timer && row.Name.Contains("CVAL", StringComparison.Ordinal) ? (ulong)_dice.Below(2) << 62 : _dice.Value();
            Write(encoding, Survivable(row, _writable.Sane(row, value)));
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
        ulong value = s_hcrAlways;
        for (int i = _dice.Below(6); i >= 0; i--)
        {
            value |= _dice.Bits(_dice.OneIn(3) ? s_hcrFree : 0) | (1UL << _dice.Below(64) & s_hcrFree);
        }

        value |= _dice.OneIn(3) ? s_hcrE2h : 0;
        value |= _dice.OneIn(3) ? s_hcrVm : 0;
        value |= _dice.OneIn(2) ? 3UL << 40 : 0;
        value |= _dice.OneIn(6) ? s_hcrTge : 0;
        // QEMU applies PTW without a stage 2, too, and then no walk succeeds.
        value &= (value & s_hcrVm) != 0 ? ulong.MaxValue : ~s_hcrPtw;
        Write(s_hcr, value);
        Emit(A64.Isb);
        Emit(A64.Mrs(1, s_hcr));
        End($"write HCR_EL2 0x{value:x}", El2);
    }

    private static ulong HcrBits(params ReadOnlySpan<string> names)
    {
        ulong bits = 0;
        foreach (string name in names)
        {
            RegisterField field = s_hcrFields.Single(field => field.Name == name);
            bits |= (ulong.MaxValue >> (63 - field.High + field.Low)) << field.Low;
        }

        return bits;
    }
}
