// The identification registers: all of them can be read, the unused ones are zero, and what EL2 needs to know is there.
// Their values are not compared: a hypervisor may hide features.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class Identification
{
    public static void Run()
    {
        Readable("MIDR_EL1"u8, Encoding.MIDR_EL1);
        Readable("MPIDR_EL1"u8, Encoding.MPIDR_EL1);
        Readable("REVIDR_EL1"u8, Encoding.REVIDR_EL1);
        Readable("CCSIDR_EL1"u8, Encoding.CCSIDR_EL1);
        Readable("CLIDR_EL1"u8, Encoding.CLIDR_EL1);
        Readable("AIDR_EL1"u8, Encoding.AIDR_EL1);
        Readable("CTR_EL0"u8, Encoding.CTR_EL0);
        Readable("DCZID_EL0"u8, Encoding.DCZID_EL0);
        Readable("CNTFRQ_EL0"u8, Encoding.CNTFRQ_EL0);
        Readable("CNTPCT_EL0"u8, Encoding.CNTPCT_EL0);
        Readable("CNTVCT_EL0"u8, Encoding.CNTVCT_EL0);
        Space(1, "ID_PFR0 to ID_MMFR3 can be read"u8, 0);
        Space(2, "ID_ISAR0 to ID_ISAR6 can be read"u8, 0);
        Space(3, "MVFR0 to ID_MMFR5 can be read, the rest is zero"u8, 0x88);
        Space(4, "ID_AA64PFR0 to ID_AA64FPFR0 can be read, the rest is zero"u8, 0x48);
        Space(5, "ID_AA64DFR0 to ID_AA64AFR1 can be read, the rest is zero"u8, 0xc8);
        Space(6, "ID_AA64ISAR0 to ID_AA64ISAR3 can be read, the rest is zero"u8, 0xf0);
        Space(7, "ID_AA64MMFR0 to ID_AA64MMFR4 can be read, the rest is zero"u8, 0xe0);
        Unwritable("MIDR_EL1"u8, Encoding.MIDR_EL1);
        Unwritable("ID_AA64PFR0_EL1"u8, Encoding.ID_AA64PFR0_EL1);
        Unwritable("CTR_EL0"u8, Encoding.CTR_EL0);
        Tap.Check((SystemRegisters.ID_AA64PFR0_EL1 & 0xff) == 0x11 || (SystemRegisters.ID_AA64PFR0_EL1 & 0xff) == 0x22 || (SystemRegisters.ID_AA64PFR0_EL1 & 0xff) == 0x12, "AArch64 at EL0 and EL1"u8);
        Tap.Check((SystemRegisters.ID_AA64PFR0_EL1 >> 24 & 0xf) >= 1, "the GIC has system registers"u8);
        Tap.Check((SystemRegisters.ID_AA64MMFR0_EL1 >> 28 & 0xf) != 0xf, "4 KiB pages"u8);
        if (Cpu.IsAtEl2)
        {
            Tap.Check((SystemRegisters.ID_AA64PFR0_EL1 >> 8 & 0xf) != 0, "there is an EL2"u8);
            Tap.Check((SystemRegisters.ID_AA64MMFR1_EL1 >> 8 & 0xf) == 1, "there is VHE"u8);
        }

        Tap.Check(SystemRegisters.CNTFRQ_EL0 == 1_000_000_000, "the counter's frequency is 1 GHz"u8);
        Tap.Check((SystemRegisters.MPIDR_EL1 & 0xff_00ff_ffff) == 0, "the first CPU's affinity is 0"u8);
    }

    private static void Readable(ReadOnlySpan<byte> name, uint register)
    {
        bool good = Read(register);
        Excursion.Here->Check(good, name, " can be read"u8, default);
    }

    private static bool Read(uint register)
    {
        Code.Begin();
        Code.Mrs(0, register);
        Code.Finish();
        return Excursion.Run(Cpu.Level)->Finished;
    }

    /// <summary>op0=3, op1=0, CRn=0 and this CRm: eight registers, of which those in the mask are unused.</summary>
    private static void Space(uint crm, ReadOnlySpan<byte> what, uint unused)
    {
        bool good = true;
        for (uint op2 = 0; op2 < 8; op2++)
        {
            good &= Read(0xc000 | (crm << 3) | op2);
            good &= (unused >> (int)op2 & 1) == 0 || Excursion.Here->X[0] == 0;
        }

        Tap.Check(good, what);
    }

    private static void Unwritable(ReadOnlySpan<byte> name, uint register)
    {
        Code.Begin();
        Code.Msr(register, 0);
        Code.Finish();
        Excursion* end = Excursion.Run(Cpu.Level);
        end->Check(end->EndedBy(Vector.Current, ExceptionClass.Unknown, 0) && end->Offset == 0, name, " cannot be written"u8, default);
    }
}
