// Alignment, accesses that begin in one page and end in another, and the other byte order.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe partial class DeviceAccesses
{
    private const ulong Alignment = 0x21;
    private const ulong External = 0x10;
    private const ulong TranslationOfPage = 7;
    private const ulong WriteNotRead = 1 << 6;
    private const ulong BigEndian = 1UL << 25;          // SCTLR_ELx.EE
    private const ulong InMemory = 0x1122_3344_5566_7788;

    // Pages of the window of Paging, one after another; the last is not mapped.
    private const ulong UartPage = Paging.Window + 0x1_0000;
    private const ulong RamPage = UartPage + 0x1000;
    private const ulong DistributorPage = UartPage + 0x2000;
    private const ulong NoPage = UartPage + 0x3000;

    private static bool Faults(ulong status, ulong address) =>
        Here->EndedBy(Vector.Current, ExceptionClass.DataAbort, status) && Here->Far == address && Here->Offset == 0;

    private static void Unaligned()
    {
        Do(0xb9400022, Priorities + 2);
        Check(Faults(Alignment, Priorities + 2), "the MMU is off: LDR is aligned"u8);
        Do(0xf9000022, Baud + 4);
        Check(Faults(Alignment | WriteNotRead, Baud + 4), "the MMU is off: STR of 64 bits is aligned"u8);
        Do(0xb8404422, Priorities + 2);
        Check(Faults(Alignment, Priorities + 2) && Here->X[1] == Priorities + 2, "the MMU is off: LDR with post-index is, and writes nothing back"u8);
        Check(Do(0x29400c22, Identification + 4) && HasPair(Identification + 4, 0x10, 0x14), "the MMU is off: LDP needs the alignment of one register"u8);
        Do(0x29400c22, Identification + 2);
        Check(Faults(Alignment, Identification + 2), "the MMU is off: LDP has that"u8);
        Do(0x29000c22, Baud + 2);
        Check(Faults(Alignment | WriteNotRead, Baud + 2), "the MMU is off: STP has that"u8);
        Do(0x887f0c22, Identification + 4);
        Check(Faults(Alignment, Identification + 4), "the MMU is off: LDXP needs the alignment of both"u8);
        Do(0xb8220023, Priorities + 2);
        Check(Faults(Alignment | WriteNotRead, Priorities + 2), "the MMU is off: LDADD is aligned, a write"u8);
        Do(0x3dc00020, Identification + 8);
        Check(Faults(Alignment, Identification + 8), "the MMU is off: LDR of 128 bits is aligned"u8);
        Do(0x4c407820, Identification + 2);
        Check(Faults(Alignment, Identification + 2), "the MMU is off: LD1 of words is aligned"u8);
        DoVector(0x4c407820, Identification + 4);
        Check(Has(Identification + 4, 0x14_0000_0010), "the MMU is off: LD1 of words needs no more"u8);
        Do(0xf9400022, Uart + 0x1000);
        Check(Faults(External, Uart + 0x1000), "behind the UART is nothing"u8);
        Do(0xa8c10c22, Uart + 0x1000);
        Check(Faults(External, Uart + 0x1000) && Here->X[1] == Uart + 0x1000, "LDP there writes nothing back"u8);
        Do(0xb8220023, Uart + 0x1000);
        Check(Faults(External, Uart + 0x1000), "LDADD there: the load is what fails"u8);
        Do(0xad400420, Uart + 0xff0);
        Check(Faults(External, Uart + 0x1000), "LDP of 128 bits, half of it behind the UART"u8);
    }

    private static void Crossing()
    {
        Translate();
        ulong* ram = (ulong*)(Symbols.DataArea + 0xff8);
        *ram = InMemory;
        *(ulong*)Symbols.DataArea = InMemory;
        Instructions.DsbSy();
        ulong control = Mmio.Read32(Gic.Distributor);
        Do(0xb9400022, DistributorPage + 0x422);
        Check(Has(DistributorPage + 0x422, 0), "Normal memory: an unaligned LDR is accesses of two bytes"u8);
        Do(0xb9400022, DistributorPage + 0x423);
        Check(Has(DistributorPage + 0x423, 0x3038_4008), "Normal memory: and of one"u8);
        Do(0xb9000022, DistributorPage + 0x421, 0x8890_98a0);
        Check(Here->Finished && Holds(0x9098_a020, 0x2830_3888), "Normal memory: an unaligned STR"u8);
        Do(0xb9400022, DistributorPage);
        Check(Has(DistributorPage, control), "LDR of the first register of a page, behind a page of RAM"u8);
        Do(0xb9400022, Gic.Distributor);
        Check(Has(Gic.Distributor, control), "LDR of the first register of a page, behind one of Device memory"u8);
        Do(0xf9400022, RamPage + 0xffc);
        Check(Has(RamPage + 0xffc, (control << 32) | (InMemory >> 32)), "LDR, four bytes of RAM and four of a device"u8);
        Do(0xf8408422, RamPage + 0xffc);
        Check(Has(RamPage + 0x1004, (control << 32) | (InMemory >> 32)), "LDR with post-index, four bytes of RAM and four of a device"u8);
        Do(0xf9400022, UartPage + 0xffc);
        Check(Has(UartPage + 0xffc, 0x5566_7788_0000_00b1), "LDR, four bytes of a device and four of RAM"u8);
        Do(0xf9000022, RamPage + 0xffc, (control << 32) | 0x99);
        Check(Here->Finished && *ram == ((0x99UL << 32) | (InMemory & uint.MaxValue)) && Mmio.Read32(Gic.Distributor) == control, "STR, four bytes of RAM and four of a device"u8);
        Do(0xf9400022, DistributorPage + 0xffc);
        Check(Faults(TranslationOfPage, NoPage), "LDR, four bytes of a device and a page that is not mapped"u8);
        Do(0xa8c10c22, DistributorPage + 0xff8);
        Check(Faults(TranslationOfPage, NoPage) && Here->X[1] == DistributorPage + 0xff8, "LDP with post-index, the second half not mapped"u8);
        Do(0x29400c22, UartPage + 0xffc);
        Check(HasPair(UartPage + 0xffc, 0xb1, 0x5566_7788), "LDP, a word of a device and a word of RAM"u8);
        TranslateNoMore();
    }

    private static void Turned()
    {
        Twice(0xb8404422, Priorities);
        Check(Has(Priorities + 4, 0x2018_1008), "big endian: LDR, post-index"u8);
        Twice(0xb9400022, Priorities);
        Check(Has(Priorities, 0x2018_1008), "big endian: LDR"u8);
        Twice(0x79400022, Uart + 0x18);
        Check(Has(Uart + 0x18, 0x9000), "big endian: LDRH"u8);
        Twice(0xf9400022, Identification);
        Check(Has(Identification, 0x1100_0000_1000_0000), "big endian: LDR of 64 bits"u8);
        Twice(0xf9400022, Gic.Redistributors + 8);
        Check(Has(Gic.Redistributors + 8, 0x0100_0001_0000_0000), "big endian: LDR of GICR_TYPER"u8);
        Twice(0xb89f8422, Priorities + 12);
        Check(Has(Priorities + 4, 0xffff_ffff_e0f8_f0e8), "big endian: LDRSW, post-index"u8);
        Twice(0x29400c22, Identification);
        Check(HasPair(Identification, 0x1100_0000, 0x1000_0000), "big endian: LDP"u8);
        Twice(0xb9000022, Priorities, 0x1020_3040);
        Check(Here->Finished && Holds(0x4030_2010, Word1), "big endian: STR"u8);
        Twice(0xb8004422, Priorities, 0x1020_3040);
        Check(Here->Finished && Holds(0x4030_2010, Word1), "big endian: STR, post-index"u8);
        Twice(0xb8220023, Priorities, 0x0808_0808);
        Check(Here->Finished && Here->X[3] == 0x2018_1008 && Holds(0x1018_2028, Word1), "big endian: LDADD"u8);
        Twice(0x3dc00020, Identification);
        Check(HasPair(Identification, 0x1400_0000_0000_0000, 0x1100_0000_1000_0000), "big endian: LDR of 128 bits"u8);
        Twice(0x4c407820, Priorities);
        Check(HasPair(Priorities, 0x4038_3028_2018_1008, 0xe0f8_f0e8_6058_5048), "big endian: LD1 of words is accesses of words"u8);
        Twice(0x4cdf7020, Identification);
        Check(HasPair(Identification + 16, Ids01, Ids23), "big endian: LD1 of bytes"u8);
    }

    /// <summary>One instruction with SCTLR_ELx.EE=1, and V0 behind it in x2 and x3 if it loads that.</summary>
    private static void Twice(uint instruction, ulong address, ulong x2 = 0)
    {
        uint control = Cpu.IsAtEl2 ? Encoding.SCTLR_EL2 : Encoding.SCTLR_EL1;
        bool isVector = (instruction & 0x0e00_0000) == 0x0c00_0000;
        Fill();
        Code.Begin();
        Code.Mrs(20, control);
        Code.Emit(0xb2670293);                          // orr x19, x20, #1 << 25
        Code.Msr(control, 19);
        Code.Isb();
        Code.Emit(instruction);
        Code.Msr(control, 20);
        Code.Isb();
        if (isVector)
        {
            Code.Emit(0x4e083c02);                      // mov x2, v0.d[0]
            Code.Emit(0x4e183c03);                      // mov x3, v0.d[1]
        }

        Go(Cpu.Level, address, x2, 0);
    }

    // The window as Normal memory: an unaligned access is permitted.
    private static void Translate()
    {
        bool user = !Cpu.IsAtEl2 || El2.IsE2h;
        if (Cpu.IsAtEl2)
        {
            Paging.EnableEl2(user);
        }
        else
        {
            Paging.Build(user);
            SystemRegisters.MAIR_EL1 = Paging.Attributes;
            SystemRegisters.TCR_EL1 = Paging.ControlTwoHalves;
            SystemRegisters.TTBR0_EL1 = Paging.Root;
            Instructions.DsbSy();
            Instructions.Isb();
            Instructions.TlbiVmalle1();
            Instructions.DsbSy();
            Instructions.Isb();
            SystemRegisters.SCTLR_EL1 |= El1.TranslationOn;
            Instructions.Isb();
        }

        *Paging.Entry(UartPage) = Paging.PageOf(Uart, user);
        *Paging.Entry(RamPage) = Paging.PageOf(Symbols.DataArea, user);
        *Paging.Entry(DistributorPage) = Paging.PageOf(Gic.Distributor, user);
        Instructions.DsbSy();
        Instructions.Isb();
    }

    private static void TranslateNoMore()
    {
        if (Cpu.IsAtEl2)
        {
            Paging.DisableEl2();
            return;
        }

        SystemRegisters.SCTLR_EL1 &= ~El1.TranslationOn;
        Instructions.Isb();
        Instructions.TlbiVmalle1();
        Instructions.DsbSy();
        Instructions.Isb();
    }
}
