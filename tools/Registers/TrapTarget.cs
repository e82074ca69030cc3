namespace Nestor.Tools.Registers;

/// <summary>Encodings that a control traps: all that agree with a value in the bits of a mask.</summary>
/// <param name="Mask">0xffff for one encoding.</param>
/// <param name="Value">op0:op1:CRn:CRm:op2 packed in 16 bits.</param>
/// <param name="Reads">Reads trap.</param>
/// <param name="Writes">Writes, or the instruction, trap.</param>
/// <param name="IsTested">QEMU does it as the architecture says.</param>
public sealed record TrapTarget(uint Mask, uint Value, bool Reads, bool Writes, bool IsTested)
{
    /// <summary>One encoding rather than many.</summary>
    public bool IsSingle => Mask == 0xffff;

    /// <summary>Whether an encoding is one of them.</summary>
    public bool Covers(uint encoding) => (encoding & Mask) == Value;
}
