// Two CPUs that may be one: what a program finds in its registers after another has run in its place. What virtual EL2 reaches
// without a trap is nobody's but the registers', and has to be taken out of them and put back.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class SharedCpu
{
    private const ulong Points = 1 << 15;               // MDSCR_EL1.MDE
    private const ulong AtEl0 = 1 | (2 << 1) | (0xf << 5);
    private const ulong AtEl1 = 1 | (1 << 1) | (0xf << 5);
    private const ulong ByEl2 = 1 << 8;                 // MDCR_EL2.TDE
    private const ulong Breakpoint = 0x30;
    private const ulong Turns = 1_000_000;              // some slices of time: next to a breakpoint QEMU does an instruction at a time

    public static void Run()
    {
        Cpu.ResetHcr(false);
        SystemRegister.Write(Encoding.OSLAR_EL1, 0);
        Tap.Check(SecondCpu.TurnOn() == Psci.Success && SecondCpu.Do(SecondCpu.Report), "the second CPU runs"u8);
        El2.InBothFormats(&Checks);
        Tap.Check(SecondCpu.TurnOff(), "the second CPU goes off"u8);
    }

    private static void Checks()
    {
        SystemRegister.Write(Encoding.DBGBVR0_EL1, Symbols.CodeArea + 8);
        SecondCpu.BeginSpin();
        SystemRegisters.MDSCR_EL1 = Points;
        ulong end = SystemRegisters.CNTPCT_EL0 + (SystemRegisters.CNTFRQ_EL0 / 20);
        while (SystemRegisters.CNTPCT_EL0 < end)
        {
        }

        Tap.Check(SystemRegisters.MDSCR_EL1 == Points, El2.Prefix, "EL2 keeps MDSCR_EL1"u8, default);

        SystemRegister.Write(Encoding.DBGBCR0_EL1, AtEl0);
        El2.Change(Hcr.TGE);
        CheckBreakpoint(Pstate.El0, "a breakpoint at EL0 under TGE is taken"u8);
        El2.Change(0, Hcr.TGE);

        SystemRegister.Write(Encoding.DBGBCR0_EL1, AtEl1);
        SystemRegisters.MDCR_EL2 |= ByEl2;
        CheckBreakpoint(Pstate.El1h, "a breakpoint at EL1 is taken"u8);
        SystemRegisters.MDCR_EL2 &= ~ByEl2;
        Tap.Check(SystemRegisters.MDSCR_EL1 == Points, El2.Prefix, "MDSCR_EL1 is what it was"u8, default);

        SystemRegister.Write(Encoding.DBGBCR0_EL1, 0);
        SystemRegisters.MDSCR_EL1 = 0;
        Tap.Check(SecondCpu.StopSpin(), El2.Prefix, "the second CPU ran at EL1 meanwhile and keeps its own"u8, default);
    }

    private static void CheckBreakpoint(ulong pstate, ReadOnlySpan<byte> what)
    {
        Code.Begin();
        Code.Emit(0xf1000463);                          // subs x3, x3, #1
        Code.Emit(0x54ffffe1);                          // b.ne .-4
        Code.Nop();
        Code.Finish();
        Excursion* end = Excursion.Prepare(pstate);
        end->X[3] = Turns;
        Excursion.Run();
        end->Check(end->Vector == Vector.Lower && end->Class == Breakpoint && end->Offset == 8, El2.Prefix, what, default);
    }
}
