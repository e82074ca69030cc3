// The EL1 bank as EL2 reaches it: by EL1's names with E2H=0, by the _EL12 and _EL02 names with E2H=1.

using Nestor.Hal;

namespace Nestor.Payloads;

internal static class El1
{
    private const uint Op1Mask = 7 << 11;
    private const uint Op1OfAlias = 5 << 11;

    /// <summary>SCTLR_ELx: I, C, M.</summary>
    public const ulong TranslationOn = 0x1005;

    private const ulong SctlrReserved = 0x30d0_0980;

    /// <summary>The name by which EL2 reaches this register of EL1.</summary>
    public static uint Name(uint register) => IsE2h ? (register & ~Op1Mask) | Op1OfAlias : register;

    /// <summary>HCR_EL2.E2H.</summary>
    public static bool IsE2h => (SystemRegisters.HCR_EL2 & Hcr.E2H) != 0;

    public static ulong Read(uint register) => SystemRegister.Read(Name(register));

    public static void Write(uint register, ulong value) => SystemRegister.Write(Name(register), value);

    /// <summary>EL1 without translation or traps, with vectors that hand over to EL2.</summary>
    public static void Reset()
    {
        Write(Encoding.SCTLR_EL1, SctlrReserved);
        Write(Encoding.CPACR_EL1, 0x0333_0000);
        Write(Encoding.VBAR_EL1, Symbols.NestedVectors);
    }

    /// <summary>Turns its translation on: the tables of <see cref="Paging"/>, with an ASID and more bits of TCR_EL1.</summary>
    public static void Translate(ulong asid = 0, ulong control = 0)
    {
        Write(Encoding.MAIR_EL1, Paging.Attributes);
        Write(Encoding.TCR_EL1, Paging.ControlTwoHalves | control);
        Write(Encoding.TTBR0_EL1, Paging.Root | (asid << 48));
        Write(Encoding.SCTLR_EL1, Read(Encoding.SCTLR_EL1) | TranslationOn);
    }

    /// <summary>Turns it off.</summary>
    public static void TranslateNoMore() => Write(Encoding.SCTLR_EL1, Read(Encoding.SCTLR_EL1) & ~TranslationOn);
}
