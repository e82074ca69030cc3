// Every row of the register table at reset: on the CPU that booted, on one that PSCI starts, and on that one again after it has
// written to all of them and has gone off. Then the interrupt controller. A new row of the table is in it by itself.
//
// Left out, because this program has used them before it can look: on the first CPU the vectors, the syndrome and the return
// state of its level. Left out, because Nestor hides it on purpose: identification (group "ids" has it), interrupts from 128 up,
// security states of the distributor, and what the machine's IIDR, TYPER and PIDR say about their maker.

using System;
using System.Runtime.CompilerServices;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class ResetValues
{
    private const ulong Pattern = 0x5a69_a596_3cc3_5aa5;
    private const ulong Unreadable = 0xdead_dead_dead_dead;
    private const uint Floating = 0x9e660001;           // fmov x1, d0
    private const uint ToFloating = 0x9e670060;         // fmov d0, x3
    private const uint StartStreaming = 0xd503477f;     // smstart
    private const uint Fpcr = 0xda20;
    private const uint Fpsr = 0xda21;
    private const uint Svcr = 0xda12;
    private const uint Extras = 13;
    private const int NameLength = 9;
    private const ulong Patience = 60;                   // seconds: another CPU may have a long wait for its turn

    private static Words s_first;

    private static ReadOnlySpan<ushort> ExtraEncodings => [0xda10, 0xda11, 0xda15, 0xda16, 0xc213, 0xc214, 0xc210, 0xc212, (ushort)Encoding.DBGCLAIMCLR_EL1];

    private static ReadOnlySpan<byte> ExtraNames => "NZCV     DAIF     DIT      SSBS     PAN      UAO      SPSel    CurrentELCLAIM    FPCR     FPSR     SVCR     D0       "u8;

    /// <summary>Where the second CPU leaves what it reads: a word for each row, then the extra ones.</summary>
    private static ulong* Second => (ulong*)Symbols.PageTables;

    public static void Run()
    {
        OnFirstCpu();
        MakeSecondCode();
        OnSecondCpu("second CPU: "u8);
        OnSecondCpu("second CPU again: "u8);
        Devices();
    }

    private static void OnFirstCpu()
    {
        for (uint row = 0; row < TableRows.Count; row++)
        {
            ulong value = Unreadable;
            if (IsWanted(row))
            {
                Code.Begin();
                Code.Mrs(0, TableRows.Encodings[(int)row]);
                Code.Finish();
                Excursion* end = Excursion.Run(Cpu.Level);
                value = end->Finished ? end->X[0] : Unreadable;
                if (!end->Finished)
                {
                    Tap.Check(true, "first CPU: "u8, TableRows.Name(row), " is undefined"u8);
                }
                else if (!IsUsed(TableRows.Encodings[(int)row]))
                {
                    Tap.Reading("first CPU: "u8, TableRows.Name(row), value);
                }
            }

            First[row] = value;
        }
    }

    private static void OnSecondCpu(ReadOnlySpan<byte> prefix)
    {
        for (uint i = 0; i < TableRows.Count + Extras; i++)
        {
            Second[i] = Unreadable;
        }

        Instructions.DsbSy();
        bool started = Cpu.Psci(Psci.CpuOn64, 1, Symbols.CodeArea, Symbols.PageTables) == Psci.Success;
        bool isOff = false;
        ulong end = SystemRegisters.CNTPCT_EL0 + (Patience * SystemRegisters.CNTFRQ_EL0);
        while (started && !isOff && SystemRegisters.CNTPCT_EL0 < end)
        {
            // The last word says that it has read everything.
            isOff = Mmio.Read64((ulong)(Second + TableRows.Count + Extras - 1)) != Unreadable && Cpu.Psci(Psci.AffinityInfo64, 1, 0, 0) == 1;
            Symbols.Yield();
        }

        Tap.Check(isOff, prefix, "it starts, and goes off"u8, default);
        for (uint row = 0; row < TableRows.Count; row++)
        {
            // Those that are as on the first CPU need no line.
            if (First[row] != Unreadable && (Second[row] != First[row] || IsUsed(TableRows.Encodings[(int)row])))
            {
                Tap.Reading(prefix, TableRows.Name(row), Second[row]);
            }
        }

        for (uint i = 0; i < Extras; i++)
        {
            Tap.Reading(prefix, ExtraName((int)i * NameLength), Second[TableRows.Count + i]);
        }
    }

    private static ReadOnlySpan<byte> ExtraName(int start)
    {
        int length = NameLength;
        while (ExtraNames[start + length - 1] == ' ')
        {
            length--;
        }

        return ExtraNames.Slice(start, length);
    }

    // x0 is the place of the values. Reads all, then writes all, then goes off.
    private static void MakeSecondCode()
    {
        Code.Begin();
        for (uint row = 0; row < TableRows.Count; row++)
        {
            if (First[row] != Unreadable)
            {
                Read(TableRows.Encodings[(int)row], row);
            }
        }

        int extra = 0;
        for (; extra < ExtraEncodings.Length; extra++)
        {
            Read(ExtraEncodings[extra], TableRows.Count + (uint)extra);
        }

        // Nothing of the vectors traps: the first read of them may be the first thing that would.
        Code.MoveImmediate(1, Cpu.IsAtEl2 ? 0x22ffu : 0x333);
        if (!Cpu.IsAtEl2)
        {
            Code.Emit(0xd370bc21);                      // lsl x1, x1, #16
        }

        Code.Msr(Cpu.IsAtEl2 ? Encoding.CPTR_EL2 : Encoding.CPACR_EL1, 1);
        Code.Isb();
        uint next = TableRows.Count + (uint)extra;
        Read(Fpcr, next);
        Read(Fpsr, next + 1);
        Read(Svcr, next + 2);
        Code.Emit(Floating);
        Save(next + 3);
        Code.Dsb();
        Code.Emit(0x92800003);                          // mov x3, #-1
        Code.Emit(ToFloating);
        WriteRows();
        Code.Msr(Encoding.DBGCLAIMSET_EL1, 2);
        Code.MoveImmediate(3, 0x1f);
        Code.Msr(Fpsr, 3);
        Code.Emit(0xd2a08003);                          // mov x3, #0x4000000
        Code.Msr(Fpcr, 3);
        Code.Emit(StartStreaming);
        Code.Emit(0xd2b08000);                          // mov x0, #0x84000000
        Code.Emit(0xb27f0000);                          // orr x0, x0, #2
        if (Cpu.IsAtEl2)
        {
            Code.Smc(0);
        }
        else
        {
            Code.Hvc(0);
        }

        Code.Publish();
    }

    private static void WriteRows()
    {
        for (uint half = 0; half < 4; half++)
        {
            const uint Mov = 0xf2800002;                // movk x2, #imm, lsl #(16 * half)
            Code.Emit(Mov | (half << 21) | (uint)(Pattern >> (int)(16 * half) & 0xffff) << 5);
        }

        for (uint row = 0; row < TableRows.Count; row++)
        {
            uint encoding = TableRows.Encodings[(int)row];
            if (First[row] != Unreadable && TableRows.Stored[(int)row] != 0 && IsHarmless(encoding))
            {
                Code.Msr(encoding, 2);
            }
        }
    }

    private static void Read(uint encoding, uint place)
    {
        Code.Mrs(1, encoding);
        Save(place);
    }

    private static void Save(uint place) => Code.Emit(0xf9000001 | (place << 10));      // str x1, [x0, #place * 8]

    private static bool IsWanted(uint row) =>
        (Cpu.IsAtEl2 || TableRows.OfEl2[(int)row] == 0) && (TableRows.Stored[(int)row] != 0 || IsInterface(row));

    private static bool IsInterface(uint row) => TableRows.Name(row)[0] == 'I' && TableRows.Name(row)[1] == 'C' && TableRows.Name(row)[2] == 'C';

    private static bool IsUsed(uint encoding) => Cpu.IsAtEl2
        ? encoding is Encoding.VBAR_EL2 or Encoding.ESR_EL2 or Encoding.ELR_EL2 or Encoding.SPSR_EL2 or Encoding.FAR_EL2
        : encoding is Encoding.VBAR_EL1 or Encoding.ESR_EL1 or Encoding.ELR_EL1 or Encoding.SPSR_EL1 or Encoding.FAR_EL1;

    // What would take the ground from under the code that writes.
    private static bool IsHarmless(uint encoding) => encoding is not (Encoding.SCTLR_EL2 or Encoding.HCR_EL2 or Encoding.CPTR_EL2
        or Encoding.MDCR_EL2 or Encoding.MDSCR_EL1 or Encoding.RVBAR_EL2 or Encoding.RMR_EL2 or Encoding.ICH_VTR_EL2 or Encoding.ICH_MISR_EL2
        or Encoding.ICH_EISR_EL2 or Encoding.ICH_ELRSR_EL2 or Encoding.ICC_SRE_EL2)
        && (Cpu.IsAtEl2 || encoding is not (Encoding.SCTLR_EL1 or Encoding.CPACR_EL1));

    private static void Devices()
    {
        Frame("GICD at "u8, Gic.Distributor, 0x80, 0xe00);
        Frame("GICR at "u8, Gic.Redistributors, 0x10, 0x100);
        Frame("GICR SGI at "u8, Gic.Redistributors + Gic.SgiFrame, 0, 0xe00);
        Frame("GICR of the other CPU at "u8, Gic.Redistributors + 0x2_0000, 0x10, 0x100);
        Frame("GITS at "u8, 0x0808_0000, 0x80, 0x140);
        Tap.Reading("GICD_CTLR"u8, ""u8, Mmio.Read32(Gic.Distributor) & 0x13);
        Tap.Reading("GICR_CTLR"u8, ""u8, Mmio.Read32(Gic.Redistributors));
        Tap.Reading("GICR_WAKER"u8, ""u8, Mmio.Read32(Gic.Redistributors + 0x14));
        Tap.Reading("GITS_CTLR"u8, ""u8, Mmio.Read32(0x0808_0000));
        Tap.Reading("GICD_IROUTER32"u8, ""u8, Mmio.Read64(Gic.Distributor + 0x6100));
        Tap.Reading("GICD_IROUTER127"u8, ""u8, Mmio.Read64(Gic.Distributor + 0x6000 + (127 * 8)));
    }

    // What is zero needs no line. Of the distributor's tables the part of the interrupts below 128.
    private static void Frame(ReadOnlySpan<byte> name, ulong address, ulong from, ulong to)
    {
        for (ulong offset = from; offset < to; offset += 4)
        {
            uint value = IsHidden(offset, to) ? 0 : Mmio.Read32(address + offset);
            if (value != 0)
            {
                Tap.Reading(name, offset, value);
            }
        }
    }

    private static bool IsHidden(ulong offset, ulong end) => end > 0x140 && offset switch
    {
        < 0x400 => (offset & 0x7f) >= 128 / 8,
        < 0x800 => offset >= 0x480,
        < 0xc00 => true,
        < 0xd00 => offset >= 0xc20,
        _ => true,
    };

    private static ulong* First => ((Words*)Unsafe.AsPointer(ref s_first))->Value;

    private struct Words
    {
        public fixed ulong Value[(int)TableRows.Count];
    }
}
