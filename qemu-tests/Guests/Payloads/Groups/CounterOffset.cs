// CNTVOFF_EL2 where the sum of a compare value and the offset passes 2 to the power of 64: a count that is ahead of the machine's, one
// that is behind it by more than there is, and the moment when it begins at zero. QEMU 10.0 has no event for a time whose sum
// is too large (it sees the time when a register of the timer is written), so what happens then is asked behind such a write.

using System;
using Nestor.Hal;

namespace Nestor.Payloads;

internal static unsafe class CounterOffset
{
    private const uint Timer = 27;
    private const ulong Enabled = 1;
    private const ulong Status = 4;
    private const ulong Far = 1UL << 40;
    private const ulong Soon = 20_000_000;
    private const ulong Second = 1 << 30;
    private const ulong Patience = 1UL << 36;           // what a busy machine may take between two instructions

    public static void Run() => El2.InBothFormats(&Checks);

    private static void Checks()
    {
        Gic.Open();
        GicCpuInterface.Enable(Gic.Own, Timer);
        SystemRegisters.CNTHCTL_EL2 = El2.IsE2h ? 0xc03UL : 3;
        Ahead();
        Behind();
        Begins();
        AtEl2();
        if (El2.IsE2h)
        {
            BelowHost();
        }

        SystemRegisters.CNTVOFF_EL2 = 0;
        El2.Reset();
    }

    private static void Set(ulong offset)
    {
        SystemRegisters.CNTVOFF_EL2 = offset;
        Instructions.Isb();
    }

    private static void Check(bool condition, ReadOnlySpan<byte> what) => Excursion.Here->Check(condition, El2.Prefix, what, default);

    private static bool IsPending => SystemRegisters.ICC_HPPIR1_EL1 == Timer;

    private static void Ahead()
    {
        Set(~Far + 1);
        Code.Begin();
        EmitCounts();
        Code.Msr(Encoding.CNTV_TVAL_EL0, 3);
        Code.MoveImmediate(5, (uint)Enabled);
        Code.Msr(Encoding.CNTV_CTL_EL0, 5);
        Code.Isb();
        Code.Mrs(4, Encoding.CNTV_CVAL_EL0);
        Code.Mrs(5, Encoding.CNTV_CTL_EL0);
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[3] = Second;
        Excursion.Run();
        ulong compare = end->X[4] - Second + Soon;
        Check(IsBetween(end->X[1], end->X[0] + Far, end->X[2] + Far), "a negative offset: the count is ahead"u8);
        Check(end->X[4] - end->X[1] - Second < Patience, "a negative offset: TVAL sets CVAL by it"u8);
        Check(end->X[5] == Enabled, "a negative offset: no status before its time"u8);

        Code.Begin();
        Code.Mrs(6, Encoding.CNTVCT_EL0);
        Code.Emit(0xeb0400df);                          // cmp x6, x4
        Code.Emit(0x54ffffc3);                          // b.lo .-8
        Code.Msr(Encoding.CNTV_CVAL_EL0, 4);
        Code.Isb();
        Code.Mrs(5, Encoding.CNTV_CTL_EL0);
        Code.Finish();
        end = Excursion.Prepare(Pstate.El1h);
        end->X[4] = compare;
        Excursion.Run();
        Check(end->Finished && end->X[5] == (Enabled | Status), "a negative offset: status behind its time"u8);
        Check(IsPending, "a negative offset: and the interrupt"u8);
        CompareWith(ulong.MaxValue, false, "a negative offset: the last count of all is not there yet"u8);
        CompareWith(0, true, "a negative offset: the first has been"u8);
        Off();
    }

    private static void Behind()
    {
        Set(SystemRegisters.CNTPCT_EL0 + Far);
        Code.Begin();
        EmitCounts();
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        Check(IsBetween(end->X[1] + Far, 0, Patience) && end->X[1] > end->X[2], "an offset above the count: it is what is left to 2 to the power of 64"u8);
        CompareWith(0, true, "an offset above the count: that is large"u8);
        CompareWith(~Far, true, "an offset above the count: larger than what was before"u8);
        CompareWith(ulong.MaxValue, false, "an offset above the count: the last is not there yet"u8);
        Off();
    }

    // EL2 writes the compare value, and EL1 looks.
    private static void CompareWith(ulong value, bool isMet, ReadOnlySpan<byte> what)
    {
        SystemRegister.Write(El1.Name(Encoding.CNTV_CVAL_EL0), value);
        SystemRegister.Write(El1.Name(Encoding.CNTV_CTL_EL0), Enabled);
        Code.Begin();
        Code.Mrs(5, Encoding.CNTV_CTL_EL0);
        Code.Finish();
        Excursion* end = Excursion.Run(Pstate.El1h);
        Check(end->Finished && end->X[5] == (isMet ? Enabled | Status : Enabled) && IsPending == isMet, what);
    }

    private static void Off() => SystemRegister.Write(El1.Name(Encoding.CNTV_CTL_EL0), 0);

    /// <summary>The count passes from its largest value to zero: a condition that was met is none any more, until its time comes.</summary>
    private static void Begins()
    {
        SystemRegister.Write(El1.Name(Encoding.CNTV_CVAL_EL0), Far);
        Excursion* end = Excursion.Here;
        for (ulong ahead = Soon; ahead < Patience && !(FirstStatus(ahead) && (end->X[5] & Status) != 0); ahead *= 4)
        {
            Off();
        }

        Check(end->X[5] == (Enabled | Status), "before the count begins at zero: status, for it is large"u8);
        Check(end->X[6] == Enabled && end->X[7] < Far, "then it does not have it"u8);
        Check(!IsPending, "nor the interrupt"u8);
        ulong compare = end->X[7] + Soon;
        Code.Begin();
        Code.Msr(Encoding.CNTV_CVAL_EL0, 4);
        Code.Isb();
        Code.Mrs(8, Encoding.CNTV_CTL_EL0);
        Code.Mrs(9, Encoding.CNTVCT_EL0);
        Code.Emit(0x37100068);                          // tbnz x8, #2, .+12
        Code.Emit(0xeb05013f);                          // cmp x9, x5
        Code.Emit(0x54ffff83);                          // b.lo .-16
        Code.Finish();
        end = Excursion.Prepare(Pstate.El1h);
        end->X[4] = compare;
        end->X[5] = compare + Patience;
        Excursion.Run();
        Check(end->X[8] == (Enabled | Status) && end->X[9] >= compare, "and at its time it does"u8);
        Check(IsPending, "and so comes the interrupt"u8);
        Off();
    }

    // Switches the timer on when the count has this long to its beginning, and waits for it. Status before it in x5; behind it in x6,
    // and the count in x7.
    private static bool FirstStatus(ulong ahead)
    {
        Set(SystemRegisters.CNTPCT_EL0 + ahead);
        Code.Begin();
        Code.Msr(Encoding.CNTV_CTL_EL0, 3);
        Code.Isb();
        Code.Mrs(5, Encoding.CNTV_CTL_EL0);
        Code.Mrs(6, Encoding.CNTV_CTL_EL0);
        Code.Mrs(7, Encoding.CNTVCT_EL0);
        Code.Emit(0x36100086);                          // tbz x6, #2, .+16
        Code.Emit(0xb7ffffa7);                          // tbnz x7, #63, .-12
        Code.Emit(0xeb0400ff);                          // cmp x7, x4
        Code.Emit(0x54ffff63);                          // b.lo .-20
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El1h);
        end->X[3] = Enabled;
        end->X[4] = Patience;
        Excursion.Run();
        return end->Finished;
    }

    private static void AtEl2()
    {
        Code.Begin();
        Code.Msr(Encoding.CNTVOFF_EL2, 3);
        Code.Isb();
        EmitCounts();
        Code.Finish();
        Excursion* end = Excursion.Prepare(Pstate.El2h);
        end->X[3] = Soon;
        Excursion.Run();
        ulong lag = El2.IsE2h ? 0 : Soon;
        Check(IsBetween(end->X[1] + lag, end->X[0], end->X[2]), "EL2's own count follows at once, or not at all"u8);
    }

    private static void BelowHost()
    {
        Set(Soon);
        El2.Change(Hcr.TGE);
        Code.Begin();
        EmitCounts();
        Code.Svc((uint)Code.End);
        Code.Publish();
        Excursion* end = Excursion.Run(Pstate.El0);
        Check(end->Finished && IsBetween(end->X[1], end->X[0], end->X[2]), "EL0 below EL2 (TGE) counts without the offset"u8);
        El2.Change(0, Hcr.TGE);
    }

    // CNTVCT_EL0 in x1, and CNTPCT_EL0 around it in x0 and x2.
    private static void EmitCounts()
    {
        Code.Isb();
        Code.Mrs(0, Encoding.CNTPCT_EL0);
        Code.Isb();
        Code.Mrs(1, Encoding.CNTVCT_EL0);
        Code.Isb();
        Code.Mrs(2, Encoding.CNTPCT_EL0);
    }

    private static bool IsBetween(ulong value, ulong first, ulong last) => value >= first && value <= last;
}
