// The registers that are put back before each program and compared after it. They come from the register table.
using Nestor.Tools.Registers;
using Nestor.Tools.Support;

namespace Nestor.Tools.Fuzz;

/// <summary>A row of the register table, and the bits of it that are the same on all machines.</summary>
public sealed record ComparedRegister(RegisterRow Row, ulong Mask)
{
    // Rows whose value follows the machine's clock, and those that no guest has.
    private static readonly HashSet<string> s_notCompared = ["tval", "counter", "undef"];

    // SPSR_ELx.ALLINT: only the hardware has FEAT_NMI.
    private const ulong SpsrAllint = 1UL << 13;

    // ICH_MISR_EL2.VGrp0D: QEMU looks at the enable bit of group 1 for it.
    private const ulong MisrGroup0Disabled = 1UL << 5;

    // CNTx_CTL_EL0.ISTATUS: with memory redirection it may be late at virtual EL2 (the README's limits).
    private const ulong TimerStatus = 1UL << 2;

    /// <summary>All of them, in the order of the table.</summary>
    public static IReadOnlyList<ComparedRegister> All { get; } =
    [
        .. from row in RegisterTable.Read(RepositoryRoot.Path)
           where row.HasStorage && !s_notCompared.Contains(row.Trap) && row.Name is not ("HCR_EL2" or "VBAR_EL2" or "RMR_EL2")
           select new ComparedRegister(row, ~NotCompared(row.Name)),
    ];

    private static ulong NotCompared(string name) => name switch
    {
        "SPSR_EL1" or "SPSR_EL2" => SpsrAllint,
        "ICH_MISR_EL2" => MisrGroup0Disabled,
        "CNTP_CTL_EL0" or "CNTV_CTL_EL0" => TimerStatus,
        _ => 0,
    };
}
