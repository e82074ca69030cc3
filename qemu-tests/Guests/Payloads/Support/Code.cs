// Test code is made at run time, an instruction at a time: any register can be named by its encoding and any operand
// chosen, without an assembly leaf for each.

using Nestor.Hal;

namespace Nestor.Payloads;

/// <summary>A tiny assembler into the code area. Registers are named by number.</summary>
internal static unsafe class Code
{
    /// <summary>The immediate of the HVC that ends each piece of code.</summary>
    public const ulong End = 0x77;

    private static uint* s_next;

    /// <summary>Starts a new piece of code.</summary>
    public static void Begin() => BeginAt(Symbols.CodeArea);

    /// <summary>Starts one elsewhere.</summary>
    public static void BeginAt(ulong address) => s_next = (uint*)address;

    /// <summary>Bytes so far.</summary>
    public static ulong Offset => (ulong)s_next - Symbols.CodeArea;

    /// <summary>Goes on at an offset; what lies between is undefined.</summary>
    public static void SkipTo(ulong offset)
    {
        while (Offset < offset)
        {
            Udf();
        }
    }

    public static void Emit(uint instruction) => *s_next++ = instruction;

    /// <summary>Ends the code with an HVC (SVC at EL1, where there may be nobody above) and makes it visible to instruction fetch.</summary>
    public static void Finish()
    {
        if (Cpu.IsAtEl2)
        {
            Hvc((uint)End);
        }
        else
        {
            Svc((uint)End);
        }

        Publish();
    }

    /// <summary>Makes the code visible to instruction fetch.</summary>
    public static void Publish() => PublishFrom(Symbols.CodeArea);

    /// <summary>The same, of code that starts elsewhere.</summary>
    public static void PublishFrom(ulong address)
    {
        for (ulong at = address & ~63UL; at < (ulong)s_next; at += 64)
        {
            Symbols.DcCvau(at);
        }

        Instructions.DsbSy();
        Instructions.IcIalluis();
        Instructions.DsbSy();
        Instructions.Isb();
    }

    public static void Mrs(uint register, uint encoding) => Emit(0xd5200000 | (encoding << 5) | register);

    public static void Msr(uint encoding, uint register) => Emit(0xd5000000 | (encoding << 5) | register);

    /// <summary>SYS #op1, Cn, Cm, #op2, Xt: TLBI, AT, DC, IC.</summary>
    public static void Sys(uint op1, uint crn, uint crm, uint op2, uint register) =>
        Emit(0xd5080000 | (op1 << 16) | (crn << 12) | (crm << 8) | (op2 << 5) | register);

    public static void Svc(uint immediate) => Emit(0xd4000001 | (immediate << 5));

    public static void Hvc(uint immediate) => Emit(0xd4000002 | (immediate << 5));

    public static void Smc(uint immediate) => Emit(0xd4000003 | (immediate << 5));

    public static void Brk(uint immediate) => Emit(0xd4200000 | (immediate << 5));

    public static void Udf() => Emit(0x00000000);

    public static void Isb() => Emit(0xd5033fdf);

    public static void Dsb() => Emit(0xd5033f9f);

    public static void Wfi() => Emit(0xd503207f);

    public static void Wfe() => Emit(0xd503205f);

    public static void Nop() => Emit(0xd503201f);

    public static void Eret() => Emit(0xd69f03e0);

    public static void EretAA() => Emit(0xd69f0bff);

    public static void EretAB() => Emit(0xd69f0fff);

    /// <summary>PACIA Xd, Xn.</summary>
    public static void PacIA(uint register, uint modifier) => Emit(0xdac10000 | (modifier << 5) | register);

    /// <summary>PACIB Xd, Xn.</summary>
    public static void PacIB(uint register, uint modifier) => Emit(0xdac10400 | (modifier << 5) | register);

    /// <summary>MOV Xd, Xm.</summary>
    public static void Move(uint to, uint from) => Emit(0xaa0003e0 | (from << 16) | to);

    /// <summary>MOV Xd, SP.</summary>
    public static void MoveFromSp(uint to) => Emit(0x910003e0 | to);

    /// <summary>MOV SP, Xn.</summary>
    public static void MoveToSp(uint from) => Emit(0x9100001f | (from << 5));

    /// <summary>ADD Xd, Xn, #immediate.</summary>
    public static void Add(uint to, uint from, uint immediate) => Emit(0x91000000 | (immediate << 10) | (from << 5) | to);

    /// <summary>MOVZ Xd, #immediate.</summary>
    public static void MoveImmediate(uint to, uint immediate) => Emit(0xd2800000 | (immediate << 5) | to);

    /// <summary>LDR Xt, [Xn].</summary>
    public static void Load(uint to, uint address) => Emit(0xf9400000 | (address << 5) | to);

    /// <summary>STR Xt, [Xn].</summary>
    public static void Store(uint from, uint address) => Emit(0xf9000000 | (address << 5) | from);

    /// <summary>LDR Wt, [Xn].</summary>
    public static void LoadWord(uint to, uint address) => Emit(0xb9400000 | (address << 5) | to);

    /// <summary>BR Xn.</summary>
    public static void Branch(uint to) => Emit(0xd61f0000 | (to << 5));

    /// <summary>MSR DAIFSet, #bits.</summary>
    public static void Mask(uint bits) => Emit(0xd50340df | (bits << 8));

    /// <summary>MSR DAIFClr, #bits.</summary>
    public static void Unmask(uint bits) => Emit(0xd50340ff | (bits << 8));

    /// <summary>FMOV D0, XZR: the cheapest use of the floating-point registers.</summary>
    public static void TouchVectors() => Emit(0x9e6703e0);
}
