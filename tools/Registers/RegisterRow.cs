// One row of hal/Registers/registers.table.

namespace Nestor.Tools.Registers;

/// <summary>A register as the table describes it.</summary>
/// <param name="Name">The Arm ARM's name.</param>
/// <param name="Op0">2 or 3.</param>
/// <param name="Op1">0 to 7.</param>
/// <param name="CRn">0 to 15.</param>
/// <param name="CRm">0 to 15.</param>
/// <param name="Op2">0 to 7.</param>
/// <param name="Kind">Who owns it.</param>
/// <param name="Vncr">Offset in the VNCR page, or null.</param>
/// <param name="Shadow">The EL1 register that stands for it at virtual EL2, or null.</param>
/// <param name="Converted">The shadow's format differs when E2H is 0.</param>
/// <param name="Alias">It has an _EL12 or _EL02 name.</param>
/// <param name="Feature">"sve", "sme" or null.</param>
/// <param name="Trap">What a trapped access does.</param>
/// <param name="Reset">Value at reset.</param>
/// <param name="Mask">Bits that can be written (for `id`: the largest value of each field that is shown; for `idbits`: the bits that are shown).</param>
/// <param name="Write">How hardware is written.</param>
public sealed record RegisterRow(
    string Name, uint Op0, uint Op1, uint CRn, uint CRm, uint Op2, RegisterKind Kind, uint? Vncr, string? Shadow,
    bool Converted, string? Alias, string? Feature, string Trap, ulong Reset, ulong Mask, RegisterWrite Write)
{
    /// <summary>op0:op1:CRn:CRm:op2 packed as in the stable register id, 16 bits.</summary>
    public uint Encoding => Pack(Op0, Op1, CRn, CRm, Op2);

    /// <summary>The packed encoding of the _EL12 or _EL02 name.</summary>
    public uint AliasEncoding => Pack(Op0, 5, CRn, CRm, Op2);

    /// <summary>Hardware is written only when the value is another one.</summary>
    public bool OnlyChanged => Write != RegisterWrite.Plain;

    /// <summary>Whether a vCPU keeps a value for it.</summary>
    public bool HasStorage => Kind is not (RegisterKind.Host or RegisterKind.Id);

    /// <summary>The name that every assembler takes: S3_4_C1_C1_0.</summary>
    public string GenericName => $"S{Op0}_{Op1}_C{CRn}_C{CRm}_{Op2}";

    private static uint Pack(uint op0, uint op1, uint crn, uint crm, uint op2) =>
        (op0 << 14) | (op1 << 11) | (crn << 7) | (crm << 3) | op2;
}
