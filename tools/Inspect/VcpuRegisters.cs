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

    /// <summary>Where a vCPU is, in words.</summary>
    /// <param name="context">Which registers it has loaded: VirtualCpu.Context.</param>
    /// <param name="isHypervisor">It has a virtual EL2.</param>
    /// <param name="pstate">Its PSTATE, which tells EL0 from the level whose registers these are.</param>
    public static string Level(uint context, bool isHypervisor, ulong pstate)
    {
        bool isEl0 = (pstate & 0xc) == 0;
        return context switch
        {
            El1Context => (isEl0 ? "EL0" : "EL1") + (isHypervisor ? " below virtual EL2" : ""),
            NvheContext => (isEl0 ? "EL0 of " : "") + "virtual EL2 (E2H=0)",
            _ => (isEl0 ? "EL0 of " : "") + "virtual EL2 (E2H=1)",
        };
    }

    /// <summary>All registers of the table that a vCPU has.</summary>
    /// <param name="vcpu">The vCPU.</param>
    /// <param name="hardware">Those registers of the CPU whose loaded vCPU it is that are known; null when it is not loaded.</param>
    public static IEnumerable<RegisterValue> Read(Vcpu vcpu, IReadOnlyDictionary<string, ulong>? hardware)
    {
        IReadOnlyList<RegisterRow> rows = RegisterTable.Read(RepositoryRoot.Path);
        uint context = vcpu.Data.U8("Context");
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
