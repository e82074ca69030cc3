// Loads and stores of device registers by instructions of which the syndrome of an abort says nothing: write-back, pairs, exclusives,
// atomics, vectors. Priorities of the distributor take bytes and words, and lose a store of eight bytes, so they show the size of an
// access; the UART's registers are a word each, so a wide access reads or writes two.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class DeviceAccesses
{
    /// <summary>Priorities of the first SPIs: words.</summary>
    private const ulong Priorities = Gic.Distributor + 0x420;

    private const ulong Uart = 0x0900_0000;

    /// <summary>Identification: 11, 10, 14, 00, 0d, f0, 05 and b1, a word each.</summary>
    private const ulong Identification = Uart + 0xfe0;

    /// <summary>UARTFBRD of six bits, and UARTLCR_H behind it.</summary>
    private const ulong Baud = Uart + 0x28;

    private const ulong Word0 = 0x0810_1820;
    private const ulong Word1 = 0x2830_3840;
    private const ulong Word2 = 0x4850_5860;
    private const ulong Word3 = 0xe8f0_f8e0;

    private static Excursion* Here => Excursion.Here;

    public static void Run()
    {
        El2.InBothFormats(&Checks);
        El2.Enter(false);
        Below();
        El2.Enter(true);
        Below();
        El2.Enter(false);
    }

    /// <summary>The same by a kernel at EL1.</summary>
    public static void RunAtEl1()
    {
        SystemRegisters.CPACR_EL1 = 0x0333_0000;
        Instructions.Isb();
        Checks();
    }

    private static void Checks()
    {
        Single();
        Pairs();
        Exclusives();
        Atomics();
        Vectors();
        Unaligned();
        Crossing();
        Turned();
        Mmio.Write32(Baud + 4, 0x70);
        Fill();
    }

    private static ReadOnlySpan<byte> Prefix => Cpu.IsAtEl2 ? El2.Prefix : default;

    private static void Check(bool condition, ReadOnlySpan<byte> what) => Here->Check(condition, Prefix, what, default);

    private static void Fill()
    {
        Mmio.Write32(Priorities, (uint)Word0);
        Mmio.Write32(Priorities + 4, (uint)Word1);
        Mmio.Write32(Priorities + 8, (uint)Word2);
        Mmio.Write32(Priorities + 12, (uint)Word3);
    }

    private static bool Holds(ulong first, ulong second, ulong third = Word2, ulong fourth = Word3) =>
        Mmio.Read32(Priorities) == first && Mmio.Read32(Priorities + 4) == second
        && Mmio.Read32(Priorities + 8) == third && Mmio.Read32(Priorities + 12) == fourth;

    /// <summary>Runs one instruction at the own level: x1 is the address.</summary>
    private static bool Do(uint instruction, ulong address, ulong x2 = 0, ulong x3 = 0, ulong x4 = 0, ulong x5 = 0, ulong x6 = 0)
    {
        Fill();
        Code.Begin();
        Code.Emit(instruction);
        return Go(Cpu.Level, address, x2, x3, x4, x5, x6);
    }

    private static bool Go(ulong level, ulong address, ulong x2, ulong x3, ulong x4 = 0, ulong x5 = 0, ulong x6 = 0)
    {
        Code.Finish();
        Excursion* start = Excursion.Prepare(level);
        start->X[1] = address;
        start->X[2] = x2;
        start->X[3] = x3;
        start->X[4] = x4;
        start->X[5] = x5;
        start->X[6] = x6;
        Excursion.Run();
        return start->Finished;
    }

    // By the call at the end, or by that of a program at EL0, which EL1's vectors hand over.
    private static bool IsReached => Here->Finished || Here->EndedBy(Vector.Lower, ExceptionClass.Hvc, FromEl0);

    private static bool Has(ulong x1, ulong x2) => IsReached && Here->X[1] == x1 && Here->X[2] == x2;

    private static bool HasPair(ulong x1, ulong x2, ulong x3) => Has(x1, x2) && Here->X[3] == x3;

    private static void Single()
    {
        Do(0xb8404422, Priorities);
        Check(Has(Priorities + 4, Word0), "LDR, post-index"u8);
        Do(0xb8404c22, Priorities);
        Check(Has(Priorities + 4, Word1), "LDR, pre-index"u8);
        Do(0xb89f8422, Priorities + 12);
        Check(Has(Priorities + 4, 0xffff_ffff_0000_0000 | Word3), "LDRSW, post-index, down"u8);
        Do(0x38401422, Priorities + 1);
        Check(Has(Priorities + 2, 0x18), "LDRB, post-index"u8);
        Do(0x38c01422, Priorities + 15);
        Check(Has(Priorities + 16, 0xffff_ffe8), "LDRSB of 32 bits, post-index"u8);
        Do(0xf8408422, Identification);
        Check(Has(Identification + 8, 0x10_0000_0011), "LDR of 64 bits, post-index: two registers of the UART"u8);
        Do(0xf8408422, Priorities);
        Check(Has(Priorities + 8, 0), "LDR of 64 bits, post-index: the distributor answers zero"u8);
        Check(Do(0xb8004422, Priorities, 0x1020_3040) && Here->X[1] == Priorities + 4 && Holds(0x1020_3040, Word1), "STR, post-index"u8);
        Check(Do(0x381ffc22, Priorities + 4, 0xa8) && Here->X[1] == Priorities + 3 && Holds(0xa810_1820, Word1), "STRB, pre-index"u8);
        Fill();
        Code.Begin();
        Code.MoveFromSp(9);
        Code.MoveToSp(1);
        Code.Emit(0xb84047e2);                          // ldr w2, [sp], #4
        Code.MoveFromSp(3);
        Code.MoveToSp(9);
        Go(Cpu.Level, Priorities, 0, 0);
        Check(HasPair(Priorities, Word0, Priorities + 4), "LDR, post-index of SP"u8);
        Do(0xb8400822, Priorities);
        Check(Has(Priorities, Word0), "LDTR"u8);
        Check(Do(0xb8000822, Priorities, 0x1020_3040) && Holds(0x1020_3040, Word1), "STTR"u8);
        Do(0xb8bfc022, Priorities);
        Check(Has(Priorities, Word0), "LDAPR"u8);
        Do(0x99404022, Priorities);
        Check(Has(Priorities, Word1), "LDAPUR"u8);
        Check(Do(0x889ffc22, Priorities, 0x1020_3040) && Holds(0x1020_3040, Word1), "STLR"u8);
        Check(Do(0x99004022, Priorities, 0x1020_3040) && Holds(Word0, 0x1020_3040), "STLUR"u8);
        Check(Do(0xf9800020, Priorities) && Holds(Word0, Word1), "PRFM"u8);
        Check(Do(0xd50b7421, Priorities + 4) && Holds(0, 0, 0, 0), "DC ZVA"u8);
        Do(0x39400022 | (0xfe5 << 10), Uart);
        Check(Has(Uart, 0x10), "LDRB of the second byte of a UART register"u8);
        Do(0x79400022, Priorities);
        Check(Has(Priorities, 0), "LDRH: the distributor answers zero"u8);
    }

    private static void Pairs()
    {
        Do(0x29400c22, Identification);
        Check(HasPair(Identification, 0x11, 0x10), "LDP"u8);
        Do(0xa8c10c22, Identification);
        Check(HasPair(Identification + 16, 0x10_0000_0011, 0x14), "LDP of 64 bits, post-index"u8);
        Do(0x69c10c22, Identification);
        Check(HasPair(Identification + 8, 0x14, 0), "LDPSW, pre-index"u8);
        Do(0x28400c22, Identification);
        Check(HasPair(Identification, 0x11, 0x10), "LDNP"u8);
        Do(0x29400c22, Priorities);
        Check(HasPair(Priorities, 0, 0), "LDP is one access of eight bytes"u8);
        Check(Do(0x29000c22, Baud, 0x15, 0x70) && Mmio.Read32(Baud) == 0x15 && Mmio.Read32(Baud + 4) == 0x70, "STP"u8);
        Check(
            Do(0x29bf0c22, Baud + 8, 0x2a, 0x60) && Here->X[1] == Baud && Mmio.Read32(Baud) == 0x2a && Mmio.Read32(Baud + 4) == 0x60,
            "STP, pre-index"u8);
        Check(Do(0x29000c22, Priorities, 0x1020_3040, 0x5060_7080) && Holds(Word0, Word1), "STP is one access of eight bytes"u8);
        Mmio.Write32(Baud, 0);
    }

    private static void Exclusives()
    {
        Do(0x885f7c22, Priorities);
        Check(Has(Priorities, Word0), "LDXR"u8);
        Do(0x085ffc22, Priorities + 3);
        Check(Has(Priorities + 3, 0x08), "LDAXRB"u8);
        Do(0x887f0c22, Identification);
        Check(HasPair(Identification, 0x11, 0x10), "LDXP"u8);
        Do(0xc87f0c22, Identification);
        Check(HasPair(Identification, 0x10_0000_0011, 0x14), "LDXP of 64 bits"u8);
        Check(Do(0x88037c22, Priorities, 0x1020_3040) && Here->X[3] == 1 && Holds(Word0, Word1), "STXR alone fails"u8);
    }

    private static void Atomics()
    {
        Operation(0xb8220023, 0x0808_0808, 0x1018_2028, "LDADD"u8);
        Operation(0xb8e21023, 0x0010_1800, 0x0800_0020, "LDCLRAL"u8);
        Operation(0xb8222023, 0x1010_1010, 0x1800_0830, "LDEOR"u8);
        Operation(0xb8223023, 0x8080_8080, 0x8890_98a0, "LDSET"u8);
        Operation(0xb8224023, 0x8000_0000, Word0, "LDSMAX"u8);
        Operation(0xb8225023, 0x8000_0000, 0x8000_0000, "LDSMIN"u8);
        Operation(0xb8226023, 0x8000_0000, 0x8000_0000, "LDUMAX"u8);
        Operation(0xb8227023, 0x8000_0000, Word0, "LDUMIN"u8);
        Operation(0xb8e28023, 0x1020_3040, 0x1020_3040, "SWPAL"u8);
        Check(Do(0x38220023, Priorities, 0xf8) && Here->X[3] == 0x20 && Holds(0x0810_1818, Word1), "LDADDB"u8);
        Check(Do(0xb822003f, Priorities, 0x0808_0808) && Holds(0x1018_2028, Word1), "STADD"u8);
        Check(Do(0x88a27c23, Priorities, Word0, 0x1020_3040) && Here->X[2] == Word0 && Holds(0x1020_3040, Word1), "CAS of the same value"u8);
        Check(Do(0x88a27c23, Priorities, 1, 0x1020_3040) && Here->X[2] == Word0 && Holds(Word0, Word1), "CAS of another value"u8);
        Check(Do(0x08e2fc23, Priorities, 0x120, 0x30) && Here->X[2] == 0x20 && Holds(0x0810_1830, Word1), "CASALB"u8);
        Mmio.Write32(Baud, 0x11);
        Mmio.Write32(Baud + 4, 0x70);
        Check(
            Do(0x08227c24, Baud, 0x11, 0x70, 0x22, 0x60) && HasPair(Baud, 0x11, 0x70) && Mmio.Read32(Baud) == 0x22 && Mmio.Read32(Baud + 4) == 0x60,
            "CASP of the same values"u8);
        Check(
            Do(0x08227c24, Baud, 0x22, 0x61, 0x33, 0x70) && HasPair(Baud, 0x22, 0x60) && Mmio.Read32(Baud) == 0x22 && Mmio.Read32(Baud + 4) == 0x60,
            "CASP of another value"u8);
        Check(Do(0x48227c24, Identification) && HasPair(Identification, 0x10_0000_0011, 0x14), "CASP of 64 bits"u8);
        Mmio.Write32(Baud, 0);
    }

    private static void Operation(uint instruction, ulong operand, ulong result, ReadOnlySpan<byte> name) =>
        Check(Do(instruction, Priorities, operand) && Here->X[3] == Word0 && Holds(result, Word1), name);
}
