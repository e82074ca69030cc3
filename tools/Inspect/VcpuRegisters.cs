// The registers of a vCPU from outside, wherever each is at this moment: the rule is that of kernel/Vcpu/RegisterAccess.cs, the
// registers are those of the table.

using System.Buffers.Binary;
using Nestor.Tools.Registers;
using Nestor.Tools.Support;

namespace Nestor.Tools.Inspect;

/// <summary>Reads the registers.</summary>
public static class VcpuRegisters
{
    private const uint El1Context = 0;
    private const uint NvheContext = 2;

    /// <summary>Which registers a vCPU has loaded, in words.</summary>
    public static string Context(Vcpu vcpu, bool isHypervisor) => vcpu.Data.U32("Context") switch
    {
        El1Context => isHypervisor ? "EL1 below virtual EL2" : "EL1",
        NvheContext => "virtual EL2 (E2H=0)",
        _ => "virtual EL2 (E2H=1)",
    };

    /// <summary>All registers of the table that a vCPU has.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="hardware">Registers of the CPU whose loaded vCPU it is; null when it is not loaded.</param>
    public static IEnumerable<RegisterValue> Read(Vcpu vcpu, IReadOnlyDictionary<string, ulong>? hardware)
    {
        IReadOnlyList<RegisterRow> rows = RegisterTable.Read(RepositoryRoot.Path);
        uint context = vcpu.Data.U32("Context");
        foreach ((RegisterRow row, int offset) in rows.Zip(BankWriter.Offsets(rows)).Where(one => one.First.HasStorage))
        {
            ReadOnlyMemory<byte> stored = offset < 0 ? vcpu.VncrPage[(vcpu.VncrPage.Length + offset)..] : vcpu.Data.Bytes[offset..];
            string? place = hardware is null ? null : Place(row, context, offset);
            ulong live = 0;
            bool isLive = place is not null && (hardware!.TryGetValue(place, out live) || hardware.TryGetValue(Short(place), out live));
            yield return new RegisterValue(row, isLive ? live : BinaryPrimitives.ReadUInt64LittleEndian(stored.Span), place is not null && !isLive);
        }
    }

    // Registers that AArch32 has too are called by QEMU as they are there: SCTLR, VBAR.
    private static string Short(string name) => name.Replace("_EL1", "", StringComparison.Ordinal);

    // The hardware's register that holds it, or null.
    private static string? Place(RegisterRow row, uint context, int offset) => row.Kind switch
    {
        RegisterKind.Common => row.Name,
        RegisterKind.El1 when context == El1Context || (context == NvheContext && offset >= 0) => row.Name,
        RegisterKind.El2 or RegisterKind.Special when context != El1Context && !(context == NvheContext && row.Converted) => row.Shadow,
        _ => null,
    };
}
